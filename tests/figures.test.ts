import assert from "node:assert/strict";
import test from "node:test";
import { bars } from "../lib/figures/bars";
import { confusionMatrix } from "../lib/figures/confusion-matrix";
import { decisionBoundary } from "../lib/figures/decision-boundary";
import { field } from "../lib/figures/field";
import { type Figure, packed, sixDigits } from "../lib/figures/figure";
import { heatmap } from "../lib/figures/heatmap";
import { imageGrid } from "../lib/figures/image-grid";
import { lines } from "../lib/figures/lines";
import { accuracyCurve, lossCurve } from "../lib/figures/loss-curve";
import { optimizerStyles } from "../lib/figures/meanings";
import { networkDiagram } from "../lib/figures/network-diagram";
import { points } from "../lib/figures/points";
import { openPlotly } from "../lib/figures/svg-window";
import { classes, darkTemplate, lightTemplate, okabeIto, roles, seriesStyles } from "../lib/figures/theme";
import { type Matrix, matrix } from "../lib/matrix";
import { expectSound, unpacked } from "./support/sound-figure";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const axes = { title: "Title", x: { title: "x (cm)" }, y: { title: "y (cm)" } };
const corners = matrix([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const and = { X: corners, labels: [0, 0, 0, 1] };
const sumAbove = (limit: number) => (P: Matrix) =>
  Array.from({ length: P.cols }, (_, j) => (P.data[j] + P.data[P.cols + j] > limit ? 1 : 0));

// The 2-2-2 network of note 003, with the numbers that the note prints for its first round.
const layers = [
  {
    title: "input",
    nodes: [
      { name: "x₁", values: { x: 1 } },
      { name: "x₂", values: { x: 2 } },
    ],
  },
  {
    title: "hidden",
    formulas: ["a¹ = tanh z¹"],
    nodes: [{ name: "h₁", values: { z: 0.5, a: 0.4621 } }, { name: "h₂" }],
  },
  { title: "output", nodes: [{ name: "o₁" }, { name: "o₂" }] },
];
const W1 = matrix([
  [0.1, 0.2],
  [0.3, 0.4],
]);
const W2 = matrix([
  [0.5, 0.6],
  [0.7, 0.8],
]);
const dW1 = matrix([
  [0.0884, 0.1768],
  [0.0404, 0.0808],
]);
const dW2 = matrix([
  [-0.26, -0.45],
  [0.26, 0.45],
]);

const kinds: { [kind: string]: Figure } = {
  lines: lines(
    [
      { name: "a", y: [1, Number.NaN, 3] },
      { name: "b", y: [3, 2, 1] },
    ],
    axes,
  ),
  "lines on a logarithmic axis": lines([{ name: "a", y: [1, 10] }], {
    ...axes,
    y: { title: "y", scale: "log", range: [0.1, 100] },
  }),
  lossCurve: lossCurve({ training: [0.9, 0.5, 0.25], test: [0.95, 0.6, 0.4] }),
  "lossCurve, logarithmic": lossCurve([1, 0.1], { scale: "log" }),
  accuracyCurve: accuracyCurve([0.5, 0.975]),
  "decisionBoundary by probability": decisionBoundary({ ...and, predict: sumAbove(1.5) }),
  "decisionBoundary by class": decisionBoundary({
    ...and,
    labels: [0, 1, 2, 2],
    predict: (P) => P.data.subarray(0, P.cols).map((x) => (x > 0.5 ? 2 : 0)),
  }),
  "decisionBoundary with equal units": decisionBoundary({ ...and, equalUnits: true }),
  "decisionBoundary, perceptron": decisionBoundary({
    ...and,
    lines: [
      { weights: [0, 1], bias: -0.5 },
      { weights: [3, 4], bias: -5, name: "boundary" },
    ],
    margin: 0.2,
  }),
  imageGrid: imageGrid(
    [{ pixels: [0, 1, 0.5, 0], caption: "7 → 1" }, { pixels: new Uint8Array([0, 51, 255, 0]) }],
    { title: "Digits", size: 2 },
  ),
  confusionMatrix: confusionMatrix(
    matrix([
      [8, 2, 0],
      [1, 9, 0],
      [0, 3, 7],
    ]),
  ),
  field: field(
    matrix([
      [0.5, -1, 2],
      [0, 1, 3],
    ]),
    {
      title: "Field",
      x: { title: "η" },
      y: { title: "β" },
      xs: [0.1, 0.2, 0.3],
      ys: [0, 0.5],
      colours: "digits",
      bound: 2,
      series: [{ name: "limit", x: [0.1, 0.3], y: [0, 0.5] }],
    },
  ),
  heatmap: heatmap(
    matrix([
      [0.225, -0.159],
      [-0.159, 0.184],
    ]),
    { title: "Jacobian", rowTitle: "i", colTitle: "j", decimals: 3 },
  ),
  networkDiagram: networkDiagram({
    title: "Forward",
    layers,
    edges: [
      { name: "W¹", values: W1 },
      { name: "W²", values: W2 },
    ],
  }),
  "networkDiagram, backward": networkDiagram({
    title: "Backward",
    direction: "backward",
    layers,
    edges: [
      { name: "dW¹", values: dW1 },
      { name: "dW²", values: dW2 },
    ],
  }),
  "networkDiagram of sizes": networkDiagram({
    title: "Large",
    layers: [
      { title: "pixels", nodes: 784 },
      { title: "digits", nodes: 10 },
    ],
  }),
  points: points(
    [
      { name: "setosa", x: [1, 2], y: [3, 4] },
      { name: "virginica", x: [5], y: [6] },
    ],
    axes,
  ),
  bars: bars(
    ["one", "two"],
    [
      { name: "before", values: [1, 2] },
      { name: "after", values: [3, 4] },
    ],
    axes,
  ),
};

test("every kind of figure is sound", () => {
  expectSound(kinds);
  const wrong = openPlotly().Plotly.validate([{ type: "scatter", mode: "line", y: [1] }], {}) ?? [];
  assert.equal(wrong.length, 1, "the schema must refuse mode: line");
});

test("a map with many named columns says how wide it must be for its names, others do not", () => {
  const options = { title: "checks", rowTitle: "mutation", colTitle: "check" };
  const names = Array.from({ length: 14 }, (_, k) => `check ${k}`);
  const least = (colNames?: string[]) =>
    heatmap(matrix([names.map((_, k) => k)]), { ...options, rowNames: ["averaged-twice"], colNames }).layout
      .meta as Loose | undefined;
  // as measured in a browser: 19 px for an upright name, 7.4 px for a letter of a row's name
  assert.ok(least(names)?.leastWidth >= 14 * 19 + 14 * 7.4);
  assert.equal(least(), undefined);
});

test("a grid of images says how wide it must be for its captions, if they would meet on a phone", () => {
  const grid = (caption: string) =>
    imageGrid(
      Array.from({ length: 8 }, () => ({ pixels: [0, 0, 0, 1], caption })),
      { title: "Units", size: 2 },
    ).layout.meta as Loose | undefined;
  // as measured in a browser: 6.8 px for a letter
  assert.ok(grid("trained 113")?.leastWidth >= 8 * 11 * 6.8);
  assert.equal(grid("5"), undefined);
});

test("figures are plain JSON: what is stored is what was made", () => {
  for (const [kind, { data, layout }] of Object.entries(kinds))
    assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout }, kind);
});

