import type { Layer } from "../layer";
import type { DenseParams } from "../layers";
import { type Matrix, multiply, multiplyTransposeRight } from "../matrix";
import { withGradients, withInputGradient, zerosOf } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

/** The layer that these are mutations of: it keeps its input A. */
export type Dense = Layer<DenseParams, { A: Matrix }>;

const read = 'note 004, "Local sensitivity of other layers": the fully connected layer';

/**
 * The fully connected layer's backward.
 * @example
 * denseMutations.at(-1).id // "dense/error-passed-unchanged"
 */
export const denseMutations: readonly Mutation[] = mutationsOf<Dense>("dense", subjects.dense, [
  {
    name: "input-gradient-untransposed",
    wrong:
      "The error is sent back through the weights as they stand, without the transpose; only equal numbers of inputs and outputs hide it.",
    read,
    make: (right) => withInputGradient(right, ({ params: { weights: W }, dOutput: dZ }) => multiply(W, dZ)),
  },
  {
    name: "weight-gradient-transposed",
    wrong:
      "The gradient of the weights is the transpose of the right one: input times error in place of error times input.",
    read: 'note 004, "Layer decomposition", hints: error of this layer × transpose of the activation before it',
    make: (right) =>
      withGradients(right, ({ cache: { A }, dOutput: dZ }) => ({ weights: multiplyTransposeRight(A, dZ) })),
  },
  {
    name: "weight-gradient-of-output",
    wrong: "The gradient of the weights is built with the layer's own output and not with what came into it.",
    read: 'note 004, "Layer decomposition", pitfalls: u and y mixed up',
    make: (right) =>
      withGradients(right, ({ params, cache: { A }, dOutput: dZ }) => ({
        weights: multiplyTransposeRight(dZ, right.forward(params, A).output),
      })),
  },
  {
    name: "bias-gradient-missing",
    wrong: "The bias gets no gradient, so that it stays where it started.",
    read,
    make: (right) => withGradients(right, ({ params: { bias } }) => ({ bias: zerosOf(bias) })),
  },
  {
    name: "error-passed-unchanged",
    wrong: "The error goes back to the input as it came, as if the layer had no weights.",
    read,
    make: (right) => withInputGradient(right, ({ dOutput: dZ }) => dZ),
  },
]);
