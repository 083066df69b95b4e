import { checkLabels } from "./check-data";
import { nearestPoint } from "./linear-units/nearest-point";
import { checkSettings, checkUnit, score, type Targets, targetsOf } from "./linear-units/unit";
import { column, type Matrix, shape, zeros } from "./matrix";

/** z = wᵀx + b. */
export interface LinearUnit {
  /** w, d×1 */
  readonly weights: Matrix;
  readonly bias: number;
}

/** A point of the path that training takes: where it starts (epoch 0), then after every correction. */
export interface PathPoint {
  /** Counted from 1. */
  readonly epoch: number;
  /** The column of X that was corrected on; −1 at the start, and where several columns gave one correction. */
  readonly sample: number;
  readonly weights: number[];
  readonly bias: number;
}

/** The unit at the end of its training, and how it came there. */
export interface PerceptronRun extends LinearUnit {
  /** All corrections, the sum of the epochs' errors. */
  readonly mistakes: number;
  /** One entry for every epoch run; the last one has 0 errors if converged. */
  readonly epochs: readonly { readonly errors: number }[];
  /** Whether an epoch without errors was reached. */
  readonly converged: boolean;
  readonly path: readonly PathPoint[];
}

/**
 * Rosenblatt's rule on one sample: with y = H(wᵀx + b), H(z) = 1 for z ≥ 0 and else 0,
 *
 *     w ← w + η(t − y)x        b ← b + η(t − y)
 *
 * @param x d×1
 * @param t 0 or 1
 * @throws if shapes do not fit, a number is not finite, t is neither 0 nor 1, or η is not positive
 * Source: note on the perceptron and ADALINE, section 2.
 * @example
 * perceptronStep({ weights: column([0, 0]), bias: 0 }, column([2, 3]), 0, 0.5) // { weights: column([-1, -1.5]), bias: -0.5 }
 */
export function perceptronStep(unit: LinearUnit, x: Matrix, t: number, learningRate = 1): LinearUnit {
  const { weights, bias } = trainPerceptron(x, [t], { ...unit, learningRate, epochs: 1 });
  return { weights, bias };
}

/**
 * Rosenblatt's perceptron in the form of the note: y = H(wᵀx + b) with H(z) = 1 for z ≥ 0, and for every
 * misclassified sample w ← w + η(t − y)x, b ← b + η(t − y). Samples come in their fixed order, epoch after epoch,
 * until one epoch has no error or the number of epochs is reached.
 * @param X d×m, a sample a column
 * @param t the m labels, 0 or 1: a 1×m matrix or a list
 * @param options.learningRate η > 0, 1 unless given. Started from zeros, η only scales the weights, but for rounding:
 * with η = 0.1 a score that should be 0 may come out negative.
 * @param options.epochs at most so many, 100 unless given
 * @param options.weights w at the start, d×1; zeros unless given
 * @param options.bias b at the start, 0 unless given
 * @throws if shapes do not fit, X is not finite, or a label is neither 0 nor 1
 * Source: note on the perceptron and ADALINE, section 2; F. Rosenblatt, Psychological Review 65 (1958) 386–408.
 * @example
 * const and = { X: matrix([[0, 0, 1, 1], [0, 1, 0, 1]]), t: [0, 0, 0, 1] }
 * trainPerceptron(and.X, and.t).epochs.map(({ errors }) => errors) // [2, 3, 3, 2, 1, 0]
 * [...trainPerceptron(and.X, and.t).weights.data, trainPerceptron(and.X, and.t).bias] // [2, 1, -3]
 */
export function trainPerceptron(
  X: Matrix,
  t: Targets,
  options: { learningRate?: number; epochs?: number; weights?: Matrix; bias?: number } = {},
): PerceptronRun {
  const { learningRate = 1, epochs: most = 100, weights: start = zeros(X.rows, 1), bias = 0 } = options;
  const targets = checkedLabels("trainPerceptron", "t", X, t, [0, 1]);
  checkUnit("trainPerceptron", { weights: start, bias }, X);
  checkSettings("trainPerceptron", learningRate, most);

  const w = Array.from(start.data);
  let b = bias;
  const path: PathPoint[] = [{ epoch: 0, sample: -1, weights: [...w], bias: b }];
  const epochs: { errors: number }[] = [];
  let converged = false;
  while (!converged && epochs.length < most) {
    let errors = 0;
    for (let j = 0; j < X.cols; j++) {
      const step = learningRate * (targets[j] - heaviside(score(w, b, X, j)));
      if (step === 0) continue;
      for (let i = 0; i < X.rows; i++) w[i] += step * X.data[i * X.cols + j];
      b += step;
      errors++;
      path.push({ epoch: epochs.length + 1, sample: j, weights: [...w], bias: b });
    }
    epochs.push({ errors });
    converged = errors === 0;
  }
  return { weights: column(w), bias: b, mistakes: path.length - 1, epochs, converged, path };
}

