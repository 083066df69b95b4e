import { type Matrix, shape, toArrays } from "../matrix";
import type { Tape } from "../tape";
import { tangentName } from "./rules";
import { equation } from "./sweeps";
import type { Sweep, Variable } from "./variable";

/** A table: headers, and rows with a cell for each. */
export interface Listing {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * A tape line by line: each variable, how it was computed, its value, the local derivatives by its inputs, and what
 * sweeps found for it. Between numbers a local derivative is a number; between matrices it is given by what it makes of
 * the adjoint of the output. Constants have no line of their own.
 * @param sweeps results of `backward` and `tangents`, a column for each
 * @throws if a sweep has not a place for each line of the tape
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const y = t.name("y", t.power(t.input("x", 3), 2))
 * const { headers, rows } = listing(t, t.backward(y))
 * headers // ["variable", "computed as", "value", "local derivatives", "adjoint"]
 * rows[0] // ["x", "input", 3, "", 6]
 * rows[1] // ["y", "x²", 9, "∂y/∂x = 2 x = 6", 1]
 */
export function listing(t: Tape, ...sweeps: readonly Sweep[]): Listing {
  for (const { kind, list } of sweeps)
    if (list.length !== t.variables.length)
      throw new Error(
        `listing: ${kind}s of ${list.length} lines for a tape of ${t.variables.length} (sweep again after recording)`,
      );
  const rows = t.variables
    .filter(({ kind }) => kind !== "constant")
    .map((variable) => [
      variable.name,
      variable.kind === "input" ? "input" : computedAs(variable),
      shown(variable.value),
      localDerivatives(variable).join("; "),
      ...sweeps.map(({ list }) => shown(list[variable.index])),
    ]);
  return {
    headers: ["variable", "computed as", "value", "local derivatives", ...sweeps.map(({ kind }) => kind)],
    rows,
  };
}

/**
 * The right-hand side of a variable's equation; between numbers ⊙ is written as a dot.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * computedAs(t.hadamard(t.input("a", 2), 3)) // "a · 3"
 */
export function computedAs(variable: Variable): string {
  return plain(variable, equation(variable).replace(`${variable.name} = `, ""));
}

/**
 * The local derivatives of a line, one text for each input that derivatives are taken by.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * localDerivatives(t.hadamard(t.input("a", 2), t.input("b", 5))) // ["∂v1/∂a = b = 5", "∂v1/∂b = a = 2"]
 * localDerivatives(t.transpose(t.input("A", matrix([[1, 2]])))) // ["dA = dv2ᵀ"]
 */
export function localDerivatives(variable: Variable): string[] {
  const { name, inputs, operation, derivatives } = variable;
  const names = inputs.map((input) => input.name);
  return inputs.flatMap((input, i) => {
    const [derivative, rule] = [derivatives[i], operation?.derivatives[i]];
    if (derivative === null || rule === undefined) return [];
    if (!isNumber(variable) || !isNumber(input))
      return [`d${input.name} = ${plain(variable, rule.pulled(name, ...names))}`];
    const factor = rule.factor ? plain(variable, rule.factor(name, ...names)) : "";
    const value = String(brief(derivative.pull({ ...variable.value, data: Float64Array.of(1) }).data[0]));
    const formula = factor === "" || factor === value ? value : `${factor} = ${value}`;
    return [`∂${name}/∂${input.name} = ${formula}`];
  });
}

/**
 * What a line does to tangents: "v̇3 = v̇1 + v̇2".
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * tangentEquation(t.add(t.input("a", 2), t.input("b", 5))) // "v\u03071 = a\u0307 + b\u0307"
 */
export function tangentEquation(variable: Variable): string {
  const { name, inputs, operation, derivatives } = variable;
  const names = inputs.map((input) => input.name);
  const terms = inputs.flatMap((_, i) =>
    derivatives[i] === null || operation === null ? [] : [operation.derivatives[i].pushed(name, ...names)],
  );
  return plain(variable, `${tangentName(name)} = ${terms.length > 0 ? terms.join(" + ") : "0"}`);
}

const isNumber = ({ value }: Variable) => value.data.length === 1;

function plain(variable: Variable, text: string): string {
  const scalar = [variable, ...variable.inputs].every(isNumber);
  return scalar ? text.replaceAll("⊙", "·") : text;
}

const brief = (x: number) => Number(x.toPrecision(4));

/** A number; a matrix of up to six entries with them, row by row; a larger one by its shape. */
function shown(X: Matrix | undefined): string | number | null {
  if (X === undefined) return null;
  if (X.data.length === 1) return X.data[0];
  if (X.data.length > 6) return shape(X);
  return `[${toArrays(X)
    .map((row) => row.map(brief).join(" "))
    .join("; ")}]`;
}
