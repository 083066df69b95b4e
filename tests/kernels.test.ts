import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { capacity, type Floats, place, pointerOf } from "../lib/kernels/arena";
import {
  addToColumns,
  type Combination,
  combine,
  map,
  mapDerivative,
  scaleEntries,
  softmaxColumns,
  sumRows,
  timesDerivative,
} from "../lib/kernels/arrays";
import { crossEntropy } from "../lib/kernels/cross-entropy";
import * as functions from "../lib/kernels/functions";
import type { Operand } from "../lib/kernels/operands";
import { product } from "../lib/kernels/product";
import { inRegion, newMatrix, Region } from "../lib/kernels/region";
import { moveOut } from "../lib/kernels/steps";
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

const names = [
  "identity",
  "step",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "elu",
  "gelu",
  "softplus",
] as const;
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
          array(name, row(x), 0.25).data,
          x.map((z) => scalar(name, z, 0.25)),
        );
        const x32 = Float32Array.from(x);
        assert.deepEqual(
          array(name, row(x32), 0.25).data,
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
        assert.deepEqual(combine(name, row(x), row(y)).data, expected, `${name} of ${count}`);
      }
});

const row = (data: Floats) => ({ rows: 1, cols: data.length, data });

test("results in a region have the bits of results of their own, and operands there are used in place", () => {
  const values = Float64Array.from({ length: 20 }, (_, i) => i - 10);
  const own = { rows: 4, cols: 5, data: values };
  const region = new Region();
  region.rewind(0);
  const resident = inRegion(region, () => scaleEntries(own, 1));
  assert.equal(place(resident.data, 2, 5, "test"), pointerOf(resident.data) + 16);
  assert.notEqual(place(values, 2, 5, "test"), pointerOf(resident.data) + 16);
  const results = (A: Operand) => [
    map("relu", A),
    mapDerivative("tanh", A),
    timesDerivative("sigmoid", A, A),
    combine("add", A, A),
    scaleEntries(A, 3),
    sumRows(A),
    softmaxColumns(A, true),
    addToColumns(A, { rows: 4, cols: 1, data: values.slice(0, 4) }),
    product("test", A, false, A, true),
    product("test", A, true, A, false),
    product("test", A, true, A, false, { rows: 5, cols: 1, data: values.slice(0, 5) }),
    crossEntropy(A, { ...own, data: values.map((_, i) => (i < 5 ? 1 : 0)) }).probabilities,
  ];
  const expected = results(own);
  for (const [A, where] of [
    [resident, "in the region"],
    [own, "outside"],
  ] as const) {
    const inside = inRegion(region, () => results(A));
    inside.forEach(({ data }, k) => {
      assert.ok(pointerOf(data) > 0, `result ${k} does not lie in the region`);
      assert.deepEqual([...data], [...expected[k].data], `result ${k} of an operand ${where}`);
    });
  }
  assert.deepEqual(results(resident), expected, "results outside of an operand in the region");
  assert.deepEqual([...resident.data], [...values]);
  region.release();
});

test("a region hands out the same matrices again after it is rewound, and no others' memory", () => {
  const [one, other] = [new Region(), new Region()];
  const like = new Float64Array(1);
  const allocate = (region: Region, ...sizes: number[]) => {
    region.rewind(sizes.length);
    return sizes.map((size) => inRegion(region, () => newMatrix(1, size, like)));
  };
  const first = allocate(one, 10, 200_000, 30);
  const foreign = allocate(other, 200_000);
  for (const { data } of first) data.fill(1);
  for (const { data } of foreign) data.fill(2);
  assert.ok(first.every(({ data }) => data.every((x) => x === 1)));
  const again = allocate(one, 10, 200_000, 30);
  for (const k of again.keys()) assert.equal(again[k], first[k]);
  const shorter = allocate(one, 5, 7);
  for (const { data } of shorter) data.fill(3);
  assert.ok(foreign[0].data.every((x) => x === 2));
  assert.equal(allocate(one, 10, 200_000, 30)[1], first[1]);

  const kept = moveOut({ list: [first[1], foreign[0]], n: 3 }, one);
  assert.equal(kept.list[1], foreign[0]);
  assert.equal(pointerOf(kept.list[0].data), 0);
  assert.deepEqual(kept.list[0].data, Float64Array.from(first[1].data));
  one.release();
  other.release();
});

test("an operand larger than the core's memory is an error that names the sizes", () => {
  const cols = Math.ceil(capacity / 32) + 1000;
  const message = /softmax: \d+\.\d MiB are needed, the core's memory has \d+\.\d MiB/;
  const X = { rows: 2, cols, data: new Float64Array(2 * cols) };
  assert.throws(() => softmaxColumns(X, false), message);
  assert.deepEqual(map("relu", row(Float64Array.of(-1, 1))).data, Float64Array.of(0, 1)); // and the next call works
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
