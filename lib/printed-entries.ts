import { type Claim, judgePrinted } from "./claims";
import { evaluateExpression } from "./gradients/symbolic";
import { column, type Matrix, shape } from "./matrix";

/** A printed number, column or matrix, to be judged entry by entry. */
export interface PrintedEntries {
  readonly note: string;
  readonly place: string;
  /** "dW2": its entries are called dW2-11, dW2-12, …; those of a column dW2-1, dW2-2, …; a number's has no index. */
  readonly name: string;
  /** "∂L/∂W²": entries get an index in the same way, ∂L/∂W²₁₂. */
  readonly statement: string;
  /** The entries as printed, row by row. */
  readonly printed: readonly string[];
  /** The values computed without the note's roundings. */
  readonly ours: Matrix | number;
  /** For each entry the expression in printed numbers that it stands for, as mathjs reads it: "0.5 * 0.4621". */
  readonly operands?: readonly string[];
  /** The id of the slip that the operands carry: one for all, or one for each (or none: undefined). */
  readonly carries?: string | readonly (string | undefined)[];
}

/**
 * One claim for each entry of a printed number, column or matrix, judged by judgePrinted. What the printed operands
 * give is computed from their expression.
 * @throws if there are not as many printed entries, or expressions, as entries
 * @example
 * const place = { note: "003", place: "3.1", name: "dW2", statement: "∂L/∂W²", ours: matrix([[-0.26008, -0.45052]]) }
 * const operands = ["-0.5622 * 0.4621", "-0.5622 * 0.8005"]
 * const claims = judgeEntries({ ...place, printed: ["-0.260", "-0.450"], operands })
 * claims.map(({ id }) => id) // ["003/3.1/dW2-11", "003/3.1/dW2-12"]
 * claims[1].statement // "∂L/∂W²₁₂"
 * claims[1].verdict // "carried"
 * claims[1].arithmetic // "ours -0.4505; from its printed operands −0.5622 · 0.8005 = -0.4500; they carry their own rounding"
 * judgeEntries({ ...place, printed: ["-0.260"] }) // throws /1 printed entries for a 1×2 matrix/
 */
export function judgeEntries(claim: PrintedEntries): Claim[] {
  const { note, place, name, statement, printed, operands, carries } = claim;
  const ours = typeof claim.ours === "number" ? column([claim.ours]) : claim.ours;
  for (const [what, list] of [
    ["printed entries", printed],
    ["expressions", operands ?? printed],
  ] as const)
    if (list.length !== ours.data.length)
      throw new Error(
        `judgeEntries: ${note}/${place}/${name}: ${list.length} ${what} for a ${shape(ours)} matrix`,
      );
  return printed.map((text, k) => {
    const index = typeof claim.ours === "number" ? "" : indexOf(ours, k);
    const slip = typeof carries === "string" ? carries : carries?.[k];
    return judgePrinted({
      note,
      place,
      name: index ? `${name}-${index}` : name,
      statement: `${statement}${subscript(index)}`,
      printed: text,
      ours: ours.data[k],
      fromPrinted: operands && {
        expression: asWritten(operands[k]),
        value: evaluateExpression(operands[k], {}),
        ...(slip ? { carries: slip } : {}),
      },
    });
  });
}

/** Counted from 1, as in formulas. */
function indexOf({ cols }: Matrix, k: number): string {
  return cols === 1 ? String(k + 1) : `${Math.floor(k / cols) + 1}${(k % cols) + 1}`;
}

const subscript = (digits: string) => [...digits].map((d) => "₀₁₂₃₄₅₆₇₈₉"[Number(d)]).join("");

/** An expression for readers: · for *, − for -. */
const asWritten = (expression: string) => expression.replaceAll(" * ", " · ").replaceAll("-", "−");