test("every kind names its axes, carries a title and says what it shows", () => {
  for (const [kind, { layout, text }] of Object.entries(kinds)) {
    const { title, xaxis, yaxis, template } = layout as Loose;
    assert.ok(title.text.length > 0 && text.startsWith(title.text), kind);
    assert.equal(template, lightTemplate, kind);
    for (const axis of [xaxis, yaxis]) assert.ok(axis.visible === false || axis.title.text.length > 0, kind);
  }
});

// From M. Okabe and K. Ito, "Color Universal Design", as published at jfly.uni-koeln.de/color.
const published = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"];

test("the palette is Okabe and Ito's, and lines and points use nothing else", () => {
  assert.deepEqual(Object.values(okabeIto), published);
  for (const { colour } of [...seriesStyles, ...classes]) assert.ok(published.includes(colour));
  for (const kind of ["lines", "lossCurve", "accuracyCurve", "points", "bars"])
    for (const trace of kinds[kind].data as Loose[])
      for (const colour of [trace.line?.color, trace.marker?.color].filter(Boolean))
        assert.ok(published.includes(colour), `${kind}: ${colour}`);
});

test("series differ in dash and marker, classes in marker, not only in colour", () => {
  assert.equal(new Set(seriesStyles.map(({ dash }) => dash)).size, seriesStyles.length);
  assert.equal(new Set(seriesStyles.map(({ symbol }) => symbol)).size, seriesStyles.length);
  assert.equal(new Set(classes.map(({ symbol }) => symbol)).size, classes.length);
});

