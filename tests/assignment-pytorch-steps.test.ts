// The numbers of A5's check are those that PyTorch gave.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { pytorchSteps } from "../lib/assignment/cases/pytorch-steps";

test("the steps that A5's check compares with are those of data/references", () => {
  const file = path.join(__dirname, "../data/references/optimizer-states.json");
  const { "made by": _, ...reference } = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(pytorchSteps, reference);
});
