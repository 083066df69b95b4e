import { type Matrix, shape } from "../matrix";
import { tangentName } from "../tape/rules";
import type { Sweep, Variable } from "../tape/variable";
import { brief, sixDigits } from "./figure";
import type { Point } from "./graph-layout";
import { classes, ink } from "./theme";

/** In px: the height of a node's box, and of a line of text above or below it. */
export const box = 24;
/** In px. */
export const textLine = 14;
/** Beyond so many characters a label of a deep graph is broken into two lines. */
const shortLabel = 11;

/** The lines of text above and below a node's box. */
export interface NodeLabel {
  readonly over: readonly string[];
  readonly under: readonly string[];
}

/**
 * A number with so many significant digits; a matrix by its shape.
 * @example
 * inShort(matrix([[0.123456]]), 3) // "0.123"
 * inShort(matrix([[1, 2]])) // "1×2"
 */
export function inShort(X: Matrix, digits = 4): string {
  return X.data.length === 1 ? brief(Number(X.data[0].toPrecision(digits))) : shape(X);
}

/**
 * What a sweep found for a variable: "dx = 6"; of a matrix only its name, of what the sweep left out nothing.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const y = t.power(t.input("x", 3), 2)
 * sweptText(t.variable("x"), t.backward(y)) // ["dx = 6"]
 */
export function sweptText({ name, index }: Variable, { kind, list }: Sweep, digits = 4): string[] {
  const found = list[index];
  if (found === undefined) return [];
  const symbol = kind === "adjoint" ? `d${name}` : tangentName(name);
  return [found.data.length === 1 ? `${symbol} = ${inShort(found, digits)}` : symbol];
}

/**
 * Name and value of a variable, and what sweeps found for it. Inputs and constants have their names in their boxes.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const y = t.exp(t.input("x", 0))
 * nodeLabel(y, [t.backward(y)], { values: true, deep: false }) // { over: ["v1 = 1"], under: ["dv1 = 1"] }
 */
export function nodeLabel(
  variable: Variable,
  sweeps: readonly Sweep[],
  { values, deep }: { values: boolean; deep: boolean },
): NodeLabel {
  const digits = deep ? 3 : 4;
  const lines = (texts: string[]) => texts.flatMap((text) => (deep ? broken(text) : [text]));
  return {
    over: lines(overBox(variable, values ? inShort(variable.value, digits) : undefined)),
    under: lines(sweeps.flatMap((sweep) => sweptText(variable, sweep, digits))),
  };
}

function overBox({ kind, name, value: X }: Variable, value: string | undefined): string[] {
  if (kind !== "operation") return value === undefined || value === name ? [] : [value];
  if (value === undefined) return [name];
  return [X.data.length === 1 ? `${name} = ${value}` : `${name}: ${value}`];
}

function broken(text: string): string[] {
  return [...text].length <= shortLabel ? [text] : text.replace(" = ", " =\n").split("\n");
}

const looks = {
  input: { bgcolor: classes[0].tint, bordercolor: classes[0].colour },
  constant: { bgcolor: "#FFFFFF", bordercolor: "#B8B8B8" },
  operation: { bgcolor: "#F2F2F2", bordercolor: "#8A8A8A" },
};

/** What stands in a node's box: an operation's symbol, or a name. */
function inBox({ kind, name, operation, inputs }: Variable): string {
  if (kind !== "operation" || operation === null) return name;
  const ofNumbers = inputs.every(({ value }) => value.data.length === 1);
  return operation.name === "hadamard" && !ofNumbers ? "⊙" : operation.symbol;
}

/**
 * A node as Plotly's annotations: its box, which fits its text, and the labels above and below.
 * @example
 * import { tape } from "../tape"
 * const notes = nodeNotes(tape().input("x", 2), { x: 0, y: 0 }, { over: ["2"], under: [] }, false)
 * notes.map(({ text }) => text) // ["x", "2"]
 */
export function nodeNotes(variable: Variable, { x, y }: Point, { over, under }: NodeLabel, deep: boolean) {
  const at = { x, y: sixDigits(y), showarrow: false };
  const symbol = inBox(variable);
  const label = (lines: readonly string[], place: { yshift: number; yanchor: "bottom" | "top" }) =>
    lines.length === 0 ? [] : [{ ...at, ...place, text: lines.join("<br>"), font: { size: deep ? 10 : 11 } }];
  const size = [...symbol].length <= 4 ? 13 : deep ? 10 : 11;
  return [
    {
      ...at,
      text: symbol,
      ...looks[variable.kind],
      borderpad: 3,
      borderwidth: 1.5,
      font: { size, color: ink },
    },
    ...label(over, { yshift: box / 2, yanchor: "bottom" }),
    ...label(under, { yshift: -box / 2, yanchor: "top" }),
  ];
}
