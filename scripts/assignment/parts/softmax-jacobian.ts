import { softmaxJacobian } from "../../../lib/activations";
import { scale } from "../../../lib/matrix";
import { given } from "../mark/arguments";
import type { Part } from "../mark/part";
import { normals } from "./inputs";

/** Softmax's Jacobian, for large logits too. */
export const softmaxJacobianPart: Part = {
  id: "softmax-jacobian",
  title: "Softmax's Jacobian",
  answers: ["softmaxJacobian"],
  diagnosis: { assignment: "A3", question: "softmaxJacobian", answers: ["softmaxJacobian"] },
  aspects: [
    { id: "value", title: "the matrix", points: 2 },
    { id: "large", title: "for logits near ±1000", points: 1 },
  ],
  async examine(exam) {
    for (const [aspect, classes, factor] of [
      ["value", 3, 1],
      ["value", 7, 1],
      ["value", 200, 1],
      ["large", 4, 1000],
    ] as const)
      await exam.attempt([aspect], async () => {
        const z = scale(normals(exam, classes, 1), factor);
        const [J] = await exam.call("softmaxJacobian", [given(z)]);
        exam.expect(aspect, "J", J, softmaxJacobian(z));
      });
  },
};
