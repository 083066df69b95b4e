import type { BatchNormInference, RunningStatistics } from "../../../lib/assignment/cases/batch-norm";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { addColumn, type Matrix } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { negative, scaleRows } from "../../../lib/matrix-rows";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

const read = "S. Ioffe, C. Szegedy, ICML (2015) 448, algorithm 2";

const movedWith =
  (weights: (momentum: number) => readonly [running: number, batch: number]): RunningStatistics =>
  ({ runningMean, runningVariance }, { normalized: { cols: m }, mean, variance }, momentum) => {
    const [old, fresh] = weights(momentum);
    const moved = (running: Matrix, batch: Matrix, factor: number) =>
      mapEntries(running, (r, i) => old * r + fresh * factor * batch.data[i]);
    return {
      runningMean: moved(runningMean, mean, 1),
      runningVariance: moved(runningVariance, variance, m / (m - 1)),
    };
  };

const inferenceWith =
  (deviation: (variance: number, epsilon: number) => number): BatchNormInference =>
  (params, A, epsilon) => {
    const centered = addColumn(A, negative(params.runningMean));
    const factors = mapEntries(params.runningVariance, (v) => 1 / deviation(v, epsilon));
    const normalized = scaleRows(centered, factors);
    return addColumn(scaleRows(normalized, params.gain), params.shift);
  };

const ofRunning = ownSlip("runningStatistics", read);
const ofInference = ownSlip("batchNormInference", read);

/** Mistakes in what batch normalization does with running statistics, of which lib has no mutation. */
export const afterTrainingOwn: readonly OwnSlip[] = [
  ofRunning(
    "weights-swapped",
    "The momentum weighs the old statistics, as in TensorFlow; here, as in PyTorch, it is the weight of the new batch.",
    "momentum 成了旧统计量的权重，那是 TensorFlow 的约定；这里与 PyTorch 一样，它是新批量的权重。",
    movedWith((momentum) => [momentum, 1 - momentum]),
  ),
  ofRunning(
    "batch-alone",
    "The statistics of this batch replace the running ones, and what was collected before is lost.",
    "这一批的统计量取代了滑动统计量，之前积累的全部丢失。",
    movedWith(() => [0, 1]),
  ),
  ofRunning(
    "old-kept-whole",
    "What is new is added to the whole of the old statistics: they grow from batch to batch.",
    "新值加到了未缩减的旧统计量上：它们会一批一批地增长。",
    movedWith((momentum) => [1, momentum]),
  ),
  ofInference(
    "batch-statistics",
    "The batch is normalized by its own statistics, as in training, so that a sample's output depends on its neighbours.",
    "像训练时一样用批量自身的统计量做归一化，于是一个样本的输出依赖于它的邻居。",
    ((params, A, epsilon) => {
      if (A.cols === 1) return params.shift;
      return batchNorm(A.rows, { epsilon }).forward(params, A).output;
    }) satisfies BatchNormInference,
  ),
  ofInference(
    "epsilon-forgotten",
    "ε is missing beside the running variance, so that a feature is scaled otherwise than in training.",
    "滑动方差旁边缺少 ε，特征的缩放与训练时不同。",
    inferenceWith((v) => Math.sqrt(v)),
  ),
  ofInference(
    "root-forgotten",
    "The running variance stands where its root belongs.",
    "该用滑动方差的平方根的地方用了方差本身。",
    inferenceWith((v, epsilon) => v + epsilon),
  ),
];
