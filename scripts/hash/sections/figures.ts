import { backwardSteps } from "../../../lib/figures/backward-steps";
import { bands } from "../../../lib/figures/bands";
import { bars } from "../../../lib/figures/bars";
import { computationGraph } from "../../../lib/figures/computation-graph";
import { confusionMatrix } from "../../../lib/figures/confusion-matrix";
import { landscapeContour } from "../../../lib/figures/contours";
import { decisionBoundary } from "../../../lib/figures/decision-boundary";
import { field } from "../../../lib/figures/field";
import { flowDiagram } from "../../../lib/figures/flow-diagram";
import { frames } from "../../../lib/figures/frames";
import { heatmap } from "../../../lib/figures/heatmap";
import { histograms } from "../../../lib/figures/histograms";
import { imageGrid } from "../../../lib/figures/image-grid";
import { lines } from "../../../lib/figures/lines";
import { accuracyCurve, lossCurve } from "../../../lib/figures/loss-curve";
import { networkDiagram } from "../../../lib/figures/network-diagram";
import { points } from "../../../lib/figures/points";
import { timeline } from "../../../lib/figures/timeline";
import { trajectories } from "../../../lib/figures/trajectories";
import { quadraticRavine, rosenbrock } from "../../../lib/landscapes";
import { followGradient } from "../../../lib/landscapes/path";
import { sgd } from "../../../lib/optimizers";
import { tape } from "../../../lib/tape";
import { draw, labels, matrixOf, uniforms } from "../inputs";
import type { Note } from "../recorder";

const axes = { x: { title: "x" }, y: { title: "y", scale: "log" as const, range: [0.003, 7] as const } };

/** The data of every kind of figure, with the ranges, ticks and layouts that are computed from it. */
export function figuresSection(note: Note): void {
  const y = uniforms("y", 50).map((x) => x + 1.01);
  const curve = { training: y, test: y.map((value) => value / 3) };
  note("lines", [
    lines([{ name: "y", y }], { title: "Lines", ...axes }),
    lossCurve(curve, { scale: "log" }),
    accuracyCurve(curve.test),
  ]);
  const seeds = Array.from({ length: 5 }, (_, k) => uniforms(`seed ${k}`, 20).map((x) => x + 1.01));
  note("bands", [
    bands([{ name: "A", curves: seeds }], { title: "Bands", ...axes, centre: "mean" }),
    bands([{ name: "A", curves: seeds.map((curve, k) => curve.map((x) => (x < k / 3 ? Number.NaN : x))) }], {
      title: "Open bands",
      x: axes.x,
      y: { title: "y", scale: "log" },
      notFinite: "highest",
    }),
  ]);
  note(
    "histograms",
    histograms(
      [
        { name: "y", values: y },
        { name: "x", values: curve.test },
      ],
      { title: "H", x: { title: "y" } },
    ),
  );
  const events = ["a", "b and more", "c"].map((text, k) => ({ date: 1950 + 10 * y[k], text }));
  note("timeline", timeline({ title: "Timeline", events }));
  note("bars", bars(["a", "b"], [{ name: "y", values: y.slice(0, 2) }], { title: "Bars", ...axes }));
  note("points", points([{ name: "y", x: y, y: curve.test }], { title: "Points", ...axes }));
  const counts = matrixOf(3, 3, labels(9, 40, "counts"));
  note("tables", [
    confusionMatrix(counts),
    heatmap(draw(5, 4, "A"), { title: "A", rowTitle: "i", colTitle: "j" }),
    field(draw(2, 3, "F"), {
      title: "F",
      x: { title: "x" },
      y: { title: "y" },
      xs: [0, 1, 2],
      ys: [0, 1],
      colours: "f",
    }),
  ]);
  note(
    "images",
    imageGrid([{ pixels: y.slice(0, 9).map((value) => value / 3), caption: "3" }], {
      title: "Images",
      size: 3,
    }),
  );
  const classOf = ({ cols, data }: { cols: number; data: ArrayLike<number> }) =>
    Array.from({ length: cols }, (_, j) => (data[j] * data[cols + j] > 0.3 ? 1 : 0));
  const lineOfClasses = { weights: [1, -0.3] as const, bias: 0.2, name: "line" };
  note(
    "boundary",
    decisionBoundary({
      X: draw(2, 40, "X"),
      labels: labels(40, 2, "t"),
      predict: classOf,
      resolution: 60,
      lines: [lineOfClasses],
      margin: 0.3,
    }),
  );
  const ravine = quadraticRavine([1, 30], { rotation: 0.4 });
  const path = followGradient(ravine, sgd(0.05), draw(2, 1, "start"), 40).points;
  const area = { x: [-2, 2] as const, y: [-1, 3] as const, resolution: 41 };
  note("contours", [
    landscapeContour(ravine, { ...area, title: "Ravine", paths: [{ name: "path", points: path }] }),
    trajectories(ravine, { ...area, title: "Steps", paths: [{ name: "sgd", points: path }], steps: [0, 7] }),
    landscapeContour(rosenbrock(), { ...area, title: "Rosenbrock", scale: "linear" }),
  ]);
  const layers = [
    { title: "in", nodes: [{ name: "x", values: { x: 0.1 } }, { name: "y" }] },
    { title: "out", nodes: 3 },
  ];
  note(
    "network",
    networkDiagram({
      title: "Net",
      layers,
      edges: [{ name: "W", values: draw(3, 2, "W") }],
      direction: "backward",
    }),
  );
  note("graph", graph());
  note("flow", flow());
  animations(note);
}

function flow() {
  return flowDiagram({
    title: "Flow",
    steps: {
      x: { text: "x, t", kind: "data" },
      z: "z = wᵀx + b",
      more: { text: "more?", kind: "decision" },
      done: "w, b",
    },
    arrows: [
      { from: "x", to: "z", way: "forward" },
      { from: "z", to: "more" },
      { from: "more", to: "x", label: "yes: next sample" },
      { from: "more", to: "done", label: "no" },
    ],
    groups: [{ title: "unit", steps: ["z"] }],
  });
}

function graph() {
  const t = tape();
  const [x, w] = [t.input("x", 0.3), t.input("w", -2)];
  const output = t.name("y", t.add(t.exp(t.hadamard(x, w)), t.power(t.add(x, w), 2)));
  return computationGraph(t, {
    title: "Graph",
    adjoints: t.backward(output),
    tangents: t.tangents({ x: 1 }),
    localDerivatives: true,
  });
}

function animations(note: Note): void {
  const map = (k: number) => heatmap(draw(3, 2, `map ${k}`), { title: "A", rowTitle: "i", colTitle: "j" });
  const maps = [0, 1, 2].map((k) => ({ name: `${k}`, figure: map(k) }));
  note("frames", frames({ title: "Frames", step: "step", frames: maps }));
  const [W, dW] = [draw(2, 1, "W"), draw(2, 1, "dW")];
  const [x, y] = ["x", "y"].map((name) => uniforms(name, 2));
  note(
    "steps",
    backwardSteps({
      title: "Steps",
      layers: [
        { title: "in", nodes: [{ name: "x", forward: { x: x[0] } }] },
        {
          title: "out",
          nodes: ["y₁", "y₂"].map((name, k) => ({ name, forward: { y: y[k] }, backward: { δ: x[k] } })),
        },
      ],
      weights: [{ name: "W", values: W, gradients: dW }],
    }),
  );
}
