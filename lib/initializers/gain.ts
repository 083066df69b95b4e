/** An activation that `gain` has a value for. */
export type GainName = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/**
 * The factor by which PyTorch scales the weights in front of an activation, `torch.nn.init.calculate_gain`: linear and
 * sigmoid 1, tanh 5/3, relu √2, leakyRelu √(2 / (1 + a²)), selu 3/4. For relu and leakyRelu it is 1/√E[φ(z)²] with
 * z ~ N(0, 1), which keeps E[φ²] at 1 from layer to layer. For tanh it is not: 1/√E[tanh²(z)] = 1.5925, and with 5/3
 * the variance of z settles at 1.178 (both by numerical integration, for infinitely many units).
 * @param negativeSlope a of leakyRelu
 * @throws if the activation has no gain, or the slope is not finite
 * Source: PyTorch 2.13, torch/nn/init.py; the ReLU's factor from K. He et al., ICCV (2015), equations 10 and 15.
 * @example
 * gain("tanh") // 5 / 3
 * gain("relu") // Math.sqrt(2)
 * gain("leakyRelu", 1) // 1
 * gain("softmax") // throws /no gain for softmax/
 */
export function gain(activation: GainName, negativeSlope = 0.01): number {
  switch (activation) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.sqrt(2);
    case "leakyRelu":
      if (!Number.isFinite(negativeSlope)) throw new Error(`gain: the negative slope is ${negativeSlope}`);
      return Math.sqrt(2 / (1 + negativeSlope * negativeSlope));
    case "selu":
      return 3 / 4;
    default:
      throw new Error(
        `gain: no gain for ${activation} (there is one for linear, sigmoid, tanh, relu, leakyRelu, selu)`,
      );
  }
}
