import assert from "node:assert/strict";
import test from "node:test";
import { backwardSteps } from "../lib/figures/backward-steps";
import { decisionBoundary } from "../lib/figures/decision-boundary";
import type { Figure } from "../lib/figures/figure";
import { frames } from "../lib/figures/frames";
import { heatmap } from "../lib/figures/heatmap";
import { lines } from "../lib/figures/lines";
import { directionStyles } from "../lib/figures/meanings";
import { sideBySide } from "../lib/figures/side-by-side";
import { figureToSvg } from "../lib/figures/svg";
import { type Matrix, matrix } from "../lib/matrix";
import { figureBundle } from "../lib/notebook/figure-bundle";
import { expectSound } from "./support/sound-figure";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const X = matrix([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const above = (limit: number) => (P: Matrix) =>
  Array.from({ length: P.cols }, (_, j) => (P.data[j] + P.data[P.cols + j] > limit ? 1 : 0));
const boundary = (limit: number) =>
  decisionBoundary({ X, labels: [0, 0, 0, 1], predict: above(limit), resolution: 9, title: `${limit}` });
const growing = frames({
  title: "The line moves",
  step: "epoch",
  frames: [0.5, 1, 1.5].map((limit, k) => ({
    name: String(10 * k),
    figure: boundary(limit),
    note: `limit ${limit}`,
  })),
});

// The network of note 003 with the numbers that the note prints for its first round.
const stepped = backwardSteps({
  title: "Round 1",
  layers: [
    {
      title: "input",
      nodes: [
        { name: "x₁", forward: { "x₁": 1 } },
        { name: "x₂", forward: { "x₂": 2 } },
      ],
    },
    {
      title: "hidden",
      formulas: ["a¹ = tanh z¹"],
      nodes: [
        { name: "h₁", forward: { z: 0.5, a: 0.4621 }, backward: { δ: 0.0884 } },
        { name: "h₂", forward: { z: 1.1, a: 0.8005 }, backward: { δ: 0.0404 } },
      ],
    },
    {
      title: "output",
      nodes: [
        { name: "o₁", backward: { δ: -0.56 } },
        { name: "o₂", backward: { δ: 0.56 } },
      ],
    },
  ],
  weights: [
    {
      name: "W¹",
      values: matrix([
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
      gradients: matrix([
        [0.0884, 0.1768],
        [0.0404, 0.0808],
      ]),
    },
    {
      name: "W²",
      values: matrix([
        [0.5, 0.6],
        [0.7, 0.8],
      ]),
      gradients: matrix([
        [-0.26, -0.45],
        [0.26, 0.45],
      ]),
    },
  ],
  loss: { E: 0.8274 },
});

test("animations are sound, and so are their static drawings", () => {
  const still = (figure: Figure): Figure => ({ ...(figure.still as Figure), text: figure.text });
  expectSound({ growing, stepped, growingStill: still(growing), steppedStill: still(stepped) });
});

test("a frame holds what changes, and nothing else; the figure is the last of them", () => {
  const list = growing.frames as Loose[];
  assert.deepEqual(
    list.map(({ name, traces }) => [name, traces]),
    [
      ["0", [0]],
      ["10", [0]],
      ["20", [0]],
    ],
  );
  for (const [k, limit] of [0.5, 1, 1.5].entries()) {
    assert.deepEqual(Object.keys(list[k].data[0]), ["z"]);
    assert.deepEqual(list[k].data[0].z, (boundary(limit).data[0] as Loose).z);
  }
  assert.deepEqual(growing.data, boundary(1.5).data);
});

test("Plotly has a button and a slider with a step for each frame, which start nothing by themselves", () => {
  const { sliders, updatemenus, meta, height, margin } = growing.layout as Loose;
  assert.deepEqual(
    sliders[0].steps.map(({ label, args }: Loose) => [label, args[0]]),
    [
      ["0", ["0"]],
      ["10", ["10"]],
      ["20", ["20"]],
    ],
  );
  assert.equal(sliders[0].active, 2);
  assert.deepEqual(
    updatemenus[0].buttons.map(({ label }: Loose) => label),
    ["Play", "Pause"],
  );
  for (const { args } of [...sliders[0].steps, ...updatemenus[0].buttons])
    assert.equal(args[1].transition.duration, 0, "no motion between steps");
  assert.deepEqual(meta.player.notes, ["limit 0.5", "limit 1", "limit 1.5"]);
  assert.equal(height - meta.player.controls, (boundary(1).layout as Loose).height);
  assert.ok(margin.b > meta.player.controls);
});

test("the text tells first, last and notes; a title of two lines gets its room", () => {
  assert.match(
    growing.text,
    /^The line moves\. Animation of 3 frames by epoch: 0, 10, 20\. epoch 0: limit 0\.5; /,
  );
  assert.match(growing.text, /First: 4 samples: .* 2 of 4 samples .* Last: 4 samples: .* 4 of 4 samples/);
  const title = "A long title that does not fit into one line of a figure";
  const long = frames({
    title,
    step: "s",
    frames: [0, 1].map((k) => ({ name: `${k}`, figure: boundary(k) })),
  });
  assert.equal((long.layout as Loose).height, (growing.layout as Loose).height + 22);
  assert.ok((long.layout as Loose).title.text.includes("<br>"));
});

test("what is stored has the frames; a static drawing shows steps side by side", () => {
  const stored = figureBundle(growing).data["application/vnd.plotly.v1+json"] as Loose;
  assert.deepEqual(stored.frames, growing.frames);
  assert.equal("still" in stored, false);
  const svg = figureToSvg(growing);
  for (const name of ["epoch 0", "epoch 10", "epoch 20"]) assert.ok(svg.includes(`>${name}<`), name);
  assert.ok(!svg.includes(">Play<"));
});

test("panels keep apart, share one legend, and keep what refers to them", () => {
  const map = heatmap(X, { title: "H", rowTitle: "i", colTitle: "j" });
  const { data, layout } = sideBySide([map, map, boundary(1), map], {
    title: "Four",
    names: ["a", "b", "c", "d"],
    columns: 2,
    height: 200,
  }) as Loose;
  const domains = ["", "2", "3", "4"].map((k) => [layout[`xaxis${k}`].domain, layout[`yaxis${k}`].domain]);
  domains.forEach(([x, y], i) => {
    assert.ok(x[0] >= 0 && x[0] < x[1] && x[1] <= 1 && y[0] >= 0 && y[0] < y[1] && y[1] <= 1);
    for (const [u, v] of domains.slice(i + 1))
      assert.ok(x[1] < u[0] || u[1] < x[0] || y[1] < v[0] || v[1] < y[0], "overlap");
  });
  assert.deepEqual(
    data
      .filter(({ type }: Loose) => type === "heatmap")
      .map(({ xaxis, showscale }: Loose) => [xaxis, showscale]),
    [
      ["x", undefined],
      ["x2", false],
      ["x4", false],
    ],
  );
  assert.equal(layout.annotations.length, 4);
  const note = { x: 0.5, y: 1, xref: "paper", yref: "paper", text: "t" };
  const noted = { ...map, layout: { ...map.layout, annotations: [note, { x: 2, y: 3, text: "u" }] } };
  const moved = (sideBySide([map, noted], { title: "T", names: ["a", "b"], columns: 2 }).layout as Loose)
    .annotations;
  const [low, high] = domains[1][0];
  assert.ok(Math.abs(moved[2].x - (low + high) / 2) < 1e-4);
  assert.deepEqual([moved[3].x, moved[3].xref, moved[3].yref], [2, "x2", "y2"]);
});

test("backpropagation by steps: values come forward, then δ and gradients come back", () => {
  assert.equal(
    stepped.text,
    "Round 1. 7 steps. 0: the input: x₁ = 1; x₂ = 2. 1: forward to hidden: h₁ z = 0.5, a = 0.4621; h₂ z = 1.1, a = 0.8005. " +
      "2: forward to output; loss E = 0.8274. 3: back to output: o₁ δ = -0.56; o₂ δ = 0.56. " +
      "4: gradient of W², row by row: -0.26, -0.45, 0.26, 0.45. 5: back to hidden: h₁ δ = 0.0884; h₂ δ = 0.0404. " +
      "6: gradient of W¹, row by row: 0.0884, 0.1768, 0.0404, 0.0808.",
  );
  const visible = (k: number): string[] =>
    (stepped.frames as Loose)[k].layout.annotations
      .filter((note: Loose) => note.visible)
      .map((note: Loose) => note.text);
  assert.ok(!visible(0).includes("0.1") && visible(1).includes("0.1") && !visible(1).includes("0.5"));
  assert.ok(visible(2).includes("0.5") && !visible(2).some((text) => text.includes("δ")));
  assert.ok(visible(3).includes("δ = -0.56") && visible(3).includes("0.5"));
  assert.ok(visible(4).includes("-0.45") && visible(4).includes("0.1") && !visible(4).includes("0.5"));
  assert.ok(visible(6).includes("z = 0.5<br>a = 0.4621<br>δ = 0.0884") && visible(6).includes("0.1768"));
});

test("the layer that is reached has the colours of its direction, and arrows turn back with the gradients", () => {
  const frame = (k: number) => (stepped.frames as Loose)[k];
  const nodes = (k: number) =>
    frame(k).data.find(({ marker }: Loose) => Array.isArray(marker?.color)).marker.color;
  const { forward, backward } = directionStyles;
  assert.deepEqual(nodes(1).slice(2, 4), [forward.tint, forward.tint]);
  assert.deepEqual(nodes(3).slice(4), [backward.tint, backward.tint]);
  const first = (k: number) => frame(k).data[0].x;
  assert.deepEqual(
    [first(5), first(6)],
    [
      [0, 0.68, 1],
      [1, 0.68, 0],
    ],
  );
});

test("bad input is refused by name", () => {
  const frame = { name: "1", figure: boundary(1) };
  const other = lines([{ name: "a", y: [1] }], { title: "T", x: { title: "x" }, y: { title: "y" } });
  const make = (...list: Loose[]) => frames({ title: "T", step: "s", frames: list });
  assert.throws(() => make(frame), /figure "T": 1 frame, an animation needs two/);
  assert.throws(() => make(frame, frame), /two frames have the same name/);
  assert.throws(
    () => make(frame, { name: "2", figure: other }),
    /frame "2" has the traces scatter, frame "1" has contour/,
  );
  assert.throws(
    () => frames({ title: "T", step: "s", frames: [frame, { ...frame, name: "2" }], still: { frames: [7] } }),
    /there is no frame 7 to be drawn \(0 to 1\)/,
  );
  assert.throws(() => sideBySide([other], { title: "T", names: [], columns: 1 }), /0 names for 1 figures/);
  const layers = [
    { title: "in", nodes: [{ name: "x" }] },
    { title: "out", nodes: [{ name: "y" }] },
  ];
  const one = matrix([[1]]);
  const step = (weights: Loose[]) => backwardSteps({ title: "T", layers, weights });
  assert.throws(() => step([]), /0 weights for 2 layers/);
  assert.throws(() => step([{ name: "W", values: X, gradients: one }]), /W is 2×4, its layers need 1×1/);
  assert.throws(() => step([{ name: "W", values: one, gradients: X }]), /the gradient of W is 2×4/);
  assert.throws(() => backwardSteps({ title: "T", layers: [], weights: [] }), /0 layers/);
});
