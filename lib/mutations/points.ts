import type { Layer } from "../layer";
import { oneHot } from "../losses";
import { fromData, type Matrix, zeros } from "../matrix";
import { mapEntries } from "../matrix-entries";
import { flattenParams, type Params, withMatrices } from "../params";
import { type Random, randomState } from "../random";
import type { ActivationSubject, LayerSubject, LossSubject, Place, Subject } from "./subject";

/** A layer's parameters and input, and a number for each entry of its output: ∂E/∂output of E = Σ R ⊙ output. */
export interface LayerPoint {
  readonly layer: Layer;
  readonly params: Params;
  readonly A: Matrix;
  readonly R: Matrix;
  /** What forward draws from, from the start each time. */
  random(): Random;
}

/** Predictions of three rows and targets. */
export interface LossPoint {
  readonly prediction: Matrix;
  readonly target: Matrix;
}

const samples: Readonly<Record<Place, number>> = {
  generic: 5,
  "square shapes": 3,
  "three samples": 3,
  "one sample": 1,
  "all zero": 5,
  "zeros and kinks": 5,
  extremes: 5,
};

const everywhere: readonly Place[] = ["generic", "square shapes", "three samples"];

/** Whether a subject is tried at a place. */
const triedAt = (subject: { readonly places: readonly Place[] }, place: Place) =>
  everywhere.includes(place) || subject.places.includes(place);

/** The stream of numbers of a subject at a place, the same on every machine. */
const drawnAt = (subject: Subject, place: string) => randomState(20).stream(`${subject.id}, ${place}`);

const normals = (random: Random, rows: number, cols: number) =>
  fromData(rows, cols, random.normals(rows * cols));

/** Every second entry 0. */
const halfZero = (A: Matrix) => mapEntries(A, (a, i, j) => ((i + j) % 2 === 0 ? 0 : a));

/** A constant row, a constant column, and numbers as large as a million. */
const unequal = (A: Matrix) => mapEntries(A, (a, i, j) => (i === 0 || j === 0 ? 0.5 : i === 2 ? 1e6 * a : a));

/** ±1000, ±40 and ½ among the numbers. */
const far = (A: Matrix) => mapEntries(A, (a, i, j) => [1000, -1000, 40, -40, a, 0.5][(i * A.cols + j) % 6]);

/**
 * A layer at a place: its parameters and inputs are normal numbers, or as the place says; undefined where it is not
 * tried there. Another `variant` is another point of the same kind.
 * @example
 * import { subjects } from "./subjects"
 * layerPoint(subjects.dense, "square shapes").A.cols // 3
 * layerPoint(subjects.batchNorm, "one sample") // undefined
 */
export function layerPoint(subject: LayerSubject, place: Place, variant = ""): LayerPoint | undefined {
  if (!triedAt(subject, place)) return undefined;
  const random = drawnAt(subject, place + variant);
  const layer = subject.right(place === "square shapes");
  const drawn = normalParams(layer.init(random), random);
  const withParams = flattenParams(drawn).length > 0;
  const params = place === "all zero" ? allZero(drawn) : drawn;
  let A = normals(random, 3, samples[place]);
  if (place === "all zero" && !withParams) A = zeros(A.rows, A.cols);
  if (place === "zeros and kinks") A = halfZero(A);
  if (place === "extremes") A = withParams ? unequal(A) : far(A);
  const outputs = place === "square shapes" ? 3 : subject.outputs;
  const R = normals(random, outputs, A.cols);
  return { layer, params, A, R, random: () => random.stream("forward") };
}

/** Normal numbers for all parameters; running variances are positive. */
function normalParams(params: Params, random: Random): Params {
  const matrices = flattenParams(params).map(({ path, value }) => {
    const M = normals(random, value.rows, value.cols);
    return path.endsWith("runningVariance") ? mapEntries(M, (x) => 0.5 + Math.abs(x)) : M;
  });
  return withMatrices(params, matrices);
}

/** Zeros, but for running variances. */
function allZero(params: Params): Params {
  const matrices = flattenParams(params).map(({ path, value }) =>
    path.endsWith("runningVariance") ? value : zeros(value.rows, value.cols),
  );
  return withMatrices(params, matrices);
}

/**
 * Predictions and targets for a loss at a place; undefined where it is not tried there. Another `variant` is another
 * point of the same kind, with one sample less.
 * @example
 * import { subjects } from "./subjects"
 * lossPoint(subjects.softmaxCrossEntropy, "one sample").prediction.cols // 1
 * lossPoint(subjects.softmaxCrossEntropy, "zeros and kinks") // undefined
 */
export function lossPoint(subject: LossSubject, place: Place, variant = ""): LossPoint | undefined {
  if (!triedAt(subject, place)) return undefined;
  const random = drawnAt(subject, place + variant);
  const m = samples[place] - (variant === "" ? 0 : 1);
  const drawn = normals(random, 3, m);
  const target = {
    numbers: () => normals(random, 3, m),
    classes: () => oneHot(random.integers(0, 3, m), 3),
    "0 or 1": () => mapEntries(normals(random, 3, m), (z) => (z > 0 ? 1 : 0)),
    "−1 or 1": () => mapEntries(normals(random, 3, m), (z) => (z > 0 ? 1 : -1)),
  }[subject.targets]();
  const prediction = {
    "all zero": zeros(3, m),
    extremes: far(drawn),
    // on the margin of a hinge: t z = 1
    "zeros and kinks": mapEntries(drawn, (z, i, j) => ((i + j) % 2 === 0 ? target.data[i * m + j] : z)),
  }[place as string];
  return { prediction: prediction ?? drawn, target };
}

/**
 * Inputs of an activation at a place; undefined where it is not tried there.
 * @example
 * import { subjects } from "./subjects"
 * activationPoint(subjects.relu, "zeros and kinks").data[0] // 0
 */
export function activationPoint(subject: ActivationSubject, place: Place): Matrix | undefined {
  if (!triedAt(subject, place)) return undefined;
  const Z = normals(drawnAt(subject, place), 3, samples[place]);
  if (place === "all zero") return zeros(Z.rows, Z.cols);
  if (place === "extremes") return far(Z);
  return place === "zeros and kinks" ? halfZero(Z) : Z;
}

/** The sizes of the gradients of each step: the second step's are small. */
const stepSizes = [1, 1e-4, 0.5, 0.01];

/**
 * Parameters and the gradients of four steps for an optimizer, of sizes from 1e-10 to 100; at the kinks the first
 * gradients and later every second entry of the weights' are 0.
 * @example
 * optimizerPoint("generic").gradients.length // 4
 */
export function optimizerPoint(place: "generic" | "zeros and kinks") {
  const random = randomState(20).stream(`optimizer, ${place}`);
  const params = { weights: normals(random, 2, 3), bias: normals(random, 2, 1) };
  const entrySizes = [1e-6, 1e-3, 1, 100];
  const sized = (M: Matrix, size: number) =>
    mapEntries(M, (g, i, j) => g * size * entrySizes[(2 * i + j) % entrySizes.length]);
  const gradients = stepSizes.map((size, t) => {
    const weights = sized(normals(random, 2, 3), size);
    const bias = sized(normals(random, 2, 1), size);
    if (place === "generic") return { weights, bias };
    return t === 0 ? { weights: zeros(2, 3), bias: zeros(2, 1) } : { weights: halfZero(weights), bias };
  });
  return { params, gradients };
}
