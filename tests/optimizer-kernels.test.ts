import assert from "node:assert/strict";
import test from "node:test";
import { type Floats, pointerOf } from "../lib/kernels/arena";
import { scaleEntries } from "../lib/kernels/arrays";
import { adam, clamp, descend, momentum, scaled, sumOfSquares } from "../lib/kernels/optimizers";
import { inRegion, Region } from "../lib/kernels/region";
import { randomState } from "../lib/random";

const random = randomState(5);
const precisions = [
  ["float64", Float64Array, (x: number) => x],
  ["float32", Float32Array, Math.fround],
] as const;
/** Around the width of a register, and more than one piece. */
const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 8191, 8192, 8195, 20_001];

/** `count` arrays of normal numbers of sizes from 1e-3 to 1e3. */
function draw(type: typeof Float64Array | typeof Float32Array, count: number, length: number): Floats[] {
  return Array.from({ length: count }, () => {
    const x = new type(length);
    for (let i = 0; i < length; i++) x[i] = random.normal() * 10 ** (6 * random.uniform() - 3);
    return x;
  });
}

/** The rules written out for one entry, with `r` rounding every operation: what each entry must equal to the bit. */
const rules: [
  name: string,
  state: number,
  kernel: (x: Floats, g: Floats, state: Floats[]) => Floats[],
  entry: (r: (x: number) => number, x: number, g: number, state: number[]) => number[],
][] = [
  [
    "descend",
    0,
    (x, g) => [descend(x, g, 0.1, 0.01)],
    (r, x, g) => [r(x - r(r(0.1) * r(g + r(r(0.01) * x))))],
  ],
  [
    "momentum",
    1,
    (x, g, [b]) => momentum(x, g, b, { gamma: 0.9, s: 0.7, p: -0.1, q: 0.8, r: 0.3 }, 0.01),
    (r, x, g, [b]) => {
      const d = r(g + r(r(0.01) * x));
      const y = r(r(r(0.9) * b) + r(r(0.7) * d));
      return [r(x + r(r(-0.1) * r(r(r(0.8) * y) + r(r(0.3) * d)))), y];
    },
  ],
  [
    "scaled",
    1,
    (x, g, [s]) => scaled(x, g, s.map(Math.abs), { alpha: 0.1, rho: 0.9, w: 0.1, epsilon: 1e-3 }, 0.01),
    (r, x, g, [s]) => {
      const d = r(g + r(r(0.01) * x));
      const y = r(r(r(0.9) * Math.abs(s)) + r(r(r(0.1) * d) * d));
      return [r(x - r(r(r(0.1) * d) / r(r(Math.sqrt(y)) + r(1e-3)))), y];
    },
  ],
  ...([0.1, 0.7] as const).map((w1): (typeof rules)[number] => [
    `adam with 1 − β₁ = ${w1}`,
    2,
    (x, g, [m, v]) =>
      adam(
        x,
        g,
        m,
        v.map(Math.abs),
        undefined,
        { alpha: 0.1, w1, beta2: 0.9, w2: 0.1, c: 0.3, epsilon: 1e-3 },
        0.01,
        0.99,
      ),
    (r, x, g, [m, v]) => {
      const d = r(g + r(r(0.01) * x));
      const far = r(d - m);
      const mean = w1 < 0.5 ? r(m + r(r(w1) * far)) : r(d + r(r(r(w1) - 1) * far));
      const square = r(r(r(0.9) * Math.abs(v)) + r(r(r(0.1) * d) * d));
      const root = r(r(r(Math.sqrt(square)) / r(0.3)) + r(1e-3));
      return [r(r(r(0.99) * x) - r(r(r(0.1) * mean) / root)), mean, square];
    },
  ]),
  [
    "amsgrad",
    3,
    (x, g, [m, v, top]) =>
      adam(
        x,
        g,
        m,
        v.map(Math.abs),
        top,
        { alpha: 0.1, w1: 0.1, beta2: 0.9, w2: 0.1, c: 0.3, epsilon: 1e-3 },
        0,
        1,
      ),
    (r, x, g, [m, v, top]) => {
      const mean = r(m + r(r(0.1) * r(g - m)));
      const square = r(r(r(0.9) * Math.abs(v)) + r(r(r(0.1) * g) * g));
      const largest = Math.max(top, square);
      const root = r(r(r(Math.sqrt(largest)) / r(0.3)) + r(1e-3));
      return [r(x - r(r(r(0.1) * mean) / root)), mean, square, largest];
    },
  ],
];

