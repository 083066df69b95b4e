import assert from "node:assert/strict";
import test from "node:test";
import { relu, tanh } from "../lib/activations";
import { computationGraph } from "../lib/figures/computation-graph";
import type { Figure } from "../lib/figures/figure";
import { type GraphNode, layersOf, orderLayers } from "../lib/figures/graph-layers";
import { layoutGraph } from "../lib/figures/graph-layout";
import { figureToSvg } from "../lib/figures/svg";
import { openPlotly } from "../lib/figures/svg-window";
import { darkTemplate, lightTemplate } from "../lib/figures/theme";
import { zeros } from "../lib/matrix";
import { randomState } from "../lib/random";
import { tape } from "../lib/tape";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const t = tape();
const [x1, x2] = [t.input("x1", 2), t.input("x2", 5)];
const y = t.name("y", t.subtract(t.add(t.log(x1), t.hadamard(x1, x2)), t.sin(x2)));
const adjoints = t.backward(y);

const n = tape();
const Z = n.addColumn(
  n.multiply(n.input("W", zeros(3, 4)), n.input("X", zeros(4, 5))),
  n.input("b", zeros(3, 1)),
);
let A = n.activate(tanh, Z);
for (let layer = 0; layer < 8; layer++) A = n.activate(relu, A);
const E = n.name("E", n.sum(n.hadamard(A, n.constant(zeros(3, 5), "T"))));

const kinds: { [kind: string]: Figure } = {
  forward: computationGraph(t, { title: "Forward", localDerivatives: true }),
  backward: computationGraph(t, { title: "Backward", adjoints, localDerivatives: true }),
  tangents: computationGraph(t, { title: "Tangents", tangents: t.tangents({ x1: 1 }) }),
  static: computationGraph(t, { title: "Static", values: false }),
  deep: computationGraph(n, { title: "Deep", adjoints: n.backward(E) }),
};
const notes = (kind: string): string[] =>
  (kinds[kind].layout as Loose).annotations.map(({ text }: Loose) => text);

test("Plotly's schema accepts the figures, in both templates; they are plain JSON and can be drawn", () => {
  const { Plotly } = openPlotly();
  for (const [kind, { data, layout, text }] of Object.entries(kinds)) {
    for (const template of [lightTemplate, darkTemplate]) {
      const problems = Plotly.validate(data, { ...layout, template }) ?? [];
      assert.deepEqual(
        problems.map(({ msg }) => msg),
        [],
        kind,
      );
    }
    assert.deepEqual(JSON.parse(JSON.stringify({ data, layout })), { data, layout }, kind);
    assert.ok(figureToSvg({ data, layout, text }).includes("</svg>"));
  }
});

test("a graph says how wide it must be for its labels; a small one fits a phone", () => {
  const least = (figure: Figure) => (figure.layout.meta as Loose | undefined)?.leastWidth;
  const row = tape();
  let v = row.input("x", 0.7);
  for (let step = 0; step < 5; step++) v = row.sin(v);
  // six layers, the longest label "v2 = 0.6006", 11 letters, as measured in a browser 6.2 px each
  assert.ok(least(computationGraph(row, { title: "Row" })) >= 6 * 11 * 6.2);
  assert.equal(least(computationGraph(row, { title: "Row", values: false })), undefined);
  assert.equal(least(kinds.forward), undefined);
});

test("every variable is there by symbol, name and value", () => {
  for (const symbol of ["x1", "x2", "ln", "×", "+", "sin", "−"])
    assert.ok(notes("forward").includes(symbol), symbol);
  for (const label of ["2", "5", "v1 = 0.6931", "v2 = 10", "v3 = 10.69", "v4 = -0.9589", "y = 11.65"])
    assert.ok(notes("forward").includes(label), label);
  assert.ok(!notes("forward").some((text) => text.startsWith("dx1")));
});

