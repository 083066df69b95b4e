import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { erf, erfc } from "../lib/kernels/functions";
import { errorInUlp } from "./support/ulp";

const reference = JSON.parse(readFileSync("data/references/error-function.json", "utf8"));

const cases: [name: "erf" | "erfc", f: (x: number) => number, bound: number][] = [
  ["erf", erf, 2],
  ["erfc", erfc, 3.5],
];

for (const [name, f, bound] of cases) {
  test(`${name} is within ${bound} ulp of mpmath's exact values`, (t) => {
    let worst = 0;
    for (const [x, nearest, residual] of reference[name] as number[][]) {
      const error = errorInUlp(f(x), nearest, residual);
      assert.ok(error <= bound, `${name}(${x}) is ${f(x)}, nearest to exact is ${nearest}: ${error} ulp`);
      worst = Math.max(worst, error);
    }
    t.diagnostic(`largest error ${worst.toFixed(3)} ulp at ${reference[name].length} points`);
    assert.ok(reference[name].length >= 200);
  });

  test(`${name} at 0, ±∞, where it is rounded to its limits, and at NaN`, () => {
    for (const [x, value] of (reference.limits[name] as (number | string)[][]).map((row) => row.map(Number)))
      assert.ok(Object.is(f(x), value), `${name}(${x}) is ${f(x)}, expected ${value}`);
  });
}

test("the compiled polynomials are the ones that the script made, and their errors are below an eighth of an ulp", () => {
  const source = readFileSync("lib/kernels/assembly/error-function.ts", "utf8");
  const numbers = (text: string) => [...text.matchAll(/-?\d+\.\d{9,}(?:e-\d+)?/g)].map(Number);
  const between = (from: string, to: string) =>
    numbers(source.slice(source.indexOf(from), source.indexOf(to)));
  assert.deepEqual(between("function erfNear", "* e^(x²) erfc(x) for"), reference.near);
  const [even, odd] = [between("const even", "const odd"), between("const odd", "const varying")];
  const woven = even.flatMap((c, k) => [c, odd[k]]);
  assert.deepEqual(woven, reference.tail);
  for (const error of Object.values<number>(reference["largest relative errors"]))
    assert.ok(error < 2 ** -55);
});

test("erf is odd, and erf and erfc sum to 1 up to rounding, also across the bounds of the polynomials", () => {
  for (const x of [0.1, 0.46874, 0.46875, 0.46876, 0.49999, 0.5, 0.50001, 1, 2.5, 5.9, 6.1, 27.2, 27.4]) {
    assert.equal(erf(-x), -erf(x));
    assert.ok(Math.abs(erf(x) + erfc(x) - 1) <= 2 ** -52, `${x}`);
    assert.ok(Math.abs(erfc(x) + erfc(-x) - 2) <= 2 ** -51, `${x}`);
  }
});
