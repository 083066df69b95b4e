import {
  multiply as multiplyMatrices,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  transpose as transposeMatrix,
} from "../matrix";
import { tangentName } from "./rules";
import type { Operation } from "./variable";

/** Multiplications and additions of a product rows×inner · inner×cols. */
const product = (rows: number, inner: number, cols: number) => rows * cols * (2 * inner - 1);

/**
 * C = A B, the matrix product: dA = dC Bᵀ, dB = Aᵀ dC; Ċ = Ȧ B + A Ḃ.
 * Source: M. B. Giles, Collected matrix derivative results for forward and reverse mode AD (2008), §2.2.
 * @example
 * multiply.forward(matrix([[1, 2]]), matrix([[3], [4]])) // matrix([[11]])
 * multiply.derivatives[0].pulled("C", "A", "B") // "dC Bᵀ"
 */
export const multiply: Operation = {
  name: "multiply",
  symbol: "matmul",
  expression: (a, b) => `${a} ${b}`,
  forward: multiplyMatrices,
  cost: (C, [A]) => product(C.rows, A.cols, C.cols),
  derivatives: [
    {
      pulled: (c, _a, b) => `d${c} ${b}ᵀ`,
      pushed: (_c, a, b) => `${tangentName(a)} ${b}`,
      at: (C, [A, B]) => ({
        pull: (dC) => multiplyTransposeRight(dC, B),
        push: (dA) => multiplyMatrices(dA, B),
        cost: {
          record: 0,
          pull: product(A.rows, C.cols, A.cols),
          push: product(C.rows, A.cols, C.cols),
        },
      }),
    },
    {
      pulled: (c, a) => `${a}ᵀ d${c}`,
      pushed: (_c, a, b) => `${a} ${tangentName(b)}`,
      at: (C, [A, B]) => ({
        pull: (dC) => multiplyTransposeLeft(A, dC),
        push: (dB) => multiplyMatrices(A, dB),
        cost: {
          record: 0,
          pull: product(B.rows, C.rows, B.cols),
          push: product(C.rows, A.cols, C.cols),
        },
      }),
    },
  ],
};

/**
 * C = Aᵀ: dA = dCᵀ.
 * @example
 * transpose.forward(matrix([[1, 2]])) // matrix([[1], [2]])
 */
export const transpose: Operation = {
  name: "transpose",
  symbol: "ᵀ",
  expression: (a) => `${a}ᵀ`,
  forward: transposeMatrix,
  cost: () => 0,
  derivatives: [
    {
      pulled: (c) => `d${c}ᵀ`,
      pushed: (_c, a) => `${tangentName(a)}ᵀ`,
      at: () => ({ pull: transposeMatrix, push: transposeMatrix, cost: { record: 0, pull: 0, push: 0 } }),
    },
  ],
};
