import { readFileSync } from "node:fs";
import { join } from "node:path";
import { matrix } from "../../lib/matrix";

/** A network in PyTorch with what its hooks saw. */
export interface WatchedReference {
  parameters: number[][][];
  X: number[][];
  labels: number[];
  loss: number;
  layers: {
    output: number[][];
    dOutput: number[][];
    dInput: number[][];
    mean: number;
    standardDeviation: number;
    rms: number;
    quantiles: number[];
    counts: number[];
    edges: number[];
    countsFixedRange: number[];
    signalNorm: number;
    dead: number[];
    beyond: [number, number];
    beyondTanh: number;
  }[];
  gradients: number[][][];
  gradientNorms: number[];
  gradientLargest: number[];
  gradientDeviations: number[];
  dX: number[][];
}

/** Products with the Hessian of a 2-3-2 network. */
export interface SecondOrderReference {
  activation: "tanh" | "sigmoid" | "relu";
  parameters: number[][][];
  X: number[][];
  labels: number[];
  direction: number[][][];
  Hv: number[][][];
  curvatureOfGradient: number;
  curvatureOfDirection: number;
  hessian: number[][];
  eigenvalues: number[];
  step: number[][][];
  linear: number;
  quadratic: number;
  measured: number;
  curvatureOfStep: number;
  descent: number;
}

export const references: {
  nested: WatchedReference;
  saturated: WatchedReference;
  secondOrder: SecondOrderReference[];
  shattered: {
    depth: number;
    width: number;
    parameters: number[][][];
    x: number[];
    gradients: number[];
    autocorrelation: number[];
  }[];
  correlations: { G: number[][]; pearson: number[][]; cosine: number[][] };
  noise: {
    parameters: number[][][];
    X: number[][];
    labels: number[];
    batches: number[][];
    meanNorm: number;
    variance: number;
    cosines: number[];
    biasOfTwo: number;
  };
  updates: { before: number[][][]; after: number[][][]; ratios: number[] };
} = JSON.parse(readFileSync(join(__dirname, "../../data/references/diagnostics.json"), "utf8"));

/** PyTorch's list W1, b1, W2, b2, … as dense layers with layers without parameters between them. */
export function denseParams(list: number[][][]) {
  const params = [];
  for (let k = 0; k < list.length; k += 2) {
    if (k > 0) params.push({});
    params.push({ weights: matrix(list[k]), bias: matrix(list[k + 1]) });
  }
  return params;
}