test("the first three colours stand out from a white and from a dark page (WCAG: 3 to 1)", () => {
  const paper = [lightTemplate, darkTemplate].map(({ layout }) => layout.paper_bgcolor);
  for (const background of paper)
    for (const { colour } of seriesStyles.slice(0, 3))
      assert.ok(contrast(colour, background) >= 3, `${colour} on ${background}`);
  for (const { layout } of [lightTemplate, darkTemplate])
    assert.ok(contrast(layout.font.color, layout.paper_bgcolor) >= 7, "text");
});

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("a class, a run and a sign have the same colour in every figure", () => {
  const colourOf = (kind: string, name: string) =>
    (kinds[kind].data as Loose[]).find((trace) => trace.name === name)?.[
      name.startsWith("class") ? "marker" : "line"
    ].color;
  assert.equal(
    colourOf("decisionBoundary by probability", "class 0"),
    colourOf("decisionBoundary by class", "class 0"),
  );
  assert.equal(colourOf("lossCurve", "training"), colourOf("accuracyCurve", "training"));
  assert.equal(colourOf("networkDiagram, backward", "negative number"), roles.negative);
});

test("numbers are rounded to six digits, gaps stay gaps, packed values come back", () => {
  assert.equal(sixDigits(-1234.5678), -1234.57);
  assert.deepEqual((kinds.lines.data[0] as Loose).y, [1, null, 3]);
  const { bdata, shape } = packed([0.25, -1, 3, 4], 2, 2, "f4");
  const bytes = Buffer.from(bdata, "base64");
  assert.deepEqual(
    [0, 4, 8, 12].map((at) => bytes.readFloatLE(at)),
    [0.25, -1, 3, 4],
  );
  assert.equal(shape, "2, 2");
});

test("the text of a loss curve gives the numbers of the data", () => {
  const values = [0.9, 0.123456, 0.4];
  const { text } = lossCurve({ test: values }, { title: "Loss" });
  assert.equal(text, "Loss. test: from 0.9 to 0.4, lowest 0.1235 at epoch 2.");
  assert.match(
    lossCurve([Number.NaN, 2, 1]).text,
    /from 2 to 1, lowest 1 at epoch 3\. 1 of 3 values are not finite/,
  );
  assert.match(lossCurve([5, 4], { first: 0, step: "batch" }).text, /lowest 4 at batch 1/);
});

test("the text of a decision boundary counts samples, hits and area", () => {
  const { text, data } = decisionBoundary({ ...and, predict: sumAbove(0.5), resolution: 11 });
  assert.match(text, /4 samples: 3 of class 0, 1 of class 1\. The model puts 2 of 4 samples \(50\.00 %\)/);
  // On the 11×11 grid from −0.1 to 1.1 in steps of 0.12, i + j ≤ 5 lies below x₁ + x₂ = 0.5: 21 of 121 points.
  assert.match(text, /17\.36 % of the area shown is class 0, 82\.64 % class 1/);
  const z = Buffer.from((data[0] as Loose).z.bdata, "base64");
  assert.equal(z.length, 4 * 121);
  assert.equal(
    Array.from({ length: 121 }, (_, k) => z.readFloatLE(4 * k)).filter((p) => p === 1).length,
    100,
  );
});

