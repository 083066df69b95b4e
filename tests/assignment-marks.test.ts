/** The mark of a part, for right, wrong, broken and hostile answers. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { tanh } from "../lib/activations";
import { dense, elementwise, serial } from "../lib/layers";
import { fromData } from "../lib/matrix";
import { randomState } from "../lib/random";
import { from, given, inside, libExport, listOf, recordOf } from "../scripts/assignment/mark/arguments";
import { differenceFrom } from "../scripts/assignment/mark/compare";
import { Compiler } from "../scripts/assignment/mark/compiler";
import { gradePart } from "../scripts/assignment/mark/grade-part";
import { gradeSubmission } from "../scripts/assignment/mark/grade-submission";
import { type Inside, prepareInside } from "../scripts/assignment/mark/inside";
import type { Part } from "../scripts/assignment/mark/part";
import { runLimits } from "../scripts/assignment/sandbox/limits";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";

const root = path.join(__dirname, "..");

/** ∂E/∂W 2 points, ∂E/∂b and ∂E/∂A 1 each. */
const part: Part = {
  id: "dense",
  title: "the fully connected layer",
  answers: ["denseBackward"],
  aspects: [
    { id: "weights", title: "∂E/∂W", points: 2 },
    { id: "bias", title: "∂E/∂b", points: 1 },
    { id: "input", title: "∂E/∂A", points: 1 },
  ],
  async examine(exam) {
    for (const [inputs, outputs, samples] of [
      [3, 2, 5],
      [4, 4, 4],
    ])
      await exam.attempt(["weights", "bias", "input"], async () => {
        const normals = (rows: number, cols: number) =>
          fromData(rows, cols, exam.random.normals(rows * cols));
        const params = { weights: normals(outputs, inputs), bias: normals(outputs, 1) };
        const [A, dZ] = [normals(inputs, samples), normals(outputs, samples)];
        const [dW, db, dA] = await exam.call(
          "denseBackward",
          [given(params), recordOf({ A: given(A) }), given(dZ)],
          ["gradients.weights", "gradients.bias", "dInput"],
        );
        const right = dense(inputs, outputs).backward(params, { A }, dZ);
        exam.expect("weights", "dWeights", dW, right.gradients.weights);
        exam.expect("bias", "dBias", db, right.gradients.bias);
        exam.expect("input", "dInput", dA, right.dInput);
      });
  },
};

const imports = `import { matrix, type Matrix, multiplyTransposeRight, multiplyTransposeLeft, rowSums, scale } from "./lib/matrix";
import { dense, type DenseParams } from "./lib/layers";`;

const right = `function denseBackward({ weights: W }: DenseParams, { A }: { A: Matrix }, dZ: Matrix) {
  return { gradients: { weights: multiplyTransposeRight(dZ, A), bias: rowSums(dZ) }, dInput: multiplyTransposeLeft(W, dZ) };
}`;

/** Cells, what they earn of ∂E/∂W, ∂E/∂b and ∂E/∂A, and what is said about the first lost point. */
const submissions: readonly [
  what: string,
  cells: string[],
  earned: [number, number, number],
  words?: RegExp,
][] = [
  ["the right answer", [imports, right], [2, 1, 1]],
  ["the right answer after a cell that loops", [imports, "for (;;);", right], [2, 1, 1]],
  [
    "the right answer after one that patches",
    [imports, "Array.prototype.map = () => []; JSON.stringify = () => '{}';", right],
    [2, 1, 1],
  ],
  ["the right answer, defined anew", [imports, "function denseBackward() {}", right], [2, 1, 1]],
  [
    "one gradient divided by m",
    [imports, right.replace("rowSums(dZ)", "scale(rowSums(dZ), 1 / A.cols)")],
    [2, 0, 1],
    /^dBias\[0,0\] is .*, expected/,
  ],
  [
    "NaN",
    [imports, right.replace("rowSums(dZ)", "scale(rowSums(dZ), NaN)")],
    [2, 0, 1],
    /^dBias\[0,0\] is NaN/,
  ],
  [
    "a missing gradient",
    [imports, right.replace("bias: rowSums(dZ)", "")],
    [2, 0, 1],
    /^dBias is undefined, expected a 2×1 matrix/,
  ],
  ["no answer", [imports], [0, 0, 0], /^no cell defines denseBackward/],
  [
    "a stub",
    [imports, `function denseBackward() { throw new Error("denseBackward: dW = Δ Aᵀ is yours to write") }`],
    [0, 0, 0],
    /yours to write/,
  ],
  [
    "a type error",
    [imports, `${right}\nconst x: number = "a";`],
    [0, 0, 0],
    /cell c1 does not compile: line 4: Type 'string'/,
  ],
  ["a promise", [imports, right.replace("function", "async function")], [0, 0, 0], /dWeights is undefined/],
  [
    "an endless loop",
    [imports, "function denseBackward() { for (;;); }"],
    [0, 0, 0],
    /did not come to an end/,
  ],
  [
    "the end of the process",
    [imports, "function denseBackward() { process.exit(0) }"],
    [0, 0, 0],
    /ended the process/,
  ],
  [
    "forged lines",
    [imports, `${right}\nrequire("node:fs").writeSync(4, '{"values":[1,1,1]}\\n');`],
    [0, 0, 0],
    /./,
  ],
  ["a patched JSON", [imports, `${right}\nJSON.stringify = () => "{}";`], [0, 0, 0], /cannot be read|threw/],
];

