/** What the students' edition of lib leaves out. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test, { describe } from "node:test";
import ts from "typescript";
import { filesNeeded } from "../scripts/assignment/release/imports";
import { strip } from "../scripts/assignment/release/strip";

const lib = path.join(__dirname, "../lib");
const sourceOf = (file: string) => readFileSync(path.join(lib, file), "utf8");

/** The error messages of a source that does not parse. */
const syntaxErrors = (source: string) =>
  ts.transpileModule(source, { reportDiagnostics: true }).diagnostics ?? [];

describe("a source without its answers", () => {
  const equation = "dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ";
  const stripped = strip(sourceOf("layers.ts"), [{ name: "dense.backward", equation }], "layers.ts");

  test("throws where the answer stood, with its name and equation", () => {
    assert.match(
      stripped,
      /throw new Error\("dense\.backward is yours to write: dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ"\)/,
    );
    assert.doesNotMatch(stripped, /multiplyTranspose|rowSums/);
    assert.equal(syntaxErrors(stripped).length, 0);
  });

  test("keeps all else, the forward before it and the next layer's backward", () => {
    assert.match(stripped, /affine\(W, A, b\)/);
    assert.match(stripped, /activation\.backward\(Z, dA\)/);
    const exports = (source: string) => source.match(/^export (?:function|type|interface|const) \w+/gm);
    assert.deepEqual(exports(stripped), exports(sourceOf("layers.ts")));
  });

  test("leaves out every member of the name, and what only they needed", () => {
    const file = "layers/batch-norm.ts";
    const both = ["batchNorm.forward", "batchNorm.backward"].map((name) => ({
      name,
      equation: "that of the paper",
    }));
    const text = strip(sourceOf(file), both, file);
    assert.equal(text.match(/is yours to write/g)?.length, 4, "in training and after it");
    for (const answer of ["inverseDeviation =", "alongNormalized", "function gradientsOf"])
      assert.ok(!text.includes(answer), answer);
    assert.equal(syntaxErrors(text).length, 0);
  });

  test("takes functions, constants and AssemblyScript", () => {
    const source = `import { a, b } from "./x";
/** Stays with what it belongs to. */
const helper = () => a();
export const answer = (x: number): number => helper() + b(x);
export function other(): number { return b(1); }
`;
    assert.equal(
      strip(source, [{ name: "answer", equation: "y = x" }], "x.ts").replaceAll(/\s+/g, " "),
      'import { b } from "./x"; export const answer = (x: number): number => { throw new Error("answer is yours to write: y = x"); }; export function other(): number { return b(1); } ',
    );
    const kernel = "export function f(x: f64): f64 { return x * x; }\n";
    assert.equal(
      strip(kernel, [{ name: "f" }], "kernels/assembly/f.ts"),
      "export function f(x: f64): f64 { return unreachable(); }\n",
    );
  });

  test("is refused where there is no such function", () => {
    assert.throws(
      () => strip("const x = 3;", [{ name: "x", equation: "" }], "x.ts"),
      /x\.ts: there is no function x/,
    );
    assert.throws(
      () => strip(sourceOf("layers.ts"), [{ name: "dense.sideways", equation: "" }], "layers.ts"),
      /layers\.ts: there is no function dense\.sideways/,
    );
  });
});

describe("the files of lib that an assignment needs", () => {
  test("are those that it imports, and theirs", () => {
    assert.deepEqual(filesNeeded(lib, ["random/mersenne-twister"]), ["random/mersenne-twister.ts"]);
    const files = filesNeeded(lib, ["layers"]);
    for (const file of ["layers.ts", "matrix.ts", "kernels/wasm.ts", "initializers/draw.ts"])
      assert.ok(files.includes(file), file);
    assert.ok(
      !files.some((file) => /^(gradients|mutations|tape|experiments)/.test(file)),
      "no witness, no mutation",
    );
  });

  test("do not hold what only an answer needed", () => {
    const file = "layers/batch-norm.ts";
    const answers = ["batchNorm.forward", "batchNorm.backward"].map((name) => ({ name, equation: "" }));
    const read = (name: string) => (name === file ? strip(sourceOf(name), answers, name) : sourceOf(name));
    assert.ok(filesNeeded(lib, ["layers/batch-norm"]).includes("matrix-rows.ts"));
    assert.ok(!filesNeeded(lib, ["layers/batch-norm"], read).includes("matrix-rows.ts"));
  });

  test("must be there", () => {
    assert.throws(() => filesNeeded(lib, ["layrs"]), /the assignment imports layrs\.ts, which is not in lib/);
  });
});