test("the boundary 3x + 4y = 5 is cut at the frame, its margin lies 0.2 to either side", () => {
  const traces = (kinds["decisionBoundary, perceptron"].data as Loose[]).filter(
    (trace) => trace.mode === "lines",
  );
  assert.equal(traces.length, 4);
  const distances = traces
    .slice(1)
    .map(({ x, y }) => x.map((at: number, k: number) => (3 * at + 4 * y[k] - 5) / 5));
  for (const [k, expected] of [0, 0.2, -0.2].entries())
    for (const distance of distances[k])
      assert.ok(Math.abs(distance - expected) < 1e-5, `${distance} is not ${expected}`);
  for (const { x, y } of traces) for (const at of [...x, ...y]) assert.ok(at >= -0.10001 && at <= 1.10001);
  assert.match(
    kinds["decisionBoundary, perceptron"].text,
    /after 1 earlier line is 3 x₁ \+ 4 x₂ - 5 = 0, with a margin of 0\.2/,
  );
});

test("lines that all have names are told one by one, in the features' own symbols", () => {
  const lines = [
    { weights: [1, -2] as [number, number], bias: -0.5, name: "first" },
    { weights: [3, 4] as [number, number], bias: 1, name: "second" },
  ];
  assert.match(
    decisionBoundary({ ...and, lines, symbols: ["u", "v"] }).text,
    /The boundaries: first, 1 u - 2 v - 0\.5 = 0; second, 3 u \+ 4 v \+ 1 = 0\.$/,
  );
  const path = [{ ...lines[0], name: undefined }, lines[1]];
  assert.match(
    decisionBoundary({ ...and, lines: path }).text,
    /The boundary after 1 earlier line is 3 x₁ \+ 4 x₂ \+ 1 = 0\.$/,
  );
});

test("bars of a style have its colour", () => {
  const one = { name: "b", values: [1] };
  const drawn = bars(["a"], [one, { ...one, style: optimizerStyles.adam }], {
    title: "T",
    x: { title: "x" },
    y: { title: "y" },
  });
  assert.deepEqual(
    drawn.data.map(({ marker }) => (marker as { color: string }).color),
    [seriesStyles[0].colour, optimizerStyles.adam.colour],
  );
});

test("predict may give probabilities, classes or scores", () => {
  const classes = sumAbove(1.5);
  const scores = (P: Matrix) => matrix([classes(P).map((k) => 1 - k), classes(P)]);
  const row = (P: Matrix) => matrix([classes(P)]);
  const expected = decisionBoundary({ ...and, predict: classes });
  for (const predict of [scores, row]) assert.deepEqual(decisionBoundary({ ...and, predict }), expected);
});

test("the confusion matrix's text agrees with its counts", () => {
  assert.match(kinds.confusionMatrix.text, /30 samples, 24 right \(80\.00 %\), 6 wrong/);
  assert.match(kinds.confusionMatrix.text, /2 taken for 1, 3 times\. Least often recognised: 2, 7 of 10/);
  const [hits, misses] = kinds.confusionMatrix.data as Loose[];
  assert.deepEqual(hits.z, [
    [0.8, null, null],
    [null, 0.9, null],
    [null, null, 0.7],
  ]);
  assert.deepEqual(misses.text, [
    ["", "2", ""],
    ["1", "", ""],
    ["", "3", ""],
  ]);
});

test("the image grid holds the pixels", () => {
  const z = (kinds.imageGrid.data[0] as Loose).z;
  const [rows, cols] = z.shape.split(", ").map(Number);
  const bytes = Buffer.from(z.bdata, "base64");
  const at = (i: number, j: number) => bytes[i * cols + j];
  assert.equal(bytes.length, rows * cols);
  assert.deepEqual([at(2, 2), at(2, 3), at(3, 2), at(3, 3)], [0, 255, 128, 0]);
  assert.deepEqual([at(2, 8), at(2, 9), at(3, 8), at(3, 9)], [0, 51, 255, 0]);
  assert.equal(
    bytes.reduce((sum, byte) => sum + byte, 0),
    255 + 128 + 51 + 255,
  );
});

