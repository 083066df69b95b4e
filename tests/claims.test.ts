import assert from "node:assert/strict";
import test from "node:test";
import { tanh } from "../lib/activations";
import { judgeBehaviour } from "../lib/behaviour-claims";
import { judgeFormula, judgePrinted, type PrintedClaim, type Verdict } from "../lib/claims";
import { exp, log } from "../lib/kernels/functions";
import { cutsTo, parsePrinted, roundsTo } from "../lib/printed-number";
import { citationOf, sourceKeys } from "../lib/sources";

test("printed numbers: value, decimals, half a unit of the last digit", () => {
  for (const [printed, value, decimals, tolerance] of [
    ["0.4621", 0.4621, 4, 0.00005],
    ["-0.0884", -0.0884, 4, 0.00005],
    ["−0.0884", -0.0884, 4, 0.00005],
    ["+0.450", 0.45, 3, 0.0005],
    ["97%", 0.97, 2, 0.005],
    ["97.42 %", 0.9742, 4, 0.00005],
    ["1e-8", 1e-8, 8, 5e-9],
    ["2.0e3", 2000, -2, 50],
    ["12", 12, 0, 0.5],
    [" 3. ", 3, 0, 0.5],
  ] as const)
    assert.deepEqual(parsePrinted(printed), { value, decimals, tolerance }, printed);
  for (const wrong of ["", "x", "1,5", "1.2.3", "0x10", ".5", "1 000", "NaN", "≈ 0.5"])
    assert.throws(() => parsePrinted(wrong), /is not a number/, wrong);
});

test("rounding and cutting are those of decimal arithmetic, ties either way", () => {
  // each of these sums is moved by float64 to the wrong side of a tie or of the printed number itself
  assert.ok(roundsTo(0.285, "0.28") && roundsTo(0.285, "0.29"));
  assert.ok(roundsTo(1.005, "1.00") && roundsTo(1.005, "1.01"));
  assert.ok(roundsTo(0.1 + 0.2, "0.3") && roundsTo(0.07 * 100, "7"));
  assert.ok(!roundsTo(0.28501, "0.28") && !roundsTo(0.28499, "0.29"));
  assert.ok(cutsTo(0.28999, "0.28") && !cutsTo(0.29, "0.28") && !cutsTo(0.2849, "0.28"));
  assert.ok(cutsTo(-0.28999, "-0.28") && !cutsTo(-0.29, "-0.28") && !cutsTo(0.28999, "-0.28"));
  assert.ok(cutsTo(0.0097, "0.00") && cutsTo(-0.0097, "0.00"));
});

/** Numbers that note 003 prints, with the values that exact arithmetic and the note's own operands give. */
const yhat1 = exp(0.711358) / (exp(0.711358) + exp(0.963881)); // z² to six decimals
const cases: [name: string, printed: string, ours: number, fromPrinted: PrintedClaim["fromPrinted"], verdict: Verdict][] = [
  ["a1", "0.4621", tanh.f(0.5), undefined, "reproduced"],
  ["a2", "0.8005", tanh.f(1.1), undefined, "reproduced"],
  ["yhat1", "0.4378", yhat1, { expression: "2.037 / (2.037 + 2.622)", value: 2.037 / 4.659 }, "slip"],
  ["delta1", "-0.5622", yhat1 - 1, { expression: "0.4378 − 1", value: 0.4378 - 1, carries: "003/1.4/yhat1" }, "carried"],
  ["loss", "0.825", -log(yhat1), { expression: "−log(0.4378)", value: -log(0.4378) }, "slip"],
  ["b1", "-0.0884", -0.00884, { expression: "0 − 0.1 · 0.0884", value: -0.00884 }, "slip"],
  ["a1-second", "0.4196", tanh.f(0.447), { expression: "tanh(0.447)", value: tanh.f(0.447) }, "slip"],
  ["a2-second", "0.7912", tanh.f(1.0758), { expression: "tanh(1.0758)", value: tanh.f(1.0758) }, "slip"],
  ["loss-second", "0.711", 0.711559, { expression: "−log(0.4908)", value: -log(0.4908) }, "truncated"],
  // exact arithmetic cut would give it too, but the note's own operands round to it
  ["dW2", "-0.450", -0.450519, { expression: "-0.5622 · 0.8005", value: -0.5622 * 0.8005, carries: "003/1.4/yhat1" }, "carried"],
  ["W1-second", "0.16988", 0.169877, { expression: "0.18232 − 0.1 · 0.1242", value: 0.18232 - 0.01242 }, "reproduced"],
]; // biome-ignore format: one case a line

