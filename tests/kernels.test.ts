import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { capacity, type Floats, place } from "../lib/kernels/arena";
import { type Combination, combine, map, mapDerivative, softmaxColumns } from "../lib/kernels/arrays";
import * as functions from "../lib/kernels/functions";
import { product } from "../lib/kernels/product";
import { memory } from "../lib/kernels/wasm";
import { buildWasm } from "../scripts/build-wasm";
import { errorInUlp } from "./support/ulp";

const { evaluate, evaluateDerivative } = functions;
const reference = JSON.parse(readFileSync("data/references/kernels.json", "utf8"));

/** Each function with the bound of its error in units in the last place (ulp). */
const cases: [name: string, f: (...x: number[]) => number, bound: number][] = [
  ["exp", functions.exp, 1],
  ["log", functions.log, 1],
  ["log1p", functions.log1p, 1],
  ["expm1", functions.expm1, 1.3],
  ["sin", functions.sin, 1],
  ["cos", functions.cos, 1],
  ["pow", functions.pow, 1],
  ["tanh", functions.tanh, 2.5],
  ["sigmoid", (z) => evaluate("sigmoid", z), 2.5],
  ["sigmoid derivative", (z) => evaluateDerivative("sigmoid", z), 4],
  ["tanh derivative", (z) => evaluateDerivative("tanh", z), 4],
];

for (const [name, f, bound] of cases) {
  test(`${name} is within ${bound} ulp of mpmath's exact values`, (t) => {
    let worst = 0;
    for (const row of reference[name] as number[][]) {
      const [x, [nearest, residual]] = [row.slice(0, -2), row.slice(-2)];
      const error = errorInUlp(f(...x), nearest, residual);
      assert.ok(error <= bound, `${name}(${x}) is ${f(...x)}, nearest to exact is ${nearest}: ${error} ulp`);
      worst = Math.max(worst, error);
    }
    t.diagnostic(`largest error ${worst.toFixed(3)} ulp at ${reference[name].length} points`);
    assert.ok(reference[name].length >= 200);
  });

  test(`${name} at 0, ±∞, beyond overflow and at NaN`, () => {
    for (const row of reference.limits[name] as (number | string)[][]) {
      const [expected, ...x] = [Number(row.at(-1)), ...row.slice(0, -1).map(Number)];
      assert.ok(Object.is(f(...x), expected), `${name}(${x}) is ${f(...x)}, expected ${expected}`);
    }
  });
}

test("the piecewise linear functions and derivatives, at the kink too", () => {
  const rows: [functions.Elementwise, number, number, number][] = [
    ["identity", -2.5, -2.5, 1],
    ["step", 0, 1, 0],
    ["step", -1e-300, 0, 0],
    ["step", Number.POSITIVE_INFINITY, 1, 0],
    ["relu", 2, 2, 1],
    ["relu", 0, 0, 0],
    ["relu", -0, 0, 0],
    ["relu", -3, 0, 0],
    ["relu", Number.NEGATIVE_INFINITY, 0, 0],
    ["leakyRelu", 2, 2, 1],
    ["leakyRelu", 0, 0, 0.25],
    ["leakyRelu", -8, -2, 0.25],
    ["leakyRelu", Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.25],
  ];
  for (const [name, z, value, derivative] of rows) {
    assert.ok(Object.is(evaluate(name, z, 0.25), value), `${name}(${z})`);
    assert.ok(Object.is(evaluateDerivative(name, z, 0.25), derivative), `derivative of ${name} at ${z}`);
  }
});

const names = ["identity", "step", "sigmoid", "tanh", "relu", "leakyRelu"] as const;
const extremes = [0, -0, 1e-310, 1000, -1000, 745.2, -745.2, Number.NaN, ...[1, -1].map((s) => s / 0)];

/** `count` numbers between −8 and 8, with extremes strewn in. */
function grid(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    i % 7 === 3 ? extremes[i % 10] : Math.sin(i * i) * 8,
  );
}

