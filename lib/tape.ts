import type { Activation } from "./activations";
import { type Matrix, precisionOf, shape } from "./matrix";
import { add, divide, hadamard, maximum, scale, subtract } from "./tape/arithmetic";
import { abs, activate, cos, exp, log, power, sin, sqrt } from "./tape/functions";
import { asMatrix, emptyLines, type Operand } from "./tape/lines";
import { multiply, transpose } from "./tape/products";
import { logSoftmax, softmax } from "./tape/softmax";
import { addColumn, broadcast, columnSums, rowSums, sum } from "./tape/sums";
import { forwardSweep, reverseSweep } from "./tape/sweeps";
import type { Operation, Sweep, Variable } from "./tape/variable";

/** A record of a computation, line by line, each operation with its local derivatives. Nothing is broadcast unasked. */
export interface Tape {
  /** The lines so far, in the order in which they were computed. */
  readonly variables: readonly Variable[];
  /** Floating-point operations so far: of the values, and of the local derivatives recorded with them. */
  readonly cost: { readonly values: number; readonly derivatives: number };
  /** A variable that derivatives can be taken by. */
  input(name: string, value: Matrix | number): Variable;
  constant(value: Matrix | number, name?: string): Variable;
  /** Gives a variable a name instead of its number v1, v2, …; returns it. */
  name(name: string, variable: Variable): Variable;
  /** The variable of this name. */
  variable(name: string): Variable;

  add(A: Operand, B: Operand): Variable;
  subtract(A: Operand, B: Operand): Variable;
  /** A ⊙ B, entry by entry. */
  hadamard(A: Operand, B: Operand): Variable;
  /** Entry by entry. */
  divide(A: Operand, B: Operand): Variable;
  /** Entry by entry. */
  maximum(A: Operand, B: Operand): Variable;
  scale(A: Operand, s: number): Variable;
  /** The matrix product A B. */
  multiply(A: Operand, B: Operand): Variable;
  transpose(A: Operand): Variable;
  /** A + b 1ᵀ. */
  addColumn(A: Operand, b: Operand): Variable;
  /** A scalar, a column or a row repeated to rows×cols. */
  broadcast(A: Operand, rows: number, cols: number): Variable;
  sum(A: Operand): Variable;
  rowSums(A: Operand): Variable;
  columnSums(A: Operand): Variable;
  exp(A: Operand): Variable;
  log(A: Operand): Variable;
  sin(A: Operand): Variable;
  cos(A: Operand): Variable;
  sqrt(A: Operand): Variable;
  abs(A: Operand): Variable;
  /** Whole exponents. */
  power(A: Operand, exponent: number): Variable;
  /** φ(Z) for an activation of lib/activations. */
  activate(activation: Activation, Z: Operand): Variable;
  softmax(Z: Operand): Variable;
  logSoftmax(Z: Operand): Variable;
  /** Any other operation, with its local derivatives. */
  record(operation: Operation, ...inputs: Operand[]): Variable;

  /** Reverse mode: the adjoints of all variables. The seed, ∂E/∂output, is 1 for a 1×1 output. */
  backward(output: Variable, seed?: Matrix | number): Sweep;
  /** Forward mode: the tangents of all variables along a direction, given by input; inputs left out stand still. */
  tangents(direction: { readonly [input: string]: Matrix | number }): Sweep;
  /**
   * The same operations on other inputs, as a new tape with the same names: the graph is static. Inputs left out keep
   * their values, shapes must stay, and whatever ordinary code decided while recording stays decided.
   */
  replay(inputs: { readonly [input: string]: Matrix | number }): Tape;
}