test("adjoints and tangents stand below, local derivatives at the edges, and without values only names", () => {
  for (const label of ["dx1 = 5.5", "dx2 = 1.716", "dv1 = 1", "dv4 = -1", "dy = 1"])
    assert.ok(notes("backward").includes(label), label);
  for (const slope of ["0.5", "5", "2", "0.2837", "1", "-1"])
    assert.ok(notes("forward").includes(slope), slope);
  assert.ok(notes("tangents").includes("ẏ = 5.5".normalize("NFD")));
  assert.ok(!notes("tangents").some((text) => text.normalize("NFD").startsWith("ẋ2".normalize("NFD"))));
  assert.deepEqual(
    notes("static").sort(),
    ["v1", "v2", "v3", "v4", "y", "x1", "x2", "ln", "×", "+", "sin", "−"].sort(),
  );
});

test("the arrows point from input to output, with adjoints back, and along their edges only", () => {
  const arrows = (kind: string) => {
    const { x, marker } = kinds[kind].data[0] as Loose;
    return marker.size.flatMap((size: number, k: number) => (size > 0 ? [Math.sign(x[k] - x[k - 1])] : []));
  };
  assert.deepEqual(arrows("forward"), [1, 1, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual(arrows("backward"), [-1, -1, -1, -1, -1, -1, -1, -1]);
  // matmul, + and ⊙ have two inputs each, nine activations and Σ one; nothing goes back to the constant T
  const edges = (kinds.deep.data[0] as Loose).x.filter((x: unknown) => x === null).length;
  assert.deepEqual([edges, arrows("deep").length], [16, 15]);
});

test("the text tells the graph line by line", () => {
  assert.equal(
    kinds.backward.text,
    "Backward. 7 nodes in 4 layers, from the inputs to the right. x1 = 2 (input), dx1 = 5.5; x2 = 5 (input), dx2 = 1.716; " +
      "v1 = ln(x1) = 0.6931, ∂v1/∂x1 = 1 / x1 = 0.5, dv1 = 1; v2 = x1 · x2 = 10, ∂v2/∂x1 = x2 = 5, ∂v2/∂x2 = x1 = 2, dv2 = 1; " +
      "v3 = v1 + v2 = 10.69, ∂v3/∂v1 = 1, ∂v3/∂v2 = 1, dv3 = 1; v4 = sin(x2) = -0.9589, ∂v4/∂x2 = cos(x2) = 0.2837, dv4 = -1; " +
      "y = v3 − v4 = 11.65, ∂y/∂v3 = 1, ∂y/∂v4 = -1, dy = 1.",
  );
  assert.match(kinds.static.text, /x1 \(input\); x2 \(input\); v1 = ln\(x1\); v2 = x1 · x2/);
  assert.match(kinds.deep.text, /W \(3×4\) \(input\), dW; .*v1 = W X \(3×5\), dv1;.*T \(3×5\) \(constant\);/);
});

test("a deep graph is drawn wider, with the output's computation alone if it is asked for", () => {
  assert.ok((kinds.deep.layout as Loose).width > 640);
  assert.equal((kinds.forward.layout as Loose).width, undefined);
  const part = computationGraph(t, { title: "Part", outputs: [t.variable("v3")] });
  assert.match(part.text, /^Part\. 5 nodes in 3 layers/);
  assert.ok(!part.text.includes("sin"));
});

/** A node above another in the same layer is at least a distance away, and inputs stand to the left. */
function expectOrder(graph: readonly GraphNode[]): void {
  const { nodes, edges } = layoutGraph(graph);
  for (const [k, a] of nodes.entries())
    for (const b of nodes.slice(k + 1)) if (a.x === b.x) assert.ok(Math.abs(a.y - b.y) > 1 - 1e-9);
  for (const { from, to, points } of edges) {
    assert.deepEqual([points[0], points[points.length - 1]], [nodes[from], nodes[to]]);
    points.forEach(({ x }, k) => {
      assert.equal(x, nodes[from].x + k);
    });
  }
}

const random = randomState(8);
const randomGraph = (size: number): GraphNode[] =>
  Array.from({ length: size }, (_, k) => ({
    inputs: k < 3 ? [] : Array.from(random.integers(0, k, 1 + (k % 3))),
  }));

test("nodes keep their distance, and edges pass every layer between their ends", () => {
  for (const size of [5, 12, 25, 40]) expectOrder(randomGraph(size));
});

test("layers are longest paths; sources stand beside their first use; a chain is straight", () => {
  // a diamond with a long way round, and a constant used at its end
  const { nodes, layers } = layoutGraph([[], [0], [1], [0, 2], [], [3, 4]].map((inputs) => ({ inputs })));
  assert.equal(layers, 5);
  assert.deepEqual(
    nodes.map(({ x }) => x),
    [0, 1, 2, 3, 3, 4],
  );
  const chain = layoutGraph([[], [0], [1], [2], [3]].map((inputs) => ({ inputs })));
  assert.ok(chain.nodes.every(({ y }) => y === 0));
});

const permutations = <T>(list: readonly T[]): T[][] =>
  list.length <= 1
    ? [[...list]]
    : list.flatMap((one) =>
        permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest]),
      );

