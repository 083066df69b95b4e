/** What the students' edition of lib leaves out. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { describe } from "node:test";
import ts from "typescript";
import { withoutFormulas } from "../scripts/assignment/release/comments";
import { filesNeeded } from "../scripts/assignment/release/imports";
import { inLanguage } from "../scripts/assignment/release/language";
import { packagesOf } from "../scripts/assignment/release/packages";
import { leftOut } from "../scripts/assignment/release/same-work";
import { strip } from "../scripts/assignment/release/strip";
import { strippedAssembly } from "../scripts/assignment/release/wasm";
import { compileWasm } from "../scripts/build-wasm";
import { nbgraderProblem } from "../scripts/setup/nbgrader";

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

  test("leaves out constants in a function, what a call is given, and a case", () => {
    const kept = (source: string, name: string, file = "x.ts") =>
      strip(source, [{ name, equation: "y = x" }], file).replaceAll(/\s+/g, " ");
    assert.equal(
      kept("export function f() { const g = (x: number) => x * x; return { g }; }", "f.g"),
      'export function f() { const g = (x: number) => { throw new Error("f.g is yours to write: y = x"); }; return { g }; }',
    );
    assert.equal(
      kept("export const he = drawn(({ fanIn }) => Math.sqrt(2 / fanIn), 3);", "he"),
      'export const he = drawn(({ fanIn }) => { throw new Error("he is yours to write: y = x"); }, 3);',
    );
    assert.equal(
      kept(
        "export function f(k: i32): f64 { switch (k) { case 1: return 2; case A.b + 1: return 4; } }",
        "f case A.b + 1",
        "kernels/assembly/f.ts",
      ),
      "export function f(k: i32): f64 { switch (k) { case 1: return 2; case A.b + 1: { return unreachable(); } } }",
    );
  });

  test("leaves out helpers of helpers, though they call themselves or share a property's name", () => {
    const source = `export function answer(n: number): number { return once(n); }
function once(n: number): number { return again(n); }
function again(n: number): number { return n > 0 ? again(n - 1) : 0; }
export const other = { once: 1, again: 2 }.once;
`;
    const text = strip(source, [{ name: "answer", equation: "0" }], "x.ts");
    assert.doesNotMatch(text, /function (once|again)/);
    assert.match(text, /export const other/);
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

describe("comments without their answers", () => {
  const comment = (file: string, name: string, before: RegExp) => {
    const text = withoutFormulas(sourceOf(file), [{ name, equation: "dW = Δ Aᵀ" }], file);
    return before.exec(text)?.[1] ?? "";
  };

  test("keep the forward beside a backward that is asked for, with shapes, errors and sources", () => {
    const text = comment(
      "layers.ts",
      "dense.backward",
      /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\nexport function dense/,
    );
    for (const kept of ["Z = W A + b 1ᵀ", "W outputs×inputs", "@throws", "Source: note 004"])
      assert.ok(text.includes(kept), kept);
    for (const gone of ["Δ Aᵀ", "Wᵀ Δ", "@example", "With"]) assert.ok(!text.includes(gone), gone);
  });

  test("say of a function that is asked for no more than its error", () => {
    const text = comment(
      "activations.ts",
      "softmaxJacobian",
      /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\nexport function softmaxJ/,
    );
    assert.equal(
      text,
      "/**\n * softmaxJacobian is yours to write: dW = Δ Aᵀ.\n * @throws if z is not one column\n */",
    );
  });

  test("lose the derivatives in a file of which nothing else is asked", () => {
    const text = withoutFormulas(sourceOf("activations/gelu.ts"), [], "activations/gelu.ts");
    assert.match(text, /Φ\(z\) = ½\(1 \+ erf\(z\/√2\)\)/);
    assert.doesNotMatch(text, /derivative|√\(2π\)/);
  });
});

describe("what an edition leaves out", () => {
  const first = {
    asked: { "optimizers.ts": [{ name: "adam.update", equation: "algorithm 1" }] },
    gives: ["losses.ts meanSquaredError.backward"],
  };
  const second = {
    asked: { "losses.ts": [{ name: "meanSquaredError.backward", equation: "(Y − T)/m" }] },
    gives: ["optimizers.ts adam.update"],
  };
  const names = (...of: Parameters<typeof leftOut>) =>
    [...leftOut(...of)].flatMap(([file, asked]) => asked.map(({ name }) => `${file} ${name}`));

  test("is what all assignments ask for, with what does its work in the numeric core", () => {
    assert.deepEqual(names({ gives: [] }, [first, second]), [
      "optimizers.ts adam.update",
      "kernels/optimizers.ts adam",
      ...["adam", "adamAll", "adamPiece", "adamAt"].map((name) => `kernels/assembly/optimizers.ts ${name}`),
      "losses.ts meanSquaredError.backward",
    ]);
  });

  test("is not what the assignment gives", () => {
    assert.deepEqual(names(second, [first, second]), ["losses.ts meanSquaredError.backward"]);
    assert.equal(names(first, [first, second]).at(-1), "kernels/assembly/optimizers.ts adamAt");
  });

  test("is nothing of the numeric core where nothing is asked: it is the committed one", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "assembly-"));
    for (const [file, source] of strippedAssembly(new Map(), () => true))
      writeFileSync(path.join(folder, file), source);
    const bytes = await compileWasm(folder);
    rmSync(folder, { recursive: true });
    assert.ok(bytes.equals(readFileSync(path.join(lib, "kernels/kernels.wasm"))));
  });
});

test("an edition's packages are those that its own ones need, in the place that npm finds them", () => {
  const lock = {
    "node_modules/a": { version: "1.0.0", dependencies: { b: "^2" }, dev: true },
    "node_modules/a/node_modules/b": { version: "2.0.0", optionalDependencies: { missing: "*" } },
    "node_modules/b": { version: "1.0.0", dependencies: { c: "*" } },
    "node_modules/c": { version: "3.0.0" },
  };
  assert.deepEqual(packagesOf(["a"], lock), {
    dependencies: { a: "1.0.0" },
    places: {
      "node_modules/a": { version: "1.0.0", dependencies: { b: "^2" } },
      "node_modules/a/node_modules/b": lock["node_modules/a/node_modules/b"],
    },
  });
  assert.deepEqual(Object.keys(packagesOf(["b"], lock).places), ["node_modules/b", "node_modules/c"]);
  assert.throws(() => packagesOf(["d"], lock), /package-lock\.json has no d$/);
});

test("an edition speaks the language that is asked for", () => {
  const spoken = (source: string, language: "en" | "zh") =>
    inLanguage([{ cell_type: "code", source }], language)[0].source;
  const open = (options: string) => `const a = openAssignment("A3", questions${options});`;
  assert.equal(spoken(open(""), "zh"), open(', { language: "zh" }'));
  assert.equal(spoken(open(""), "en"), open(""));
  assert.equal(spoken(open(', { language: "en" }'), "zh"), open(', { language: "zh" }'));
  assert.equal(spoken(open(", { display }"), "zh"), open(', { language: "zh", display }'));
  assert.equal(spoken("const b = 1;", "zh"), "const b = 1;");
});

test("a Python that is too old for nbgrader is told", (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "venv-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const cfg = path.join(folder, "pyvenv.cfg");
  for (const [version, problem] of [
    ["3.10.14", "nbgrader needs Python 3.11 or newer, and .venv has 3.10."],
    ["3.11.7", undefined],
    ["3.14.0", undefined],
  ] as const) {
    writeFileSync(cfg, `home = /usr/bin\nversion = ${version}\n`);
    assert.equal(nbgraderProblem(cfg), problem);
  }
});