for (const name of names)
  for (const [form, array, scalar] of [
    ["", map, evaluate],
    [" derivative", mapDerivative, evaluateDerivative],
  ] as const)
    test(`${name}${form}: the array forms have the scalar's bits, float32 its rounding`, () => {
      for (const count of [0, 1, 2, 3, 5, 17, 70_001]) {
        const x = grid(count);
        assert.deepEqual(
          array(name, x, 0.25),
          x.map((z) => scalar(name, z, 0.25)),
        );
        const x32 = Float32Array.from(x);
        assert.deepEqual(
          array(name, x32, 0.25),
          x32.map((z) => scalar(name, z, 0.25)),
        );
      }
    });

test("sums, differences and products of arrays have the bits of plain arithmetic, at every length of the tail", () => {
  const operators: Record<Combination, (a: number, b: number) => number> = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    hadamard: (a, b) => a * b,
  };
  for (const [name, operator] of Object.entries(operators) as [
    Combination,
    (a: number, b: number) => number,
  ][])
    for (const count of [0, 1, 2, 3, 4, 5, 6, 7, 40_003])
      for (const type of [Float64Array, Float32Array]) {
        const [x, y] = [type.from(grid(count)), type.from(grid(count + 1).subarray(1))];
        const expected = x.map((value, i) => operator(value, y[i]));
        assert.deepEqual(combine(name, row(x), row(y)), expected, `${name} of ${count}`);
      }
});

const row = (data: Floats) => ({ rows: 1, cols: data.length, data });

test("an operand that lies in the core's memory is used in place", () => {
  // behind everything that the small calls below reserve
  const start = memory.byteLength - 256;
  const resident = new Float64Array(memory, start, 20);
  const values = Float64Array.from({ length: 20 }, (_, i) => i - 10);
  resident.set(values);
  assert.equal(place(resident, 2, 5, "test"), start + 16);
  assert.notEqual(place(values, 2, 5, "test"), start + 16);
  assert.deepEqual(
    map("relu", resident),
    values.map((x) => Math.max(0, x)),
  );
  assert.deepEqual(
    combine("add", row(resident), row(resident)),
    values.map((x) => 2 * x),
  );
  const [left, right] = [resident, values].map((data) => ({ rows: 4, cols: 5, data }));
  const form = (A: typeof left, transposed: boolean) => ({ ...A, transposed });
  assert.deepEqual(
    product(4, 4, 5, form(left, false), form(left, true)),
    product(4, 4, 5, form(right, false), form(right, true)),
  );
  assert.deepEqual(
    product(5, 5, 4, form(left, true), form(left, false)),
    product(5, 5, 4, form(right, true), form(right, false)),
  );
  assert.deepEqual(resident, values);
});

test("an operand larger than the core's memory is an error that names the sizes", () => {
  const entries = capacity / 16 + 1000;
  const message = /softmax of 2×\d+: 128\.\d MiB are needed, the core's memory has 128\.0 MiB/;
  assert.throws(
    () => softmaxColumns(new Float64Array(2 * Math.ceil(entries / 2)), 2, Math.ceil(entries / 2), false),
    message,
  );
  assert.deepEqual(map("relu", Float64Array.of(-1, 1)), Float64Array.of(0, 1)); // and the next call works
});

test("the module imports its memory and nothing else", () => {
  // biome-ignore lint/suspicious/noExplicitAny: the compiler options declare no WebAssembly
  const { Module } = (globalThis as any).WebAssembly;
  const module = new Module(readFileSync("lib/kernels/kernels.wasm"));
  assert.deepEqual(Module.imports(module), [{ module: "env", name: "memory", kind: "memory" }]);
});

test("the committed kernels.wasm is what its source compiles to", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kernels-test-"));
  try {
    const rebuilt = path.join(folder, "kernels.wasm");
    await buildWasm(rebuilt);
    const same = readFileSync(rebuilt).equals(readFileSync("lib/kernels/kernels.wasm"));
    assert.ok(same, "lib/kernels/kernels.wasm differs from its source: run npm run build:wasm and commit it");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
