import type { Activation } from "../activations";
import { NoCounterpart } from "./no-counterpart";

/** A matrix of expressions, row by row. */
export type Formulas = readonly (readonly string[])[];

/** More characters times derivatives are left to the other witnesses: these take mathjs about a second. */
export const mostCharacters = 60_000;

/**
 * The expression, if it is not too long.
 * @throws NoCounterpart if it is
 * @example
 * expectShort("a + b") // "a + b"
 */
export function expectShort(formula: string): string {
  if (formula.length > mostCharacters)
    throw new NoCounterpart(`a formula of more than ${mostCharacters} characters is too much for mathjs`);
  return formula;
}

const sumOf = (terms: readonly string[]) => `(${terms.join(" + ")})`;

/**
 * Each row shifted by its mean and divided by the root of its variance plus ε, as expressions. With a `mean` and a
 * `variance` for each row, by those.
 * @throws NoCounterpart if a mean or a variance is too long an expression
 * @example
 * normalizedRows([["a", "b"]], 0.5, { mean: ["c"], variance: ["d"] }) // [["((a - c) / sqrt(d + 0.5))", "((b - c) / sqrt(d + 0.5))"]]
 * normalizedRows([["a", "b"]], 0.5)[0][0] // "((a - (a + b) / 2) / sqrt(((a - (a + b) / 2)^2 + (b - (a + b) / 2)^2) / 2 + 0.5))"
 */
export function normalizedRows(
  A: Formulas,
  epsilon: number,
  statistics?: { readonly mean: readonly string[]; readonly variance: readonly string[] },
): Formulas {
  return A.map((row, i) => {
    const mean = statistics?.mean[i] ?? expectShort(`${sumOf(row)} / ${row.length}`);
    const squares = row.map((a) => `(${a} - ${mean})^2`);
    const variance = statistics?.variance[i] ?? expectShort(`${sumOf(squares)} / ${row.length}`);
    return row.map((a) => `((${a} - ${mean}) / sqrt(${variance} + ${epsilon}))`);
  });
}

/**
 * Each row times its gain plus its shift, as expressions.
 * @example
 * gainAndShift([["a", "b"]], [["g"]], [["s"]]) // [["(g * a + s)", "(g * b + s)"]]
 */
export function gainAndShift(A: Formulas, gain: Formulas, shift: Formulas): Formulas {
  return A.map((row, i) => row.map((a) => `(${gain[i][0]} * ${a} + ${shift[i][0]})`));
}

/**
 * Rows as columns.
 * @example
 * transposed([["a", "b"]]) // [["a"], ["b"]]
 */
export function transposed(A: Formulas): Formulas {
  return A[0].map((_, j) => A.map((row) => row[j]));
}

/**
 * A + B, as expressions.
 * @example
 * sumOfFormulas([["a"]], [["b"]]) // [["(a + b)"]]
 */
export function sumOfFormulas(A: Formulas, B: Formulas): Formulas {
  return A.map((row, i) => row.map((a, j) => `(${a} + ${B[i][j]})`));
}

/**
 * An activation of an expression: its formula with the variable z replaced.
 * @throws NoCounterpart if it has none
 * @example
 * import { tanh } from "../activations"
 * activationFormula(tanh, "w * x") // "(tanh((w * x)))"
 */
export function activationFormula({ name, formula }: Activation, z: string): string {
  if (!formula) throw new NoCounterpart(`the activation "${name}" has no formula`);
  return `(${formula.replace(/\bz\b/g, `(${z})`)})`;
}
