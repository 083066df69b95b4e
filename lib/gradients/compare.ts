import { type Matrix, shape } from "../matrix";

/** A gradient from another source than the hand-written backward. */
export interface Witness {
  readonly name: string;
  readonly gradient: Matrix;
  /** The largest relative error that counts as agreement. */
  readonly tolerance: number;
  /**
   * Entries count as at least this large: error = |a − b| / max(floor, |a| + |b|). By default half the matrix's
   * largest entry, because an entry that cancels to almost nothing carries the rounding of the large ones.
   */
  readonly floor?: number;
  /** How far entries may be off by rounding or the witness's own method, whatever the tolerance; default 0. */
  readonly uncertainty?: Matrix;
  /** The entries that it gives, as indices into the row-major data; all unless stated. */
  readonly entries?: readonly number[];
  /** Entries at which it crossed a point without a derivative, so that it says nothing there. */
  readonly kinks?: readonly number[];
}

/** A hand-written gradient with its witnesses. */
export interface GradientEntry {
  /** What the gradient belongs to, for example "0.weights". */
  readonly parameter: string;
  /** How a failure calls it, for example "dense.backward: dWeights"; the parameter itself unless stated. */
  readonly subject?: string;
  readonly hand: Matrix;
  readonly witnesses: readonly Witness[];
}

/** What a comparison showed. */
export type GradientVerdict = "agrees" | "differs" | "not a number" | "kink";

/** One gradient against one witness: the entry with the largest relative error. */
export interface GradientRow {
  readonly parameter: string;
  readonly witness: string;
  readonly relativeError: number;
  /** Row and column of the worst entry. */
  readonly index: readonly [number, number];
  readonly hand: number;
  readonly other: number;
  readonly tolerance: number;
  /** Number of entries compared. */
  readonly compared: number;
  readonly verdict: GradientVerdict;
}

/** The comparison of gradients with witnesses. */
export interface GradientTable {
  readonly rows: readonly GradientRow[];
  /** No row differs or is not a number, and where a kink silences one witness another agrees. */
  readonly ok: boolean;
  /** One sentence for each row that is not in order; none where ok. */
  readonly failures: readonly string[];
  /** One sentence for each row in which a witness met kinks, so that it says nothing of some entries, and others do. */
  readonly notes: readonly string[];
  /** Witnesses that could not be heard, with the reason. */
  readonly absent: readonly { readonly witness: string; readonly reason: string }[];
}

/**
 * |a − b| / max(floor, |a| + |b|), in [0, 1]; 0 for two zeros, NaN if a or b is not finite.
 * @example
 * relativeError(0.0404, 0.0808, 0) // ≈ 0.333
 * relativeError(0, 0, 0) // 0
 * relativeError(Infinity, Infinity, 0) // NaN
 */
export function relativeError(a: number, b: number, floor: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.NaN;
  return a === b ? 0 : Math.abs(a - b) / Math.max(floor, Math.abs(a) + Math.abs(b));
}

/**
 * Compares hand-written gradients with their witnesses, one row for each pair, about the worst entry. A NaN or an
 * infinity on either side fails. Entries at a kink are left out and named by the verdict "kink".
 * @throws if a witness has another shape than the hand-written gradient
 * @example
 * const hand = matrix([[0.0884, 0.1768], [0.0404, 0.0808]])
 * const other = matrix([[0.0884, 0.1768], [0.0808, 0.0808]])
 * const witness = { name: "finite differences", gradient: other, tolerance: 1e-7 }
 * const table = gradientTable([{ parameter: "weights", subject: "dense.backward: dWeights", hand, witnesses: [witness] }])
 * table.ok // false
 * table.failures[0] // "dense.backward: dWeights[1,0] is 0.0404, finite differences give 0.0808 (relative error 0.33, tolerance 1e-7)"
 */
export function gradientTable(
  entries: readonly GradientEntry[],
  absent: GradientTable["absent"] = [],
): GradientTable {
  const rows: GradientRow[] = [];
  const failures: string[] = [];
  const notes: string[] = [];
  let ok = entries.length > 0;
  for (const entry of entries) {
    const own = entry.witnesses.map((witness) => compare(entry, witness));
    const allSilent = own.every(({ verdict }) => verdict === "kink");
    own.forEach((row, k) => {
      if (row.verdict === "agrees") return;
      const isNote = row.verdict === "kink" && !allSilent;
      (isNote ? notes : failures).push(sentence(entry, entry.witnesses[k], row));
      if (!isNote) ok = false;
    });
    if (own.length === 0) ok = false;
    if (own.length === 0) failures.push(`${entry.subject ?? entry.parameter}: no witness could be heard`);
    rows.push(...own);
  }
  return { rows, ok, failures, notes, absent };
}

