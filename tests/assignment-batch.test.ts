/** Exercise 5 of A2: 1/m in the errors or in the gradients, and what it costs to say the one and do the other. */
import assert from "node:assert/strict";
import path from "node:path";
import test, { describe } from "node:test";
import type { BatchGradients } from "../lib/assignment/cases/two-layer-passes";
import { examine } from "../lib/assignment/examination";
import { questions } from "../lib/assignment/questions/a2";
import { hadamard, multiply, rowSums, scale, subtract, transpose } from "../lib/matrix";
import { mapEntries } from "../lib/matrix-entries";
import { callsOf } from "../scripts/assignment/child/calls";
import { PartExam } from "../scripts/assignment/mark/exam";
import { batchPart } from "../scripts/assignment/parts/batch";

/** Note 004's formulas, with a share of 1/m in the errors and one in the gradients. */
const written =
  (
    where: string,
    inErrors: (m: number) => number,
    inGradients: (m: number) => number,
    inBias = inGradients,
  ): BatchGradients =>
  ({ W2 }, X, { Z1, A1, Y }, T) => {
    const [errors, gradients, bias] = [inErrors(X.cols), inGradients(X.cols), inBias(X.cols)];
    const delta2 = scale(subtract(Y, T), errors);
    const passed = mapEntries(Z1, (z) => (z > 0 ? 1 : 0));
    const delta1 = hadamard(multiply(transpose(W2), delta2), passed);
    return {
      where: where as "delta",
      delta2,
      delta1,
      dW2: scale(multiply(delta2, transpose(A1)), gradients),
      dW1: scale(multiply(delta1, transpose(X)), gradients),
      db2: scale(rowSums(delta2), bias),
      db1: scale(rowSums(delta1), bias),
    };
  };

const one = () => 1;
const mean = (m: number) => 1 / m;

/** What each aspect earns, in their order. */
async function earned(answer: BatchGradients): Promise<Record<string, number>> {
  const call = callsOf({ batchGradients: answer }, (file) => require(path.join(__dirname, "..", file)));
  const sandbox = {
    ask: async (line: string) => ({ answer: JSON.stringify(call(JSON.parse(line))) }),
    output: () => "",
    stop: async () => ({ reason: "stopped" as const }),
  };
  const exam = new PartExam(batchPart.aspects, sandbox, 5);
  await batchPart.examine(exam);
  return Object.fromEntries(exam.marks().map((aspect) => [aspect.id, aspect.earned]));
}

const all = { errors: 2, weights: 1, bias: 1, place: 1 };

/** Answers, what they earn less than all, and what the check says first. */
const answers: readonly [what: string, answer: BatchGradients, lost: Partial<typeof all>, says?: RegExp][] = [
  ["1/m in the errors", written("delta", mean, one), {}],
  ["1/m in the gradients", written("gradient", one, mean), {}],
  ["said in the errors, done in the gradients", written("delta", one, mean), { place: 0 }, /with 1\/m/],
  ["said in the gradients, done in the errors", written("gradient", mean, one), { place: 0 }, /without 1\/m/],
  ["nowhere", written("gradient", one, one), { weights: 0, bias: 0, place: 0 }, /^dW/],
  ["nowhere, said in the errors", written("delta", one, one), { weights: 0, bias: 0, place: 0 }, /with 1\/m/],
  ["in both", written("delta", mean, mean), { weights: 0, bias: 0, place: 0 }, /^dW/],
  ["forgotten for the biases", written("gradient", one, mean, one), { bias: 0, place: 0 }, /^db/],
  ["said nowhere", written("anywhere", mean, one), { place: 0 }, /where is "anywhere"/],
];

describe("1/m of a batch", () => {
  for (const [what, answer, lost, says] of answers) {
    test(`${what}: the marks`, async () => assert.deepEqual(await earned(answer), { ...all, ...lost }));

    test(`${what}: the check`, () => {
      const { problem } = examine(questions.batch, [answer]);
      if (!says) assert.equal(problem, undefined);
      else {
        assert.ok(problem, "it lets the answer through");
        assert.match(problem.kind === "threw" ? problem.message : problem.value, says);
      }
    });
  }
});
