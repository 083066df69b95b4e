import {
  type Activation,
  elementwiseActivation,
  identity,
  leakyRelu,
  logSoftmax,
  relu,
  sigmoid,
  softmax,
  softmaxBackward,
  softmaxJacobian,
  step,
  tanh,
} from "../../../lib/activations";
import { elu } from "../../../lib/activations/elu";
import { gelu } from "../../../lib/activations/gelu";
import { shifted } from "../../../lib/activations/shifted";
import { softplus } from "../../../lib/activations/softplus";
import { draw, drawWithExtremes, grid, matrixOf, precisions, uniforms } from "../inputs";
import type { Note } from "../recorder";

export const activations: readonly Activation[] = [
  identity,
  step,
  sigmoid,
  tanh,
  relu,
  leakyRelu(),
  leakyRelu(-0.5),
  elu(),
  elu(2),
  gelu,
  softplus(),
  softplus(10),
  shifted(sigmoid, -0.5),
  elementwiseActivation("sigmoid", "1 / (1 + exp(-z))", []),
];

/** Every activation and derivative on the grid, in all their forms, and softmax with its Jacobian. */
export function activationsSection(note: Note): void {
  const dA = uniforms("dA", grid.length);
  for (const activation of activations) {
    const { name, parameter = "", kinks, formula } = activation;
    const called = `${name}(${parameter})`;
    note(`${called}: facts`, { formula, kinks });
    note(called, grid.map(activation.f));
    note(`${called}: derivative`, grid.map(activation.derivative));
    for (const precision of precisions) {
      const Z = matrixOf(1, grid.length, grid, precision);
      note(`${called}: ${precision}`, [activation.apply(Z), activation.derivativeAt(Z)]);
      note(
        `${called}: backward, ${precision}`,
        activation.backward(Z, matrixOf(1, grid.length, dA, precision)),
      );
    }
  }
  for (const precision of precisions)
    for (const make of [draw, drawWithExtremes])
      for (const [rows, cols] of [
        [1, 3],
        [2, 200],
        [10, 57],
      ]) {
        const Z = make(rows, cols, "logits", precision);
        const large = matrixOf(
          rows,
          cols,
          Z.data.map((z) => 500 * z),
          precision,
        );
        const size = `${rows}×${cols} ${precision}${make === draw ? "" : ", with extremes"}`;
        note(`softmax: ${size}`, [Z, large].map(softmax));
        note(`logSoftmax: ${size}`, [Z, large].map(logSoftmax));
        note(`softmaxBackward: ${size}`, softmaxBackward(softmax(Z), make(rows, cols, "dP", precision)));
        note(`softmaxJacobian: ${size}`, softmaxJacobian(make(rows, 1, "one column", precision)));
      }
}
