import { type Activation, relu, tanh } from "../../../lib/activations";
import { gelu } from "../../../lib/activations/gelu";
import { fromData, type Matrix } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";

/** Asks for dZ at Z and compares it for an aspect. */
async function tried(exam: Exam, answer: string, activation: Activation, aspect: string, Z: Matrix) {
  await exam.attempt([aspect], async () => {
    const dA = normals(exam, Z.rows, Z.cols);
    const [dZ] = await exam.call(answer, [given(Z), given(dA)]);
    exam.expect(aspect, "dZ", dZ, activation.backward(Z, dA));
  });
}

/** Entries between −9 and −5, where GELU's derivative is below 1e-4. */
const tail = ({ random }: Exam) =>
  fromData(
    3,
    4,
    random.uniforms(12).map((u) => -5 - 4 * u),
  );

/** Backward of tanh. */
export const tanhPart: Part = {
  id: "tanh",
  title: "tanh",
  answers: ["tanhBackward"],
  diagnosis: { assignment: "A3", question: "tanh", answers: ["tanhBackward"] },
  aspects: [{ id: "value", title: "∂E/∂Z", points: 1 }],
  async examine(exam) {
    for (const [rows, cols] of [
      [4, 3],
      [1, 1],
      [50, 40],
    ])
      await tried(exam, "tanhBackward", tanh, "value", normals(exam, rows, cols));
  },
};

/** Backward of ReLU, at 0 too. */
export const reluPart: Part = {
  id: "relu",
  title: "ReLU",
  answers: ["reluBackward"],
  diagnosis: { assignment: "A3", question: "relu", answers: ["reluBackward"] },
  aspects: [
    { id: "value", title: "∂E/∂Z", points: 1 },
    { id: "zero", title: "∂E/∂Z at z = 0", points: 1 },
  ],
  async examine(exam) {
    await tried(exam, "reluBackward", relu, "value", normals(exam, 4, 3));
    await tried(exam, "reluBackward", relu, "value", normals(exam, 50, 40));
    const Z = mapEntries(normals(exam, 4, 5), (z, i, j) => ((i + j) % 2 === 0 ? 0 : z));
    await tried(exam, "reluBackward", relu, "zero", Z);
  },
};

/** Backward of GELU, in its tail too. */
export const geluPart: Part = {
  id: "gelu",
  title: "GELU",
  answers: ["geluBackward"],
  diagnosis: { assignment: "A3", question: "gelu", answers: ["geluBackward"] },
  aspects: [
    { id: "value", title: "∂E/∂Z", points: 2 },
    { id: "tail", title: "∂E/∂Z for z from −9 to −5", points: 1 },
  ],
  async examine(exam) {
    await tried(exam, "geluBackward", gelu, "value", normals(exam, 4, 3));
    await tried(exam, "geluBackward", gelu, "value", normals(exam, 50, 40));
    await tried(exam, "geluBackward", gelu, "tail", tail(exam));
  },
};
