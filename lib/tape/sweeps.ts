import { add, type Matrix, precisionOf, shape, zeros } from "../matrix";
import { tangentName } from "./rules";
import type { Sweep, Variable } from "./variable";

/**
 * Reverse mode: the adjoints dv = ∂(Σ seed ⊙ output)/∂v of all variables from which the output was computed. Line by
 * line from the output to the first, each hands its adjoint through its local derivatives to its inputs; where a
 * variable was used more than once, what arrives is added up.
 * @throws if the output depends on no input, or a contribution is NaN
 * Source: S. Linnainmaa, BIT 16 (1976) 146; A. Griewank and A. Walther, Evaluating Derivatives (2nd ed., 2008),
 * chapter 3.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const x = t.input("x", 3)
 * const y = t.hadamard(x, x)
 * reverseSweep(t.variables, y, matrix([[1]])).scalar("x") // 6
 */
export function reverseSweep(variables: readonly Variable[], output: Variable, seed: Matrix): Sweep {
  if (!output.active) throw new Error(`backward: ${output.name} depends on no input of the tape`);
  const adjoints: (Matrix | undefined)[] = variables.map(() => undefined);
  let cost = 0;
  adjoints[output.index] = seed;
  for (let k = output.index; k >= 0; k--) {
    const dOutput = adjoints[k];
    if (dOutput === undefined) continue;
    const { inputs, derivatives } = variables[k];
    inputs.forEach((input, i) => {
      const derivative = derivatives[i];
      if (derivative === null) return;
      const contribution = derivative.pull(dOutput);
      expectNumbers(contribution, `backward: d${input.name}`, variables[k]);
      const before = adjoints[input.index];
      adjoints[input.index] = before === undefined ? contribution : add(before, contribution);
      cost += derivative.cost.pull + (before === undefined ? 0 : contribution.data.length);
    });
  }
  return sweep("adjoint", variables, adjoints, cost);
}

/**
 * Forward mode: the tangents v̇ of all variables, the derivatives along a direction in the space of the inputs. Line by
 * line from the first to the last, each adds up what its local derivatives make of its inputs' tangents.
 * @param seeds the tangents of inputs, by index; inputs without one, and what depends on them alone, are left out
 * @throws if a tangent is NaN
 * Source: R. E. Wengert, Commun. ACM 7 (1964) 463; Griewank and Walther, chapter 3.
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * const x = t.input("x", 3)
 * const y = t.hadamard(x, x)
 * forwardSweep(t.variables, new Map([[0, matrix([[1]])]])).scalar(y) // 6
 */
export function forwardSweep(variables: readonly Variable[], seeds: ReadonlyMap<number, Matrix>): Sweep {
  const tangents: (Matrix | undefined)[] = [];
  let cost = 0;
  for (const variable of variables) {
    let tangent = seeds.get(variable.index);
    variable.inputs.forEach((input, i) => {
      const [derivative, own] = [variable.derivatives[i], tangents[input.index]];
      if (derivative === null || own === undefined) return;
      const contribution = derivative.push(own);
      cost += derivative.cost.push + (tangent === undefined ? 0 : contribution.data.length);
      tangent = tangent === undefined ? contribution : add(tangent, contribution);
    });
    if (tangent) expectNumbers(tangent, `tangents: ${tangentName(variable.name)}`, variable);
    tangents.push(tangent);
  }
  return sweep("tangent", variables, tangents, cost);
}

/**
 * How a line was computed, for messages: "v3 = ln(v1)".
 * @example
 * import { tape } from "../tape"
 * const t = tape()
 * equation(t.add(t.input("x", 1), 2)) // "v1 = x + 2"
 */
export function equation({ name, operation, inputs }: Variable): string {
  if (operation === null) return name;
  const written = inputs.map((input) => (input.name.startsWith("-") ? `(${input.name})` : input.name));
  return `${name} = ${operation.expression(...written)}`;
}

function expectNumbers(X: Matrix, what: string, line: Variable): void {
  const k = X.data.findIndex((x) => Number.isNaN(x));
  if (k >= 0)
    throw new Error(
      `${what} is NaN in entry (${Math.floor(k / X.cols)}, ${k % X.cols}), at ${equation(line)} (is a local derivative infinite there?)`,
    );
}

function sweep(
  kind: Sweep["kind"],
  variables: readonly Variable[],
  list: readonly (Matrix | undefined)[],
  cost: number,
): Sweep {
  function of(asked: Variable | string): Matrix {
    const variable =
      typeof asked === "string" ? variables.find(({ name }) => name === asked) : variables[asked.index];
    if (variable === undefined || (typeof asked !== "string" && variable !== asked))
      throw new Error(
        `${kind}: ${typeof asked === "string" ? `there is no "${asked}" on this tape` : `${asked.name} belongs to another tape (ask for it by its name)`}`,
      );
    const { value, index } = variable;
    return list[index] ?? zeros(value.rows, value.cols, precisionOf(value));
  }
  return {
    kind,
    of,
    scalar(asked) {
      const X = of(asked);
      if (X.data.length !== 1)
        throw new Error(`${kind}: the ${kind} is ${shape(X)}, not a number (use \`of\`)`);
      return X.data[0];
    },
    list,
    cost,
  };
}
