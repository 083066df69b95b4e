import assert from "node:assert/strict";
import test from "node:test";
import type { Figure } from "../lib/figures/figure";
import { backArrows } from "../lib/figures/flow-cycles";
import { flowDiagram } from "../lib/figures/flow-diagram";
import { around, type Point, type Rect, touch } from "../lib/figures/flow-geometry";
import { chain, type FlowArrow } from "../lib/figures/flow-input";
import { layoutFlow } from "../lib/figures/flow-layout";
import { drawnLine } from "../lib/figures/flow-lines";
import { directionStyles } from "../lib/figures/meanings";
import { loadFont } from "../lib/figures/svg-font";
import { textWidth, wrapText } from "../lib/figures/text-width";
import { randomState } from "../lib/random";
import { expectSound } from "./support/sound-figure";

// biome-ignore lint/suspicious/noExplicitAny: Plotly's values
type Loose = any;

const perceptron = flowDiagram({
  title: "Perceptron",
  steps: {
    x1: { text: "x₁", kind: "data" },
    x2: { text: "x₂", kind: "data" },
    one: { text: "1", kind: "data" },
    z: "z = w₁x₁ + w₂x₂ + b",
    y: "y = 1 if z ≥ 0, else 0",
  },
  arrows: [
    { from: "x1", to: "z", label: "w₁" },
    { from: "x2", to: "z", label: "w₂" },
    { from: "one", to: "z", label: "b" },
    { from: "z", to: "y" },
  ],
});
const training = flowDiagram({
  title: "Training",
  steps: {
    start: { text: "W, b", kind: "parameter" },
    batch: { text: "next batch", kind: "data" },
    forward: { text: "forward pass", kind: "forward" },
    loss: { text: "E", kind: "loss" },
    backward: { text: "backward pass", kind: "backward" },
    step: "W ← W − η ∂E/∂W",
    more: { text: "more batches?", kind: "decision" },
    done: "evaluate",
  },
  arrows: [
    ...chain("start", "batch", "forward"),
    { from: "forward", to: "loss", way: "forward" },
    { from: "loss", to: "backward", way: "backward" },
    ...chain("backward", "step", "more"),
    { from: "more", to: "batch", label: "yes" },
    { from: "more", to: "done", label: "no" },
    { from: "done", to: "batch", label: "next epoch" },
  ],
  groups: [{ title: "one step", steps: ["forward", "loss", "backward", "step"] }],
});
const boxes = ({ layout }: Figure): Loose[] =>
  (layout as Loose).shapes.filter(({ type }: Loose) => type === "path");
const notes = ({ layout }: Figure): Loose[] => (layout as Loose).annotations;

test("flow diagrams are sound, also their drawings for narrow pages", () => {
  const narrow = ({ layout, text }: Figure): Figure => {
    const { data, layout: own } = (layout as Loose).meta.narrow;
    return { data, layout: own, text };
  };
  expectSound({ perceptron, training, narrow: narrow(perceptron) });
  assert.equal((training.layout as Loose).meta, undefined, "it fits a phone as it is");
});

test("the text says every box, its kind, and where its arrows lead", () => {
  assert.equal(
    training.text,
    "Training. Flow diagram, 8 steps. 1: W, b (parameter), leads to 2. 2: next batch (data), leads to 3. " +
      "3: forward pass, leads to 4. 4: E (loss), leads to 5. 5: backward pass, leads to 6. " +
      "6: W ← W − η ∂E/∂W, leads to 7. 7: more batches? (decision), leads back to 2 (yes), to 8 (no). " +
      "8: evaluate, leads back to 2 (next epoch). Group one step: 3, 4, 5, 6.",
  );
});