function compare({ parameter, subject = parameter, hand }: GradientEntry, witness: Witness): GradientRow {
  const { name, gradient, tolerance, kinks = [] } = witness;
  if (gradient.rows !== hand.rows || gradient.cols !== hand.cols)
    throw new Error(`${subject} is ${shape(hand)}, ${name} ${give(name)} ${shape(gradient)}`);
  const skipped = new Set(kinks);
  const entries = witness.entries ?? Array.from(hand.data.keys());
  const floor = witness.floor ?? halfOfLargest(hand, gradient, entries);
  let worst = entries.length > 0 ? entries[0] : 0;
  let largest = -1;
  let compared = 0;
  for (const k of entries) {
    if (skipped.has(k)) continue;
    compared += 1;
    const excused = witness.uncertainty?.data[k] || 0;
    const least = excused > 0 ? Math.max(floor, excused / tolerance) : floor;
    const error = relativeError(hand.data[k], gradient.data[k], least);
    if (error > largest || Number.isNaN(error)) [worst, largest] = [k, error];
    if (Number.isNaN(error)) break;
  }
  if (compared === 0 && kinks.length > 0) worst = kinks[0];
  const error = compared === 0 ? Number.NaN : largest;
  return {
    parameter,
    witness: name,
    relativeError: error,
    index: [Math.floor(worst / hand.cols), worst % hand.cols],
    hand: hand.data[worst],
    other: gradient.data[worst],
    tolerance,
    compared,
    verdict: verdict(error, tolerance, compared, kinks.length),
  };
}

function verdict(error: number, tolerance: number, compared: number, kinks: number): GradientVerdict {
  if (compared > 0 && Number.isNaN(error)) return "not a number";
  if (error > tolerance) return "differs";
  return kinks > 0 ? "kink" : compared > 0 ? "agrees" : "not a number";
}

function halfOfLargest(A: Matrix, B: Matrix, entries: readonly number[]): number {
  let largest = 0;
  for (const k of entries)
    for (const { data } of [A, B])
      if (Number.isFinite(data[k])) largest = Math.max(largest, Math.abs(data[k]));
  return largest / 2;
}

function sentence(
  { parameter, subject = parameter, hand }: GradientEntry,
  witness: Witness,
  row: GradientRow,
): string {
  const [a, b] = digitsApart(row.hand, row.other);
  const place = `${subject}[${row.index.join(",")}]`;
  const says = `${witness.name} ${give(witness.name)}`;
  if (row.verdict === "kink") {
    const [i, j] = [Math.floor((witness.kinks ?? [0])[0] / hand.cols), (witness.kinks ?? [0])[0] % hand.cols];
    // from a few values near the point a bend within the step cannot be told from a kink
    const what =
      witness.name === "finite differences" ? "a kink, or too sharp a bend for their step," : "a kink";
    return `${subject}[${i},${j}]: ${witness.name} met ${what} there and ${isPlural(witness.name) ? "say" : "says"} nothing (${witness.kinks?.length} of ${hand.data.length} entries)`;
  }
  if (row.verdict === "not a number") return `${place} is ${a}, ${says} ${b}: not a number to compare`;
  return `${place} is ${a}, ${says} ${b} (relative error ${Number(row.relativeError.toPrecision(2))}, tolerance ${row.tolerance})`;
}

const isPlural = (witness: string) => /(differences|numbers)$/.test(witness);
const give = (witness: string) => (isPlural(witness) ? "give" : "gives");

/**
 * Both numbers with as few significant digits, at least three, as show that they differ.
 * @example
 * digitsApart(0.04041, 0.08082) // ["0.0404", "0.0808"]
 */
export function digitsApart(a: number, b: number): [string, string] {
  for (let digits = 3; digits < 17; digits++) {
    const [x, y] = [Number(a.toPrecision(digits)), Number(b.toPrecision(digits))];
    if (x !== y) return [String(x), String(y)];
  }
  return [String(a), String(b)];
}
