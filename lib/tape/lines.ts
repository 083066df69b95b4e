import { type Matrix, matrix, type Precision } from "../matrix";
import { isMatrix } from "../params";
import { equation } from "./sweeps";
import type { Operation, Variable } from "./variable";

/** What an operation takes: a variable of the tape, or a matrix or a number (1×1) that is recorded as a constant. */
export type Operand = Variable | Matrix | number;

/** The lines of a tape, and what appends to them. */
export interface Lines {
  readonly variables: readonly Variable[];
  readonly cost: { readonly values: number; readonly derivatives: number };
  input(name: string, value: Matrix | number): Variable;
  constant(value: Matrix | number, name?: string): Variable;
  name(name: string, variable: Variable): Variable;
  variable(name: string): Variable;
  record(operation: Operation, ...operands: Operand[]): Variable;
  /** The variable itself. Throws if it is another tape's. */
  own(variable: Variable): Variable;
}

type Line = { -readonly [K in keyof Variable]: Variable[K] };

/**
 * A record without lines.
 * @throws in its functions, naming the line: if a value is NaN, shapes do not fit, a variable is another record's, or a
 * name is taken or unknown
 * @example
 * import { add } from "./arithmetic"
 * const lines = emptyLines()
 * lines.record(add, lines.input("x", 1), 2).value // matrix([[3]])
 * lines.variables.map(({ name }) => name) // ["x", "2", "v1"]
 */
export function emptyLines(): Lines {
  const variables: Line[] = [];
  const byName = new Map<string, Line>();
  const counters = new Map<string, number>();
  const cost = { values: 0, derivatives: 0 };

  /** v1, v2, … */
  function freeName(stem: string): string {
    let k = counters.get(stem) ?? 0;
    do k++;
    while (byName.has(`${stem}${k}`));
    counters.set(stem, k);
    return `${stem}${k}`;
  }

  function claim(name: string, line: Line): void {
    if (name === "") throw new Error("tape: a variable's name is empty");
    // constants that are called by their number may repeat
    if (line.kind === "constant" && !Number.isNaN(Number(name))) return;
    if (byName.has(name)) throw new Error(`tape: there is a variable ${name} already (each name once)`);
    byName.set(name, line);
  }

  function append(line: Omit<Line, "index">): Line {
    const complete = { ...line, index: variables.length };
    const nan = line.value.data.findIndex((x) => Number.isNaN(x));
    if (nan >= 0) throw new Error(`tape: ${equation(complete)} is NaN${placeOf(nan, complete)}`);
    claim(line.name, complete);
    variables.push(complete);
    return complete;
  }

  function source(kind: "input" | "constant", name: string, value: Matrix): Variable {
    return append({
      kind,
      name,
      value,
      operation: null,
      inputs: [],
      derivatives: [],
      active: kind === "input",
    });
  }

  function constant(value: Matrix | number, name?: string): Variable {
    const called = name ?? (typeof value === "number" ? String(Number(value.toPrecision(6))) : freeName("c"));
    return source("constant", called, asMatrix(value));
  }

  function own(variable: Variable): Variable {
    if (variables[variable.index] !== variable)
      throw new Error(`tape: ${variable.name} belongs to another tape (record a whole computation on one)`);
    return variable;
  }

  function record(operation: Operation, ...operands: Operand[]): Variable {
    const before = variables.length;
    try {
      const inputs = operands.map((x) =>
        typeof x === "number" || isMatrix(x as Matrix) ? constant(x as Matrix | number) : own(x as Variable),
      );
      return compute(operation, inputs);
    } catch (error) {
      // constants of an operation that failed stand for nothing
      for (const line of variables.splice(before))
        if (byName.get(line.name) === line) byName.delete(line.name);
      throw error;
    }
  }

  function compute(operation: Operation, inputs: Variable[]): Variable {
    const matrices = inputs.map(({ value }) => value);
    const value = attempt(operation, inputs, () => operation.forward(...matrices));
    const active = inputs.some((input) => input.active);
    const derivatives = inputs.map((input, i) =>
      input.active ? operation.derivatives[i].at(value, matrices) : null,
    );
    const name = freeName("v");
    const line = append({ kind: "operation", name, value, operation, inputs, derivatives, active });
    cost.values += operation.cost(value, matrices);
    for (const derivative of derivatives) cost.derivatives += derivative?.cost.record ?? 0;
    return line;
  }

  return {
    variables,
    cost,
    input: (name, value) => source("input", name, asMatrix(value)),
    constant,
    name(name, variable) {
      const line = own(variable) as Line;
      if (name !== line.name) {
        claim(name, line);
        byName.delete(line.name);
        line.name = name;
      }
      return line;
    },
    variable(name) {
      const found = byName.get(name);
      if (found === undefined)
        throw new Error(`tape: there is no variable ${name} (there are ${[...byName.keys()].join(", ")})`);
      return found;
    },
    record,
    own,
  };
}

/**
 * A number as a 1×1 matrix; a matrix as it is.
 * @example
 * asMatrix(3) // matrix([[3]])
 * asMatrix(3, "float32") // matrix([[3]], "float32")
 */
export function asMatrix(x: Matrix | number, precision: Precision = "float64"): Matrix {
  return typeof x === "number" ? matrix([[x]], precision) : x;
}

/** The same error, with the operation and its inputs' names before it. */
function attempt(operation: Operation, inputs: readonly Variable[], forward: () => Matrix): Matrix {
  try {
    return forward();
  } catch (error) {
    const expression = operation.expression(...inputs.map(({ name }) => name));
    throw new Error(`tape, ${expression}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Where a NaN stands, and what the inputs of the same shape are there. */
function placeOf(k: number, { value, inputs }: Pick<Variable, "value" | "inputs">): string {
  const there = inputs
    .filter((input) => input.value.rows === value.rows && input.value.cols === value.cols)
    .map((input) => `${input.name} is ${input.value.data[k]}`);
  const place = value.data.length === 1 ? "" : ` in entry (${Math.floor(k / value.cols)}, ${k % value.cols})`;
  return `${place}${there.length > 0 ? `, where ${there.join(" and ")}` : ""}`;
}