test("a field has its numbers where the axes say, the first row below, and white at zero", () => {
  const { data, text } = kinds.field;
  const [plane, line] = data as Loose[];
  const { z, x0, dx, y0, dy, zmin, zmax } = { ...plane, z: unpacked(plane).z };
  assert.deepEqual([x0, dx, y0, dy, zmin, zmax], [0.1, 0.1, 0, 0.5, -2, 2]);
  assert.deepEqual(z, [
    [0.5, -1, 2],
    [0, 1, 3],
  ]);
  assert.deepEqual(
    [line.x, line.y],
    [
      [0.1, 0.3],
      [0, 0.5],
    ],
  );
  assert.match(text, /from -1 \(η 0\.2, β 0\) to 3 \(η 0\.3, β 0\.5\)\. On it lie limit \(2 points\)\.$/);
});

test("signed images are white at zero, between the images too, and reach both ends of the colours", () => {
  const { data } = imageGrid([{ pixels: [-1, 0, 0.5, 1] }], { title: "W", size: 2, signed: true });
  const { z, zmin, zmax } = data[0] as Loose;
  const [rows, cols] = z.shape.split(", ").map(Number);
  const bytes = Buffer.from(z.bdata, "base64");
  const share = (i: number, j: number) => (bytes[i * cols + j] - zmin) / (zmax - zmin);
  assert.equal(bytes.length, rows * cols);
  assert.deepEqual([share(2, 2), share(2, 3), share(3, 3)], [0, 0.5, 1]);
  assert.ok(Math.abs(share(3, 2) - 0.75) < 0.002);
  assert.equal(share(0, 0), 0.5);
});

test("the network diagram carries every weight, by sign and size", () => {
  const { data, layout, text } = kinds["networkDiagram, backward"];
  const edges = (data as Loose[]).filter((trace) => trace.mode === "lines+markers");
  assert.equal(edges.length, 8);
  assert.equal(edges.filter(({ line }) => line.color === roles.negative && line.dash === "dash").length, 2);
  assert.equal(edges[0].x[0], 1, "a backward edge starts at its target");
  const labels = (layout as Loose).annotations.map((note: Loose) => note.text);
  for (const gradient of ["0.0884", "0.1768", "0.0404", "0.0808", "-0.26", "-0.45", "0.26", "0.45"])
    assert.ok(labels.includes(gradient), gradient);
  assert.ok(labels.includes("z = 0.5<br>a = 0.4621"));
  assert.match(
    text,
    /backward: layers of 2, 2, 2 nodes.*h₁: z = 0\.5, a = 0\.4621.*x₁ to h₂ 0\.0404.*h₂ to o₁ -0\.45/,
  );
  const widths = edges.map(({ line }) => line.width);
  assert.equal(Math.max(...widths), 5, "the largest gradient, 0.45, is drawn widest");
  assert.equal(widths[0], sixDigits(1 + (4 * 0.0884) / 0.45));
});

test("each number stands on its own edge: row per target, column per source", () => {
  const labels = (kinds.networkDiagram.layout as Loose).annotations.filter((note: Loose) => note.bgcolor);
  const on = (layer: number, source: number, target: number) => {
    const [from, to] = [1 - 2 * source, 1 - 2 * target];
    const y = from + 0.4 * (to - from);
    return labels.find((note: Loose) => Math.abs(note.x - layer - 0.4) < 1e-9 && Math.abs(note.y - y) < 1e-9)
      .text;
  };
  assert.deepEqual([on(0, 0, 0), on(0, 1, 0), on(0, 0, 1), on(0, 1, 1)], ["0.1", "0.2", "0.3", "0.4"]);
  assert.deepEqual([on(1, 0, 0), on(1, 1, 0), on(1, 0, 1), on(1, 1, 1)], ["0.5", "0.6", "0.7", "0.8"]);
});

