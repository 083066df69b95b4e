import { softmax } from "../../../lib/activations";
import { type Matrix, scale } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";

/** −∞ in every second place, as on a chessboard, so that every column keeps a finite logit. */
const withInfinities = (U: Matrix) => mapEntries(U, (u, i, j) => ((i + j) % 2 === 0 ? u : -Infinity));

/** Columns with logits near 1000, near −1000 and near 0 in turn. */
const farApart = (U: Matrix) => mapEntries(U, (u, _i, j) => u + [1000, -1000, 0][j % 3]);

/** Logits of few binary digits, moved by a power of two: nothing is rounded. */
const moved = (U: Matrix) => mapEntries(U, (u) => Math.round(u * 64) / 64 - 8192);

/** What is asked for each aspect. */
const inputs: readonly (readonly [aspect: string, logits: (exam: Exam) => Matrix])[] = [
  ["value", (exam) => normals(exam, 3, 5)],
  ["value", (exam) => normals(exam, 1, 2)],
  ["value", (exam) => normals(exam, 10, 1)],
  ["value", (exam) => normals(exam, 200, 100)],
  ["large", (exam) => scale(normals(exam, 4, 6), 1000)],
  ["large", (exam) => farApart(normals(exam, 3, 6))],
  ["large", (exam) => moved(normals(exam, 3, 4))],
  ["infinite", (exam) => withInfinities(normals(exam, 4, 6))],
];

/** Softmax of every column, for logits of any size. */
export const stableSoftmaxPart: Part = {
  id: "stable-softmax",
  title: "Softmax that does not overflow",
  answers: ["stableSoftmax"],
  diagnosis: { assignment: "A2", question: "stableSoftmax", answers: ["stableSoftmax"] },
  aspects: [
    { id: "value", title: "logits near 0", points: 1 },
    { id: "large", title: "large logits, and all moved by the same", points: 2 },
    { id: "infinite", title: "−∞ beside finite logits", points: 1 },
  ],
  async examine(exam) {
    for (const [aspect, logits] of inputs)
      await exam.attempt([aspect], async () => {
        const U = logits(exam);
        const [y] = await exam.call("stableSoftmax", [given(U)]);
        exam.expect(aspect, "y", y, softmax(U));
      });
  },
};
