import { softmaxJacobian } from "../../../lib/activations";
import { mapEntries } from "../../../lib/matrix-entries";
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
    for (const [aspect, classes, far] of [
      ["value", 3, 0],
      ["value", 7, 0],
      ["value", 200, 0],
      // two near 1000 and two near −1000, so that the matrix is not 0
      ["large", 4, 1000],
    ] as const)
      await exam.attempt([aspect], async () => {
        const z = mapEntries(normals(exam, classes, 1), (x, i) => x + (i % 2 === 0 ? far : -far));
        const [J] = await exam.call("softmaxJacobian", [given(z)]);
        exam.expect(aspect, "J", J, softmaxJacobian(z));
      });
  },
};
