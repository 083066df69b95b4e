import { scaleEntries } from "../kernels/arrays";
import { clamp } from "../kernels/optimizers";
import type { Optimizer } from "../optimizers";
import { flattenParams, mapParams, type Params } from "../params";
import { gradientNorm } from "./gradient-norm";

/** Gradients made from gradients, before an optimizer sees them. Pure. */
export interface GradientTransform {
  readonly name: string;
  apply<P extends Params>(gradients: P): P;
}

/**
 * The optimizer on transformed gradients: the first transform, then the next, then the optimizer. Weight decay comes
 * after them, as it is part of the optimizer.
 * @throws what the transforms and the optimizer throw
 * @example
 * import { sgd } from "../optimizers"
 * const optimizer = transformGradients(sgd(1), clipByValue(0.5))
 * optimizer.name // "sgd after clipByValue(0.5)"
 * optimizer.update(matrix([[3, -0.25]]), optimizer.init(matrix([[1, 1]])), matrix([[1, 1]]), 1).params // matrix([[0.5, 1.25]])
 */
export function transformGradients<S>(
  optimizer: Optimizer<S>,
  ...transforms: readonly GradientTransform[]
): Optimizer<S> {
  return {
    name: [optimizer.name, ...transforms.map(({ name }) => name)].join(" after "),
    init: optimizer.init,
    update(gradients, state, params, step) {
      let transformed = gradients;
      for (const transform of transforms) transformed = transform.apply(transformed);
      return optimizer.update(transformed, state, params, step);
    },
  };
}

/**
 * Every entry cut to [−c, c]: g ← min(max(g, −c), c). This turns the gradient, as large entries lose more than small
 * ones. NaN stays NaN.
 * @throws if c is not a finite number > 0
 * Source: PyTorch 2.13, torch.nn.utils.clip_grad_value_.
 * @example
 * clipByValue(1).apply(matrix([[-3, 0.5]])) // matrix([[-1, 0.5]])
 * clipByValue(0) // throws /clipByValue: the bound is 0/
 */
export function clipByValue(bound: number): GradientTransform {
  expectPositive("clipByValue", bound);
  return {
    name: `clipByValue(${bound})`,
    apply: (gradients) =>
      mapParams(({ rows, cols, data }) => ({ rows, cols, data: clamp(data, bound) }), gradients),
  };
}

/**
 * The gradient of all parameters together, shortened to length c if it is longer: g ← g min(1, c/(‖g‖ + ε)). Its
 * direction stays. ε is 0 by default, so the length is c; PyTorch has ε = 1e-6.
 * @throws if c is not a finite number > 0 or ε not a finite number ≥ 0; apply throws if an entry is NaN or infinite
 * Source: R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013, algorithm 1; PyTorch 2.13, torch.nn.utils.clip_grad_norm_.
 * @example
 * clipByNorm(1).apply({ weights: matrix([[3, 0]]), bias: matrix([[4]]) }).bias.data[0] // 0.8
 * clipByNorm(10).apply(matrix([[3, 4]])) // matrix([[3, 4]])
 * clipByNorm(1).apply({ bias: matrix([[0], [NaN]]) }) // throws /clipByNorm: bias\[1,0\] of the gradients is NaN/
 */
export function clipByNorm(bound: number, { epsilon = 0 }: { epsilon?: number } = {}): GradientTransform {
  expectPositive("clipByNorm", bound);
  if (!(epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY))
    throw new Error(`clipByNorm: epsilon is ${epsilon} (it must be a finite number ≥ 0)`);
  return {
    name: `clipByNorm(${bound})`,
    apply(gradients) {
      const norm = gradientNorm(gradients);
      if (!Number.isFinite(norm)) throw notFinite(gradients);
      const factor = bound / (norm + epsilon);
      if (factor >= 1) return gradients;
      return mapParams((gradient) => scaleEntries(gradient, factor), gradients);
    },
  };
}

function expectPositive(name: string, bound: number): void {
  if (!(bound > 0 && bound < Number.POSITIVE_INFINITY))
    throw new Error(`${name}: the bound is ${bound} (it must be a finite number > 0)`);
}

/** The error that names the first entry that is not finite. */
function notFinite(gradients: Params): Error {
  for (const { path, value } of flattenParams(gradients)) {
    const k = value.data.findIndex((x) => !Number.isFinite(x));
    if (k < 0) continue;
    const place = `${path}[${Math.floor(k / value.cols)},${k % value.cols}]`;
    return new Error(
      `clipByNorm: ${place} of the gradients is ${value.data[k]} (try a smaller learning rate)`,
    );
  }
  return new Error("clipByNorm: the gradient is longer than the largest float64");
}