test("a long layer is drawn by five nodes, and told by its size", () => {
  const { data, layout, text } = kinds["networkDiagram of sizes"];
  const nodes = (data as Loose[]).find((trace) => trace.mode === "markers+text");
  assert.equal(nodes.x.length, 10);
  assert.ok((layout as Loose).annotations.some((note: Loose) => note.text === "⋮ 784"));
  assert.match(text, /layers of 784, 10 nodes\. pixels: 784 nodes/);
});

test("a logarithmic axis over 38 decades has a tick for every fifth, one over two decades for each", () => {
  const tick = (y: number[]) =>
    (lines([{ name: "a", y }], { ...axes, y: { title: "y", scale: "log" } }).layout as Loose).yaxis.dtick;
  assert.equal(tick([4.2e33, 1, 6e-5, 0, Number.POSITIVE_INFINITY]), 5);
  assert.equal(tick([0.1, 10]), 1);
});

test("bad input is refused by name", () => {
  const refusals: [() => unknown, RegExp][] = [
    [() => lines([], axes), /no series/],
    [() => lines([{ name: "a", y: [] }], axes), /series "a" is empty/],
    [() => lines([{ name: "a", x: [1], y: [1, 2] }], axes), /"a" has 1 x and 2 y/],
    [() => lossCurve([1, 0], { scale: "log" }), /training\[1\] is 0, a logarithmic axis needs more than 0/],
    [() => accuracyCurve([0.5, 97]), /training\[1\] is 97/],
    [() => decisionBoundary({ X: W1, labels: [0] }), /1 labels for 2 columns/],
    [() => decisionBoundary({ X: matrix([[1]]), labels: [0] }), /X is 1×1, it needs 2 rows/],
    [() => decisionBoundary({ X: W1, labels: [0, 6] }), /labels\[1\] is 6/],
    [
      () => decisionBoundary({ ...and, predict: (P) => new Float64Array(P.cols).fill(Number.NaN) }),
      /NaN for column 0/,
    ],
    [() => decisionBoundary({ ...and, predict: () => [1, 2] }), /2 answers for 6400 columns/],
    [
      () => decisionBoundary({ ...and, predict: (P) => new Float64Array(P.cols).fill(2.5) }),
      /gave 2\.5 for column 0/,
    ],
    [
      () =>
        decisionBoundary({
          X: matrix([
            [0, Number.NaN],
            [0, 1],
          ]),
          labels: [0, 1],
        }),
      /X holds NaN in column 1/,
    ],
    [
      () =>
        field(matrix([[1, 2, 3]]), {
          title: "D",
          x: { title: "x" },
          y: { title: "y" },
          xs: [0, 1, 3],
          ys: [0],
          colours: "z",
        }),
      /xs\[2\] is 3 after 1 \(they must ascend in even steps\)/,
    ],
    [() => imageGrid([{ pixels: [0, 1] }], { title: "D" }), /image 0 has 2 pixels, 28×28 need 784/],
    [() => imageGrid([{ pixels: [0, 2, 0, 0] }], { title: "D", size: 2 }), /pixel 1 of image 0 is 2/],
    [
      () => imageGrid([{ pixels: [0, -2, 0, 0] }], { title: "D", size: 2, signed: true }),
      /pixel 1 of image 0 is -2, it must lie from -1 to 1/,
    ],
    [() => confusionMatrix(matrix([[1, 2]])), /1×2, not square/],
    [
      () =>
        confusionMatrix(
          matrix([
            [1, 2],
            [0.5, 1],
          ]),
        ),
      /entry \(1, 0\) is 0\.5/,
    ],
    [
      () => networkDiagram({ title: "N", layers, edges: [{ name: "W¹", values: matrix([[1, 2]]) }] }),
      /W¹ is 1×2, its layers need 2×2/,
    ],
    [() => points([{ name: "p", x: [1], y: [] }], axes), /"p" has 1 x and 0 y/],
    [() => bars(["a"], [{ name: "b", values: [] }], axes), /"b" has 0 values for 1 categories/],
  ];
  for (const [act, message] of refusals) assert.throws(act, message);
});
