import { shape } from "../matrix";
import type { Cell } from "./table";

/** A row of a gradient comparison, as lib/gradients/compare makes them. */
export interface GradientRow {
  readonly parameter: string;
  readonly witness: string;
  readonly relativeError: number;
  readonly index: readonly [number, number];
  readonly hand: number;
  readonly other: number;
  readonly tolerance: number;
  readonly verdict: string;
}

export interface GradientTable {
  readonly rows: readonly GradientRow[];
  readonly ok: boolean;
}

type Numbers =
  | number
  | ArrayLike<number>
  | { readonly rows: number; readonly cols: number; readonly data: ArrayLike<number> };

/** A value beside what it should be; the tolerance is the largest allowed absolute difference of any entry. */
export interface Comparison {
  readonly value: Numbers;
  readonly expected: Numbers;
  readonly tolerance: number;
}

export type Checkable = boolean | Comparison | GradientTable;

/** What a check found: a line that says so, and for a failure the numbers in it. */
export interface Outcome {
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * Compares entry by entry. NaN agrees with nothing, not even with NaN; equal infinities agree.
 * @throws if the two differ in shape, or the tolerance is negative or not a number
 * @example
 * compare({ value: 0.4372, expected: 0.4378, tolerance: 5e-5 }).detail // "value is 0.4372, expected 0.4378: difference 0.0006, tolerance 0.00005"
 */
export function compare({ value, expected, tolerance }: Comparison): Outcome {
  if (!(tolerance >= 0)) throw new Error(`check: the tolerance is ${tolerance}, it must be 0 or more`);
  const [a, b] = [entries(value), entries(expected)];
  if (shapeOf(value) !== shapeOf(expected))
    throw new Error(`check: the value is ${shapeOf(value)}, the expected ${shapeOf(expected)}`);
  let worst = 0;
  const difference = (k: number) => (a[k] === b[k] ? 0 : Math.abs(a[k] - b[k]));
  for (let k = 1; k < a.length; k++)
    if (!(difference(k) <= difference(worst)) && !Number.isNaN(difference(worst))) worst = k;
  const ok = a.length === 0 || difference(worst) <= tolerance;
  const within = tolerance === 0 ? "exactly" : `within ${tolerance}`;
  if (ok)
    return {
      ok,
      detail: typeof value === "number" ? `${six(value)} ${within}` : `${shapeOf(value)} ${within}`,
    };
  const place = typeof value === "number" ? "" : placeOf(value, worst);
  return {
    ok,
    detail: `value${place} is ${a[worst]}, expected ${b[worst]}: difference ${plain(difference(worst))}, tolerance ${plain(tolerance)}`,
  };
}

const six = (x: number) => String(Number(x.toPrecision(6)));
/** Three significant digits, without an exponent where that is readable. */
const plain = (x: number) => {
  const short = Number(x.toPrecision(3));
  return short !== 0 && short < 1e-6
    ? String(short)
    : Number.isFinite(short)
      ? short.toFixed(12).replace(/\.?0+$/, "")
      : String(short);
};

function entries(value: Numbers): ArrayLike<number> {
  return typeof value === "number" ? [value] : "data" in value ? value.data : value;
}

function shapeOf(value: Numbers): string {
  if (typeof value === "number") return "a number";
  return "data" in value ? shape(value as Parameters<typeof shape>[0]) : `${value.length} numbers`;
}

function placeOf(value: Numbers, k: number): string {
  if (typeof value === "object" && "cols" in value)
    return `[${Math.floor(k / value.cols)},${k % value.cols}]`;
  return `[${k}]`;
}

/** The failing rows of a gradient comparison, one sentence each. */
export function gradientOutcome(table: GradientTable): Outcome {
  const wrong = table.rows.filter((row) => row.verdict !== "agrees");
  if (table.ok) {
    const loosest = Math.max(...table.rows.map((row) => row.tolerance));
    return { ok: true, detail: `${table.rows.length} comparisons, relative errors at most ${loosest}` };
  }
  const sentences = (wrong.length > 0 ? wrong : table.rows).map(
    (row) =>
      `${row.parameter}[${row.index.join(",")}] is ${row.hand}, ${row.witness} gives ${row.other} (relative error ${plain(row.relativeError)}, tolerance ${row.tolerance}): ${row.verdict}`,
  );
  return { ok: false, detail: sentences.join("; ") };
}

export const gradientHeaders = ["parameter", "witness", "relative error", "worst entry", "verdict"] as const;

/**
 * The rows as a notebook shows them: the bound that holds instead of the error itself, whose digits, like the place
 * of the largest one, differ between machines for a float32 witness. Where a row does not agree it gives both values.
 */
export function gradientCells(table: GradientTable): Cell[][] {
  return table.rows.map((row) => {
    const agrees = row.verdict === "agrees";
    const place = `[${row.index.join(",")}]: ${row.hand} against ${row.other}`;
    return [
      row.parameter,
      row.witness,
      agrees ? `≤ ${row.tolerance}` : plain(row.relativeError),
      agrees ? "" : place,
      row.verdict,
    ];
  });
}

export const isGradientTable = (value: Checkable): value is GradientTable =>
  typeof value === "object" && value !== null && "rows" in value && "ok" in value;
