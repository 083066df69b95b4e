// Timelines, histograms by layer, and the paths of optimizers.
import assert from "node:assert/strict";
import test from "node:test";
import type { Figure } from "../lib/figures/figure";
import { histograms } from "../lib/figures/histograms";
import { optimizerStyles } from "../lib/figures/meanings";
import { spread } from "../lib/figures/spread";
import { timeline } from "../lib/figures/timeline";
import { trajectories } from "../lib/figures/trajectories";
import { quadraticRavine, rosenbrock } from "../lib/landscapes";
import { matrix } from "../lib/matrix";
import { expectSound } from "./support/sound-figure";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const history = timeline({
  title: "History",
  events: [
    {
      date: 1986,
      text: "hidden layers learn by backpropagation, one layer after the other",
      group: "networks",
    },
    { date: 1958, text: "the perceptron", group: "units" },
    { date: 1960, text: "ADALINE", group: "units" },
    { date: 2012.75, when: "autumn 2012", text: "a deep network wins.", group: "networks" },
  ],
});
const values = [-1, -0.9, -0.35, 0.1, 0.25, 0.25, 0.55, 0.8, 1, 1.4, -3];
const layers = histograms(
  [
    { name: "layer 1", values },
    { name: "layer 2", values: [0, Number.NaN, 0.5, 0.5] },
    { name: "layer 3", values: [Number.POSITIVE_INFINITY] },
  ],
  { title: "Outputs", x: { title: "output", range: [-1, 1] }, bins: 5 },
);
const points = matrix([
  [2, 1, 0.5],
  [1, 1, 0.5],
]);
const ravine = quadraticRavine([1, 4]);
const area = { title: "Paths", x: [-3, 3] as const, y: [-3, 3] as const, resolution: 9 };
const paths = [
  { name: "adam", points },
  { name: "mine", points: matrix([[1], [2]]) },
];
const moving = trajectories(ravine, { ...area, paths, steps: [0, 2], names: { adam: "Adam" } });
const ordinary = trajectories(rosenbrock(), { ...area, paths });

test("the figures are sound, also on narrow pages and as animations", () => {
  const { data, layout } = (history.layout as Loose).meta.narrow;
  expectSound({ history, narrow: { data, layout, text: history.text }, layers, moving, ordinary });
});

test("a timeline tells the events in their order", () => {
  assert.equal(
    history.text,
    "History. 4 events from 1958 to autumn 2012. 1958 (units): the perceptron. 1960 (units): ADALINE. " +
      "1986 (networks): hidden layers learn by backpropagation, one layer after the other. " +
      "autumn 2012 (networks): a deep network wins.",
  );
});

test("its points stand at their dates, its texts in order, apart from each other and within the figure", () => {
  const drawings = [history.layout, (history.layout as Loose).meta.narrow.layout] as Loose[];
  for (const { yaxis, annotations, height, margin } of drawings) {
    const [bottom, top] = yaxis.range;
    const pixels = (height - margin.t - margin.b) / (bottom - top);
    const blocks = annotations.map(({ y, text }: Loose) => {
      const half = 8 * text.split("<br>").length;
      return [(y - top) * pixels - half, (y - top) * pixels + half];
    });
    blocks.forEach(([from, to]: number[], k: number) => {
      assert.ok(from >= -1 && to <= (bottom - top) * pixels + 1, `text ${k}`);
      if (k > 0) assert.ok(from > blocks[k - 1][1], `text ${k} overlaps`);
    });
  }
  const [units, networks] = history.data as Loose[];
  assert.deepEqual(
    [units.y, networks.y],
    [
      [1958, 1960],
      [1986, 2012.75],
    ],
  );
  assert.match((history.layout as Loose).annotations[3].text, /^<b>autumn 2012<\/b> {2}a deep/);
  const lines = (k: number, { annotations }: Loose) => annotations[k].text.split("<br>").length;
  assert.ok(lines(2, drawings[1]) > lines(2, drawings[0]), "shorter lines on a narrow page");
});