for (const [name, state, kernel, entry] of rules)
  for (const [precision, type, round] of precisions)
    test(`${name} has the bits of its rule at every entry, ${precision}`, () => {
      for (const length of lengths) {
        const [x, g, ...rest] = draw(type, 2 + state, length);
        const before = [x, g, ...rest].map((array) => array.slice());
        const results = kernel(x, g, rest);
        assert.equal(results.length, 1 + state);
        const expected = results.map(() => new type(length));
        for (let i = 0; i < length; i++)
          entry(
            round,
            x[i],
            g[i],
            rest.map((array) => array[i]),
          ).forEach((value, k) => {
            expected[k][i] = value;
          });
        results.forEach((result, k) => {
          assert.ok(result.constructor === type);
          const wrong = result.findIndex((value, i) => !Object.is(value, expected[k][i]));
          assert.equal(
            wrong,
            -1,
            `result ${k}, entry ${wrong} of ${length}: ${result[wrong]}, expected ${expected[k][wrong]}`,
          );
        });
        assert.deepEqual([x, g, ...rest], before, "the arguments are as before");
      }
    });

test("arrays in a region are worked on in place and give the same bits", () => {
  for (const [, type] of precisions) {
    const [x, g, v] = draw(type, 3, 9001);
    const region = new Region();
    region.rewind(0);
    const resident = inRegion(region, () =>
      [x, g, v].map((data) => scaleEntries({ rows: 1, cols: data.length, data }, 1).data),
    );
    const numbers = { gamma: 0.9, s: -0.1, p: 1, q: 1, r: 0 };
    const inside = inRegion(region, () => momentum(resident[0], resident[1], resident[2], numbers, 0.1));
    const adamNumbers = { alpha: 0.1, w1: 0.1, beta2: 0.999, w2: 0.001, c: 0.5, epsilon: 1e-8 };
    const adamInside = inRegion(region, () =>
      adam(resident[0], resident[1], resident[2], resident[1].map(Math.abs), undefined, adamNumbers, 0.1, 1),
    );
    const outside = momentum(x, g, v, numbers, 0.1);
    const adamOutside = adam(x, g, v, g.map(Math.abs), undefined, adamNumbers, 0.1, 1);
    [...inside, ...adamInside].forEach((data, k) => {
      assert.ok(pointerOf(data) > 0);
      assert.deepEqual([...data], [...[...outside, ...adamOutside][k]], `result ${k}`);
    });
    assert.equal(sumOfSquares(resident[0], 1), sumOfSquares(x, 1));
    assert.deepEqual(
      resident.map((data) => [...data]),
      [x, g, v].map((data) => [...data]),
    );
    region.release();
  }
});

test("clamp cuts at the bounds and keeps NaN and −0", () => {
  for (const [, type] of precisions) {
    const x = type.from([-3, -0.5, -0, 0, 0.5, 3, Number.NaN, 1 / 0, -1 / 0]);
    assert.deepEqual([...clamp(x, 0.5)], [-0.5, -0.5, -0, 0, 0.5, 0.5, Number.NaN, 0.5, -0.5]);
  }
});

test("sums of squares: the stated order in float64, whatever the precision", () => {
  for (const [, type] of precisions)
    for (const length of lengths) {
      const [x] = draw(type, 1, length);
      let total = 0;
      for (let from = 0; from < length; from += 8192) {
        const part = [...x.subarray(from, from + 8192)].map((y) => 0.5 * y * (0.5 * y));
        const quads = part.length - (part.length % 4);
        const lanes = [0, 0, 0, 0];
        for (let i = 0; i < quads; i++) lanes[i % 4] += part[i];
        let sum = lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
        for (let i = quads; i < part.length; i++) sum += part[i];
        total += sum;
      }
      assert.equal(sumOfSquares(x, 0.5), total);
    }
});
