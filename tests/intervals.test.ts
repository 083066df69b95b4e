import assert from "node:assert/strict";
import test from "node:test";
import { wilsonInterval } from "../lib/intervals";

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
