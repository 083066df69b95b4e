import { cutsTo, parsePrinted, roundsTo } from "./printed-number";
import { citationOf } from "./sources";

/**
 * What became of a claim. Of a printed number: "reproduced"; "truncated", right but cut instead of rounded; "slip",
 * wrong from its own printed operands; "carried", right from its printed operands, which carry an earlier slip or their
 * own rounding. Of a formula: "holds" or "false". Of behaviour: "holds", "holds in part", "does not hold", "undecided".
 */
export type Verdict =
  | "reproduced"
  | "truncated"
  | "slip"
  | "carried"
  | "holds"
  | "false"
  | "holds in part"
  | "does not hold"
  | "undecided";

/** One measured part of a claim about behaviour: an interval for a metric, against a threshold. */
export interface MeasuredPart {
  readonly name?: string;
  /** For example the 95 % interval of the metric's mean over the seeds. */
  readonly interval: readonly [low: number, high: number];
  readonly threshold: number;
  /** Whether the claim says that the metric lies above or below the threshold. */
  readonly claimed: "above" | "below";
}

/** One claim of the notes, or of the literature, with our judgement. */
export interface Claim {
  /** "003/1.4/yhat1": note, place, name; of the literature "lit/novikoff-1962/bound": its place is the source. */
  readonly id: string;
  readonly kind: "printed" | "formula" | "behaviour";
  readonly note: string;
  readonly place: string;
  /** Of a claim of the literature the full citation. */
  readonly source?: string;
  /** What the note says, in words or in a formula. */
  readonly statement: string;
  /** The printed number, as printed; of a claim about behaviour what was claimed of the metric. */
  readonly printed?: string;
  readonly ours?: number;
  /** Half a unit of the printed number's last digit. */
  readonly tolerance?: number;
  readonly verdict: Verdict;
  /** Why: the values that were compared and, of printed operands, what they give. */
  readonly arithmetic: string;
  /** Of a claim about behaviour, fixed before the runs: the metric, the number of seeds, the interval's method. */
  readonly metric?: string;
  readonly seeds?: number;
  readonly method?: string;
  /** Of a claim about behaviour: what came out. */
  readonly measured?: readonly MeasuredPart[];
}

/** Where a claim stands. */
export interface ClaimPlace {
  /** "003", or "lit" for a classic result of the literature. */
  readonly note: string;
  /** The section, as "1.4"; of the literature the source, a key of lib/sources, as "novikoff-1962". */
  readonly place: string;
  /** A name unique within the section, as "yhat1"; letters, digits, points and hyphens. */
  readonly name: string;
  readonly statement: string;
}

/** A printed number to judge. */
export interface PrintedClaim extends ClaimPlace {
  readonly printed: string;
  /** The value computed without the note's intermediate roundings. Of a percentage the fraction. */
  readonly ours: number;
  /** The same number computed again from the operands that the note prints beside it. */
  readonly fromPrinted?: {
    /** As text, for the reader: "2.037 / (2.037 + 2.622)". */
    readonly expression: string;
    readonly value: number;
    /** The id of the slip that the operands carry, or "one and other"; without it they carry their own rounding. */
    readonly carries?: string;
  };
}

/**
 * Judges a printed number. In this order: ours rounds to it, "reproduced"; its printed operands give it, "carried";
 * ours cut gives it, "truncated"; otherwise "slip". So a slip is a number that neither exact arithmetic nor the
 * note's own operands explain. Where the operands give it only when cut, it is a slip and the arithmetic says so.
 * "reproduced" from operands that do not give it is right by accident, and "carried" operands may differ from the
 * exact ones by rounding alone: the arithmetic says either.
 * @throws if ours or the recomputed value is not finite
 * @example
 * const place = { note: "003", place: "1.4", statement: "ŷ₁" }
 * const fromPrinted = { expression: "2.037 / (2.037 + 2.622)", value: 2.037 / 4.659 }
 * const claim = judgePrinted({ ...place, name: "yhat1", printed: "0.4378", ours: 0.437203, fromPrinted })
 * claim.id // "003/1.4/yhat1"
 * claim.verdict // "slip"
 * claim.arithmetic // "ours 0.43720; from its printed operands 2.037 / (2.037 + 2.622) = 0.43722, which rounds to 0.4372, not to 0.4378"
 * judgePrinted({ ...place, name: "a", printed: "0.4372", ours: 0.437203 }).verdict // "reproduced"
 */
