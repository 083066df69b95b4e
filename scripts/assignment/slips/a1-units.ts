import type { LinearUnit } from "../../../lib/linear-units";
import { score } from "../../../lib/linear-units/unit";
import { fromData, type Matrix } from "../../../lib/matrix";

/** The score of a single sample. */
export const scoreOf = ({ weights, bias }: LinearUnit, x: Matrix): number => score(weights.data, bias, x, 0);

/** The answer 1 where a score reaches the threshold, else 0. */
export const answerAt = (z: number, threshold = 0): number => (z >= threshold ? 1 : 0);

/** A unit whose weights have moved by so much of a sample, and its bias by so much. */
export function moved(
  { weights, bias }: LinearUnit,
  x: Matrix,
  share: number,
  biasShare = share,
): LinearUnit {
  const data = weights.data.map((w, i) => w + share * x.data[i]);
  return { weights: fromData(weights.rows, 1, data), bias: bias + biasShare };
}
