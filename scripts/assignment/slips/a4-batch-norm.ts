import type { BatchNormBackward, BatchNormForward } from "../../../lib/assignment/cases/batch-norm";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { addColumn, hadamard, type Matrix, rowSums, scale, subtract, transpose } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { negative, rowMeans, scaleRows } from "../../../lib/matrix-rows";
import { mapParams } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

const forwardPages = "S. Ioffe, C. Szegedy, ICML (2015) 448, algorithm 1";
const backwardPages = "S. Ioffe, C. Szegedy, ICML (2015) 448, section 3";

const inverse = (deviation: (variance: number) => number) => (variance: Matrix) =>
  mapEntries(variance, (v) => 1 / deviation(v));

/** The forward with a mean, a variance and a factor of its own. */
const forwardWith =
  (
    statistics: (A: Matrix) => { readonly mean: Matrix; readonly variance: Matrix },
    factor: (variance: Matrix, epsilon: number) => Matrix,
  ): BatchNormForward =>
  (params, A, epsilon) => {
    const { mean, variance } = statistics(A);
    const inverseDeviation = factor(variance, epsilon);
    const normalized = scaleRows(addColumn(A, negative(mean)), inverseDeviation);
    const output = addColumn(scaleRows(normalized, params.gain), params.shift);
    return { output, cache: { normalized, inverseDeviation, mean, variance } };
  };

const usual = (A: Matrix) => {
  const mean = rowMeans(A);
  const centered = addColumn(A, negative(mean));
  return { mean, variance: rowMeans(hadamard(centered, centered)) };
};

const usualFactor = (variance: Matrix, epsilon: number) => inverse((v) => Math.sqrt(v + epsilon))(variance);

const squareOfMeanSubtracted = (A: Matrix) => {
  const mean = rowMeans(A);
  return { mean, variance: subtract(rowMeans(hadamard(A, A)), hadamard(mean, mean)) };
};

/** As layer normalization: the statistics of each sample, in a row. */
const overFeatures: BatchNormForward = (params, A, epsilon) => {
  const layer = batchNorm(A.cols, { epsilon });
  const cache = mapParams(transpose, { ...layer.forward(layer.init(randomState(0)), transpose(A)).cache });
  const output = addColumn(scaleRows(cache.normalized, params.gain), params.shift);
  return { output, cache };
};

const gainAndShiftSwapped: BatchNormForward = (params, A, epsilon) =>
  batchNorm(A.rows, { epsilon }).forward({ ...params, gain: params.shift, shift: params.gain }, A);

const scaledBack =
  (change: (dInput: Matrix, inverseDeviation: Matrix) => Matrix): BatchNormBackward =>
  (params, cache, dY) => {
    const { gradients, dInput } = batchNorm(dY.rows).backward(params, cache, dY);
    return { gradients, dInput: change(dInput, cache.inverseDeviation) };
  };

const gainAveraged: BatchNormBackward = (params, cache, dY) => {
  const { gradients, dInput } = batchNorm(dY.rows).backward(params, cache, dY);
  return { gradients: { ...gradients, gain: scale(gradients.gain, 1 / dY.cols) }, dInput };
};

const meansAsSums: BatchNormBackward = (params, cache, dY) => {
  const { normalized, inverseDeviation } = cache;
  const dNormalized = scaleRows(dY, params.gain);
  const along = rowSums(hadamard(dNormalized, normalized));
  const across = subtract(
    addColumn(dNormalized, negative(rowSums(dNormalized))),
    scaleRows(normalized, along),
  );
  const { gradients } = batchNorm(dY.rows).backward(params, cache, dY);
  return { gradients, dInput: scaleRows(across, inverseDeviation) };
};

const ofForward = ownSlip("batchNormForward", forwardPages);
const ofBackward = ownSlip("batchNormBackward", backwardPages);

/** Mistakes in batch normalization, forward and backward, of which lib has no mutation. */
export const batchNormOwn: readonly OwnSlip[] = [
  ofForward(
    "over-features",
    "Each sample is normalized over its features, as in layer normalization; here it is each feature over the batch.",
    "对每个样本的各特征做了归一化，那是层归一化；这里应当对每个特征在批量上归一化。",
    overFeatures,
  ),
  ofForward(
    "epsilon-forgotten",
    "ε is missing, so that a feature that is constant over the batch gives 0/0.",
    "缺少 ε，因此在批量上恒定的特征会得到 0/0。",
    forwardWith(usual, (variance) => inverse(Math.sqrt)(variance)),
  ),
  ofForward(
    "root-forgotten",
    "The centred values are divided by the variance; its root is forgotten.",
    "减去均值后的量除以了方差；忘记了开方。",
    forwardWith(usual, (variance, epsilon) => inverse((v) => v + epsilon)(variance)),
  ),
  ofForward(
    "square-of-mean-subtracted",
    "The variance is the mean of the squares less the square of the mean: far from 0 that is a difference of two huge numbers, of which nothing is left.",
    "方差用“平方的均值减去均值的平方”来算：远离 0 时那是两个巨大的数之差，有效数字荡然无存。",
    forwardWith(squareOfMeanSubtracted, usualFactor),
  ),
  ofForward(
    "gain-and-shift-swapped",
    "Gain and shift have changed places: γ multiplies and β is added.",
    "增益与偏移弄反了：γ 是相乘的，β 是相加的。",
    gainAndShiftSwapped,
  ),
  ofBackward(
    "deviation-forgotten",
    "What goes back to A is not divided by the deviation.",
    "传回 A 的误差没有除以标准差。",
    scaledBack((dInput, s) =>
      scaleRows(
        dInput,
        mapEntries(s, (x) => 1 / x),
      ),
    ),
  ),
  ofBackward(
    "deviation-twice",
    "What goes back to A is divided by the deviation twice.",
    "传回 A 的误差除了两次标准差。",
    scaledBack((dInput, s) => scaleRows(dInput, s)),
  ),
  ofBackward(
    "gain-gradient-averaged",
    "The gradient of the gain is averaged over the batch; it is a sum, as 1/m stands in the loss.",
    "增益的梯度对批量取了平均；它应是求和，因为 1/m 在损失里。",
    gainAveraged,
  ),
  ofBackward(
    "means-as-sums",
    "In dA stand sums over the batch where means belong: an input moves the batch's mean by 1/m only.",
    "dA 中该用平均的地方用了求和：一个输入只会使批量均值移动 1/m。",
    meansAsSums,
  ),
];
