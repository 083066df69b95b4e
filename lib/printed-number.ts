/** A printed number as a number, with half a unit of its last digit. */
export interface PrintedNumber {
  readonly value: number;
  readonly decimals: number;
  readonly tolerance: number;
}

/**
 * The value of a printed number and half a unit of its last printed digit. "97%" is 0.97 ± 0.005.
 * @throws if the text is not one decimal number, optionally with a sign, an exponent or a per cent sign
 * @example
 * parsePrinted("-0.0884").tolerance // 0.00005
 * parsePrinted("97%") // { value: 0.97, decimals: 2, tolerance: 0.005 }
 * parsePrinted("1.50e-3") // { value: 0.0015, decimals: 5, tolerance: 0.000005 }
 * parsePrinted("about 3") // throws /"about 3" is not a number/
 */
export function parsePrinted(printed: string): PrintedNumber {
  const match = /^([-+−]?)(\d+)(?:\.(\d*))?(?:e([-+−]?\d+))?\s*(%?)$/i.exec(printed.trim());
  if (!match) throw new Error(`parsePrinted: "${printed}" is not a number as it would be printed`);
  const [, sign, whole, fraction = "", exponent = "0", percent] = match;
  const power = Number(exponent.replace("−", "-")) - (percent ? 2 : 0);
  const decimals = fraction.length - power;
  // Number() rounds a decimal text correctly, which a multiplication by a power of ten does not
  const value = Number(`${sign === "" || sign === "+" ? "" : "-"}${whole}.${fraction}e${power}`);
  return { value, decimals, tolerance: Number(`5e${-decimals - 1}`) };
}

/**
 * Whether a number, rounded to the printed digits, gives the printed number: |x − printed| ≤ half a unit of its last
 * digit. A tie counts either way, and so does a tie that rounding in float64 has moved by a few units of 2⁻⁵².
 * @example
 * roundsTo(0.46212, "0.4621") // true
 * roundsTo(0.46216, "0.4621") // false
 * roundsTo(0.255, "0.26") // true
 */
export function roundsTo(x: number, printed: string): boolean {
  const { value, tolerance } = parsePrinted(printed);
  return Math.abs(x - value) <= tolerance + rounding(x, value);
}

/**
 * Whether a number, cut after the printed digits, gives the printed number, while rounding would not.
 * @example
 * cutsTo(0.71156, "0.711") // true
 * cutsTo(0.71146, "0.711") // false
 * cutsTo(-0.71156, "-0.711") // true
 */
export function cutsTo(x: number, printed: string): boolean {
  const { value, tolerance } = parsePrinted(printed);
  const beyond = value < 0 || (value === 0 && x < 0) ? value - x : x - value;
  return !roundsTo(x, printed) && beyond > 0 && beyond < 2 * tolerance - rounding(x, value);
}

/** What float64 may have moved in x, value and their difference. */
function rounding(x: number, value: number): number {
  return 4 * Number.EPSILON * Math.max(Math.abs(x), Math.abs(value));
}
