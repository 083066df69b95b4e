import type { LinearUnit } from "../../../lib/linear-units";
import { adalineGradient, adalineStep } from "../../../lib/linear-units/adaline";
import { type Matrix, scale } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";
import { expectUnit, givenUnit, triedStep } from "./units";

/** A unit of d inputs whose scores are of the size of its bias. */
const unitOf = (exam: Exam, d: number, bias: number): LinearUnit => ({
  weights: scale(normals(exam, d, 1), 1 / Math.sqrt(d)),
  bias,
});

/**
 * Features and samples: some, one sample, one feature; and one so large that differences of the loss, which is evaluated
 * twice for each of its weights, would take minutes.
 */
const shapes = [
  [3, 7],
  [4, 1],
  [1, 6],
  [30_000, 20],
] as const;

/** The gradient of ADALINE's loss. */
export const adalineGradientPart: Part = {
  id: "adaline-gradient",
  title: "ADALINE: the gradient over all samples",
  answers: ["adalineGradient"],
  diagnosis: { assignment: "A1", question: "adalineGradient", answers: ["adalineGradient"] },
  aspects: [
    { id: "weights", title: "∂E/∂w", points: 3 },
    { id: "bias", title: "∂E/∂b", points: 1 },
  ],
  async examine(exam) {
    const tried = (unit: LinearUnit, X: Matrix, T: Matrix) =>
      exam.attempt(["weights", "bias"], async () => {
        const values = await exam.call(
          "adalineGradient",
          [givenUnit(unit), given(X), given(T)],
          ["weights", "bias"],
        );
        expectUnit(exam, ["weights", "bias"], values, adalineGradient(unit, X, T));
      });
    // the errors lie on one side of 0, so that their mean is far from it and has its digits
    for (const [d, m] of shapes)
      await tried(
        unitOf(exam, d, 0.5),
        normals(exam, d, m),
        mapEntries(normals(exam, 1, m), (t) => t + 6),
      );
    await tried(
      unitOf(exam, 2, 6),
      normals(exam, 2, 9),
      mapEntries(normals(exam, 1, 9), (t) => (t > 0 ? 1 : 0)),
    );
  },
};

/** One step of the LMS rule. */
export const adalineStepPart: Part = {
  id: "adaline-step",
  title: "ADALINE: one sample",
  answers: ["adalineStep"],
  diagnosis: { assignment: "A1", question: "adalineStep", answers: ["adalineStep"] },
  aspects: [
    { id: "weights", title: "w after the step", points: 2 },
    { id: "bias", title: "b after the step", points: 1 },
  ],
  async examine(exam) {
    for (const [d, t] of [
      [3, 1],
      [3, -1],
      [1, 0],
      [2, 7.5],
      [100_000, 1],
    ]) {
      const rate = exam.random.uniforms(1)[0] * 0.4 + 0.05;
      const sample = { unit: unitOf(exam, d, 4), x: normals(exam, d, 1), t, rate };
      await triedStep(exam, "adalineStep", adalineStep, ["weights", "bias"], sample);
    }
  },
};
