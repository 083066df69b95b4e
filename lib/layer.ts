import type { Activation } from "./activations";
import { type Matrix, precisionOf, shape } from "./matrix";
import type { Params } from "./params";
import type { Random } from "./random";

/**
 * A differentiable map of a matrix A, whose columns are samples, to a matrix, with parameters P. Pure functions:
 * nothing is kept between calls, so whatever runs between a forward and its backward disturbs neither.
 * dX always means ∂E/∂X and has the shape of X; E is the mean over the batch, so 1/m enters in the loss and nowhere
 * here.
 */
export interface Layer<P extends Params = Params, C = unknown> {
  readonly name: string;
  /** What the layer computes, for witnesses that compute it in another way and for diagrams. */
  readonly description: LayerDescription;
  /** Parameters drawn from `random`. */
  init(random: Random): P;
  /**
   * The output, and what backward needs to know of this call. A layer that is random in training draws from `random`;
   * the same generator at the same position gives the same output.
   */
  forward(params: P, A: Matrix, random?: Random): { output: Matrix; cache: C };
  /** The gradients from ∂E/∂output; `gradients` has the form of `params`. dInput may be computed when it is read. */
  backward(params: P, cache: C, dOutput: Matrix): { readonly dInput: Matrix; gradients: P };
  /**
   * The parameters after a forward in training, where that moves some of them (running statistics); absent elsewhere.
   */
  observe?(params: P, cache: C): P;
  /** The layer that computes what this one does once training is over; absent where that is the same. */
  inference?(): Layer<P>;
}

/** What a layer computes. */
export type LayerDescription =
  | { readonly kind: "dense"; readonly inputs: number; readonly outputs: number }
  | { readonly kind: "elementwise"; readonly activation: Activation }
  | { readonly kind: "serial"; readonly layers: readonly Layer[] }
  | { readonly kind: "residual"; readonly branch: Layer; readonly shortcut: Layer }
  | {
      readonly kind: "batchNorm";
      readonly features: number;
      readonly epsilon: number;
      /** Whose mean and variance it uses: this batch's in training, the running ones after it. */
      readonly statistics: "batch" | "running";
    }
  | { readonly kind: "layerNorm"; readonly features: number; readonly epsilon: number }
  | { readonly kind: "dropout"; readonly rate: number };

/** The parameters of a layer that has none: {}. */
export type NoParams = { readonly [name: string]: never };

/**
 * The layer as it computes once training is over: batch normalization with its running statistics, dropout without
 * drops; any other layer as it is.
 * @example
 * import { dense } from "./layers"
 * const layer = dense(2, 1)
 * forInference(layer) === layer // true
 */
export function forInference<P extends Params>(layer: Layer<P>): Layer<P> {
  return layer.inference?.() ?? layer;
}

/**
 * Checks a shape.
 * @throws if X is no matrix or not rows×cols, naming both
 * @example
 * expectShape("dense.forward: A", { rows: 1, cols: 1, data: new Float64Array(1) }, 2, 1) // throws /dense.forward: A is 1×1, expected 2×1/
 * expectShape("dense.forward: bias", undefined, 2, 1) // throws /dense.forward: bias is undefined \(a matrix is needed/
 */
export function expectShape(what: string, X: Matrix, rows: number, cols: number): void {
  if (!ArrayBuffer.isView(X?.data))
    throw new Error(
      `${what} is ${X ? "no matrix" : X} (a matrix is needed: samples by matrix(…), params by init)`,
    );
  if (X.rows !== rows || X.cols !== cols) throw new Error(`${what} is ${shape(X)}, expected ${rows}×${cols}`);
}

/**
 * Checks the input of a layer: as many rows as the layer has inputs, and the precision of its parameters.
 * @throws if A is no matrix, or one of the two differs, naming both
 * @example
 * const W = { rows: 1, cols: 2, data: new Float64Array(2) }
 * expectInput("dense.forward: A", { rows: 2, cols: 1, data: new Float64Array(2) }, 2, W) // undefined
 * expectInput("dense.forward: A", { rows: 2, cols: 1, data: new Float32Array(2) }, 2, W) // throws /dense.forward: A is float32, the parameters are float64/
 */
export function expectInput(what: string, A: Matrix, inputs: number, parameter: Matrix): void {
  expectShape(what, A, inputs, A?.cols);
  if (precisionOf(A) !== precisionOf(parameter))
    throw new Error(
      `${what} is ${precisionOf(A)}, the parameters are ${precisionOf(parameter)} (convert A with toPrecision, or give the layer a precision)`,
    );
}

/** An error from inside a layer that is made of layers: its message names the way there from the outermost of them. */
class InnerError extends Error {
  constructor(
    call: string,
    readonly way: string,
    cause: unknown,
  ) {
    super(`${call}: ${way}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/**
 * Runs what a layer inside another one does. What it throws is thrown again with its place in front, and, through
 * layers in layers, with the whole way; the error itself becomes the `cause`.
 * @param call what was asked of the outer layer, e.g. "serial.forward"
 * @param place where in it the inner one stands, e.g. "layer 3 of 0…4 (residual)"
 * @throws what the inner layer throws, with the way to it
 * @example
 * const broken = () => { throw new Error("dense.forward: A is 1×1, expected 2×1") }
 * const branch = () => inside("residual.forward", "branch (dense)", broken)
 * branch() // throws /residual.forward: branch \(dense\): dense.forward: A is 1×1, expected 2×1$/
 * inside("serial.forward", "layer 3 of 0…4 (residual)", branch) // throws /serial.forward: layer 3 of 0…4 \(residual\) → branch \(dense\): dense.forward: A is 1×1/
 */
export function inside<T>(call: string, place: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof InnerError) throw new InnerError(call, `${place} → ${error.way}`, error.cause);
    throw new InnerError(call, place, error);
  }
}
