import { filled, normalWithDeviation, uniformWithBound } from "./initializers/draw";
import { fromData, type Matrix, type Precision, shape, zeros } from "./matrix";
import { full, toPrecision } from "./matrix-entries";
import type { Random } from "./random";

/** How many inputs a unit adds up, and how many units an input goes to. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Makes a rows×cols matrix of weights: cols inputs (fanIn) to rows outputs (fanOut), unless other fans are given, as a
 * convolution does (initializers/fans.ts). Entries are drawn row by row, as `random` draws in that precision: with
 * `randomState` float32 weights are the rounded float64 ones, with `torchGenerator` they are other draws.
 */
export type Initializer = (
  random: Random,
  rows: number,
  cols: number,
  precision?: Precision,
  fans?: Fans,
) => Matrix;

/**
 * Zeros. Fit for biases; weights of a hidden layer would all stay equal.
 * @example
 * [...zeroInit(randomState(0), 1, 2).data] // [0, 0]
 */
export const zeroInit: Initializer = (_random, rows, cols, precision) => zeros(rows, cols, precision);

/**
 * Ones. Fit for the gains of a normalization.
 * @example
 * [...oneInit(randomState(0), 1, 2).data] // [1, 1]
 */
export const oneInit: Initializer = (_random, rows, cols, precision) => full(rows, cols, 1, precision);

/**
 * The same matrix always, e.g. weights that a worked example prints.
 * @throws when it is used for weights of another shape
 * @example
 * constantMatrix(zeros(2, 3))(randomState(0), 3, 2) // throws /the matrix is 2×3, the weights are 3×2/
 */
export const constantMatrix =
  (M: Matrix): Initializer =>
  (_random, rows, cols, precision = "float64") => {
    if (M.rows !== rows || M.cols !== cols)
      throw new Error(`constantMatrix: the matrix is ${shape(M)}, the weights are ${rows}×${cols}`);
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
  return (random, rows, cols, precision) =>
    filled(rows, cols, precision, (data) => random.fillUniform(data, low, high));
}

/**
 * N(0, 1/fanIn): keeps the variance of a linear layer's output equal to its input's.
 * Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp" (1998), section 4.6.
 * @example
 * lecunNormal(randomState(42), 1, 4).data[0] // ≈ 0.248357076505616
 */
export const lecunNormal: Initializer = normalWithDeviation(({ fanIn }) => Math.sqrt(1 / fanIn));

/**
 * U(−b, b) with b = √(3 / fanIn), whose variance is 1/fanIn.
 * Source: as for lecunNormal; the paper names the uniform distribution as an example.
 * @example
 * lecunUniform(randomState(42), 1, 3).data[0] // ≈ -0.250919762305275
 */
export const lecunUniform: Initializer = uniformWithBound(({ fanIn }) => Math.sqrt(3 / fanIn));

/**
 * U(−b, b) with b = √(6 / (fanIn + fanOut)), whose variance is 2 / (fanIn + fanOut).
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249–256, equation 16.
 * @example
 * xavierUniform(randomState(42), 3, 3).data[0] // ≈ -0.250919762305275
 */
export const xavierUniform: Initializer = uniformWithBound(({ fanIn, fanOut }) =>
  Math.sqrt(6 / (fanIn + fanOut)),
);

/**
 * N(0, 2 / (fanIn + fanOut)).
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249–256, equation 12.
 * @example
 * xavierNormal(randomState(42), 4, 4).data[0] // ≈ 0.248357076505616
 */
export const xavierNormal: Initializer = normalWithDeviation(({ fanIn, fanOut }) =>
  Math.sqrt(2 / (fanIn + fanOut)),
);

/**
 * U(−b, b) with b = √(6 / ((1 + a²) fanIn)), whose variance is 2 / ((1 + a²) fanIn): for ReLU (a = 0) or leaky ReLU of
 * negative slope a.
 * Source: K. He, X. Zhang, S. Ren, J. Sun, ICCV (2015) 1026–1034, equations 10 and 15.
 * @throws if the slope is not finite
 * @example
 * heUniform()(randomState(42), 1, 6).data[0] // ≈ -0.250919762305275
 * heUniform(1)(randomState(42), 1, 3).data[0] // ≈ -0.250919762305275
 */
export function heUniform(negativeSlope = 0): Initializer {
  expectSlope("heUniform", negativeSlope);
  return uniformWithBound(({ fanIn }) => Math.sqrt(6 / ((1 + negativeSlope * negativeSlope) * fanIn)));
}

/**
 * N(0, 2 / ((1 + a²) fanIn)) for ReLU (a = 0) or leaky ReLU of negative slope a.
 * Source: as for heUniform.
 * @throws if the slope is not finite
 * @example
 * heNormal()(randomState(42), 1, 8).data[0] // ≈ 0.248357076505616
 * heNormal(randomState(42)) // throws /heNormal: the negative slope is \[object Object\] \(a finite number is needed; for ReLU: heNormal\(\)\)/
 */
export function heNormal(negativeSlope = 0): Initializer {
  expectSlope("heNormal", negativeSlope);
  return normalWithDeviation(({ fanIn }) => Math.sqrt(2 / ((1 + negativeSlope * negativeSlope) * fanIn)));
}

function expectSlope(name: string, negativeSlope: number): void {
  if (!Number.isFinite(negativeSlope))
    throw new Error(
      `${name}: the negative slope is ${negativeSlope} (a finite number is needed; for ReLU: ${name}())`,
    );
}
