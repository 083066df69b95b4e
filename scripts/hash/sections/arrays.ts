import {
  addToColumns,
  combine,
  map,
  mapDerivative,
  scaleEntries,
  softmaxColumns,
  sumRows,
  timesDerivative,
} from "../../../lib/kernels/arrays";
import { crossEntropy } from "../../../lib/kernels/cross-entropy";
import { softmaxWithLogTotals } from "../../../lib/kernels/softmax";
import { oneHot } from "../../../lib/losses";
import { draw, drawWithExtremes, labels, precisions } from "../inputs";
import type { Note } from "../recorder";
import { elementwise } from "./functions";

/** The core's operations on arrays, at every length of a vector's tail and where threads share the work. */
export function arraysSection(note: Note): void {
  const shapes = [
    [1, 1],
    [1, 2],
    [3, 1],
    [3, 7],
    [131, 263],
  ] as const;
  for (const precision of precisions)
    for (const [rows, cols] of shapes) {
      const X = drawWithExtremes(rows, cols, "X", precision);
      const Y = drawWithExtremes(rows, cols, "Y", precision);
      const plain = draw(rows, cols, "logits", precision);
      const size = `${rows}×${cols} ${precision}`;
      for (const name of elementwise) {
        note(`${name} of ${size}`, map(name, X, 0.25));
        note(`derivative of ${name} of ${size}`, mapDerivative(name, X, 0.25));
        note(`product with the derivative of ${name} of ${size}`, timesDerivative(name, X, Y, 0.25));
      }
      for (const operation of ["add", "subtract", "hadamard"] as const)
        note(`${operation} ${size}`, combine(operation, X, Y));
      note(
        `scale ${size}`,
        [0.1, -3, 1e-310].map((s) => scaleEntries(X, s)),
      );
      note(`columns of ${size} plus a column`, addToColumns(X, drawWithExtremes(rows, 1, "b", precision)));
      note(`row sums of ${size}`, [sumRows(X), sumRows(plain)]);
      for (const Z of [X, plain]) {
        note(`softmax of ${size}`, [softmaxColumns(Z, false), softmaxColumns(Z, true)]);
        note(`softmax with sums of ${size}`, softmaxWithLogTotals(Z.data, rows, cols));
      }
      note(
        `cross-entropy of ${size}`,
        crossEntropy(plain, oneHot(labels(cols, rows, "labels"), rows, precision)),
      );
    }
}