export function judgePrinted(claim: PrintedClaim): Claim {
  const { printed, ours, fromPrinted } = claim;
  const head = claimHead(claim, "printed");
  for (const [what, value] of [
    ["ours", ours],
    ["the value from the printed operands", fromPrinted?.value ?? 0],
  ] as const)
    if (!Number.isFinite(value)) throw new Error(`judgePrinted: ${head.id}: ${what} is ${value}`);
  const { tolerance } = parsePrinted(printed);
  const record = (verdict: Verdict, arithmetic: string): Claim => ({
    ...head,
    printed,
    ours,
    tolerance,
    verdict,
    arithmetic,
  });

  const own = `ours ${withDigits(ours, printed, 1)}`;
  const value = withDigits(fromPrinted?.value ?? 0, printed, 1);
  const again = fromPrinted && `from its printed operands ${fromPrinted.expression} = ${value}`;
  const explained = fromPrinted !== undefined && roundsTo(fromPrinted.value, printed);
  if (roundsTo(ours, printed))
    return record("reproduced", again && !explained ? `${own}, by accident: ${again}` : own);
  if (explained) {
    const { carries } = fromPrinted;
    const why = carries ? `the slip${carries.includes(" and ") ? "s" : ""} ${carries}` : "their own rounding";
    return record("carried", `${own}; ${again}; they carry ${why}`);
  }
  const rounded = `${own}, which rounds to ${withDigits(ours, printed, 0)}`;
  if (cutsTo(ours, printed)) return record("truncated", `${rounded} and was cut`);
  if (!fromPrinted) return record("slip", `${rounded}, not to ${printed}`);
  const cut = cutsTo(fromPrinted.value, printed) ? `, cut to ${printed}` : `, not to ${printed}`;
  return record(
    "slip",
    `${own}; ${again}, which rounds to ${withDigits(fromPrinted.value, printed, 0)}${cut}`,
  );
}

/** The number with as many decimals as the printed one has, and `more`; a percentage as one. */
function withDigits(x: number, printed: string, more: number): string {
  const percent = printed.trim().endsWith("%");
  const decimals = parsePrinted(printed).decimals + more;
  return percent
    ? `${(100 * x).toFixed(Math.max(0, decimals - 2))}%`
    : x.toFixed(Math.min(100, Math.max(0, decimals)));
}

/** A formula to judge. */
export interface FormulaClaim extends ClaimPlace {
  /** Whether it held wherever it was tried: for example `table.ok` of a comparison with witnesses. */
  readonly holds: boolean;
  /** Where it was tried, for example "20 random matrices, finite differences and TensorFlow". */
  readonly tried: string;
  /** Of a formula that does not hold: an input with what the formula gives and what is right. */
  readonly counterexample?: string;
}

/**
 * Judges a formula: "holds" or "false".
 * @throws if it is false and no counterexample is given
 * @example
 * const claim = { note: "003", place: "2.3", name: "diagonal", statement: "∂aᵢ/∂zᵢ = aᵢ(1 − aᵢ)", tried: "3 random z" }
 * judgeFormula({ ...claim, holds: true }).verdict // "holds"
 * judgeFormula({ ...claim, holds: false }) // throws /needs a counterexample/
 */
export function judgeFormula(claim: FormulaClaim): Claim {
  const { holds, tried, counterexample } = claim;
  const head = claimHead(claim, "formula");
  if (!holds && !counterexample)
    throw new Error(`judgeFormula: ${head.id} is false and needs a counterexample`);
  const arithmetic = holds ? `tried on ${tried}` : `tried on ${tried}; counterexample: ${counterexample}`;
  return { ...head, verdict: holds ? "holds" : "false", arithmetic };
}

/**
 * What every claim's record begins with.
 * @throws if the id is not of the form note/place/name, or a claim of the literature has an unknown source
 * @example
 * claimHead({ note: "003", place: "2", name: "L", statement: "the loss" }, "printed").id // "003/2/L"
 * claimHead({ note: "lit", place: "novikoff-1962", name: "bound", statement: "" }, "formula").source // "A. B. J. Novikoff, On convergence proofs on perceptrons, Proc. Symp. Math. Theory of Automata 12 (1962) 615–622"
 */
export function claimHead<Kind extends Claim["kind"]>(claim: ClaimPlace, kind: Kind) {
  const { note, place, statement } = claim;
  const source = note === "lit" ? { source: citationOf(place) } : {};
  return { id: claimId(claim), kind, note, place, statement, ...source };
}

/**
 * The id of a claim.
 * @throws if it is not of the form note/place/name
 * @example
 * claimId({ note: "003", place: "1.4", name: "yhat1", statement: "" }) // "003/1.4/yhat1"
 * claimId({ note: "lit", place: "novikoff-1962", name: "bound", statement: "" }) // "lit/novikoff-1962/bound"
 * claimId({ note: "3", place: "1.4", name: "yhat1", statement: "" }) // throws /not of the form/
 */
export function claimId({ note, place, name }: ClaimPlace): string {
  const id = `${note}/${place}/${name}`;
  if (!/^(\d{3}|lit)\/[^\s/]+\/[\w.-]+$/.test(id))
    throw new Error(`claims: the id "${id}" is not of the form note/place/name, as 003/1.4/yhat1`);
  return id;
}
