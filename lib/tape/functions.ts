import type { Activation } from "../activations";
import { cos as cosine, exp as exponential, log as logarithm, pow, sin as sine } from "../kernels/functions";
import { mapEntries } from "../matrix-entries";
import { entries, entrywiseRule } from "./rules";
import type { Operation } from "./variable";

/** A function of one number at every entry, with its derivative at x, where y is its value. */
function elementwise(
  name: string,
  f: (x: number) => number,
  factor: (y: string, x: string) => string,
  derivative: (x: number, y: number) => number,
  perEntry: number,
): Operation {
  return {
    name,
    symbol: name,
    expression: (x) => `${name}(${x})`,
    forward: (X) => mapEntries(X, f),
    cost: entries,
    derivatives: [
      entrywiseRule(
        0,
        factor,
        (Y, X) => mapEntries(X, (x, i, j) => derivative(x, Y.data[i * Y.cols + j])),
        perEntry,
      ),
    ],
  };
}

/**
 * Y = eˣ at every entry: dX = dY ⊙ Y.
 * @example
 * exp.forward(matrix([[0]])) // matrix([[1]])
 */
export const exp = elementwise(
  "exp",
  exponential,
  (y) => y,
  (_x, y) => y,
  0,
);

/**
 * Y = ln x at every entry: dX = dY ⊙ 1/X.
 * @example
 * log.forward(matrix([[2]])).data[0] // ≈ 0.69314718
 */
export const log = elementwise(
  "ln",
  logarithm,
  (_y, x) => `1 / ${x}`,
  (x) => 1 / x,
  1,
);

/**
 * Y = sin x at every entry, in radians: dX = dY ⊙ cos X.
 * @example
 * sin.forward(matrix([[5]])).data[0] // ≈ -0.9589243
 */
export const sin = elementwise("sin", sine, (_y, x) => `cos(${x})`, cosine, 1);

/**
 * Y = cos x at every entry, in radians: dX = dY ⊙ (−sin X).
 * @example
 * cos.forward(matrix([[0]])) // matrix([[1]])
 */
export const cos = elementwise(
  "cos",
  cosine,
  (_y, x) => `−sin(${x})`,
  (x) => -sine(x),
  2,
);

/**
 * Y = √x at every entry: dX = dY ⊙ 1/(2Y), infinite at 0.
 * @example
 * sqrt.forward(matrix([[9]])) // matrix([[3]])
 */
export const sqrt = elementwise(
  "sqrt",
  Math.sqrt,
  (y) => `1 / (2 ${y})`,
  (_x, y) => 1 / (2 * y),
  2,
);

/**
 * Y = |x| at every entry: dX = dY ⊙ sign X, with sign 0 = 0 (where there is no derivative).
 * @example
 * abs.forward(matrix([[-2, 3]])) // matrix([[2, 3]])
 */
export const abs = elementwise("abs", Math.abs, (_y, x) => `sign(${x})`, Math.sign, 1);

/**
 * Y = xⁿ at every entry, n whole: dX = dY ⊙ n Xⁿ⁻¹.
 * @throws if n is not a whole number
 * @example
 * power(3).forward(matrix([[-2]])) // matrix([[-8]])
 * power(0.5) // throws /power: the exponent is 0.5/
 */
export function power(n: number): Operation {
  if (!Number.isInteger(n))
    throw new Error(
      `power: the exponent is ${n} (it must be a whole number; sqrt, exp and log do the others)`,
    );
  const derivative = n === 0 ? () => 0 : (x: number) => n * pow(x, n - 1);
  const factor = (x: string) =>
    n === 0 ? "0" : n === 1 ? "1" : n === 2 ? `2 ${x}` : `${n} ${x}${superscript(n - 1)}`;
  return {
    ...elementwise(
      "power",
      (x) => pow(x, n),
      (_y, x) => factor(x),
      derivative,
      2,
    ),
    symbol: `x${superscript(n)}`,
    expression: (x) => `${x}${superscript(n)}`,
  };
}

function superscript(n: number): string {
  return [...String(n)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
}

/**
 * A = φ(Z) for an activation of lib/activations: dZ = dA ⊙ φ′(Z); at its kinks φ′ is what the activation says.
 * @example
 * import { relu } from "../activations"
 * activate(relu).forward(matrix([[-1, 2]])) // matrix([[0, 2]])
 * activate(relu).derivatives[0].pulled("A", "Z") // "dA ⊙ relu′(Z)"
 */
export function activate(activation: Activation): Operation {
  const { name } = activation;
  return {
    name,
    symbol: name,
    expression: (z) => `${name}(${z})`,
    forward: (Z) => activation.apply(Z),
    cost: entries,
    derivatives: [
      entrywiseRule(
        0,
        (_a, z) => `${name}′(${z})`,
        (_A, Z) => activation.derivativeAt(Z),
        1,
      ),
    ],
  };
}
