import { and, nand, or, xor } from "../../../lib/datasets/logic-gates";
import { rings } from "../../../lib/datasets/rings";
import { standardise } from "../../../lib/datasets/standardise";
import { symmetricEigen } from "../../../lib/eigenvalues";
import { median, medianInterval, wilsonInterval } from "../../../lib/intervals";
import { multiplyTransposeLeft } from "../../../lib/matrix";
import { randomState } from "../../../lib/random";
import { draw, precisions } from "../inputs";
import type { Note } from "../recorder";

/** Data made by formulas, and statistics. */
export function datasetsSection(note: Note): void {
  for (const seed of [0, 42]) note(`rings, seed ${seed}`, rings(randomState(seed), { samples: 301 }));
  note("gates", [and(), or(), nand(), xor()]);
  for (const precision of precisions) {
    const X = draw(4, 60, "X", precision);
    X.data.fill(0.1, 0, 60);
    const standardised = standardise(X);
    const other = draw(4, 5, "other", precision);
    note(`standardised, ${precision}`, [standardised, standardised.apply(other), standardised.invert(other)]);
  }
  for (const n of [1, 2, 9]) {
    const A = draw(n + 3, n, "A");
    note(`eigenvalues of ${n}×${n}`, symmetricEigen(multiplyTransposeLeft(A, A)));
  }
  note(
    "intervals",
    [0, 1, 7, 20].map((successes) => wilsonInterval(successes, 20)),
  );
  note(
    "intervals of medians",
    [6, 20, 57].map((n) => medianInterval(draw(1, n, "values").data)),
  );
  note(
    "medians",
    [1, 6, 57].map((n) => median(draw(1, n, "values").data)),
  );
}