test("to the right where that fits, in the given order; down on a phone, within its width", () => {
  const places = (figure: Figure) => notes(figure).slice(0, 5);
  const [x1, x2, one, z, y] = places(perceptron);
  assert.ok(x1.y < x2.y && x2.y < one.y && z.x < y.x && z.y === y.y);
  const { below, data, layout } = (perceptron.layout as Loose).meta.narrow;
  const [p1, p2, p3, pz, py] = places({ data, layout, text: "" });
  assert.ok(p1.x < p2.x && p2.x < p3.x && pz.y < py.y && pz.x === py.x);
  assert.ok(below > 348 && layout.width === undefined && layout.xaxis.range[1] <= 332);
});

test("a flow that fits nowhere tells its width; one that is to go right stays so", () => {
  const ids = Array.from({ length: 9 }, (_, k) => `step${k}`);
  const steps = Object.fromEntries(ids.map((id) => [id, `a long name: ${id}`]));
  const right = flowDiagram({ title: "Right", steps, arrows: chain(...ids), direction: "right" });
  const free = flowDiagram({ title: "Free", steps, arrows: chain(...ids) });
  assert.ok((right.layout as Loose).width > 744 && (right.layout as Loose).meta === undefined);
  assert.ok((right.layout as Loose).width >= (right.layout as Loose).xaxis.range[1]);
  assert.ok(notes(free)[0].x === notes(free)[8].x && notes(free)[0].y < notes(free)[8].y);
});

test("forward and backward arrows have their colours and dashes; a loop runs against the flow", () => {
  const ways = (training.data as Loose[]).map(({ name, line }) => [name, line.color, line.dash]);
  assert.deepEqual(ways.slice(1), [
    ["forward", directionStyles.forward.colour, "solid"],
    ["backward", directionStyles.backward.colour, "dash"],
  ]);
  assert.equal(boxes(training).length, 8);
  assert.match(boxes(training)[6].path, /L.*L/, "a decision is pointed");
});

test("arrows back are those that close a cycle", () => {
  const names = (ids: string) => [...ids].map((id) => ({ id }));
  const links = (pairs: string) => pairs.split(" ").map(([from, to]) => ({ from, to }));
  assert.deepEqual(backArrows(names("abc"), links("ab bc ac")), new Set());
  assert.deepEqual(backArrows(names("abcd"), links("ab bc cb cd da")), new Set([2, 4]));
});

/** A random flow: a way through all boxes, more arrows forward, and loops back. */
function randomFlow(seed: number) {
  const random = randomState(seed).stream("flow");
  const below = (n: number) => Math.floor(random.uniform() * n);
  const count = 3 + below(8);
  const sized = Array.from({ length: count }, (_, k) => ({
    id: `${k}`,
    width: 20 + below(120),
    height: 20 + below(40),
  }));
  const pairs = new Map<string, FlowArrow>();
  const link = (from: number, to: number) => pairs.set(`${from} ${to}`, { from: `${from}`, to: `${to}` });
  for (let k = 1; k < count; k++) link(below(k), k);
  for (let k = 0; k < 4; k++) {
    const [a, b] = [below(count), below(count)];
    if (a !== b) link(a, b);
  }
  const links = [...pairs.values()].map((one, k) => ({
    ...one,
    width: k % 3 === 0 ? 30 : 0,
    height: k % 3 === 0 ? 15 : 0,
  }));
  return { sized, links };
}

test("in random flows no boxes overlap, arrows meet none but their own, and nothing lies outside", () => {
  for (let seed = 0; seed < 60; seed++)
    for (const direction of ["right", "down"] as const) {
      const { sized, links } = randomFlow(seed);
      const { width, height, boxes: placed, routes } = layoutFlow(sized, links, [], direction);
      const where = `seed ${seed}, ${direction}`;
      placed.forEach((a, i) => {
        assert.deepEqual([a.width, a.height], [sized[i].width, sized[i].height], where);
        assert.ok(
          a.x > -0.01 && a.y > -0.01 && a.x + a.width < width + 0.01 && a.y + a.height < height + 0.01,
          where,
        );
        for (const b of placed.slice(i + 1)) assert.ok(!touch(a, b, 8), where);
      });
      routes.forEach(({ points, back, label }, k) => {
        const [from, to] = [links[k].from, links[k].to].map((id) => placed[Number(id)]);
        const ends = [points[0], points[points.length - 1]];
        assert.ok(touches(ends[0], from) && touches(ends[1], to), where);
        for (const { x, y } of points)
          assert.ok(x > -0.01 && y > -0.01 && x < width + 0.01 && y < height + 0.01, where);
        const line = dense(drawnLine(points, direction, back));
        for (const other of placed)
          if (other !== from && other !== to)
            assert.ok(
              line.every((point) => !touch({ ...point, width: 0, height: 0 }, other)),
              where,
            );
        if (back && links[k].width > 0)
          for (const other of placed)
            assert.ok(!touch(around(label, links[k]), other), `${where}: label ${k}`);
      });
    }
});

