import type { Loss } from "../losses";
import { precisionOf, shape } from "../matrix";
import { expectClasses, oneHotColumns } from "./targets";

/**
 * A loss whose targets are class labels instead of one-hot columns: the target is 1×m, each entry a whole number from
 * 0 to rows − 1 of the prediction. Value and gradient are those of the given loss with the one-hot columns.
 * @throws in forward also if the prediction has a single row, the target is not 1×m, or a label is no class, naming the
 * sample
 * @example
 * import { softmaxCrossEntropy } from "../losses"
 * const loss = withLabels(softmaxCrossEntropy)
 * loss.forward(matrix([[2], [1], [0.1]]), matrix([[0]])).loss // ≈ 0.4170
 * loss.forward(matrix([[2]]), matrix([[0]])) // throws /prediction has 1 row/
 * loss.forward(matrix([[2], [1], [0.1]]), matrix([[3]])) // throws /labels\[0\] is 3 \(allowed are 0 to 2\)/
 */
export function withLabels<Cache>(loss: Loss<Cache>): Loss<Cache> {
  const name = `${loss.name}WithLabels`;
  return {
    name,
    kinks: loss.kinks,
    description: { kind: "ofLabels", loss },
    forward(prediction, labels) {
      expectClasses(name, prediction.rows);
      if (labels.rows !== 1 || labels.cols !== prediction.cols)
        throw new Error(
          `${name}: prediction is ${shape(prediction)}, target is ${shape(labels)} (it must be 1×${prediction.cols}, a label for each sample)`,
        );
      const T = oneHotColumns(name, labels.data, prediction.rows, precisionOf(prediction));
      return loss.forward(prediction, T);
    },
    backward: (cache) => loss.backward(cache),
  };
}