for (const [name, printed, ours, fromPrinted, verdict] of cases)
  test(`note 003, ${name} printed ${printed}: ${verdict}`, () => {
    const claim = judgePrinted({
      note: "003",
      place: "1",
      name,
      statement: name,
      printed,
      ours,
      fromPrinted,
    });
    assert.equal(claim.verdict, verdict, claim.arithmetic);
    assert.equal(claim.id, `003/1/${name}`);
    assert.equal(claim.tolerance, parsePrinted(printed).tolerance);
  });

test("the arithmetic of a verdict is written out", () => {
  const arithmetic = (name: string) => {
    const [, printed, ours, fromPrinted] = cases.find(([n]) => n === name) as (typeof cases)[0];
    return judgePrinted({ note: "003", place: "1", name, statement: "", printed, ours, fromPrinted })
      .arithmetic;
  };
  assert.equal(arithmetic("a1"), "ours 0.46212");
  assert.equal(
    arithmetic("loss"),
    "ours 0.8274; from its printed operands −log(0.4378) = 0.8260, which rounds to 0.826, cut to 0.825",
  );
  assert.equal(
    arithmetic("delta1"),
    "ours -0.56280; from its printed operands 0.4378 − 1 = -0.56220; they carry the slip 003/1.4/yhat1",
  );
  assert.equal(arithmetic("loss-second"), "ours 0.7116, which rounds to 0.712 and was cut");
  assert.equal(
    arithmetic("W1-second"),
    "ours 0.169877, by accident: from its printed operands 0.18232 − 0.1 · 0.1242 = 0.169900",
  );
});

test("a percentage is a fraction, and a number without operands that does not fit is a slip", () => {
  const place = { note: "004", place: "B", name: "accuracy", statement: "test accuracy" };
  assert.equal(judgePrinted({ ...place, printed: "97%", ours: 0.9712 }).verdict, "reproduced");
  assert.equal(judgePrinted({ ...place, printed: "97%", ours: 0.9782 }).verdict, "truncated");
  const slip = judgePrinted({ ...place, printed: "97%", ours: 0.951 });
  assert.deepEqual([slip.verdict, slip.arithmetic], ["slip", "ours 95.1%, which rounds to 95%, not to 97%"]);
});

test("claims that cannot be judged are refused", () => {
  const place = { note: "003", place: "1.4", name: "a", statement: "" };
  assert.throws(() => judgePrinted({ ...place, printed: "1", ours: Number.NaN }), /003\/1.4\/a: ours is NaN/);
  assert.throws(
    () => judgePrinted({ ...place, note: "3", printed: "1", ours: 1 }),
    /id "3\/1.4\/a" is not of the form/,
  );
  assert.throws(() => judgePrinted({ ...place, name: "a b", printed: "1", ours: 1 }), /not of the form/);
  assert.throws(() => judgeFormula({ ...place, holds: false, tried: "3 inputs" }), /needs a counterexample/);
});

test("a formula holds, or is false with its counterexample", () => {
  const place = { note: "003", place: "3.2", name: "transpose", statement: "(W²)ᵀ δ", tried: "one input" };
  assert.equal(judgeFormula({ ...place, holds: true }).verdict, "holds");
  const claim = judgeFormula({ ...place, holds: false, counterexample: "W = [1 2], 3 instead of 5" });
  assert.deepEqual([claim.verdict, /W = \[1 2\]/.test(claim.arithmetic)], ["false", true]);
});

