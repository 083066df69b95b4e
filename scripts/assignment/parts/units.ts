import type { LinearUnit } from "../../../lib/linear-units";
import type { Matrix } from "../../../lib/matrix";
import { given, recordOf } from "../mark/arguments";
import type { Exam } from "../mark/part";
import type { Value } from "../wire/decode";
import type { Argument } from "../wire/messages";

/** A unit as an argument. */
export const givenUnit = ({ weights, bias }: LinearUnit): Argument =>
  recordOf({ weights: given(weights), bias: given(bias) });

/** A rate of 1/8, 1/4, 1/2 or 2: powers of two, so that what is added up in any order is rounded in none. */
export const exactRate = ({ random }: Exam): number => [0.125, 0.25, 0.5, 2][random.integers(0, 4, 1)[0]];

/** Compares a unit for two aspects. */
export function expectUnit(
  exam: Exam,
  [forWeights, forBias]: readonly [string, string],
  [weights, bias]: readonly Value[],
  right: LinearUnit,
  tolerance?: number,
): void {
  exam.expect(forWeights, "weights", weights, right.weights, tolerance);
  exam.expect(forBias, "bias", bias, right.bias, tolerance);
}

/** Asks for a unit's step on one sample and compares it. */
export async function triedStep(
  exam: Exam,
  answer: string,
  step: (unit: LinearUnit, x: Matrix, t: number, learningRate: number) => LinearUnit,
  aspects: readonly [string, string],
  { unit, x, t, rate }: { unit: LinearUnit; x: Matrix; t: number; rate: number },
): Promise<void> {
  await exam.attempt(aspects, async () => {
    const values = await exam.call(
      answer,
      [givenUnit(unit), given(x), given(t), given(rate)],
      ["weights", "bias"],
    );
    expectUnit(exam, aspects, values, step(unit, x, t, rate));
  });
}