/**
 * An empty tape. Each call of one of its operations computes a value and records it together with the operation's local
 * derivatives; derivatives of a whole computation follow by sweeps along the tape, in either direction. What is
 * recorded is what ran, loops and branches unrolled: the graph is dynamic, unless it is replayed. Its functions throw,
 * naming the line, if shapes do not fit, a variable belongs to another tape, a name is taken, a value is NaN, or
 * backward starts from a matrix without a seed.
 * Source: note 002, "automatic differentiation: record the derivative of each step"; R. E. Wengert, Commun. ACM 7
 * (1964) 463; example: A. G. Baydin et al., J. Mach. Learn. Res. 18 (2018) 153, tables 2 and 3.
 * @example
 * const t = tape()
 * const [x1, x2] = [t.input("x1", 2), t.input("x2", 5)]
 * const y = t.subtract(t.add(t.log(x1), t.hadamard(x1, x2)), t.sin(x2))
 * y.value.data[0] // ≈ 11.652
 * t.backward(y).scalar(x1) // 5.5
 * t.backward(y).scalar(x2) // ≈ 1.716
 * t.tangents({ x1: 1 }).scalar(y) // 5.5
 * t.replay({ x1: 1, x2: 0 }).variable(y.name).value // matrix([[0]])
 * t.add(x1, matrix([[1, 2]])) // throws /x1 \+ c1: add: shapes differ: A is 1×1, B is 1×2/
 * t.log(-1) // throws /v6 = ln\(\(-1\)\) is NaN, where -1 is -1/
 * tape().exp(x1) // throws /x1 belongs to another tape/
 */
export function tape(): Tape {
  const lines = emptyLines();
  const { record } = lines;
  return {
    variables: lines.variables,
    cost: lines.cost,
    input: lines.input,
    constant: lines.constant,
    name: lines.name,
    variable: lines.variable,
    record,
    add: (A, B) => record(add, A, B),
    subtract: (A, B) => record(subtract, A, B),
    hadamard: (A, B) => record(hadamard, A, B),
    divide: (A, B) => record(divide, A, B),
    maximum: (A, B) => record(maximum, A, B),
    scale: (A, s) => record(scale(s), A),
    multiply: (A, B) => record(multiply, A, B),
    transpose: (A) => record(transpose, A),
    addColumn: (A, b) => record(addColumn, A, b),
    broadcast: (A, rows, cols) => record(broadcast(rows, cols), A),
    sum: (A) => record(sum, A),
    rowSums: (A) => record(rowSums, A),
    columnSums: (A) => record(columnSums, A),
    exp: (A) => record(exp, A),
    log: (A) => record(log, A),
    sin: (A) => record(sin, A),
    cos: (A) => record(cos, A),
    sqrt: (A) => record(sqrt, A),
    abs: (A) => record(abs, A),
    power: (A, exponent) => record(power(exponent), A),
    activate: (activation, Z) => record(activate(activation), Z),
    softmax: (Z) => record(softmax, Z),
    logSoftmax: (Z) => record(logSoftmax, Z),

    backward(output, seed) {
      const { name, value } = lines.own(output);
      if (seed === undefined && value.data.length !== 1)
        throw new Error(
          `backward: ${name} is ${shape(value)}, not a number (add its entries up, or give ∂E/∂${name} as the seed)`,
        );
      return reverseSweep(
        lines.variables,
        output,
        fitting("backward: the seed", asMatrix(seed ?? 1, precisionOf(value)), output),
      );
    },

    tangents(direction) {
      const seeds = new Map<number, Matrix>();
      for (const [input, tangent] of given("tangents", direction)) {
        const along = asMatrix(tangent, precisionOf(input.value));
        seeds.set(input.index, fitting(`tangents: the direction of ${input.name}`, along, input));
      }
      return forwardSweep(lines.variables, seeds);
    },

    replay(inputs) {
      const values = new Map(given("replay", inputs));
      const again = tape();
      for (const line of lines.variables) {
        const { kind, name, operation } = line;
        if (kind === "input") {
          const value = asMatrix(values.get(line) ?? line.value, precisionOf(line.value));
          again.input(name, fitting(`replay: the new ${name}`, value, line));
        } else if (operation === null) again.constant(line.value, name);
        else
          again.name(
            name,
            again.record(operation, ...line.inputs.map(({ index }) => again.variables[index])),
          );
      }
      return again;
    },
  };

  /** The inputs named in a record, with what it gives for them. */
  function given(what: string, byName: { readonly [input: string]: Matrix | number }) {
    return Object.entries(byName).map(([name, value]) => {
      const variable = lines.variable(name);
      if (variable.kind !== "input")
        throw new Error(`${what}: ${name} is no input (its line is of the kind ${variable.kind})`);
      return [variable, value] as const;
    });
  }
}

function fitting(what: string, X: Matrix, { name, value }: Variable): Matrix {
  if (X.rows !== value.rows || X.cols !== value.cols)
    throw new Error(`${what} is ${shape(X)}, ${name} is ${shape(value)} (the shapes must be equal)`);
  return X;
}
