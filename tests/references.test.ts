import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { referenceNames } from "../scripts/references";
import { compareReferences } from "../scripts/references/compare";

const differs = (a: unknown, b: unknown) => compareReferences(a, b, 1e-12).difference;

test("rounding is told from a difference", () => {
  const comparison = compareReferences({ x: [1, { y: 2000.5 }] }, { x: [1, { y: 2000.5 + 1e-10 }] }, 1e-12);
  assert.equal(comparison.difference, undefined);
  assert.equal(comparison.place, "x[1].y");
  assert.ok(Math.abs(comparison.largest - 5e-14) < 1e-15);
  assert.equal(
    differs({ x: [1, { y: 0.5 }] }, { x: [1, { y: 0.5 + 1e-10 }] }),
    "x[1].y: committed 0.5, now 0.5000000001",
  );
});

test("whole numbers, texts, lengths and keys must be equal", () => {
  assert.equal(differs([3, 4], [3, 5]), "[1]: committed 4, now 5");
  assert.equal(differs(1e15, 1e15 + 1), "the whole: committed 1000000000000000, now 1000000000000001");
  assert.equal(differs({ a: "x" }, { a: "y" }), "a: committed x, now y");
  assert.equal(differs({ a: [1, 2] }, { a: [1] }), "a: committed 2 entries, now 1 entries");
  assert.equal(differs({ a: 1 }, { a: 1, b: 2 }), "b: committed nothing, now 2");
  assert.equal(differs({ a: [1] }, { a: { 0: 1 } }), 'a: committed [1], now {"0":1}');
  assert.equal(differs({ a: 0.5 }, { a: null }), "a: committed 0.5, now null");
});

test("the versions of the packages may differ", () => {
  assert.equal(differs({ numpy: "2.2.6", a: 1 }, { numpy: "2.4.6", a: 1 }), undefined);
});

test("every reference script has its file, and the files are named in data/README.md", () => {
  const readme = readFileSync("data/README.md", "utf8");
  assert.ok(referenceNames().includes("rings"));
  for (const name of referenceNames()) {
    assert.ok(existsSync(`data/references/${name}.json`), `data/references/${name}.json`);
    assert.ok(readme.includes(`\`references/${name}.json\``), `data/README.md lacks references/${name}.json`);
  }
});
