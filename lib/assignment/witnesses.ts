import type { GradientTable } from "../gradients/compare";
import { gradientCells, gradientHeaders } from "../notebook/check";
import type { Display } from "../notebook/display";
import { checkFailed } from "../notebook/failures";
import { jupyterDisplay } from "../notebook/jupyter-display";
import { tableBundle } from "../notebook/table";

/**
 * Shows a gradient beside its witnesses, for the hidden tests of a source notebook.
 * @throws CheckFailed with the failures if they do not agree
 * @example
 * const table = { rows: [], ok: false, failures: ["dW[0,0] is 1, TensorFlow gives 2"], notes: [], absent: [] }
 * showWitnesses("denseBackward", table, () => {}) // throws /dW\[0,0\] is 1, TensorFlow gives 2/
 */
export function showWitnesses(
  subject: string,
  table: GradientTable,
  display: Display = jupyterDisplay(),
): void {
  display(tableBundle(gradientHeaders, gradientCells(table), { caption: `${subject}, by its witnesses` }));
  if (!table.ok) throw checkFailed(subject, table.failures.join("; ") || "nothing was compared");
}
