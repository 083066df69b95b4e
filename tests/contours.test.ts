import assert from "node:assert/strict";
import test from "node:test";
import { landscapeContour } from "../lib/figures/contours";
import type { Figure } from "../lib/figures/figure";
import { lines } from "../lib/figures/lines";
import { optimizerStyles } from "../lib/figures/meanings";
import { seriesStyles } from "../lib/figures/theme";
import { quadraticRavine, rosenbrock } from "../lib/landscapes";
import { himmelblau, saddle } from "../lib/landscapes/classics";
import { followGradient } from "../lib/landscapes/path";
import { column, matrix } from "../lib/matrix";
import { sgd } from "../lib/optimizers";
import { expectSound, unpacked } from "./support/sound-figure";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const ravine = quadraticRavine([1, 4]);
const { points } = followGradient(ravine, sgd(0.25), column([2, 1]), 2);
const square = { x: [-2, 2], y: [-2, 2] } as const;
const small = { ...square, resolution: 5 };
const kinds: { [kind: string]: Figure } = {
  linear: landscapeContour(ravine, {
    ...small,
    title: "Ravine",
    scale: "linear",
    paths: [{ name: "descent", points }],
  }),
  logarithmic: landscapeContour(rosenbrock(), {
    title: "Rosenbrock",
    x: [-2, 2],
    y: [-1, 3],
    resolution: 41,
  }),
  minima: landscapeContour(himmelblau, {
    title: "Four",
    x: [-5, 5],
    y: [-5, 5],
    resolution: 11,
    equalUnits: true,
  }),
  saddle: landscapeContour(saddle, { ...small, title: "Saddle", scale: "linear", axes: ["u", "v"] }),
};

const valuesOf = (figure: Figure): number[][] => unpacked(figure.data[0]).z;

test("the figures are sound", () => {
  expectSound(kinds);
});

test("the grid holds the landscape: rows along y, columns along x", () => {
  // ½ (x² + 4 y²) at −2, −1, 0, 1, 2
  const expected = [-2, -1, 0, 1, 2].map((y) => [-2, -1, 0, 1, 2].map((x) => (x * x + 4 * y * y) / 2));
  assert.deepEqual(valuesOf(kinds.linear), expected);
  const { x0, dx, y0, dy } = kinds.linear.data[0] as Loose;
  assert.deepEqual([x0, dx, y0, dy], [-2, 1, -2, 1]);
});

test("contours lie at round levels, about as many as asked for", () => {
  const { contours } = kinds.linear.data[0] as Loose;
  assert.deepEqual(contours, { start: 0, end: 10, size: 1 });
  const few = landscapeContour(ravine, { ...small, title: "R", scale: "linear", levels: 5 });
  assert.equal((few.data[0] as Loose).contours.size, 2);
});

test("on a logarithmic scale equal factors are equally far apart, and the colour bar gives the heights", () => {
  const { colorbar, zmin, zmax } = kinds.logarithmic.data[0] as Loose;
  assert.deepEqual(colorbar.ticktext, ["1", "10", "100", "1000"]);
  assert.ok(colorbar.tickvals.every((at: number) => at > zmin && at < zmax));
  // far above the lowest value, where a hundredth of the median height adds little, a tick is the decimal logarithm
  assert.ok(Math.abs(colorbar.tickvals[3] - 3) < 2e-3, `${colorbar.tickvals[3]}`);
  // f(−2, −1) = 100 · 25 + 9
  assert.ok(Math.abs(valuesOf(kinds.logarithmic)[0][0] - Math.log10(2509)) < 2e-3);
});

test("minima are stars, a path starts at its large marker", () => {
  const stars = kinds.minima.data[1] as Loose;
  assert.equal(stars.marker.symbol, "star");
  assert.deepEqual(stars.x, [3, -2.80512, -3.77931, 3.58443]);
  const [, , line, start] = kinds.linear.data as Loose[];
  assert.deepEqual(
    [line.x, line.y],
    [
      [2, 1.5, 1.125],
      [1, 0, 0],
    ],
  );
  assert.equal(line.mode, "lines+markers");
  assert.deepEqual([start.x, start.y, start.showlegend], [[2], [1], false]);
  assert.equal(kinds.saddle.data.length, 1);
  const long = followGradient(ravine, sgd(0.01), column([2, 1]), 200).points;
  const traces = landscapeContour(ravine, {
    ...small,
    title: "R",
    paths: [{ name: "long", points: long }],
  }).data;
  assert.equal((traces[2] as Loose).mode, "lines");
});

test("the text tells the region, the values, the minima and each path", () => {
  assert.equal(
    kinds.linear.text,
    "Ravine. Contours of quadratic ravine over x₁ from -2 to 2 and x₂ from -2 to 2, values from 0 to 10. " +
      "Its lowest value 0 lies at (0, 0). descent: 2 steps from (2, 1), value 4, to (1.125, 0), value 0.6328.",
  );
  assert.match(kinds.logarithmic.text, /values from 0 to 2509, on a logarithmic scale/);
  assert.match(kinds.minima.text, /lies at \(3, 2\), \(-2\.805, 3\.131\), /);
  assert.match(kinds.saddle.text, /over u from -2 to 2 and v from -2 to 2.*It has no lowest value\.$/);
});

test("bad input is refused by name", () => {
  const refusals: [() => unknown, RegExp][] = [
    [
      () => landscapeContour(rosenbrock({ dimensions: 3 }), { ...square, title: "T" }),
      /"T": Rosenbrock has 3 dimensions/,
    ],
    [() => landscapeContour(ravine, { title: "T", x: [1, 1], y: [0, 1] }), /the range 1 to 1 is empty/],
    [
      () => landscapeContour(saddle, { ...square, title: "T" }),
      /saddle has no lowest value for a logarithmic scale/,
    ],
    [() => landscapeContour(ravine, { ...square, title: "T", resolution: 1 }), /resolution is 1/],
    [
      () =>
        landscapeContour(ravine, { ...small, title: "T", paths: [{ name: "p", points: matrix([[1, 2]]) }] }),
      /the path "p" is 1×2/,
    ],
  ];
  for (const [act, message] of refusals) assert.throws(act, message);
});

test("a path keeps its meaning's style, the others that of their place", () => {
  const points = matrix([
    [1, 0.5],
    [1, 0.25],
  ]);
  const { data } = landscapeContour(saddle, {
    title: "Saddle",
    x: [-1, 1],
    y: [-1, 1],
    scale: "linear",
    paths: [
      { name: "Adam", points, style: optimizerStyles.adam },
      { name: "other", points },
    ],
  });
  const drawn = data.filter(({ mode }) => mode === "lines+markers") as { line: { color: string } }[];
  assert.deepEqual(
    drawn.map(({ line }) => line.color),
    [optimizerStyles.adam.colour, seriesStyles[1].colour],
  );
  const [line] = lines([{ name: "Adam", y: [1, 2], style: optimizerStyles.adam }], {
    title: "Loss",
    x: { title: "step" },
    y: { title: "loss" },
  }).data as { line: { dash: string }; marker: { symbol: string } }[];
  assert.deepEqual([line.line.dash, line.marker.symbol], ["solid", "star"]);
});