test("crossings between two layers: as few as the best of all orders, nearly always", () => {
  let [found, least] = [0, 0];
  for (let k = 0; k < 40; k++) {
    const lower = Array.from({ length: 4 }, () => [...new Set(Array.from(random.integers(0, 4, 2)))]);
    const graph = [
      ...Array.from({ length: 4 }, () => ({ inputs: [] })),
      ...lower.map((inputs) => ({ inputs })),
    ];
    const used = [0, 1, 2, 3];
    const edges = lower.flatMap((inputs, to) => inputs.map((from) => [from, to]));
    const count = (left: number[], right: number[]) =>
      edges.reduce(
        (sum, [a, b], i) =>
          sum + edges.slice(i + 1).filter(([c, d]) => (left[a] - left[c]) * (right[b] - right[d]) < 0).length,
        0,
      );
    const orders = permutations(used);
    least += Math.min(...orders.flatMap((left) => orders.map((right) => count(left, right))));
    found += orderLayers(layersOf(graph).layers);
  }
  assert.ok(found >= least && found <= 1.05 * least, `${found} crossings where ${least} are possible`);
});

test("sifting leaves fewer crossings in larger graphs than sorting by neighbours alone, which leaves 212 in these", () => {
  const own = randomState(8);
  let crossings = 0;
  for (let k = 0; k < 40; k++) {
    const graph = Array.from({ length: 15 + (k % 26) }, (_, node) => ({
      inputs: node < 3 ? [] : Array.from(own.integers(Math.max(0, node - 9), node, 1 + (node % 2))),
    }));
    crossings += layoutGraph(graph).crossings;
  }
  assert.ok(crossings <= 190, `${crossings} crossings`);
});

test("the complete bipartite graph of 3 and 3 has nine crossings; a tree has none", () => {
  const complete = [[], [], [], [0, 1, 2], [0, 1, 2], [0, 1, 2]].map((inputs) => ({ inputs }));
  assert.equal(layoutGraph(complete).crossings, 9);
  const tree = [[], [], [], [], [3, 0], [1, 2], [5, 4]].map((inputs) => ({ inputs }));
  assert.equal(layoutGraph(tree).crossings, 0);
});

test("bad input is refused by name", () => {
  const other = tape();
  const z = other.exp(other.input("z", 1));
  const refusals: [() => unknown, RegExp][] = [
    [() => computationGraph(t, { title: "T", outputs: [z] }), /"T": v1 belongs to another tape/],
    [
      () => computationGraph(t, { title: "T", adjoints: other.backward(z) }),
      /"T": adjoints of 2 lines for a tape of 7/,
    ],
    [() => computationGraph(tape(), { title: "T" }), /"T": the tape is empty/],
    [() => layoutGraph([{ inputs: [1] }, { inputs: [] }]), /node 0 has input 1/],
  ];
  for (const [act, message] of refusals) assert.throws(act, message);
});
