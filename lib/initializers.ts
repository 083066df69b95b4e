import { fromData, type Matrix, type Precision, shape, zeros } from "./matrix";
import { toPrecision } from "./matrix-entries";
import type { Random } from "./random";

/**
 * Makes a fanOut×fanIn matrix of weights. Entries are drawn row by row in float64, in the order of
 * `numpy.random.randn(fan_out, fan_in)`, and rounded to the precision afterwards, so float32 weights are the rounded
 * float64 ones.
 */
export type Initializer = (random: Random, fanOut: number, fanIn: number, precision?: Precision) => Matrix;

const normalWithVariance =
  (variance: (fanOut: number, fanIn: number) => number): Initializer =>
  (random, fanOut, fanIn, precision = "float64") => {
    const deviation = Math.sqrt(variance(fanOut, fanIn));
    const data = random.normals(checkedSize(fanOut, fanIn)).map((z) => z * deviation);
    return toPrecision(fromData(fanOut, fanIn, data), precision);
  };

const uniformOn =
  (interval: (fanOut: number, fanIn: number) => [low: number, high: number]): Initializer =>
  (random, fanOut, fanIn, precision = "float64") => {
    const [low, high] = interval(fanOut, fanIn);
    const data = random.uniforms(checkedSize(fanOut, fanIn)).map((u) => low + (high - low) * u);
    return toPrecision(fromData(fanOut, fanIn, data), precision);
  };

const symmetric = (bound: number): [number, number] => [-bound, bound];

function checkedSize(fanOut: number, fanIn: number): number {
  for (const size of [fanOut, fanIn])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`initializer: the weights are ${fanOut}×${fanIn} (both must be whole numbers ≥ 1)`);
  return fanOut * fanIn;
}

/**
 * Zeros. Fit for biases; weights of a hidden layer would all stay equal.
 * @example
 * [...zeroInit(randomState(0), 1, 2).data] // [0, 0]
 */
export const zeroInit: Initializer = (_random, fanOut, fanIn, precision) => zeros(fanOut, fanIn, precision);

/**
 * The same matrix always, e.g. weights that a worked example prints.
 * @throws when it is used for weights of another shape
 * @example
 * constantMatrix(zeros(2, 3))(randomState(0), 3, 2) // throws /the matrix is 2×3, the weights are 3×2/
 */
export const constantMatrix =
  (M: Matrix): Initializer =>
  (_random, fanOut, fanIn, precision = "float64") => {
    if (M.rows !== fanOut || M.cols !== fanIn)
      throw new Error(`constantMatrix: the matrix is ${shape(M)}, the weights are ${fanOut}×${fanIn}`);
    return toPrecision(fromData(M.rows, M.cols, M.data.slice()), precision);
  };

/**
 * U(low, high), low included, high not.
 * @throws if low > high or one of them is not finite
 * @example
 * uniformInit(-1, 1)(randomState(42), 1, 1).data[0] // ≈ -0.250919762305275
 */
export function uniformInit(low: number, high: number): Initializer {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
    throw new Error(`uniformInit: low is ${low}, high is ${high} (finite, low must not be larger)`);
  return uniformOn(() => [low, high]);
}

/**
 * N(0, 1/fanIn): keeps the variance of a linear layer's output equal to its input's.
 * Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp" (1998), section 4.6.
 * @example
 * lecunNormal(randomState(42), 1, 4).data[0] // ≈ 0.248357076505616
 */
export const lecunNormal: Initializer = normalWithVariance((_fanOut, fanIn) => 1 / fanIn);

/**
 * U(−b, b) with b = √(6 / (fanIn + fanOut)), whose variance is 2 / (fanIn + fanOut).
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249–256, equation 16.
 * @example
 * xavierUniform(randomState(42), 3, 3).data[0] // ≈ -0.250919762305275
 */
export const xavierUniform: Initializer = uniformOn((fanOut, fanIn) =>
  symmetric(Math.sqrt(6 / (fanIn + fanOut))),
);

/**
 * N(0, 2 / (fanIn + fanOut)).
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249–256, equation 12.
 * @example
 * xavierNormal(randomState(42), 4, 4).data[0] // ≈ 0.248357076505616
 */
export const xavierNormal: Initializer = normalWithVariance((fanOut, fanIn) => 2 / (fanIn + fanOut));

/**
 * U(−b, b) with b = √(6 / fanIn), whose variance is 2 / fanIn; for ReLU.
 * Source: K. He, X. Zhang, S. Ren, J. Sun, ICCV (2015) 1026–1034, equation 10.
 * @example
 * heUniform(randomState(42), 1, 6).data[0] // ≈ -0.250919762305275
 */
export const heUniform: Initializer = uniformOn((_fanOut, fanIn) => symmetric(Math.sqrt(6 / fanIn)));

/**
 * N(0, 2 / ((1 + a²) fanIn)) for ReLU (a = 0) or leaky ReLU of negative slope a.
 * Source: K. He, X. Zhang, S. Ren, J. Sun, ICCV (2015) 1026–1034, equations 10 and 15.
 * @throws if the slope is not finite
 * @example
 * heNormal()(randomState(42), 1, 8).data[0] // ≈ 0.248357076505616
 */
export function heNormal(negativeSlope = 0): Initializer {
  if (!Number.isFinite(negativeSlope)) throw new Error(`heNormal: the negative slope is ${negativeSlope}`);
  return normalWithVariance((_fanOut, fanIn) => 2 / ((1 + negativeSlope * negativeSlope) * fanIn));
}
