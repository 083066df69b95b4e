import type { Matrix } from "../matrix";

/** A text made of the name of an operation's output and the names of its inputs. */
export type Formula = (output: string, ...inputs: string[]) => string;

/**
 * ∂output/∂input at the recorded values, a linear map. With L its Jacobian matrix over all entries, `pull` is Lᵀ, which
 * carries an adjoint from the output back to the input (vector–Jacobian product), and `push` is L, which carries a
 * tangent from the input on to the output (Jacobian–vector product).
 */
export interface LocalDerivative {
  pull(dOutput: Matrix): Matrix;
  push(tangent: Matrix): Matrix;
  /** Floating-point operations: to find the derivative when it is recorded, of one pull, and of one push. */
  readonly cost: { readonly record: number; readonly pull: number; readonly push: number };
}

/** How the derivative by one input is found and written. */
export interface DerivativeRule {
  /** The derivative as a factor of every entry, where it is one: "x2", "cos(x2)". */
  readonly factor?: Formula;
  /** What `pull` computes, in terms of the adjoint of the output: "dC Bᵀ". */
  readonly pulled: Formula;
  /** What `push` computes, in terms of the tangent of the input: "Ȧ B". */
  readonly pushed: Formula;
  at(output: Matrix, inputs: readonly Matrix[]): LocalDerivative;
}

/** A function of one or more matrices with the derivative by each of them. */
export interface Operation {
  readonly name: string;
  /** How a drawing shows it. */
  readonly symbol: string;
  /** How it is written, in the names of its inputs: "W X". */
  expression(...inputs: string[]): string;
  forward(...inputs: Matrix[]): Matrix;
  /**
   * Floating-point operations of `forward`: each addition, subtraction, multiplication, division, comparison of two
   * matrices' entries and each evaluation of a function of one number counts 1; copies count 0.
   */
  cost(output: Matrix, inputs: readonly Matrix[]): number;
  /** One for each input. */
  readonly derivatives: readonly DerivativeRule[];
}

/** One line of a tape: an input, a constant, or the result of an operation. */
export interface Variable {
  /** The line's number, from 0; inputs of an operation have smaller ones. */
  readonly index: number;
  readonly name: string;
  readonly kind: "input" | "constant" | "operation";
  readonly operation: Operation | null;
  readonly inputs: readonly Variable[];
  readonly value: Matrix;
  /** The local derivative by each input; null by an input that depends on none of the tape's inputs. */
  readonly derivatives: readonly (LocalDerivative | null)[];
  /** Whether it is, or was computed from, an input of the tape. */
  readonly active: boolean;
}

/** What one sweep along a tape found for its lines: adjoints (reverse mode) or tangents (forward mode). */
export interface Sweep {
  readonly kind: "adjoint" | "tangent";
  /**
   * The adjoint or tangent of a variable, given itself or by name, in its shape; zeros where the sweep did not come by.
   */
  of(variable: Variable | string): Matrix;
  /** The same of a 1×1 variable, as a number. */
  scalar(variable: Variable | string): number;
  /** Line by line, undefined where the sweep did not come by. */
  readonly list: readonly (Matrix | undefined)[];
  /** Floating-point operations of the sweep. */
  readonly cost: number;
}
