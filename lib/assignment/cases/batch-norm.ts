import type { BatchNormCache, BatchNormParams } from "../../layers/batch-norm";
import { column, type Matrix, matrix } from "../../matrix";
import { known } from "../known";
import type { Case } from "../question";
import { byHand } from "./batch-norm-by-hand";
import { type BatchNormNumbers, threeFeatures, twoSamples } from "./batch-norm-numbers";

/** Batch normalization in training: its output, and what backward gets. */
export type BatchNormForward = (
  params: BatchNormParams,
  A: Matrix,
  epsilon: number,
) => { readonly output: Matrix; readonly cache: BatchNormCache };

/** From ∂E/∂Y of batch normalization to the gradients of gain and shift, and ∂E/∂A. */
export type BatchNormBackward = (
  params: BatchNormParams,
  cache: BatchNormCache,
  dY: Matrix,
) => { readonly gradients: Pick<BatchNormParams, "gain" | "shift">; readonly dInput: Matrix };

/** The running statistics after a batch. */
export type RunningStatistics = (
  params: BatchNormParams,
  cache: BatchNormCache,
  momentum: number,
) => Pick<BatchNormParams, "runningMean" | "runningVariance">;

/** Batch normalization after training. */
export type BatchNormInference = (params: BatchNormParams, A: Matrix, epsilon: number) => Matrix;

/** In numbers, but for those after training. */
type TrainingNumbers = Omit<BatchNormNumbers, "inferred">;

const forwardAt = (
  witness: string,
  { probe, params, A, epsilon, output, cache }: TrainingNumbers,
): Case<[BatchNormForward]> => ({
  probe,
  ask(batchNormForward) {
    const { output, cache } = batchNormForward(params, A, epsilon);
    const { normalized, mean, variance, inverseDeviation } = cache;
    return { normalized, output, mean, variance, inverseDeviation };
  },
  truth: () => known(witness, { ...cache, output }),
});

/** 2³⁰ and its neighbours at a distance of ¾ are numbers without rounding; their squares are not. */
const far = 2 ** 30;

const farFromZero: Case<[BatchNormForward]> = {
  probe: "a feature near 2³⁰, ε = 1",
  ask(batchNormForward) {
    const [zero, one] = [column([0]), column([1])];
    const params = { gain: one, shift: zero, runningMean: zero, runningVariance: one };
    const A = matrix([[far + 0.75, far - 0.75, far + 0.75, far - 0.75]]);
    return { normalizedFar: batchNormForward(params, A, 1).cache.normalized };
  },
  // a mean that is moved sample by sample has seven digits left there
  truth: () => known("the definition", { normalizedFar: matrix([[0.6, -0.6, 0.6, -0.6]]) }, 1e-5),
};

/**
 * What the forward of batch normalization is tried on: numbers by hand and PyTorch's, and a mean that is far larger than
 * the deviation.
 * @example
 * forwardCases.map(({ probe }) => probe) // ["3 features, m = 5", "a constant feature, ε = 1.44", "2 features, m = 2", "a feature near 2³⁰, ε = 1"]
 */
export const forwardCases: readonly Case<[BatchNormForward]>[] = [
  forwardAt("PyTorch", threeFeatures),
  forwardAt("the definition", byHand),
  forwardAt("PyTorch", twoSamples),
  farFromZero,
];

const backwardAt = (
  witness: string,
  { probe, params, cache, dY, gradients, dInput }: TrainingNumbers,
): Case<[BatchNormBackward]> => ({
  probe,
  ask(batchNormBackward) {
    const { gradients, dInput } = batchNormBackward(params, cache, dY);
    return { dGain: gradients.gain, dShift: gradients.shift, dInput };
  },
  truth: () => known(witness, { dGain: gradients.gain, dShift: gradients.shift, dInput }),
});

/**
 * What its backward is tried on; the cache is given, so that it hangs on nobody's forward.
 * @example
 * backwardCases[1].truth().dGain.value // matrix([[0.6], [1.6], [0]])
 */
export const backwardCases: readonly Case<[BatchNormBackward]>[] = [
  backwardAt("PyTorch", threeFeatures),
  backwardAt("the definition", byHand),
];

const movedAt = (
  witness: string,
  { probe, params, cache, momentum, moved }: TrainingNumbers,
): Case<[RunningStatistics]> => ({
  probe: `${probe}, momentum ${momentum}`,
  ask(runningStatistics) {
    const { runningMean, runningVariance } = runningStatistics(params, cache, momentum);
    return { runningMean, runningVariance };
  },
  truth: () => known(witness, moved),
});

/**
 * What the running statistics are tried on.
 * @example
 * runningCases[0].probe // "3 features, m = 5, momentum 0.1"
 */
export const runningCases: readonly Case<[RunningStatistics]>[] = [
  movedAt("PyTorch", threeFeatures),
  movedAt("the definition", byHand),
  movedAt("PyTorch", twoSamples),
];

const inferenceAt = (
  witness: string,
  probe: string,
  [params, A, epsilon]: Parameters<BatchNormInference>,
  output: Matrix,
): Case<[BatchNormInference]> => ({
  probe,
  ask: (batchNormInference) => ({ output: batchNormInference(params, A, epsilon) }),
  truth: () => known(witness, { output }),
});

const afterTraining = {
  ...byHand.params,
  runningMean: byHand.cache.mean,
  runningVariance: byHand.cache.variance,
};
const learned = { ...threeFeatures.params, ...threeFeatures.moved };

/**
 * What it is tried on after training: one sample too.
 * @example
 * inferenceCases[1].truth().output.value // matrix([[3], [-0.5], [7]])
 */
export const inferenceCases: readonly Case<[BatchNormInference]>[] = [
  inferenceAt("PyTorch", "3 features, m = 5", [learned, threeFeatures.A, 1e-5], threeFeatures.inferred),
  inferenceAt(
    "the definition",
    "one sample, ε = 1.44",
    [afterTraining, column([3.5, 1, 6.2]), 1.44],
    column([3, -0.5, 7]),
  ),
];
