import { innerProduct } from "../../../lib/assignment/points";
import { type LinearUnit, perceptronStep, trainPerceptron } from "../../../lib/linear-units";
import { score } from "../../../lib/linear-units/unit";
import { fromData, type Matrix } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import type { Value } from "../wire/decode";
import { normals } from "./inputs";
import { exactRate, expectUnit, triedStep } from "./units";

/** A unit and a sample with the score that is wanted. */
function withScore(exam: Exam, d: number, z: number): { unit: LinearUnit; x: Matrix } {
  const [weights, x] = [normals(exam, d, 1), normals(exam, d, 1)];
  return { unit: { weights, bias: z - score(weights.data, 0, x, 0) }, x };
}

/** A unit and a sample in whole numbers whose score is 0, in whatever order it is added up. */
function withScoreZero({ random }: Exam): { unit: LinearUnit; x: Matrix } {
  const whole = () => fromData(4, 1, Float64Array.from(random.integers(1, 9, 4)));
  const [weights, x] = [whole(), whole()];
  return { unit: { weights, bias: -score(weights.data, 0, x, 0) }, x };
}

/** One correction of the perceptron. */
export const perceptronStepPart: Part = {
  id: "perceptron-step",
  title: "The perceptron: one sample",
  answers: ["perceptronStep"],
  diagnosis: { assignment: "A1", question: "perceptronStep", answers: ["perceptronStep"] },
  aspects: [
    { id: "weights", title: "w after the step", points: 2 },
    { id: "bias", title: "b after the step", points: 1 },
    { id: "zero", title: "samples with z = 0", points: 1 },
  ],
  async examine(exam) {
    for (const d of [3, 1, 500])
      for (const z of [-1.5, 1.5])
        for (const t of [0, 1]) {
          const sample = { ...withScore(exam, d, z), t, rate: exactRate(exam) };
          await triedStep(exam, "perceptronStep", perceptronStep, ["weights", "bias"], sample);
        }
    for (const t of [0, 1, 0]) {
      const sample = { ...withScoreZero(exam), t, rate: exactRate(exam) };
      await triedStep(exam, "perceptronStep", perceptronStep, ["zero", "zero"], sample);
    }
  },
};

/** Two classes with a gap of 0.6 between them, through the origin. */
function separable(exam: Exam, d: number, m: number): { X: Matrix; T: Matrix } {
  const normal = normals(exam, d, 1);
  const length = Math.sqrt(innerProduct(normal, normal));
  const X = normals(exam, d, m);
  const T = fromData(1, m, X.data.slice(0, m));
  for (let j = 0; j < m; j++) T.data[j] = score(normal.data, 0, X, j) >= 0 ? 1 : 0;
  const apart = mapEntries(X, (x, i, j) => x + (0.3 * (2 * T.data[j] - 1) * normal.data[i]) / length);
  return { X: apart, T };
}

/** Points of which the first two are one, in both classes. */
function inseparable(exam: Exam, d: number, m: number): { X: Matrix; T: Matrix } {
  const X = normals(exam, d, m);
  const T = mapEntries(normals(exam, 1, m), (z, _, j) => (j === 0 || (j > 1 && z > 0) ? 1 : 0));
  return { X: mapEntries(X, (x, i, j) => (j === 1 ? X.data[i * m] : x)), T };
}

/** A list of numbers as a row, anything else as it is. */
function asRow(value: Value): Value {
  const isList = Array.isArray(value) && value.every((count) => typeof count === "number");
  return isList ? fromData(1, value.length, Float64Array.from(value as number[])) : value;
}

async function tried(
  exam: Exam,
  { X, T }: { X: Matrix; T: Matrix },
  epochs: number,
  [forMistakes, forUnit]: readonly [string, string],
) {
  await exam.attempt([forMistakes, forUnit], async () => {
    const rate = exactRate(exam);
    const [mistakes, ...unit] = await exam.call(
      "trainPerceptron",
      [given(X), given(T), given(rate), given(epochs)],
      ["mistakes", "weights", "bias"],
    );
    const right = trainPerceptron(X, T, { learningRate: rate, epochs });
    const counts = Float64Array.from(right.epochs, ({ errors }) => errors);
    exam.expect(forMistakes, "mistakes", asRow(mistakes), fromData(1, counts.length, counts));
    expectUnit(exam, [forUnit, forUnit], unit, right);
  });
}

/** The perceptron's training, epoch by epoch. */
export const trainPerceptronPart: Part = {
  id: "train-perceptron",
  title: "The perceptron: its training",
  answers: ["trainPerceptron"],
  diagnosis: { assignment: "A1", question: "trainPerceptron", answers: ["trainPerceptron"] },
  needs: ["perceptron-step"],
  aspects: [
    { id: "mistakes", title: "the mistakes of every epoch", points: 1 },
    { id: "unit", title: "w and b at the end", points: 2 },
    { id: "limit", title: "classes that no line divides", points: 1 },
  ],
  async examine(exam) {
    for (const [d, m] of [
      [2, 30],
      [1, 10],
      [6, 80],
    ])
      await tried(exam, separable(exam, d, m), 300, ["mistakes", "unit"]);
    await tried(exam, inseparable(exam, 3, 12), 9, ["limit", "limit"]);
  },
};
