// Functions of one number in float64. exp, log, pow and their kin are AssemblyScript's NativeMath: ports of the
// algorithms of ARM's optimized-routines and musl, compiled into this module, so that no engine's own are used.
import { gelu, geluDerivative } from "./error-function";

/** Codes of the functions that are applied entry by entry; the odd code after each is its derivative. */
export const enum Operation {
  identity = 0,
  step = 2,
  sigmoid = 4,
  tanh = 6,
  relu = 8,
  leakyRelu = 10,
  elu = 12,
  gelu = 14,
  softplus = 16,
}

export function exp(x: f64): f64 {
  return NativeMath.exp(x);
}

export function log(x: f64): f64 {
  return NativeMath.log(x);
}

export function log1p(x: f64): f64 {
  return NativeMath.log1p(x);
}

export function expm1(x: f64): f64 {
  // NativeMath.expm1 is up to 1.9 ulp off above 1, where nothing cancels
  if (x > 1) return exp(x) - 1;
  return NativeMath.expm1(x);
}

export function tanh(x: f64): f64 {
  return NativeMath.tanh(x);
}

export function sin(x: f64): f64 {
  return NativeMath.sin(x);
}

export function cos(x: f64): f64 {
  return NativeMath.cos(x);
}

export function pow(x: f64, y: f64): f64 {
  return NativeMath.pow(x, y);
}

/** 1/(1 + e⁻ᶻ), without overflow on either side. */
function sigmoid(z: f64): f64 {
  if (z >= 0) return 1 / (1 + exp(-z));
  const e = exp(z);
  return e / (1 + e);
}

/** σ(z)(1 − σ(z)) = e/(1 + e)² with e = e^−|z|, which does not cancel. */
function sigmoidDerivative(z: f64): f64 {
  const e = exp(-abs(z));
  return e / ((1 + e) * (1 + e));
}

/** log(1 + e^(βz))/β, of which the part above max(z, 0) is computed by itself. */
function softplus(z: f64, beta: f64): f64 {
  return max(z, 0) + log1p(exp(-abs(beta * z))) / beta;
}

/** Operation at one number; the parameter is α of leakyRelu and elu, β of softplus. NaN in gives NaN out. */
export function evaluate(operation: i32, z: f64, parameter: f64): f64 {
  if (isNaN(z)) return NaN;
  switch (operation) {
    case Operation.identity: return z;
    case Operation.identity + 1: return 1;
    case Operation.step: return z >= 0 ? 1 : 0;
    case Operation.step + 1: return 0;
    case Operation.sigmoid: return sigmoid(z);
    case Operation.sigmoid + 1: return sigmoidDerivative(z);
    case Operation.tanh: return tanh(z);
    case Operation.tanh + 1: return 4 * sigmoidDerivative(2 * z); // 1 − tanh² = 4 σ′(2z)
    case Operation.relu: return max(z, 0);
    case Operation.relu + 1: return z > 0 ? 1 : 0;
    case Operation.leakyRelu: return z > 0 ? z : parameter * z;
    case Operation.leakyRelu + 1: return z > 0 ? 1 : parameter;
    case Operation.elu: return z > 0 ? z : parameter * expm1(z);
    case Operation.elu + 1: return z > 0 ? 1 : parameter * exp(z);
    case Operation.gelu: return gelu(z);
    case Operation.gelu + 1: return geluDerivative(z);
    case Operation.softplus: return softplus(z, parameter);
    case Operation.softplus + 1: return sigmoid(parameter * z);
    default: return unreachable();
  }
}
