import { dense } from "../../../lib/layers";
import { given, recordOf } from "../mark/arguments";
import type { Part } from "../mark/part";
import { normals } from "./inputs";

/**
 * Inputs, outputs, samples: rectangular, square, one sample, one unit; and one so large that differences of the
 * forward would take minutes.
 */
const shapes = [
  [3, 2, 5],
  [4, 4, 4],
  [3, 2, 1],
  [1, 6, 3],
  [300, 200, 64],
] as const;

/** Backward of the fully connected layer. */
export const densePart: Part = {
  id: "dense",
  title: "The fully connected layer",
  answers: ["denseBackward"],
  diagnosis: { assignment: "A3", question: "dense", answers: ["denseBackward"] },
  aspects: [
    { id: "weights", title: "∂E/∂W", points: 2 },
    { id: "bias", title: "∂E/∂b", points: 1 },
    { id: "input", title: "∂E/∂A", points: 2 },
  ],
  async examine(exam) {
    for (const [inputs, outputs, m] of shapes)
      await exam.attempt(["weights", "bias", "input"], async () => {
        const params = { weights: normals(exam, outputs, inputs), bias: normals(exam, outputs, 1) };
        const [A, dZ] = [normals(exam, inputs, m), normals(exam, outputs, m)];
        const [dW, db, dA] = await exam.call(
          "denseBackward",
          [given(params), recordOf({ A: given(A) }), given(dZ)],
          ["gradients.weights", "gradients.bias", "dInput"],
        );
        const right = dense(inputs, outputs).backward(params, { A }, dZ);
        exam.expect("weights", "dWeights", dW, right.gradients.weights);
        exam.expect("bias", "dBias", db, right.gradients.bias);
        exam.expect("input", "dInput", dA, right.dInput);
      });
  },
};