describe("the mark of a part", { skip: sandboxProblem() ?? false }, () => {
  const cache = mkdtempSync(path.join(tmpdir(), "inside-"));
  let sandboxes: Inside;
  let compiler: Compiler;
  before(async () => {
    sandboxes = await prepareInside(path.join(root, "lib"), cache);
    compiler = new Compiler(sandboxes);
  });
  after(async () => {
    await compiler.stop();
    rmSync(cache, { recursive: true, force: true });
  });

  for (const [what, sources, earned, words] of submissions)
    test(what, async () => {
      const cells = [];
      for (const [k, source] of sources.entries())
        cells.push({ name: `c${k}`, source, names: await compiler.names(source) });
      const room = { inside: sandboxes, compiler, limits: { ...runLimits, cpuSeconds: 3, wallSeconds: 300 } };
      const { aspects } = await gradePart(part, cells, 7, room);
      assert.deepEqual(
        aspects.map((aspect) => aspect.earned),
        earned,
        aspects.map((aspect) => aspect.words).join("\n"),
      );
      const lost = aspects.find((aspect) => aspect.earned < aspect.points);
      if (words) assert.match(lost?.words ?? "", words);
      else assert.equal(lost, undefined);
    });

  test("what was returned earlier, lib's own exports, generators, lists and records are arguments too", async () => {
    const aspects = [{ id: "output", title: "the network's output", points: 3 }];
    const asked: Part = {
      ...part,
      answers: ["network"],
      aspects,
      async examine(exam) {
        const X = fromData(2, 3, exam.random.normals(6));
        await exam.call("network", [
          listOf([given(2), given(4)]),
          recordOf({ phi: inside(libExport("activations", "tanh")) }),
        ]);
        const layer = exam.lastCall;
        await exam.call(from(layer, "init"), [{ seed: 5 }]);
        const params = inside(from(exam.lastCall));
        const [output] = await exam.call(from(layer, "forward"), [params, given(X)], ["output"]);
        const own = serial(dense(2, 4), elementwise(tanh));
        exam.expect("output", "output", output, own.forward(own.init(randomState(5)), X).output);
        assert.throws(
          () => exam.award("outputs", 1, ""),
          /the part has no aspect "outputs" \(it has output\)/,
        );
      },
    };
    const source = `import { dense, elementwise, serial } from "./lib/layers";
const network = ([n, k], { phi }) => serial(dense(n, k), elementwise(phi));`;
    const cells = [{ name: "c0", source, names: await compiler.names(source) }];
    const mark = await gradePart(asked, cells, 3, { inside: sandboxes, compiler });
    assert.deepEqual(mark.aspects, [{ ...aspects[0], earned: 3, words: undefined }]);
  });

  test("a notebook's file, whole: given cells from the source, and nothing for one that cannot be read", async () => {
    const paper = {
      id: "A",
      parts: [part],
      givenCells: [{ name: "imports", gradeId: "imports", source: imports }],
    };
    const code = (source: string, gradeId: string) => ({
      cell_type: "code",
      source,
      metadata: { nbgrader: { grade_id: gradeId } },
    });
    const file = path.join(cache, "handed-in.ipynb");
    writeFileSync(file, JSON.stringify({ cells: [code("for (;;);", "imports"), code(right, "answer")] }));
    const room = { inside: sandboxes, compiler };
    const mark = await gradeSubmission(file, paper, Buffer.from("secret"), room);
    assert.deepEqual(
      mark.parts[0].aspects.map(({ earned }) => earned),
      [2, 1, 1],
    );
    assert.deepEqual(
      await gradeSubmission(file, paper, Buffer.from("secret"), room),
      mark,
      "the same mark again",
    );
    writeFileSync(file, "{");
    const unread = await gradeSubmission(file, paper, Buffer.from("secret"), room);
    assert.match(unread.unreadable ?? "", /no JSON/);
    assert.deepEqual(
      unread.parts[0].aspects.map(({ earned }) => earned),
      [0, 0, 0],
    );
  });
});

describe("an answer agrees", () => {
  const of = (...entries: number[]) => fromData(1, entries.length, Float64Array.from(entries));
  test("to a share of 1e-12 of the largest entry, and no further", () => {
    assert.equal(differenceFrom(of(1, 1000), of(1 + 5e-10, 1000), "x"), undefined);
    assert.equal(differenceFrom(of(1, 1000), of(1 + 2e-9, 1000), "x"), "x[0,0] is 1.000000002, expected 1");
    assert.equal(differenceFrom(1, 1 + 1e-13, "x"), undefined);
    assert.equal(differenceFrom(1, 1 + 2e-12, "x"), "x is 1.000000000002, expected 1");
  });

  test("with −0 for 0 and with no NaN", () => {
    assert.equal(differenceFrom(of(0), of(-0), "x"), undefined);
    assert.equal(differenceFrom(of(0), of(1e-300), "x"), "x[0,0] is 1e-300, expected 0");
    assert.equal(differenceFrom(of(1), of(Number.NaN), "x"), "x[0,0] is NaN, expected 1");
    assert.equal(differenceFrom(of(Infinity), of(Infinity), "x"), undefined);
    assert.equal(differenceFrom(of(1), of(Infinity), "x"), "x[0,0] is Infinity, expected 1");
  });

  test("in its right shape alone", () => {
    assert.equal(
      differenceFrom(of(1, 2), fromData(2, 1, Float64Array.of(1, 2)), "x"),
      "x is 2×1, expected 1×2",
    );
    assert.equal(differenceFrom(of(1), 1, "x"), "x is number 1, expected a 1×1 matrix");
    assert.equal(differenceFrom(of(1), [1], "x"), "x is a list of 1, expected a 1×1 matrix");
    assert.equal(differenceFrom(1, of(1), "x"), "x is a 1×1 matrix, expected a number");
  });
});
