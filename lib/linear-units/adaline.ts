import type { LinearUnit, PathPoint } from "../linear-units";
import { column, type Matrix, zeros } from "../matrix";
import type { Random } from "../random";
import { fixedOrder, type Sampler } from "../samplers";
import { checkSettings, checkUnit, finiteTargetsOf, score, type Targets } from "./unit";

/** What both forms of training need and what may be chosen. */
export interface AdalineOptions {
  /** η > 0. Batch training converges where η < 2/λmax: see stabilityLimit. */
  readonly learningRate: number;
  /** 100 unless given. */
  readonly epochs?: number;
  /** w at the start, d×1; zeros unless given. */
  readonly weights?: Matrix;
  /** b at the start, 0 unless given. */
  readonly bias?: number;
  /** Whether path has a point for each update (unless given) or only one for each epoch, which spares memory. */
  readonly path?: "updates" | "epochs";
}

/** What online training may have besides. */
export interface OnlineOptions extends AdalineOptions {
  /** The order of the samples, in batches of one: fixedOrder(m, 1) unless given. A larger batch gives one update. */
  readonly sampler?: Sampler;
  /** What the sampler draws from. */
  readonly random?: Random;
}

/** The unit at the end of its training, and how it came there. */
export interface AdalineRun extends LinearUnit {
  /** E over all samples: losses[0] before the first update, losses[k] after epoch k. */
  readonly losses: readonly number[];
  readonly path: readonly PathPoint[];
  /**
   * Whether training ended early because a weight or the loss left float64's range; the unit is the last finite one.
   */
  readonly diverged: boolean;
}

/**
 * ADALINE's loss E = 1/(2m) Σⱼ (tⱼ − zⱼ)² of m samples, z = wᵀx + b without a step.
 * @throws if shapes do not fit, there is no sample, or a number is not finite
 * Source: note on the perceptron and ADALINE, section 3.
 * @example
 * adalineLoss({ weights: matrix([[1], [1]]), bias: 0 }, matrix([[1, 0], [1, 0]]), [1, 1]) // 0.5
 */
export function adalineLoss(unit: LinearUnit, X: Matrix, t: Targets): number {
  checkUnit("adalineLoss", unit, X);
  return meanLoss(unit.weights.data, unit.bias, X, finiteTargetsOf("adalineLoss", "t", X, t));
}

/**
 * The gradient of adalineLoss with respect to the unit: ∂E/∂w as its weights, d×1, and ∂E/∂b as its bias.
 *
 *     ∂E/∂w = −(1/m) Σⱼ (tⱼ − zⱼ) xⱼ        ∂E/∂b = −(1/m) Σⱼ (tⱼ − zⱼ)
 *
 * @throws if shapes do not fit, there is no sample, or a number is not finite
 * Source: note on the perceptron and ADALINE, section 3.
 * @example
 * adalineGradient({ weights: matrix([[1], [1]]), bias: 0 }, matrix([[1, 0], [1, 4]]), [1, 1]) // { weights: matrix([[0.5], [6.5]]), bias: 2 }
 */
export function adalineGradient(unit: LinearUnit, X: Matrix, t: Targets): LinearUnit {
  const targets = finiteTargetsOf("adalineGradient", "t", X, t);
  checkUnit("adalineGradient", unit, X);
  const { dw, db } = gradientOf(Array.from(unit.weights.data), unit.bias, X, targets, columnsOf(X));
  return { weights: column(dw), bias: db };
}

/**
 * The LMS rule of Widrow and Hoff on one sample, as trainAdalineOnline repeats it. A step that would leave float64's
 * range is not taken.
 * @param x d×1
 * @param t any finite number
 * @throws if shapes do not fit, a number is not finite, or η is not positive
 * Source: note on the perceptron and ADALINE, section 3.
 * @example
 * adalineStep({ weights: column([0, 0]), bias: 0 }, column([1, 1]), 1, 0.1) // { weights: column([0.1, 0.1]), bias: 0.1 }
 */
export function adalineStep(unit: LinearUnit, x: Matrix, t: number, learningRate: number): LinearUnit {
  const { weights, bias } = trainAdalineOnline(x, [t], { ...unit, learningRate, epochs: 1 });
  return { weights, bias };
}

