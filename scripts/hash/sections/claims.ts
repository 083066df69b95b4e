import { judgeBehaviour } from "../../../lib/behaviour-claims";
import { claimHead, claimId, judgeFormula, judgePrinted } from "../../../lib/claims";
import { cutsTo, parsePrinted, roundsTo } from "../../../lib/printed-number";
import { uniforms } from "../inputs";
import type { Note } from "../recorder";

const place = { note: "003", place: "1.4", name: "one", statement: "ŷ₁" };

/** Verdicts on printed numbers, which hang on how numbers are rounded, cut and written. */
export function claimsSection(note: Note): void {
  const numbers = uniforms("numbers", 300);
  const printed = Array.from(numbers, (x, k) =>
    k % 5 === 0 ? `${(100 * x).toFixed(1)}%` : x.toFixed(k % 5),
  );
  note(
    "printed",
    printed.map((text, k) => [
      text,
      parsePrinted(text),
      roundsTo(numbers[k], text),
      cutsTo(numbers[k], text),
    ]),
  );
  const ours = Array.from(numbers, (x, k) => x + (k % 3 === 0 ? 0.01 * numbers[k >> 1] : 0));
  note(
    "verdicts",
    printed.map((text, k) => judgePrinted({ ...place, printed: text, ours: ours[k] })),
  );
  const fromPrinted = { expression: "2.037 / (2.037 + 2.622)", value: 2.037 / 4.659 };
  note("from operands", judgePrinted({ ...place, printed: "0.4378", ours: 0.437203, fromPrinted }));
  note("formula", [claimId(place), judgeFormula({ ...place, holds: true, tried: "3 random z" })]);
  const parts = [{ interval: [0.1, 0.3] as const, threshold: 0.2, claimed: "above" as const }];
  const classic = {
    note: "lit",
    place: "novikoff-1962",
    name: "bound",
    statement: "at most (R/γ)² mistakes",
  };
  note("literature", [claimId(classic), claimHead(classic, "printed")]);
  note("behaviour", judgeBehaviour({ ...place, metric: "epochs", method: "t", seeds: 20, parts }));
}
