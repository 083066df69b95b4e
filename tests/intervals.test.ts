import assert from "node:assert/strict";
import test from "node:test";
import { median as mathjsMedian } from "mathjs";
import { median, medianInterval, wilsonInterval } from "../lib/intervals";
import { randomState } from "../lib/random";

test("Wilson's interval is statsmodels'", () => {
  // statsmodels.stats.proportion.proportion_confint(count, nobs, method="wilson"), version 0.15.0
  const near = (found: number[], expected: number[]) =>
    found.forEach((end, k) => {
      assert.ok(Math.abs(end - expected[k]) < 1e-14, `${end} is not ${expected[k]}`);
    });
  near(wilsonInterval(20, 20), [0.8388748419471804, 1]);
  near(wilsonInterval(3, 10), [0.10779126740630104, 0.6032218525388546]);
  near(wilsonInterval(9791, 10000), [0.9761068133392968, 0.9817252394219208]);
});

test("none and all of the trials give an end of exactly 0 and 1", () => {
  for (let n = 1; n <= 500; n++) {
    assert.equal(wilsonInterval(0, n)[0], 0);
    assert.equal(wilsonInterval(n, n)[1], 1);
  }
});

test("the median is NumPy's and mathjs's", () => {
  // numpy.median, NumPy 2.4.6
  const numpy: [values: number[], median: number][] = [
    [[10, 9, 100], 10], // by value, not by text
    [[0.1, 0.7, 0.3, 0.2], 0.25],
    [[1e-300, -5, 1 / 3, 2 / 3], 1 / 6],
    [[1.7e308, 1.6e308, 1.5e308], 1.6e308],
    [[Number.POSITIVE_INFINITY, 1, 2], 2],
    [[Number.POSITIVE_INFINITY, 1], Number.POSITIVE_INFINITY],
    [[3, Number.NaN, 1], Number.NaN],
  ];
  for (const [values, expected] of numpy)
    assert.ok(Object.is(median(values), expected), `median of ${values}`);
  for (let n = 1; n <= 40; n++) {
    const values = randomState(n).stream("values").normals(n);
    const before = [...values];
    assert.equal(median(values), mathjsMedian(before));
    assert.deepEqual([...values], before);
  }
  assert.throws(() => median([]), { message: "median: there are no values" });
});

test("the interval of the median is SciPy's", () => {
  // scipy.stats.quantile_test(x, q=0, p=0.5).confidence_interval(0.95) of x = 1, …, n, SciPy 1.17.1
  const scipy: [n: number, low: number, high: number][] = [
    [6, 1, 6],
    [7, 1, 7],
    [10, 2, 9],
    [20, 6, 15],
    [21, 6, 16],
    [50, 18, 33],
    [200, 86, 115],
    [1000, 469, 532],
  ];
  for (const [n, low, high] of scipy) {
    const values = Array.from({ length: n }, (_, k) => ((7919 * k) % n) + 1);
    assert.equal(new Set(values).size, n);
    assert.deepEqual(medianInterval(values), [low, high]);
  }
});

test("what has no interval of the median is refused", () => {
  assert.throws(() => medianInterval([1, 2, 3, 4, 5]), {
    message: "medianInterval: there are 5 values (6 to 1000 are needed)",
  });
  assert.throws(() => medianInterval(new Float64Array(1001)), /there are 1001 values/);
  assert.throws(() => medianInterval([1, 2, 3, 4, 5, Number.NaN]), {
    message: "medianInterval: a value is NaN (all must be finite)",
  });
  assert.throws(() => medianInterval([1, 2, 3, 4, 5, Number.POSITIVE_INFINITY]), /a value is Infinity/);
});
