import type { Fans, Initializer } from "../initializers";

/**
 * The fans of a convolution whose kernel is outputs × inputs × height × width (or with any number of lengths):
 * fanIn = inputs · area, fanOut = outputs · area. Without lengths it is a dense layer's weights.
 * @throws if the kernel has fewer than two numbers, or one is not a whole number ≥ 1
 * Source: K. He, X. Zhang, S. Ren, J. Sun, ICCV (2015) 1026–1034, section 2.2 (n = k² c connections).
 * @example
 * convolutionFans([16, 3, 5, 5]) // { fanIn: 75, fanOut: 400 }
 * convolutionFans([16, 3]) // { fanIn: 3, fanOut: 16 }
 * convolutionFans([16]) // throws /the kernel is 16/
 */
export function convolutionFans(kernel: readonly number[]): Fans {
  if (kernel.length < 2 || !kernel.every((size) => Number.isInteger(size) && size >= 1))
    throw new Error(
      `convolutionFans: the kernel is ${kernel.join("×")} (it must be outputs × inputs × lengths, whole numbers ≥ 1)`,
    );
  const [outputs, inputs, ...lengths] = kernel;
  const area = lengths.reduce((product, length) => product * length, 1);
  return { fanIn: inputs * area, fanOut: outputs * area };
}

/**
 * The weights of a convolution, drawn by an initializer with the convolution's fans: a matrix with a row for each
 * output channel and in it the weights of one input channel after another, each row by row (PyTorch's order).
 * @throws as convolutionFans, or when it is used for a matrix that is not outputs × inputs · area
 * @example
 * import { xavierUniform } from "../initializers"
 * const initializer = convolutional([2, 1, 1, 2], xavierUniform)
 * Math.sqrt(6 / (2 + 4)) // 1
 * initializer(randomState(42), 2, 2).data[0] // ≈ -0.250919762305275
 * initializer(randomState(42), 2, 3) // throws /the weights are 2×3, the kernel 2×1×1×2 needs 2×2/
 */
export function convolutional(kernel: readonly number[], initializer: Initializer): Initializer {
  const fans = convolutionFans(kernel);
  return (random, rows, cols, precision) => {
    if (rows !== kernel[0] || cols !== fans.fanIn)
      throw new Error(
        `convolutional: the weights are ${rows}×${cols}, the kernel ${kernel.join("×")} needs ${kernel[0]}×${fans.fanIn}`,
      );
    return initializer(random, rows, cols, precision, fans);
  };
}
