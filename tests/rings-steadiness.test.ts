import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { isoperimetricQuotient, radialBoundary } from "../lib/diagnostics/boundary";
import { ringsMomentum } from "../lib/experiments/rings-momentum";
import { ringsSteadiness } from "../lib/experiments/rings-steadiness";
import type { Matrix } from "../lib/matrix";

type Row = { [column: string]: number };
type Run = { settings: Record<string, never>; seed: number; row: Row };
const { runs }: { runs: Run[] } = JSON.parse(readFileSync("data/references/rings-steadiness.json", "utf8"));

for (const { settings, seed, row } of runs)
  test(`rings-steadiness follows PyTorch: ${JSON.stringify(settings)}, seed ${seed}`, async () => {
    const [ours]: readonly Row[] = await ringsSteadiness.run(settings, seed);
    assert.deepEqual(Object.keys(ours), Object.keys(row));
    for (const [column, expected] of Object.entries(row))
      assert.ok(
        Math.abs(ours[column] - expected) <= 1e-7 * Math.max(1e-2, Math.abs(expected)),
        `${column} is ${ours[column]}, PyTorch ${expected}`,
      );
    const last = (await ringsMomentum.run(settings, seed)).at(-1);
    assert.equal(last?.loss, ours.loss);
    assert.equal(last?.accuracy, ours.accuracy);
  });

test("a training that diverges gives a row of NaN", async () => {
  const [row] = await ringsSteadiness.run({ learningRate: 1e200, epochs: 2 }, 0);
  assert.ok(Object.values(row).every(Number.isNaN));
});

/** The margin of a figure whose inside is where a function of the coordinates is negative. */
const inside = (f: (x: number, y: number) => number) => (P: Matrix) =>
  Float64Array.from({ length: P.cols }, (_, j) => f(P.data[j], P.data[P.cols + j]));

test("the boundary of a circle, a square and an ellipse, with their isoperimetric quotients", () => {
  const circle = radialBoundary(
    inside((x, y) => x * x + y * y - 2.25),
    { limit: 3, rays: 2000 },
  );
  assert.ok(circle.every((r) => Math.abs(r - 1.5) < 1e-12));
  assert.ok(Math.abs(isoperimetricQuotient(circle) - 1) < 1e-5);
  const square = radialBoundary(
    inside((x, y) => Math.max(Math.abs(x), Math.abs(y)) - 1),
    { limit: 3 },
  );
  assert.ok(Math.abs(square[0] - 1) < 1e-12 && Math.abs(square[15] - Math.SQRT2) < 1e-12);
  assert.ok(Math.abs(isoperimetricQuotient(square) - Math.PI / 4) < 1e-12);
  // SciPy: 4π · 2π/(8 E(3/4))², with E the complete elliptic integral
  const ellipse = radialBoundary(
    inside((x, y) => x * x - 4 + 4 * y * y),
    { limit: 3, rays: 2000 },
  );
  assert.ok(Math.abs(isoperimetricQuotient(ellipse) - 0.8411651810063192) < 1e-5);
});

test("rays meet the first of several boundaries, or none", () => {
  const shells = inside((x, y) => {
    const r = Math.sqrt(x * x + y * y);
    return (r - 1) * (r - 2);
  });
  assert.ok(radialBoundary(shells, { limit: 3 }).every((r) => Math.abs(r - 1) < 1e-12));
  assert.deepEqual(
    [
      ...radialBoundary(
        inside((x) => x - 1),
        { limit: 3, rays: 4 },
      ),
    ].map((r) => Number(r.toFixed(9))),
    [1, 3, 3, 3],
  );
});

test("what has no boundary to follow is refused", () => {
  const flat = inside(() => 1);
  assert.throws(() => radialBoundary(flat, { limit: 1, rays: 2 }), /rays is 2/);
  assert.throws(() => radialBoundary(flat, { limit: Number.POSITIVE_INFINITY }), /limit is Infinity/);
  const broken = inside(() => Number.NaN);
  assert.throws(() => radialBoundary(broken, { limit: 1 }), /margin of point 0 is NaN/);
  assert.throws(() => isoperimetricQuotient([1, 2]), /2 distances/);
  assert.throws(() => isoperimetricQuotient([1, Number.NaN, 1]), /distance 1 is NaN/);
});
