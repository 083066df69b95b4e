import { core } from "./wasm";

// Functions of float64 numbers from the WebAssembly core: the same bits on every machine, which Math does not promise.
// Bounds are in units in the last place (ulp) of the exact value: the largest error at 20,000 points of each of several
// ranges was below them. tests/kernels.test.ts and tests/error-function.test.ts hold them at the points of
// data/references/kernels.py and error-function.py.

/**
 * eˣ, within 1 ulp; exp(−∞) = 0.
 * @example
 * exp(1) // 2.718281828459045
 */
export const exp: (x: number) => number = core.exp;

/**
 * The natural logarithm, within 1 ulp; log(0) = −∞, NaN below 0.
 * @example
 * log(10) // 2.302585092994046
 */
export const log: (x: number) => number = core.log;

/**
 * log(1 + x) without cancellation near 0, within 1 ulp.
 * @example
 * log1p(1e-20) // 1e-20
 */
export const log1p: (x: number) => number = core.log1p;

/**
 * eˣ − 1 without cancellation near 0, within 1.3 ulp.
 * @example
 * expm1(1e-20) // 1e-20
 */
export const expm1: (x: number) => number = core.expm1;

/**
 * sin x, x in radians, within 1 ulp; NaN at ±∞.
 * @example
 * sin(1) // 0.8414709848078965
 */
export const sin: (x: number) => number = core.sin;

/**
 * cos x, x in radians, within 1 ulp; NaN at ±∞.
 * @example
 * cos(1) // 0.5403023058681398
 */
export const cos: (x: number) => number = core.cos;

/**
 * tanh x in [−1, 1], within 2.5 ulp.
 * @example
 * tanh(0.5) // ≈ 0.4621171572600
 */
export const tanh: (x: number) => number = core.tanh;

/**
 * xʸ, within 1 ulp; NaN for x < 0 and y not whole. As in JavaScript pow(±1, ±∞) is NaN and pow(x, 0) is 1.
 * @example
 * pow(2, 0.5) // 1.4142135623730951
 */
export const pow: (x: number, y: number) => number = core.pow;

/**
 * erf x = 2/√π ∫₀ˣ e^(−t²) dt, in [−1, 1], within 2 ulp.
 * @example
 * erf(0.5) // ≈ 0.5204998778130465
 */
export const erf: (x: number) => number = core.erf;

/**
 * erfc x = 1 − erf x, in [0, 2], within 3.5 ulp, also where it is small.
 * @example
 * erfc(10) // ≈ 2.088487583762545e-45
 */
export const erfc: (x: number) => number = core.erfc;

/** Codes of assembly/functions.ts; the code after each is its derivative. */
const operations = {
  identity: 0,
  step: 2,
  sigmoid: 4,
  tanh: 6,
  relu: 8,
  leakyRelu: 10,
  elu: 12,
  gelu: 14,
  softplus: 16,
};

/** A function that the core applies entry by entry. */
export type Elementwise = keyof typeof operations;

/**
 * The core's code of a function, or of its derivative.
 * @example
 * operationCode("sigmoid", true) // 5
 */
export function operationCode(name: Elementwise, derivative: boolean): number {
  return operations[name] + (derivative ? 1 : 0);
}

/**
 * φ(z); the parameter is α of leakyRelu and elu, β of softplus. NaN gives NaN.
 * @example
 * evaluate("leakyRelu", -2, 0.5) // -1
 */
export function evaluate(name: Elementwise, z: number, parameter = 0): number {
  return core.evaluate(operationCode(name, false), z, parameter);
}

/**
 * φ′(z), likewise; at a kink the value that lib/activations states.
 * @example
 * evaluateDerivative("sigmoid", 0) // 0.25
 */
export function evaluateDerivative(name: Elementwise, z: number, parameter = 0): number {
  return core.evaluate(operationCode(name, true), z, parameter);
}
