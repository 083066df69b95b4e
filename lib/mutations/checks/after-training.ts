import { readFacts } from "../../datasets/files";
import { forInference, type Layer } from "../../layer";
import { batchNorm } from "../../layers/batch-norm";
import { type Matrix, matrix } from "../../matrix";
import { takeColumns } from "../../matrix-entries";
import { randomState } from "../../random";
import { layerPoint } from "../points";
import type { LayerSubject, Subject } from "../subject";
import { subjects } from "../subjects";
import type { Judge } from "./check";

/** Batches with PyTorch's running statistics after each. */
interface RunningStatistics {
  readonly runningStatistics: readonly {
    readonly X: number[][];
    readonly runningMean: number[][];
    readonly runningVariance: number[][];
  }[];
}

/**
 * The layer as it is used after training: batch normalization's running statistics are PyTorch's, dropout is the
 * identity, and a sample's output does not depend on the samples beside it. undefined for what is the same in training.
 * @example
 * import { subjects } from "../subjects"
 * afterTraining(subjects.batchNorm)((right) => right) // true
 * afterTraining(subjects.dense) // undefined
 */
export function afterTraining(subject: Subject): Judge | undefined {
  if (subject === subjects.batchNorm)
    return (make) =>
      runningStatistics(make(batchNorm(2) as unknown as Layer) as Layer) && alone(subject, make);
  if (subject === subjects.dropout)
    return (make) => {
      const layer = make(subject.right(false)) as Layer;
      const { A } = pointOf(subject);
      return close(forInference(layer).forward({}, A).output, A) && alone(subject, make);
    };
  return undefined;
}

const pointOf = (subject: LayerSubject) => {
  const point = layerPoint(subject, "generic");
  if (!point) throw new Error(`afterTraining: ${subject.id} has no generic point`);
  return point;
};

function runningStatistics(layer: Layer): boolean {
  let params = layer.init(randomState(1));
  const facts = readFacts<RunningStatistics>("references/normalization.json");
  return facts.runningStatistics.every(({ X, runningMean, runningVariance }) => {
    params = layer.observe?.(params, layer.forward(params, matrix(X)).cache) ?? params;
    const own = params as Record<string, Matrix>;
    return close(own.runningMean, matrix(runningMean)) && close(own.runningVariance, matrix(runningVariance));
  });
}

/** One sample by itself has the output that it has in a batch. */
function alone(subject: LayerSubject, make: Parameters<Judge>[0]): boolean {
  const { params, A } = pointOf(subject);
  const layer = forInference(make(subject.right(false)) as Layer);
  const together = layer.forward(params, A).output;
  return Array.from({ length: A.cols }, (_, j) => j).every((j) =>
    close(layer.forward(params, takeColumns(A, [j])).output, takeColumns(together, [j])),
  );
}

const close = (A: Matrix, B: Matrix) =>
  A.data.every((a, k) => Math.abs(a - B.data[k]) <= 1e-12 * Math.max(1, Math.abs(B.data[k])));
