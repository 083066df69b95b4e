import { type Fans, type Initializer, uniformInit } from "../initializers";
import { normalWithDeviation, uniformWithBound } from "./draw";
import { gain as gainOf } from "./gain";

// PyTorch's torch.nn.init. The formulas are those of lib/initializers, computed in PyTorch's order: the deviation is
// the gain divided by √fan, so that with torchGenerator the weights are PyTorch's to the last digit.
// Source: PyTorch 2.13, torch/nn/init.py and torch/nn/modules/linear.py.

/** What may be chosen for the Kaiming initializers. */
export interface KaimingOptions {
  /** a of the leaky ReLU; default 0. */
  readonly negativeSlope?: number;
  /** Which fan the variance is divided by; default fanIn, which keeps the forward's variance, fanOut the backward's. */
  readonly fan?: "fanIn" | "fanOut";
  /** Default √(2 / (1 + a²)). */
  readonly gain?: number;
}

/**
 * N(0, gain² / fan), He's initialization; `torch.nn.init.kaiming_normal_`.
 * @throws if the gain or the slope is out of range
 * @example
 * kaimingNormal({ gain: 1 })(randomState(42), 1, 4).data[0] // ≈ 0.248357076505616
 * kaimingNormal({ gain: -1 }) // throws /the gain is -1/
 */
export function kaimingNormal(options: KaimingOptions = {}): Initializer {
  return normalWithDeviation(kaimingDeviation("kaimingNormal", options));
}

/**
 * U(−b, b) with b = √3 gain / √fan, whose variance is gain² / fan; `torch.nn.init.kaiming_uniform_`.
 * @throws if the gain or the slope is out of range
 * @example
 * kaimingUniform({ gain: 1 })(randomState(42), 1, 3).data[0] // ≈ -0.250919762305275
 * kaimingUniform({ negativeSlope: NaN }) // throws /the negative slope is NaN/
 */
export function kaimingUniform(options: KaimingOptions = {}): Initializer {
  const deviation = kaimingDeviation("kaimingUniform", options);
  return uniformWithBound((fans) => Math.sqrt(3) * deviation(fans));
}

function kaimingDeviation(name: string, { negativeSlope = 0, fan = "fanIn", gain }: KaimingOptions) {
  const factor = expectGain(name, gain ?? gainOf("leakyRelu", negativeSlope));
  return (fans: Fans) => factor / Math.sqrt(fans[fan]);
}

/**
 * N(0, 2 gain² / (fanIn + fanOut)); `torch.nn.init.xavier_normal_`.
 * @throws if the gain is out of range
 * @example
 * xavierNormalWithGain(2)(randomState(42), 16, 16).data[0] // ≈ 0.248357076505616
 * xavierNormalWithGain(NaN) // throws /the gain is NaN/
 */
export function xavierNormalWithGain(gain: number): Initializer {
  return normalWithDeviation(xavierDeviation("xavierNormalWithGain", gain));
}

/**
 * U(−b, b) with b = √3 gain √(2 / (fanIn + fanOut)); `torch.nn.init.xavier_uniform_`.
 * @throws if the gain is out of range
 * @example
 * xavierUniformWithGain(2)(randomState(42), 12, 12).data[0] // ≈ -0.250919762305275
 */
export function xavierUniformWithGain(gain: number): Initializer {
  const deviation = xavierDeviation("xavierUniformWithGain", gain);
  return uniformWithBound((fans) => Math.sqrt(3) * deviation(fans));
}

function xavierDeviation(name: string, gain: number) {
  expectGain(name, gain);
  return ({ fanIn, fanOut }: Fans) => gain * Math.sqrt(2 / (fanIn + fanOut));
}

function expectGain(name: string, gain: number): number {
  if (!(Number.isFinite(gain) && gain >= 0))
    throw new Error(`${name}: the gain is ${gain} (it must be a finite number ≥ 0)`);
  return gain;
}

/**
 * The initializers that `nn.Linear(inputs, outputs)` starts from, as options of `dense`: weights and bias from
 * U(−b, b) with b = 1/√inputs. (PyTorch writes the weights' as kaiming_uniform_ with a = √5, of which the variance is
 * 1/(3 inputs): a sixth of what He's gives for ReLU.)
 * @throws if inputs is not a whole number ≥ 1
 * @example
 * linearDefaults(4).bias(randomState(42), 1, 1).data[0] // ≈ -0.1254598811526375
 * linearDefaults(0) // throws /inputs is 0/
 */
export function linearDefaults(inputs: number): { weights: Initializer; bias: Initializer } {
  if (!Number.isInteger(inputs) || inputs < 1)
    throw new Error(`linearDefaults: inputs is ${inputs} (it must be a whole number ≥ 1)`);
  const bound = 1 / Math.sqrt(inputs);
  return { weights: kaimingUniform({ negativeSlope: Math.sqrt(5) }), bias: uniformInit(-bound, bound) };
}