/**
 * The scores z = wᵀx + b of all columns of X.
 * @throws if the weights are not d×1 for X d×m, or an entry of X or of the unit is not finite
 * @example
 * [...scores({ weights: column([1, 1]), bias: -1.5 }, matrix([[0, 1, 1], [0, 0, 1]]))] // [-1.5, -0.5, 0.5]
 */
export function scores(unit: LinearUnit, X: Matrix): Float64Array {
  checkUnit("scores", unit, X);
  return Float64Array.from({ length: X.cols }, (_, j) => score(unit.weights.data, unit.bias, X, j));
}

/**
 * The class of every column of X: 1 where wᵀx + b ≥ θ, else 0.
 * @param threshold θ; 0 unless given, the perceptron's. ADALINE trained on targets 0 and 1 takes 0.5.
 * @throws if the weights are not d×1 for X d×m, an entry of X or of the unit is not finite, or θ is NaN
 * Source: note on the perceptron and ADALINE, sections 2, 3 and 5.
 * @example
 * [...predict({ weights: column([1, 1]), bias: -1.5 }, matrix([[0, 1, 1], [0, 0, 1]]))] // [0, 0, 1]
 * [...predict({ weights: column([1, 1]), bias: 0 }, matrix([[0, 1, 1], [0, 0, 1]]), 0.5)] // [0, 1, 1]
 */
export function predict(unit: LinearUnit, X: Matrix, threshold = 0): Int32Array {
  checkUnit("predict", unit, X);
  if (Number.isNaN(threshold)) throw new Error("predict: the threshold is NaN");
  return Int32Array.from({ length: X.cols }, (_, j) =>
    score(unit.weights.data, unit.bias, X, j) >= threshold ? 1 : 0,
  );
}

/** The unit of length 1 that keeps farthest from all samples. */
export interface LargestMargin extends LinearUnit {
  /** γ = min yⱼ (wᵀxⱼ + b), reached with ‖(w, b)‖ = 1. */
  readonly margin: number;
  /** R = max ‖(xⱼ, 1)‖. */
  readonly radius: number;
  /** (R/γ)²: a perceptron that starts from zeros corrects at most so often, whatever the order of the samples. */
  readonly bound: number;
  /** The samples that fix the margin, in increasing order. */
  readonly support: readonly number[];
}

/**
 * The unit (w, b) of length 1 with the largest margin γ on separable data, the bias being the weight of a constant
 * feature 1 as in the perceptron's convergence theorem. With the signs yⱼ = ±1, γ is the distance of the origin from
 * the convex hull of the points yⱼ(xⱼ, 1) – the dual of the hard-margin support vector machine without free bias –
 * and (w, b) points to the nearest point, which Wolfe's method finds exactly up to rounding.
 * @param labels m labels, 0 and 1 or −1 and 1
 * @throws if the classes cannot be separated, shapes do not fit, X is not finite or a label is another number
 * Source: A. B. J. Novikoff, "On convergence proofs on perceptrons", Symp. Math. Theory of Automata 12 (1962) 615–622.
 * @example
 * largestMargin(matrix([[-1, 1]]), [0, 1]).margin // ≈ 1.000000
 * largestMargin(matrix([[-1, 1]]), [0, 1]).bound // ≈ 2.000000
 * largestMargin(matrix([[0, 0, 1, 1], [0, 1, 0, 1]]), [0, 1, 1, 0]) // throws /cannot be separated/
 */
export function largestMargin(X: Matrix, labels: Targets): LargestMargin {
  const values = checkedLabels("largestMargin", "labels", X, labels, [-1, 0, 1]);
  if (values.includes(0) && values.includes(-1))
    throw new Error("largestMargin: labels are 0 and 1 or −1 and 1 (both 0 and −1 occur)");
  if (X.cols === 0) throw new Error(`largestMargin: X is ${shape(X)} (it needs at least one column)`);
  const points = values.map((value, j) => {
    const sign = value === 1 ? 1 : -1;
    return [...Array.from({ length: X.rows }, (_, i) => sign * X.data[i * X.cols + j]), sign];
  });
  const norm = (p: ArrayLike<number>) => Math.sqrt(inner(p, p));
  const radius = Math.max(...points.map(norm));
  const { point, support } = nearestPoint(points);
  const direction = Array.from(point, (value) => value / norm(point));
  const margin = Math.min(...points.map((p) => inner(p, direction)));
  if (!(norm(point) > 1e-7 * radius && margin > 0))
    throw new Error("largestMargin: the classes cannot be separated by a hyperplane");
  return {
    weights: column(direction.slice(0, -1)),
    bias: direction[X.rows],
    margin,
    radius,
    bound: (radius / margin) * (radius / margin),
    support: [...support].sort((a, b) => a - b),
  };
}

const heaviside = (z: number): 0 | 1 => (z >= 0 ? 1 : 0);

function inner(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < p.length; i++) total += p[i] * q[i];
  return total;
}

function checkedLabels(where: string, name: string, X: Matrix, labels: Targets, allowed: number[]): number[] {
  const values = targetsOf(where, name, X, labels);
  checkLabels(where, name, values, allowed);
  return values;
}
