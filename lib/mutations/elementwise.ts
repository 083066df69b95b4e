import type { Layer, LayerDescription, NoParams } from "../layer";
import { add, hadamard, type Matrix } from "../matrix";
import { withInputGradient } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

type Elementwise = Layer<NoParams, { Z: Matrix }>;

const read = 'note 004, "Local sensitivity of other layers": times the derivative of the activation';

/** φ of the layer. */
const activationOf = ({ description }: Elementwise) =>
  (description as Extract<LayerDescription, { kind: "elementwise" }>).activation;

/**
 * The backward of a layer that applies an activation.
 * @example
 * elementwiseMutations.at(-1).id // "elementwise/added-not-multiplied"
 */
export const elementwiseMutations: readonly Mutation[] = mutationsOf<Elementwise>(
  "activations",
  subjects.elementwise,
  [
    {
      name: "derivative-forgotten",
      wrong: "The error passes the activation as if it were the identity: its derivative is missing.",
      read,
      make: (right) => withInputGradient(right, ({ dOutput: dA }) => dA),
    },
    {
      name: "error-forgotten",
      wrong:
        "The activation's derivative stands alone: the error that arrives from behind is not multiplied in.",
      read,
      make: (right) => withInputGradient(right, ({ cache: { Z } }) => activationOf(right).derivativeAt(Z)),
    },
    {
      name: "function-for-derivative",
      wrong: "The error is multiplied by the activation itself in place of its derivative.",
      read,
      make: (right) =>
        withInputGradient(right, ({ cache: { Z }, dOutput: dA }) =>
          hadamard(dA, activationOf(right).apply(Z)),
        ),
    },
    {
      name: "added-not-multiplied",
      wrong: "The error and the activation's derivative are added; the chain rule multiplies them.",
      read,
      make: (right) =>
        withInputGradient(right, ({ cache: { Z }, dOutput: dA }) =>
          add(dA, activationOf(right).derivativeAt(Z)),
        ),
    },
  ],
);
