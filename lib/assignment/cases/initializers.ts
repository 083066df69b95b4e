import type { Matrix } from "../../matrix";
import { type Random, randomState } from "../../random";
import type { Case, Truth } from "../question";

/** Draws rows×cols weights of a layer with `cols` inputs and `rows` outputs, in any order. */
export type Initialize = (random: Random, rows: number, cols: number) => Matrix;

/** What is told of drawn weights; all but the last do not hang on the order of the draws. */
interface Statistics {
  readonly meanSquare: number;
  readonly mean: number;
  /** E w⁴/(E w²)²: 3 for a normal distribution about 0, 1.8 for a uniform one. */
  readonly fourthMoment: number;
  /** How many rows are unlike the first. */
  readonly otherRows: number;
}

/**
 * Moments of a matrix's entries.
 * @example
 * statisticsOf(matrix([[1, -1], [2, -2]])) // { meanSquare: 2.5, mean: 0, fourthMoment: 1.36, otherRows: 1 }
 */
export function statisticsOf({ rows, cols, data }: Matrix): Statistics {
  let [sum, squares, fourths, otherRows] = [0, 0, 0, 0];
  for (const w of data) {
    sum += w;
    squares += w * w;
    fourths += w * w * w * w;
  }
  for (let i = 1; i < rows; i++)
    if (data.subarray(0, cols).some((w, j) => w !== data[i * cols + j])) otherRows++;
  const n = rows * cols;
  const meanSquare = squares / n;
  return { meanSquare, mean: sum / n, fourthMoment: fourths / n / (meanSquare * meanSquare), otherRows };
}

/** To a whole number of steps, so that the values of other draws are the same. */
const near = (x: number, step: number) => Math.round(x / step) * step;

/** What the weights of a layer are to have. */
interface Wanted {
  /** E w² times `per`. */
  readonly spread: number;
  readonly per: number;
  readonly perName: string;
  /** In halves. */
  readonly fourthMoment: number;
}

/**
 * Many weights of one layer: their moments, coarse enough to be those of any draws. The generator is always the same.
 * @example
 * const { ask } = weightsCase(2, 3, { spread: 0, per: 1, perName: "1", fourthMoment: 0 })
 * ask((random, rows, cols) => fromData(rows, cols, random.normals(rows * cols)))["rows unlike the first"] // 1
 */
export function weightsCase(rows: number, cols: number, wanted: Wanted): Case<[Initialize]> {
  const [spread, centre, shape] = [
    `mean square × ${wanted.perName}, to a tenth`,
    "mean / root of the mean square, to a tenth",
    "fourth moment / (mean square)², to a half",
  ];
  return {
    probe: `${rows}×${cols}`,
    ask(initialize) {
      const W = initialize(randomState(rows), rows, cols);
      const size = { rows: W?.rows, cols: W?.cols };
      if (W?.rows !== rows || W.cols !== cols || W.data?.length !== rows * cols) return size;
      const { meanSquare, mean, fourthMoment, otherRows } = statisticsOf(W);
      const unlike = { ...size, "rows unlike the first": otherRows };
      // of few different weights the moments say nothing
      if (otherRows < rows - 1) return unlike;
      return {
        ...unlike,
        [spread]: near(meanSquare * wanted.per, 0.1),
        [centre]: near(mean / Math.sqrt(meanSquare), 0.1),
        [shape]: near(fourthMoment, 0.5),
      };
    },
    truth() {
      const says = (value: number): Truth => ({
        witness: "the definition",
        value,
        tolerance: 1e-9,
        floor: 0.1,
      });
      return {
        rows: says(rows),
        cols: says(cols),
        "rows unlike the first": says(rows - 1),
        [spread]: says(wanted.spread),
        [centre]: says(0),
        [shape]: says(wanted.fourthMoment),
      };
    },
  };
}
