import { sameShape } from "../kernels/operands";
import {
  add as addMatrices,
  hadamard as hadamardMatrices,
  type Matrix,
  scale as scaleMatrix,
  subtract as subtractMatrices,
} from "../matrix";
import { mapEntries } from "../matrix-entries";
import { constantRule, entries, entrywiseRule } from "./rules";
import type { Operation } from "./variable";

/**
 * C = A + B: dA = dC, dB = dC.
 * @example
 * add.forward(matrix([[1, 2]]), matrix([[3, 4]])) // matrix([[4, 6]])
 * add.derivatives[1].pulled("C", "A", "B") // "dC"
 */
export const add: Operation = {
  name: "add",
  symbol: "+",
  expression: (a, b) => `${a} + ${b}`,
  forward: addMatrices,
  cost: entries,
  derivatives: [constantRule(0, 1), constantRule(1, 1)],
};

/**
 * C = A − B: dA = dC, dB = −dC.
 * @example
 * subtract.forward(matrix([[1, 2]]), matrix([[3, 5]])) // matrix([[-2, -3]])
 * subtract.derivatives[1].pulled("C", "A", "B") // "−dC"
 */
export const subtract: Operation = {
  name: "subtract",
  symbol: "−",
  expression: (a, b) => `${a} − ${b}`,
  forward: subtractMatrices,
  cost: entries,
  derivatives: [constantRule(0, 1), constantRule(1, -1)],
};

/**
 * C = A ⊙ B, entry by entry: dA = dC ⊙ B, dB = dC ⊙ A.
 * @example
 * hadamard.forward(matrix([[1, 2]]), matrix([[3, 4]])) // matrix([[3, 8]])
 * hadamard.derivatives[0].pulled("C", "A", "B") // "dC ⊙ B"
 */
export const hadamard: Operation = {
  name: "hadamard",
  symbol: "×",
  expression: (a, b) => `${a} ⊙ ${b}`,
  forward: hadamardMatrices,
  cost: entries,
  derivatives: [
    entrywiseRule(
      0,
      (_c, _a, b) => b,
      (_C, _A, B) => B,
      0,
    ),
    entrywiseRule(
      1,
      (_c, a) => a,
      (_C, A) => A,
      0,
    ),
  ],
};

/**
 * C = A / B, entry by entry: dA = dC ⊙ 1/B, dB = −dC ⊙ C/B.
 * @example
 * divide.forward(matrix([[1, 6]]), matrix([[4, 3]])) // matrix([[0.25, 2]])
 * divide.derivatives[1].pulled("C", "A", "B") // "dC ⊙ (−C / B)"
 */
export const divide: Operation = {
  name: "divide",
  symbol: "÷",
  expression: (a, b) => `${a} / ${b}`,
  forward(A, B) {
    sameShape("divide", A, B);
    return mapEntries(A, (a, i, j) => a / B.data[i * B.cols + j]);
  },
  cost: entries,
  derivatives: [
    entrywiseRule(
      0,
      (_c, _a, b) => `1 / ${b}`,
      (_C, _A, B) => mapEntries(B, (b) => 1 / b),
      1,
    ),
    entrywiseRule(
      1,
      (c, _a, b) => `−${c} / ${b}`,
      (C, _A, B) => mapEntries(C, (c, i, j) => -c / B.data[i * B.cols + j]),
      2,
    ),
  ],
};

/**
 * max(A, B), entry by entry: dA is dC where A is larger, half of it where both are equal (where there is no
 * derivative), else 0; dB likewise.
 * @example
 * maximum.forward(matrix([[1, 5]]), matrix([[3, 4]])) // matrix([[3, 5]])
 * const [byA] = maximum.derivatives
 * byA.at(matrix([[3, 5, 2]]), [matrix([[1, 5, 2]]), matrix([[3, 4, 2]])]).pull(matrix([[1, 1, 1]])) // matrix([[0, 1, 0.5]])
 */
export const maximum: Operation = {
  name: "maximum",
  symbol: "max",
  expression: (a, b) => `max(${a}, ${b})`,
  forward(A, B) {
    sameShape("maximum", A, B);
    return mapEntries(A, (a, i, j) => Math.max(a, B.data[i * B.cols + j]));
  },
  cost: entries,
  derivatives: [
    entrywiseRule(
      0,
      (_c, a, b) => `[${a} > ${b}]`,
      (_C, A, B) => larger(A, B),
      1,
    ),
    entrywiseRule(
      1,
      (_c, a, b) => `[${b} > ${a}]`,
      (_C, A, B) => larger(B, A),
      1,
    ),
  ],
};

/** 1 where A is larger, ½ where both are equal, else 0. */
function larger(A: Matrix, B: Matrix): Matrix {
  return mapEntries(A, (a, i, j) => {
    const b = B.data[i * B.cols + j];
    return a > b ? 1 : a === b ? 0.5 : 0;
  });
}

/**
 * C = s A with a number s that is no variable: dA = s dC.
 * @throws if s is not a finite number
 * @example
 * scale(3).forward(matrix([[1, 2]])) // matrix([[3, 6]])
 * scale(NaN) // throws /scale: the factor is NaN/
 */
export function scale(s: number): Operation {
  if (!Number.isFinite(s)) throw new Error(`scale: the factor is ${s} (it must be a finite number)`);
  return {
    name: "scale",
    symbol: `×${Number(s.toPrecision(3))}`.replace("-", "−"),
    expression: (a) => (s === -1 ? `−${a}` : `${s} ${a}`),
    forward: (A) => scaleMatrix(A, s),
    cost: entries,
    derivatives: [constantRule(0, s)],
  };
}
