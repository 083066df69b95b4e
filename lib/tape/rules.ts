import { hadamard, type Matrix, scale } from "../matrix";
import type { DerivativeRule, Formula } from "./variable";

/**
 * The symbol of a tangent: the name with a dot on its first character.
 * @example
 * tangentName("v1") // "v\u03071"
 */
export function tangentName(name: string): string {
  const [first, ...rest] = name;
  return `${first}\u0307${rest.join("")}`;
}

/**
 * The number of entries, the cost of one operation on each of them.
 * @example
 * entries(matrix([[1, 2], [3, 4]])) // 4
 */
export const entries = (output: Matrix): number => output.data.length;

const bracketed = (text: string) => (/ /.test(text) ? `(${text})` : text);

/**
 * The rule of an operation that works entry by entry: cᵢⱼ depends on aᵢⱼ alone, with derivative fᵢⱼ. Then
 * dA = dC ⊙ F and Ċ = Ȧ ⊙ F.
 * @param input which of the inputs, from 0
 * @param factor F as text
 * @param compute F from the output and the inputs
 * @param perEntry operations that one entry of F takes
 * @example
 * const rule = entrywiseRule(0, (_c, _a, b) => b, (_C, _A, B) => B, 0)
 * rule.pulled("C", "A", "B") // "dC ⊙ B"
 * rule.at(matrix([[10]]), [matrix([[2]]), matrix([[5]])]).pull(matrix([[3]])) // matrix([[15]])
 */
export function entrywiseRule(
  input: number,
  factor: Formula,
  compute: (output: Matrix, ...inputs: Matrix[]) => Matrix,
  perEntry: number,
): DerivativeRule {
  return {
    factor,
    pulled: (output, ...inputs) => `d${output} ⊙ ${bracketed(factor(output, ...inputs))}`,
    pushed: (output, ...inputs) => `${tangentName(inputs[input])} ⊙ ${bracketed(factor(output, ...inputs))}`,
    at(output, inputs) {
      const F = compute(output, ...inputs);
      const n = entries(output);
      return {
        pull: (dOutput) => hadamard(dOutput, F),
        push: (tangent) => hadamard(tangent, F),
        cost: { record: perEntry * n, pull: n, push: n },
      };
    },
  };
}

/**
 * The rule of an operation whose output grows s times as fast as one of its inputs: dA = s dC, Ċ = s Ȧ.
 * @example
 * constantRule(0, -1).pulled("C", "A") // "−dC"
 * constantRule(0, 3).at(matrix([[6]]), [matrix([[2]])]).push(matrix([[1]])) // matrix([[3]])
 */
export function constantRule(input: number, s: number): DerivativeRule {
  const times = s === 1 ? "" : s === -1 ? "−" : `${s} `;
  const apply = (X: Matrix) => (s === 1 ? X : scale(X, s));
  return {
    factor: () => String(s),
    pulled: (output) => `${times}d${output}`,
    pushed: (_output, ...inputs) => `${times}${tangentName(inputs[input])}`,
    at(output) {
      const n = s === 1 ? 0 : entries(output);
      return { pull: apply, push: apply, cost: { record: 0, pull: n, push: n } };
    },
  };
}
