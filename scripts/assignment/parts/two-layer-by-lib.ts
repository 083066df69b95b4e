import { relu, softmax } from "../../../lib/activations";
import {
  type BatchValues,
  type Drawn,
  type TwoLayerGradients,
  type TwoLayerParams,
  upToLogits,
} from "../../../lib/assignment/cases/two-layer";
import { dense, elementwise } from "../../../lib/layers";
import { softmaxCrossEntropy } from "../../../lib/losses";
import type { Matrix } from "../../../lib/matrix";

const untouched = <T>(right: T): T => right;

/** What becomes of the pieces of lib on the way: mistakes are made in one of them. */
export interface Pieces {
  readonly ofDense: (right: ReturnType<typeof dense>) => ReturnType<typeof dense>;
  readonly ofRelu: (right: ReturnType<typeof elementwise>) => ReturnType<typeof elementwise>;
  readonly ofLoss: (right: typeof softmaxCrossEntropy) => typeof softmaxCrossEntropy;
}

/** The forward pass of a batch by lib. */
export function forwardByLib({ params, X }: Pick<Drawn, "params" | "X">): BatchValues {
  const values = upToLogits({ params, X });
  return { ...values, Y: softmax(values.Z2) };
}

/** The backward pass of a batch by lib, with 1/m in the errors. */
export function backwardByLib(
  { W1, b1, W2, b2 }: TwoLayerParams,
  X: Matrix,
  { Z1, A1, Z2, Y }: BatchValues,
  T: Matrix,
  { ofDense = untouched, ofRelu = untouched, ofLoss = untouched }: Partial<Pieces> = {},
): TwoLayerGradients {
  const delta2 = ofLoss(softmaxCrossEntropy).backward({ prediction: Z2, target: T, probabilities: Y });
  const second = ofDense(dense(W2.cols, W2.rows));
  const behind = second.backward({ weights: W2, bias: b2 }, { A: A1 }, delta2);
  const delta1 = ofRelu(elementwise(relu)).backward({}, { Z: Z1 }, behind.dInput).dInput;
  const first = ofDense(dense(W1.cols, W1.rows));
  const before = first.backward({ weights: W1, bias: b1 }, { A: X }, delta1);
  return {
    delta2,
    delta1,
    dW2: behind.gradients.weights,
    db2: behind.gradients.bias,
    dW1: before.gradients.weights,
    db1: before.gradients.bias,
  };
}