/**
 * ADALINE by gradient descent on all samples at once. With E = 1/(2m) Σⱼ (tⱼ − zⱼ)² and z = wᵀx + b, each epoch is
 *
 *     w ← w + η (1/m) Σⱼ (tⱼ − zⱼ) xⱼ        b ← b + η (1/m) Σⱼ (tⱼ − zⱼ)
 *
 * @param X d×m, a sample a column
 * @param t m targets, a 1×m matrix or a list: classes as 0 and 1 or −1 and 1, or any finite numbers
 * @throws if shapes do not fit, there is no sample, or a number is not finite
 * Source: note on the perceptron and ADALINE, section 3.
 * @example
 * const { weights, bias, losses } = trainAdalineBatch(matrix([[0, 1]]), [0, 1], { learningRate: 0.5, epochs: 1 })
 * [weights.data[0], bias] // [0.25, 0.25]
 * losses // [0.25, 0.078125]
 */
export function trainAdalineBatch(X: Matrix, t: Targets, options: AdalineOptions): AdalineRun {
  const everything = [columnsOf(X)];
  return descend("trainAdalineBatch", X, t, options, () => everything);
}

/**
 * ADALINE by the LMS rule of Widrow and Hoff, sample by sample: with z = wᵀx + b for the sample (x, t),
 *
 *     w ← w + η (t − z) x        b ← b + η (t − z)
 *
 * @param X d×m, a sample a column
 * @param t m targets, as for trainAdalineBatch
 * @throws if shapes do not fit, there is no sample, a number is not finite, or a sampler draws without `random`
 * Source: note on the perceptron and ADALINE, section 3; B. Widrow, M. E. Hoff, IRE WESCON Convention
 * Record, part 4 (1960) 96.
 * @example
 * const { weights, bias } = trainAdalineOnline(matrix([[1], [1]]), [1], { learningRate: 0.1, epochs: 1 })
 * [...weights.data, bias] // [0.1, 0.1, 0.1]
 */
export function trainAdalineOnline(X: Matrix, t: Targets, options: OnlineOptions): AdalineRun {
  const { sampler = fixedOrder(X.cols, 1), random } = options;
  return descend("trainAdalineOnline", X, t, options, (epoch) => sampler(epoch, random ?? noRandom));
}

/** One update for each batch: w ← w + η (1/n) Σ (t − z) x over its n samples. */
function descend(
  where: string,
  X: Matrix,
  t: Targets,
  options: AdalineOptions,
  batchesOf: (epoch: number) => readonly Int32Array[],
): AdalineRun {
  const { learningRate, epochs = 100, weights: start = zeros(X.rows, 1), bias = 0 } = options;
  const targets = finiteTargetsOf(where, "t", X, t);
  checkUnit(where, { weights: start, bias }, X);
  checkSettings(where, learningRate, epochs);

  let w = Array.from(start.data);
  let b = bias;
  const losses = [meanLoss(w, b, X, targets)];
  const path: PathPoint[] = [{ epoch: 0, sample: -1, weights: w, bias: b }];
  const run = (diverged: boolean) => ({ weights: column(w), bias: b, losses, path, diverged });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const batch of batchesOf(epoch)) {
      const { dw, db } = gradientOf(w, b, X, targets, batch);
      const next = w.map((value, i) => value - learningRate * dw[i]);
      const nextBias = b - learningRate * db;
      if (![...next, nextBias].every(Number.isFinite)) return run(true);
      [w, b] = [next, nextBias];
      const sample = batch.length === 1 ? batch[0] : -1;
      if (options.path !== "epochs") path.push({ epoch, sample, weights: w, bias: b });
    }
    if (options.path === "epochs") path.push({ epoch, sample: -1, weights: w, bias: b });
    const loss = meanLoss(w, b, X, targets);
    if (!Number.isFinite(loss)) return run(true);
    losses.push(loss);
  }
  return run(false);
}

/** ∂E/∂w = −(1/n) Σ (t − z) x and ∂E/∂b = −(1/n) Σ (t − z), over the n samples of a batch in their order. */
function gradientOf(w: number[], b: number, X: Matrix, t: number[], batch: Int32Array) {
  const dw = w.map(() => 0);
  let db = 0;
  for (const j of batch) {
    const error = t[j] - score(w, b, X, j);
    for (let i = 0; i < X.rows; i++) dw[i] -= error * X.data[i * X.cols + j];
    db -= error;
  }
  return { dw: dw.map((value) => value / batch.length), db: db / batch.length };
}

const columnsOf = (X: Matrix) => Int32Array.from({ length: X.cols }, (_, j) => j);

function meanLoss(w: ArrayLike<number>, b: number, X: Matrix, t: number[]): number {
  let total = 0;
  for (let j = 0; j < X.cols; j++) {
    const error = t[j] - score(w, b, X, j);
    total += error * error;
  }
  return total / (2 * X.cols);
}

/** Stands in where no random was given, and says so when a sampler draws. */
const noRandom = new Proxy({} as Random, {
  get() {
    throw new Error(
      "trainAdalineOnline: the sampler draws, and there is no random to draw from (give random)",
    );
  },
});
