import { flattenParams, isStatistic, type Params } from "../params";
import { type Summary, type SummaryOptions, summarise } from "./summary";
import type { BackwardTrace, Trace, TraceStep } from "./trace";

/** Statistics of a layer's outputs. */
export interface LayerStatistics extends Summary {
  /** Its place in the tree of parameters, "2" or "3.branch.1". */
  readonly path: string;
  readonly name: string;
}

/** Statistics of a matrix of parameters or of its gradient. */
export interface ParameterStatistics {
  /** "2.weights" */
  readonly path: string;
  /** Number of entries. */
  readonly entries: number;
  /** √(Σ x²), the Frobenius norm. */
  readonly norm: number;
  /** √((1/n) Σ x²), comparable between layers of different size. */
  readonly rms: number;
  readonly mean: number;
  /** The population form. */
  readonly standardDeviation: number;
  /** max |x| */
  readonly largest: number;
}

/** What reaches a layer on the way back. */
export interface LayerGradientStatistics {
  readonly path: string;
  readonly name: string;
  /** Of δ = ∂E/∂output. E is the mean over m samples: an entry is 1/m of the sample's own derivative. */
  readonly signal: Summary;
  /** One for each matrix of parameters; the norm of all together is in `norm`. */
  readonly parameters: readonly ParameterStatistics[];
  /** The norm of ∂E/∂(all parameters of the layer); 0 without parameters. */
  readonly norm: number;
}

/**
 * Statistics of every layer's outputs over a batch. Give `range` to compare histograms.
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249, figures 2 to 4 and 6; the notes on initialization and vanishing
 * gradients.
 * @example
 * import { dense } from "../layers"
 * import { trace } from "./trace"
 * const params = { weights: matrix([[2]]), bias: matrix([[0]]) }
 * activationStatistics(trace(dense(1, 1), params, matrix([[1, 3]])))[0].mean // 4
 */
export function activationStatistics(traced: Trace, options: SummaryOptions = {}): LayerStatistics[] {
  return traced.steps.map((step) => ({ ...placeOf(step), ...summarise(step.output.data, options) }));
}

/**
 * Statistics of ∂E/∂output and of the parameters' gradients of every layer.
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249, figures 7 to 9; note on vanishing gradients.
 * @example
 * import { dense } from "../layers"
 * import { trace, traceBackward } from "./trace"
 * const params = { weights: matrix([[2]]), bias: matrix([[0]]) }
 * const back = traceBackward(trace(dense(1, 1), params, matrix([[1, 3]])), matrix([[3, 4]]))
 * gradientStatistics(back)[0].signal.norm // 5
 * gradientStatistics(back)[0].parameters.map(({ path, norm }) => [path, norm]) // [["weights", 15], ["bias", 7]]
 * gradientStatistics(back)[0].norm // ≈ 16.552945
 */
export function gradientStatistics(
  traced: BackwardTrace,
  options: SummaryOptions = {},
): LayerGradientStatistics[] {
  return traced.steps.map((step) => {
    const parameters = parameterStatistics(step.gradients, step.path);
    const squares = parameters.reduce((total, { norm }) => total + norm * norm, 0);
    const signal = summarise(step.dOutput.data, options);
    return { ...placeOf(step), signal, parameters, norm: Math.sqrt(squares) };
  });
}

/**
 * Statistics of every matrix of a tree: of parameters, or of gradients. Running statistics are left out.
 * @param path what stands before the paths
 * @example
 * parameterStatistics({ weights: matrix([[3, -4]]) })[0].norm // 5
 * parameterStatistics({ weights: matrix([[3, -4]]) })[0].largest // 4
 */
export function parameterStatistics(tree: Params, path = ""): ParameterStatistics[] {
  return flattenParams(tree, path)
    .filter((matrix) => !isStatistic(matrix.path))
    .map(({ path, value: { data } }) => {
      let [sum, squares, largest, deviations] = [0, 0, 0, 0];
      for (const x of data) {
        sum += x;
        squares += x * x;
        largest = Math.max(largest, Math.abs(x));
      }
      const mean = sum / data.length;
      for (const x of data) deviations += (x - mean) * (x - mean);
      return {
        path,
        entries: data.length,
        norm: Math.sqrt(squares),
        rms: Math.sqrt(squares / data.length),
        mean,
        standardDeviation: Math.sqrt(deviations / data.length),
        largest,
      };
    });
}

const placeOf = ({ path, name }: TraceStep) => ({ path, name });
