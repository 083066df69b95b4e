import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Activation, relu, sigmoid, tanh } from "../../lib/activations";
import { dense, elementwise, serial } from "../../lib/layers";
import { type Loss, meanSquaredError, softmaxCrossEntropy } from "../../lib/losses";
import { type Matrix, matrix } from "../../lib/matrix";

/** One record of data/references/layers.json: a 3-4-2 network, its input and PyTorch's gradients. */
export interface GradientReference {
  activation: "tanh" | "relu" | "sigmoid";
  loss: "softmaxCrossEntropy" | "meanSquaredError";
  parameters: number[][][];
  X: number[][];
  T: number[][];
  value: number;
  gradients: number[][][];
  dX: number[][];
}

/** 50 steps of an optimizer. */
export interface PathReference {
  rate: number;
  losses: number[];
  parameters: Record<string, number[][][]>;
}

export const references: {
  gradients: GradientReference[];
  paths: Record<"sgd" | "momentum" | "adam", PathReference>;
  miniBatches: { rate: number; batchSize: number; seed: number; losses: number[]; parameters: number[][][] };
} = JSON.parse(readFileSync(join(__dirname, "../../data/references/layers.json"), "utf8"));

const activations: Record<string, Activation> = { tanh, relu, sigmoid };
const losses: Record<string, Loss> = { softmaxCrossEntropy, meanSquaredError };

/** PyTorch's list W1, b1, W2, b2 as the parameters of the network. */
export function networkParams([W1, b1, W2, b2]: number[][][]) {
  return [
    { weights: matrix(W1), bias: matrix(b1) },
    {},
    { weights: matrix(W2), bias: matrix(b2) },
  ] as const satisfies readonly Record<string, Matrix>[];
}

/** The network of a record with everything a test needs. */
export function networkOf(reference: GradientReference) {
  return {
    network: serial(dense(3, 4), elementwise(activations[reference.activation]), dense(4, 2)),
    loss: losses[reference.loss],
    params: networkParams(reference.parameters),
    X: matrix(reference.X),
    T: matrix(reference.T),
  };
}
