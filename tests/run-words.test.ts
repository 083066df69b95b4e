// How a moved output is told: the place, the old value, the new one, and no more than a line.
import assert from "node:assert/strict";
import test from "node:test";
import type { CodeCell } from "../scripts/run/notebook";
import { closingProblem } from "../scripts/run/summary";
import { type Difference, describeDifferences, leaves } from "../scripts/run/words";
import { summary } from "./notebook-fixtures";

const SUMMARY = "application/vnd.backpropagation.summary+json";
const PLOTLY = "application/vnd.plotly.v1+json";
const code: CodeCell[] = [
  { index: 1, number: 1, firstLine: "const loss = 1;", heading: "" },
  { index: 3, number: 2, firstLine: "nb.close();", heading: "" },
];

const words = (old: Difference["old"], now: Difference["new"]) =>
  describeDifferences("06-x", code, [{ index: 3, output: 1, old, new: now }]);

test("text: the first line that differs, and how many more do", () => {
  const old = "epoch 1 loss 0.5\nepoch 2 loss 0.4\nepoch 3 loss 0.3\nend";
  const now = "epoch 1 loss 0.5\nepoch 2 loss 0.41\nepoch 3 loss 0.31\nend";
  assert.deepEqual(words({ stdout: old }, { stdout: now }), [
    '06-x In [2] `nb.close();` output 1, stdout, line 2: "epoch 2 loss 0.4" → "epoch 2 loss 0.41" (and 1 more line)',
  ]);
});

test("a long line is cut around the first difference", () => {
  const [line] = words(
    { stdout: `${"a".repeat(500)}1${"b".repeat(500)}` },
    { stdout: `${"a".repeat(500)}2${"b".repeat(500)}` },
  );
  assert.ok(line.length < 260, line);
  assert.match(line, /"…a+1b+…" → "…a+2b+…"/);
});

test("of a table's HTML and text, one is told", () => {
  const told = words(
    { "text/html": "<td>1</td>", "text/plain": "1" },
    { "text/html": "<td>2</td>", "text/plain": "2" },
  );
  assert.deepEqual(told, ['06-x In [2] `nb.close();` output 1, text/plain, "1" → "2"']);
});

test("a figure: the path of the first value, and how many more moved", () => {
  const figure = (y: number[]) => ({ [PLOTLY]: { data: [{ y, name: "loss" }], layout: {} } });
  assert.deepEqual(words(figure([1, 2, 3]), figure([1, 2.5, 3.5])), [
    "06-x In [2] `nb.close();` output 1, figure data[0].y[1]: 2 → 2.5 (and 1 more value)",
  ]);
  assert.deepEqual(words(figure([1, 2]), figure([1])), [
    "06-x In [2] `nb.close();` output 1, figure data[0].y.length: 2 → 1",
  ]);
});

test("a closing summary: each record by its own cell, and no repetition from the table beside it", () => {
  const before = { [SUMMARY]: summary(), "text/plain": "0123456789abcdef" };
  const records = [
    { name: "loss", cell: 1, length: 2, hash: "fedcba9876543210" },
    { name: "dW", cell: 1, length: 1, hash: "aaaabbbbcccc" },
  ];
  const after = {
    [SUMMARY]: summary({ records, hash: "ee11", checks: 2 }),
    "text/plain": "fedcba9876543210",
  };
  assert.deepEqual(words(before, after), [
    "06-x In [1] `const loss = 1;` record 'loss': hash 01234567 → fedcba98",
    "06-x In [1] `const loss = 1;` record 'dW' is new: hash aaaabbbb",
    "06-x In [2] `nb.close();` checks: 1 → 2",
  ]);
  assert.deepEqual(words(after, before).at(-2), "06-x In [2] `nb.close();` record 'dW' is gone");
});

test("an output that is new, one that is gone, and an error in its place", () => {
  assert.deepEqual(words(null, { stdout: "1\n" }), [
    '06-x In [2] `nb.close();` output 1, stdout is new: "1\\n"',
  ]);
  assert.deepEqual(words({ stdout: "1\n" }, null), [
    '06-x In [2] `nb.close();` output 1, stdout is gone: "1\\n"',
  ]);
});

test("leaves: NaN equals itself, a number is not its text, a missing key is found", () => {
  assert.deepEqual(leaves({ a: Number.NaN }, { a: Number.NaN }), []);
  assert.deepEqual(leaves({ a: 1 }, { a: "1" }), [["a", 1, "1"]]);
  assert.deepEqual(leaves({ a: { b: 1 } }, { a: {} }), [["a.b", 1, undefined]]);
  assert.deepEqual(leaves([0], [-0]), [["[0]", 0, -0]]);
});

test("a summary that executed fewer than declared is a problem", () => {
  assert.equal(closingProblem(summary()), undefined);
  assert.match(closingProblem(undefined) ?? "", /does not close/);
  assert.equal(closingProblem(undefined, true), undefined, "an assignment closes without a summary");
  assert.match(closingProblem(summary({ declaredChecks: 3 })) ?? "", /declares 3 checks and executed 1/);
  assert.match(closingProblem(summary({ declaredClaims: 2 })) ?? "", /declares 2 claims and judged 0/);
});
