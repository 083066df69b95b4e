import type { GradientTable } from "../gradients/compare";
import { shape } from "../matrix";
import type { Cell } from "./table";

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

/** What a check found: a line that says so, and for a failure the numbers in it. */
export interface Outcome {
  readonly ok: boolean;
  readonly detail: string;
}

/** One that has its name too, as `recompute` of lib/sweeps gives it. */
export interface NamedOutcome extends Outcome {
  readonly name: string;
}

/** What a check may be given. */
export type Checkable = boolean | Comparison | GradientTable | Outcome;

/**
 * Compares entry by entry. NaN agrees with nothing, not even with NaN; equal infinities agree.
 * @throws if the two differ in shape or are empty, or the tolerance is negative or not a number
 * @example
 * compare({ value: 0.4372, expected: 0.4378, tolerance: 5e-5 }).detail // "value is 0.4372, expected 0.4378: difference 0.0006, tolerance 0.00005"
 */
export function compare({ value, expected, tolerance }: Comparison): Outcome {
  if (!(tolerance >= 0)) throw new Error(`check: the tolerance is ${tolerance}, it must be 0 or more`);
  const [a, b] = [entries(value, "value"), entries(expected, "expected")];
  if (shapeOf(value) !== shapeOf(expected))
    throw new Error(`check: the value is ${shapeOf(value)}, the expected ${shapeOf(expected)}`);
  if (a.length === 0) throw new Error("check: there is nothing to compare");
  let worst = 0;
  const difference = (k: number) => (a[k] === b[k] ? 0 : Math.abs(a[k] - b[k]));
  for (let k = 1; k < a.length; k++)
    if (!(difference(k) <= difference(worst)) && !Number.isNaN(difference(worst))) worst = k;
  const ok = difference(worst) <= tolerance;
  const within = tolerance === 0 ? "exactly" : `within ${bound(tolerance)}`;
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

/** A bound below 0.001 as powers of ten are read: 1e-5, not 0.00001. */
const bound = (x: number) => (x > 0 && x < 1e-3 ? x.toExponential() : String(x));

function entries(value: Numbers, name: string): ArrayLike<number> {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null)
    throw new Error(`check: ${name} is ${String(value)}, not a number`);
  return "data" in value ? value.data : value;
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

/**
 * What a gradient comparison found; its failures are sentences already.
 * @example
 * gradientOutcome({ rows: [], ok: false, failures: ["W[0,0] is 1, t gives 2"], notes: [], absent: [] }).detail // "W[0,0] is 1, t gives 2"
 */
export function gradientOutcome({ ok, failures }: GradientTable): Outcome {
  return { ok, detail: ok ? "" : failures.join("; ") || "nothing was compared" };
}

/** What the columns of `gradientCells` hold. */
export const gradientHeaders = ["parameter", "entries", "witness", "relative error", "verdict"] as const;

/**
 * The rows as a notebook shows them: the bound that holds instead of the error itself, whose digits, like the place
 * of the largest one, differ between machines for a float32 witness. A row that does not agree names its worst entry.
 * @example
 * const row = { parameter: "W", compared: 4, witness: "TensorFlow.js", relativeError: 3e-7, tolerance: 1e-5, verdict: "agrees" }
 * gradientCells({ rows: [{ ...row, index: [0, 0], hand: 1, other: 1 }], ok: true, failures: [], notes: [], absent: [] })[0] // ["W", 4, "TensorFlow.js", "≤ 1e-5", "agrees"]
 */
export function gradientCells({ rows, absent }: GradientTable): Cell[][] {
  return [
    ...rows.map(({ parameter, compared, witness, relativeError, tolerance, verdict, index, hand, other }) => {
      const place = `at [${index.join(",")}]: ${hand} against ${other}`;
      const within = relativeError <= tolerance;
      return [
        parameter,
        compared,
        witness,
        within ? `≤ ${bound(tolerance)}` : plain(relativeError),
        verdict === "agrees"
          ? verdict
          : verdict === "kink"
            ? "agrees, kinks left out"
            : `${verdict} ${place}`,
      ];
    }),
    ...absent.map(({ witness, reason }) => ["", null, witness, "", `not heard: ${reason}`]),
  ];
}

/**
 * What a check found of anything but a gradient comparison.
 * @throws as `compare`
 * @example
 * outcomeOf(false).detail // "the condition is false"
 * outcomeOf({ ok: true, detail: "the same digits" }).detail // "the same digits"
 * outcomeOf({ value: 1, expected: 1, tolerance: 0 }).detail // "1 exactly"
 */
export function outcomeOf(given: boolean | Comparison | Outcome): Outcome {
  if (typeof given === "boolean") return { ok: given, detail: given ? "" : "the condition is false" };
  return "detail" in given ? given : compare(given);
}

/**
 * Whether a check was given a gradient comparison.
 * @example
 * isGradientTable(true) // false
 */
export const isGradientTable = (value: Checkable): value is GradientTable =>
  typeof value === "object" && value !== null && "rows" in value && "ok" in value;