test("behaviour is judged by where the intervals lie", () => {
  const claim = {
    note: "004",
    place: "5",
    name: "m",
    statement: "",
    metric: "loss",
    method: "bootstrap",
    seeds: 20,
  };
  const verdict = (...intervals: [number, number][]) =>
    judgeBehaviour({
      ...claim,
      parts: intervals.map((interval) => ({ interval, threshold: 0, claimed: "above" as const })),
    }).verdict;
  const [above, below, across]: [number, number][] = [[1, 2], [-2, -1], [-1, 1]]; // biome-ignore format: pairs
  assert.equal(verdict(above, above), "holds");
  assert.equal(verdict(below, below), "does not hold");
  assert.equal(verdict(above, below, across), "holds in part");
  assert.equal(verdict(above, across), "undecided");
  assert.equal(verdict(below, across), "undecided");
  assert.equal(verdict([0, 1]), "undecided", "an interval that touches the threshold decides nothing");
  const [part] = [{ interval: [1, 2] as const, threshold: 3, claimed: "below" as const }];
  assert.equal(judgeBehaviour({ ...claim, parts: [part] }).verdict, "holds");
  assert.throws(() => judgeBehaviour({ ...claim, parts: [] }), /has no part/);
  assert.throws(() => judgeBehaviour({ ...claim, seeds: 0, parts: [part] }), /seeds is 0/);
  assert.throws(
    () => judgeBehaviour({ ...claim, parts: [{ ...part, interval: [2, 1] }] }),
    /interval is \[2, 1\]/,
  );
});

test("a claim about behaviour keeps what was fixed before the runs, and what came out", () => {
  const parts = [{ interval: [0.96, 0.98] as const, threshold: 0.97, claimed: "above" as const }];
  const fixed = { metric: "accuracy", seeds: 20, method: "Wilson's 95 % interval" };
  const place = { note: "004", place: "backward-9B", name: "accuracy", statement: "97 % and more" };
  const claim = judgeBehaviour({ ...place, ...fixed, printed: "97%", parts });
  assert.deepEqual(
    [claim.verdict, claim.metric, claim.seeds, claim.method, claim.printed, claim.measured],
    ["undecided", "accuracy", 20, "Wilson's 95 % interval", "97%", parts],
  );
  assert.ok(!("printed" in judgeBehaviour({ ...place, ...fixed, parts })));
});

test("a classic result is a claim with its full citation, and an unknown source is refused by name", () => {
  const place = { note: "lit", place: "novikoff-1962", name: "iris-bound", statement: "(R/γ)²" };
  const claim = judgePrinted({ ...place, printed: "389.69", ours: 389.6923 });
  assert.deepEqual([claim.id, claim.verdict], ["lit/novikoff-1962/iris-bound", "reproduced"]);
  assert.match(claim.source ?? "", /^A\. B\. J\. Novikoff, On convergence proofs on perceptrons, .*615–622$/);
  for (const judge of [
    () => judgePrinted({ ...place, place: "novikoff-1963", printed: "1", ours: 1 }),
    () => judgeFormula({ ...place, place: "constructor", holds: true, tried: "one input" }),
  ])
    assert.throws(
      judge,
      /there is no source "(novikoff-1963|constructor)".*add its citation to lib\/sources\.ts/,
    );
  assert.ok(!("source" in judgePrinted({ ...place, note: "003", place: "2", printed: "1", ours: 1 })));
});

test("every source is named after its first author and the year, both in its citation", () => {
  for (const key of sourceKeys()) {
    const [, author, year] = /^([a-z]+)(?:-[a-z]+)*-(\d{4})(?:-chapter-\d+)?$/.exec(key) ?? assert.fail(key);
    const [first] = citationOf(key).split(/,| et al\./);
    // "Y. Le Cun" is lecun.
    const name = first.toLowerCase().replaceAll(" ", "");
    assert.ok(name.includes(`.${author}`) || name === author, `${key}: ${first}`);
    assert.ok(citationOf(key).includes(year), `${key}: ${citationOf(key)}`);
  }
});
