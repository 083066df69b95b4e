/** How a newly made reference differs from the committed one. */
export interface Comparison {
  /** What cannot be explained by rounding: the first such place, with both values. */
  readonly difference?: string;
  /** The largest |new − old| / max(1, |old|) of all numbers, and where. */
  readonly largest: number;
  readonly place: string;
}

/** The packages that made a file are named in it; they may differ. */
const INFORMATION = new Set(["numpy", "scipy", "mpmath", "torch"]);

/**
 * Compares two JSON values: structure, texts and whole numbers must be equal, other numbers may differ by rounding
 * (another processor, another BLAS), at most by the tolerance.
 * @example
 * compareReferences({ a: [1, 0.5] }, { a: [1, 0.5 + 1e-15] }, 1e-12).difference // undefined
 * compareReferences({ a: [1, 0.5] }, { a: [1, 0.6] }, 1e-12).difference // "a[1]: committed 0.5, now 0.6"
 */
export function compareReferences(committed: unknown, now: unknown, tolerance: number): Comparison {
  let difference: string | undefined;
  let largest = 0;
  let place = "";

  function differ(where: string, a: unknown, b: unknown): void {
    difference ??= `${where || "the whole"}: committed ${brief(a)}, now ${brief(b)}`;
  }

  function visit(a: unknown, b: unknown, where: string): void {
    if (typeof a === "number" && typeof b === "number") {
      const distance = Math.abs(b - a) / Math.max(1, Math.abs(a));
      const whole = Number.isInteger(a) && Number.isInteger(b);
      if (!(distance <= (whole ? 0 : tolerance))) differ(where, a, b);
      if (distance > largest) [largest, place] = [distance, where];
    } else if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) differ(where, `${a.length} entries`, `${b.length} entries`);
      else for (let i = 0; i < a.length; i++) visit(a[i], b[i], `${where}[${i}]`);
    } else if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        if (!INFORMATION.has(key)) visit(a[key], b[key], where ? `${where}.${key}` : key);
    } else if (a !== b) differ(where, a, b);
  }

  visit(committed, now, "");
  return { difference, largest, place };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === undefined ? "nothing" : text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
