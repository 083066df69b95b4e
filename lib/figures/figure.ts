/** A JSON value, as far as figures need it. */
export type Json = unknown;

/**
 * A figure as a value: Plotly traces, a Plotly layout, and a text that says what is to be seen.
 * The text is computed from the same data and serves as alternative text wherever no picture can be shown.
 */
export interface Figure {
  readonly data: readonly { readonly [attribute: string]: Json }[];
  readonly layout: { readonly [attribute: string]: Json };
  readonly text: string;
  /** The steps of an animation, each with what it changes; the figure itself is the last of them (frames.ts). */
  readonly frames?: readonly FigureFrame[];
  /** What a static drawing shows in place of the figure, for example some of its frames side by side. */
  readonly still?: { readonly data: Figure["data"]; readonly layout: Figure["layout"] };
}

/** One step of an animation, as Plotly stores it: `data` holds what changes of the traces with the numbers `traces`. */
export interface FigureFrame {
  readonly name: string;
  readonly data: Figure["data"];
  readonly traces: readonly number[];
  readonly layout?: Figure["layout"];
}

/**
 * x rounded to six significant digits, the precision of every number in a figure: finer than a pixel, small in a
 * file, and deaf to a last digit. NaN and ±Infinity become null, which Plotly draws as a gap.
 * @example
 * sixDigits(2 / 3) // 0.666667
 * sixDigits(123456789) // 123457000
 * sixDigits(Number.NaN) // null
 */
export function sixDigits(x: number): number | null {
  return Number.isFinite(x) ? Number(x.toPrecision(6)) : null;
}

/**
 * The numbers of a list, each by `sixDigits`.
 * @example
 * rounded([0.1 + 0.2, Number.POSITIVE_INFINITY]) // [0.3, null]
 */
export function rounded(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, sixDigits);
}

/**
 * A number as words and axes show it: up to four significant digits, without needless zeros.
 * @example
 * brief(0.0123456) // "0.01235"
 * brief(60000) // "60000"
 * brief(1.5e-9) // "1.5e-9"
 */
export function brief(x: number): string {
  return Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : String(Number(x.toPrecision(4)));
}

/**
 * A share of a whole in per cent, with two decimals.
 * @example
 * percent(0.97426) // "97.43 %"
 */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/**
 * A count with its noun.
 * @example
 * counted(1, "epoch") // "1 epoch"
 * counted(2, "class", "classes") // "2 classes"
 */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/**
 * A list of values laid out row by row, in the compact form that Plotly reads: base64 of little-endian float32 (or
 * of bytes). A stored notebook puts every element of an ordinary list on a line of its own, five times the size.
 * @throws if the number of values is not rows × cols
 * @example
 * packed([0, 0.5], 1, 2, "f4") // { dtype: "f4", bdata: "AAAAAAAAAD8=", shape: "1, 2" }
 */
export function packed(values: ArrayLike<number>, rows: number, cols: number, dtype: "f4" | "u1") {
  if (values.length !== rows * cols)
    throw new Error(`packed: ${values.length} values do not fill ${rows} rows of ${cols}`);
  const bytes = Buffer.alloc(values.length * (dtype === "f4" ? 4 : 1));
  for (let k = 0; k < values.length; k++)
    if (dtype === "f4") bytes.writeFloatLE(values[k], 4 * k);
    else bytes.writeUInt8(Math.round(values[k]), k);
  return { dtype, bdata: bytes.toString("base64"), shape: `${rows}, ${cols}` };
}

/**
 * Text broken into lines of at most `width` characters where words allow it, joined by the <br> that Plotly reads:
 * Plotly itself cuts a long title off on a narrow screen.
 * @example
 * wrapped("one two three", 8) // "one two<br>three"
 */
export function wrapped(text: string, width = 42): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("<br>");
}
