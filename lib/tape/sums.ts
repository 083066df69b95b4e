import {
  addColumn as addColumnToMatrix,
  fromData,
  type Matrix,
  precisionOf,
  rowSums as rowSumsOf,
  shape,
  zeros,
} from "../matrix";
import { columnSums as columnSumsOf, mapEntries, sum as sumOf, toPrecision } from "../matrix-entries";
import { constantRule, entries, tangentName } from "./rules";
import type { Operation } from "./variable";

/**
 * Z = A + b 1ᵀ, the column b added to every column of A: dA = dZ, db = dZ 1.
 * @example
 * addColumn.forward(matrix([[1, 2], [3, 4]]), matrix([[10], [20]])) // matrix([[11, 12], [23, 24]])
 * addColumn.derivatives[1].pulled("Z", "A", "b") // "dZ 1"
 */
export const addColumn: Operation = {
  name: "addColumn",
  symbol: "+",
  expression: (a, b) => `${a} + ${b} 1ᵀ`,
  forward: addColumnToMatrix,
  cost: entries,
  derivatives: [
    constantRule(0, 1),
    {
      pulled: (z) => `d${z} 1`,
      pushed: (_z, _a, b) => `${tangentName(b)} 1ᵀ`,
      at: (Z, [, b]) => ({
        pull: rowSumsOf,
        push: (tangent) => repeat(tangent, Z.rows, Z.cols),
        cost: { record: 0, pull: entries(Z) - entries(b), push: 0 },
      }),
    },
  ],
};

/**
 * s 1 1ᵀ, b 1ᵀ or 1 aᵀ: a scalar, a column or a row repeated to rows×cols.
 * @example
 * repeat(matrix([[1], [2]]), 2, 3) // matrix([[1, 1, 1], [2, 2, 2]])
 */
export function repeat(A: Matrix, rows: number, cols: number): Matrix {
  const entry = (i: number, j: number) => A.data[(A.rows === 1 ? 0 : i) * A.cols + (A.cols === 1 ? 0 : j)];
  return mapEntries(zeros(rows, cols, precisionOf(A)), (_, i, j) => entry(i, j));
}

/** The sum over what `repeat` has repeated, in the shape of A. */
function gather(dC: Matrix, A: Matrix): Matrix {
  const rows = A.rows === 1 && dC.rows !== 1 ? columnSumsOf(dC) : dC;
  return A.cols === 1 && rows.cols !== 1 ? rowSumsOf(rows) : rows;
}

/**
 * A scalar, a column or a row repeated to rows×cols: C = s 1 1ᵀ, b 1ᵀ or 1 aᵀ. dA is dC summed over the repetitions.
 * @throws if A is neither 1×1, rows×1 nor 1×cols
 * @example
 * broadcast(2, 3).forward(matrix([[1], [2]])) // matrix([[1, 1, 1], [2, 2, 2]])
 * broadcast(2, 3).forward(matrix([[1, 2]])) // throws /1×2 cannot be repeated to 2×3/
 */
export function broadcast(rows: number, cols: number): Operation {
  return {
    name: "broadcast",
    symbol: "repeat",
    expression: (a) => `broadcast(${a}, ${rows}×${cols})`,
    forward(A) {
      if ((A.rows !== 1 && A.rows !== rows) || (A.cols !== 1 && A.cols !== cols))
        throw new Error(
          `broadcast: ${shape(A)} cannot be repeated to ${rows}×${cols} (it must be 1×1, ${rows}×1 or 1×${cols})`,
        );
      return repeat(A, rows, cols);
    },
    cost: () => 0,
    derivatives: [
      {
        pulled: (c) => `sum of d${c} over the repetitions`,
        pushed: (_c, a) => `broadcast(${tangentName(a)})`,
        at: (C, [A]) => ({
          pull: (dC) => gather(dC, A),
          push: (tangent) => repeat(tangent, rows, cols),
          cost: { record: 0, pull: entries(C) - entries(A), push: 0 },
        }),
      },
    ],
  };
}

/** A sum over rows, columns or both: backward repeats. */
function sumOperation(
  name: string,
  expression: (a: string) => string,
  pulled: (c: string) => string,
  forward: (A: Matrix) => Matrix,
): Operation {
  return {
    name,
    symbol: "Σ",
    expression,
    forward,
    cost: (C, [A]) => entries(A) - entries(C),
    derivatives: [
      {
        pulled,
        pushed: (_c, a) => expression(tangentName(a)),
        at: (C, [A]) => ({
          pull: (dC) => repeat(dC, A.rows, A.cols),
          push: forward,
          cost: { record: 0, pull: 0, push: entries(A) - entries(C) },
        }),
      },
    ],
  };
}

/**
 * The sum of all entries, 1×1: every entry of dA is ds.
 * @example
 * sum.forward(matrix([[1, 2], [3, 4]])) // matrix([[10]])
 */
export const sum = sumOperation(
  "sum",
  (a) => `1ᵀ ${a} 1`,
  (c) => `d${c} 1 1ᵀ`,
  (A) => toPrecision(fromData(1, 1, Float64Array.of(sumOf(A))), precisionOf(A)),
);

/**
 * A 1, the column of row sums: dA = dc 1ᵀ.
 * @example
 * rowSums.forward(matrix([[1, 2], [3, 4]])) // matrix([[3], [7]])
 */
export const rowSums = sumOperation(
  "rowSums",
  (a) => `${a} 1`,
  (c) => `d${c} 1ᵀ`,
  rowSumsOf,
);

/**
 * 1ᵀ A, the row of column sums: dA = 1 dc.
 * @example
 * columnSums.forward(matrix([[1, 2], [3, 4]])) // matrix([[4, 6]])
 */
export const columnSums = sumOperation(
  "columnSums",
  (a) => `1ᵀ ${a}`,
  (c) => `1 d${c}`,
  columnSumsOf,
);
