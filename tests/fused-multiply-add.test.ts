import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { cosineAndSine } from "../lib/random/cosine-and-sine";
import { addPairs, dividePair, multiplyPairs } from "../lib/random/double-double";
import { fusedMultiplyAdd32, fusedMultiplyAdd64 } from "../lib/random/fused-multiply-add";

type Case = [a: number, b: number, c: number, result: number];
const reference: { float32: Case[]; float64: Case[]; angles: [x: number, cosine: number, sine: number][] } =
  JSON.parse(readFileSync("data/references/fused-multiply-add.json", "utf8"));

test("float32: a b + c is rounded once, also near the middle between two numbers", () => {
  const twice = reference.float32.filter(([a, b, c, result]) => Math.fround(a * b + c) !== result);
  assert.ok(twice.length >= 10, "cases that rounding twice gets wrong");
  for (const [a, b, c, result] of reference.float32)
    assert.equal(fusedMultiplyAdd32(a, b, c), result, `${a} · ${b} + ${c}`);
});

test("float64: a b + c is rounded once, also where the product cancels", () => {
  for (const [a, b, c, result] of reference.float64)
    assert.equal(fusedMultiplyAdd64(a, b, c), result, `${a} · ${b} + ${c}`);
});

test("cosines and sines are the numbers nearest to the exact ones", () => {
  for (const [x, cosine, sine] of reference.angles)
    assert.deepEqual(cosineAndSine(x), [cosine, sine], `angle ${x}`);
});

test("pairs hold about 106 bits: (1/3 + 1/7) · 21 = 10", () => {
  const sum = addPairs(dividePair([1, 0], 3), dividePair([1, 0], 7));
  const [high, low] = multiplyPairs(sum, [21, 0]);
  assert.ok(Math.abs(high - 10 + low) < 1e-30, `${high} + ${low}`);
});