test("places are spread as a constrained least-squares fit spreads them", () => {
  // scipy.optimize.minimize, SLSQP, on Σ (y − wanted)² with the distances as constraints
  const found = spread([0, 3, 4, 20, 21, 22], [6, 4, 8, 5, 5, 9]);
  const expected = [-3, 2, 8, 15 + 1 / 3, 20 + 1 / 3, 27 + 1 / 3];
  for (const [k, place] of found.entries()) assert.ok(Math.abs(place - expected[k]) < 1e-9, `${found}`);
  assert.throws(() => spread([1, 2], [1]), /1 sizes and 2 weights for 2 places/);
});

test("shares in bins, mean and deviation are NumPy's", () => {
  // numpy.histogram(values, bins=5, range=(-1, 1)) gives 2, 1, 1, 3, 2; values.mean() and values.std()
  const [first, second, third] = layers.data as Loose[];
  assert.deepEqual(
    first.y,
    [2, 1, 1, 3, 2].map((count) => Number((count / 11).toPrecision(6))),
  );
  assert.deepEqual(first.x, [-0.8, -0.4, 0, 0.4, 0.8]);
  assert.deepEqual(second.y, [0, 0, 0.25, 0.5, 0]);
  assert.deepEqual(third.y, [0, 0, 0, 0, 0]);
  assert.match(
    layers.text,
    /layer 1: 11 values, mean -0\.08182, standard deviation 1\.164, most often from 0\.2 to 0\.6 \(27\.27 %\), 18\.18 % outside\./,
  );
  assert.match(
    layers.text,
    /layer 2: 4 values, .* \(50\.00 %\), 25\.00 % not finite\. layer 3: 1 value, none finite\./,
  );
});

test("rows have heights of their own, or one for all", () => {
  const tops = ({ layout }: Figure) => ["yaxis", "yaxis2"].map((axis) => (layout as Loose)[axis].range[1]);
  const rows = [
    { name: "a", values: [0, 0, 1, 1] },
    { name: "b", values: [0, 0, 0, 1] },
  ];
  const options = { title: "T", x: { title: "x" }, bins: 2 };
  assert.deepEqual(tops(histograms(rows, options)), [0.51, 0.765]);
  assert.deepEqual(tops(histograms(rows, { ...options, heights: "common" })), [0.765, 0.765]);
});

test("optimizers have their style; an animation cuts the paths at its steps, and tells the values", () => {
  const lineOf = (figure: Figure, name: string) =>
    (figure.data as Loose[]).find((trace) => trace.name === name);
  assert.equal(lineOf(ordinary, "adam").line.color, optimizerStyles.adam.colour);
  assert.equal(lineOf(moving, "Adam").line.dash, optimizerStyles.adam.dash);
  assert.deepEqual(lineOf(moving, "Adam").x, [2, 1, 0.5]);
  const [start] = moving.frames as Loose[];
  const place = moving.data.indexOf(lineOf(moving, "Adam"));
  assert.deepEqual(start.data[start.traces.indexOf(place)].x, [2]);
  // ½ (x² + 4 y²): 4 at (2, 1), 8.5 at (1, 2), 0.625 at (½, ½)
  assert.deepEqual((moving.layout as Loose).meta.player.notes, ["Adam 4, mine 8.5", "Adam 0.625, mine 8.5"]);
  assert.ok(!start.traces.includes(0), "the contours stand still");
});

test("bad input is refused by name", () => {
  assert.throws(
    () => timeline({ title: "T", events: [] }),
    /figure "T": 0 events, a timeline needs two dates/,
  );
  assert.throws(
    () => timeline({ title: "T", events: [{ date: Number.NaN, text: "a" }] }),
    /the event "a" of NaN/,
  );
  const one = { name: "a", values: [1] };
  const counted = (rows: Loose[], options: object = {}) =>
    histograms(rows, { title: "T", x: { title: "x" }, ...options });
  assert.throws(() => counted([]), /nothing to count/);
  assert.throws(() => counted([{ name: "a", values: [] }]), /"a" has no values/);
  assert.throws(() => counted([{ name: "a", values: [Number.NaN] }]), /no value is finite/);
  assert.throws(() => counted([one], { bins: 0.5 }), /bins is 0\.5/);
  assert.throws(() => counted([one], { x: { title: "x", scale: "log" } }), /count the logarithms/);
  assert.throws(() => trajectories(ravine, { ...area, paths: [] }), /there are no paths/);
  assert.throws(
    () => trajectories(ravine, { ...area, paths, steps: [2, 2] }),
    /the steps are 2, 2 \(whole numbers/,
  );
});