/** The line with points at most 2 px apart. */
const dense = (line: readonly Point[]) =>
  line.flatMap((b, k) => {
    const a = line[Math.max(0, k - 1)];
    const parts = Math.max(1, Math.ceil((Math.abs(b.x - a.x) + Math.abs(b.y - a.y)) / 2));
    return Array.from({ length: parts }, (_, i) => ({
      x: a.x + ((b.x - a.x) * (i + 1)) / parts,
      y: a.y + ((b.y - a.y) * (i + 1)) / parts,
    }));
  });

const touches = ({ x, y }: { x: number; y: number }, box: Rect) =>
  x > box.x - 0.01 && x < box.x + box.width + 0.01 && y > box.y - 0.01 && y < box.y + box.height + 0.01;

test("texts are as wide as the bundled font draws them, or a little less than estimated", () => {
  const font = loadFont();
  for (const text of ["forward pass", "Wq{}~ 0123", "y = f(x); a_b"])
    assert.ok(Math.abs(textWidth(text, 100) - font.width(text, 100, false)) < text.length, text);
  for (const text of ["z¹ = W¹x + b¹", "δ² = ∂E/∂z² ⊙ f′(z²)", "η ≥ 0 → θ ← θ + v", "wᵀx ∈ ℝⁿ, ½‖x₁‖²"]) {
    const [estimate, drawn] = [textWidth(text, 100), font.width(text, 100, false)];
    assert.ok(estimate > 0.95 * drawn && estimate < 1.2 * drawn, `${text}: ${estimate}, ${drawn}`);
  }
});

test("lines break at spaces, before operators, and never at no-break spaces", () => {
  assert.deepEqual(wrapText("z = w + b", 40, 13), ["z = w", "+ b"]);
  assert.deepEqual(wrapText("one\ntwo three", 60, 13), ["one", "two", "three"]);
  assert.deepEqual(wrapText("w\u00a0← w + ηx", 10, 13), ["w\u00a0← w", "+ ηx"]);
});

test("bad input is refused by name", () => {
  const flow = (
    arrows: FlowArrow[],
    groups: { title: string; steps: string[] }[] = [],
    steps: object = { a: "A", b: "B" },
  ) => flowDiagram({ title: "T", steps: steps as { [id: string]: string }, arrows, groups });
  assert.throws(() => flow([], [], {}), /figure "T": there is no step/);
  assert.throws(() => flow([], [], { a: " " }), /the step "a" has no text/);
  assert.throws(() => flow([{ from: "c", to: "a" }]), /comes from "c", which is no step \(steps: a, b\)/);
  assert.throws(() => flow([{ from: "a", to: "a" }]), /from "a" to itself/);
  assert.throws(() => flow([...chain("a", "b"), ...chain("a", "b")]), /two arrows from "a" to "b"/);
  assert.throws(() => flow([], [{ title: "G", steps: [] }]), /group "G" has no steps/);
  assert.throws(
    () =>
      flow(
        [],
        [
          { title: "G", steps: ["a"] },
          { title: "H", steps: ["a"] },
        ],
      ),
    /"a" stands in two groups/,
  );
  assert.throws(() => chain("a"), /1 steps/);
});
