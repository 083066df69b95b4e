import assert from "node:assert/strict";
import test from "node:test";
import { bandAreas } from "../lib/figures/band-areas";
import { bands } from "../lib/figures/bands";
import { optimizerStyles } from "../lib/figures/meanings";
import { percentileOf, ranked } from "../lib/figures/percentiles";
import { expectSound } from "./support/sound-figure";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const curves = [
  [2.5, 1.25, 0.9],
  [3.1, 1.75, 0.2],
  [2.2, 2.0, 0.4],
  [4.0, 0.5, 0.3],
  [2.9, 1.1, 0.8],
];
const axes = { title: "Loss", x: { title: "epoch" }, y: { title: "loss" } };
const group = { name: "A", curves };
const diverging = [
  [2, 1, 1],
  [3, 2, Number.POSITIVE_INFINITY],
  [4, Number.NaN, Number.NaN],
  [5, 4, 3],
];

test("median, mean and percentiles are NumPy's", () => {
  // numpy.median, numpy.mean and numpy.percentile(curves, [25, 75]) and [10, 90] along axis 0, NumPy 2
  const [low, high, line] = bands([group], axes).data as Loose[];
  assert.deepEqual(line.y, [2.9, 1.25, 0.4]);
  assert.deepEqual(low.y, [2.5, 1.1, 0.3]);
  assert.deepEqual(high.y, [3.1, 1.75, 0.8]);
  const [tenth, ninetieth, mean] = bands([group], { ...axes, centre: "mean", band: [10, 90] })
    .data as Loose[];
  assert.deepEqual(mean.y, [2.94, 1.32, 0.52]);
  assert.deepEqual(tenth.y, [2.32, 0.74, 0.24]);
  assert.deepEqual(ninetieth.y, [3.64, 1.9, 0.86]);
});

test("runs that diverge stand above all others; with infinities for them NumPy has the same percentiles", () => {
  const sorted = [0, 1, 2].map((k) =>
    ranked(
      diverging.map((curve) => curve[k]),
      "highest",
    ),
  );
  assert.deepEqual(
    sorted.map((column) => percentileOf(column, 25)),
    [2.75, 1.75, 2.5],
  );
  assert.deepEqual(
    sorted.map((column) => percentileOf(column, 50)),
    [3.5, 3, Number.POSITIVE_INFINITY],
  );
  const { data, text } = bands([{ name: "A", curves: diverging }], {
    ...axes,
    y: { title: "loss", range: [0, 8] },
    notFinite: "highest",
  });
  const [low, high, open, line] = data as Loose[];
  assert.deepEqual(line.y, [3.5, 3, null]);
  assert.deepEqual(low.y, [2.75, null, null]);
  assert.deepEqual(high.y, [4.25, null, null]);
  assert.deepEqual(open.x, [1, 2, 3, 3, 2, 1]);
  assert.deepEqual(open.y, [2.75, 1.75, 2.5, 8, 8, 4.25], "the band goes on to the end of the axis");
  assert.match(text, /2\.5 to not finite\) at 3\. 2 of 4 end without a finite value/);
});

test("where the lowest counts, the band goes down to the end of the axis", () => {
  const falling = { name: "A", x: [1, 2], low: [0.5, Number.NEGATIVE_INFINITY], high: [0.9, 0.8] };
  const [, , open] = bandAreas(falling, optimizerStyles.sgd, [25, 75], [0, 1]) as Loose[];
  assert.deepEqual(open.y, [0.5, 0, 0.8, 0.9]);
});

test("figures with bands are sound; a group keeps its meaning's style, the others that of their place", () => {
  const two = bands(
    [
      { ...group, style: optimizerStyles.adam },
      { name: "B", curves, x: [1, 10, 100] },
    ],
    {
      ...axes,
      x: { title: "step", scale: "log" },
      y: { title: "loss", scale: "log" },
    },
  );
  const open = bands([{ name: "A", curves: diverging }], { ...axes, notFinite: "highest" });
  expectSound({ one: bands([group], axes), two, open });
  const lines = (two.data as Loose[]).filter(({ showlegend }) => showlegend !== false);
  assert.deepEqual(
    lines.map(({ name, line }) => [name, line.color, line.dash]),
    [
      ["A", "#D55E00", "solid"],
      ["B", "#D55E00", "dash"],
    ],
  );
  assert.match(two.text, /B \(5 curves\): 2\.9 \(2\.5 to 3\.1\) at 1, 0\.4 \(0\.3 to 0\.8\) at 100/);
});

test("bad input is refused by name", () => {
  const one = (other: object, options: object = {}) =>
    bands([{ ...group, ...other }], { ...axes, ...options });
  assert.throws(() => bands([], axes), /figure "Loss": there are no curves/);
  assert.throws(() => one({ curves: [] }), /"A": there is no curve/);
  assert.throws(() => one({ curves: [[1, 2], [1]] }), /"A": curve 1 has 1 values over 2 x/);
  assert.throws(() => one({ curves: diverging }), /curve 1 is Infinity at 3 .*notFinite/);
  assert.throws(
    () => one({ curves: diverging }, { centre: "mean", notFinite: "highest" }),
    /draw the median/,
  );
  assert.throws(() => one({}, { band: [75, 25] }), /from percentile 75 to 25/);
  assert.throws(() => one({ x: [0, 1, 2] }, { x: { title: "step", scale: "log" } }), /x is 0 at place 0/);
  assert.throws(
    () => one({ curves: [[1, -1]] }, { y: { title: "loss", scale: "log" } }),
    /y is -1 at place 1, a logarithmic axis/,
  );
});
