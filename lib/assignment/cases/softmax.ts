import { type Matrix, matrix } from "../../matrix";
import { columnSums, full, mapEntries } from "../../matrix-entries";
import { inputsOf, normalMatrix } from "../points";
import type { Case, Truth } from "../question";
import { probabilitiesByDifferences } from "./two-layer";

/** Softmax of every column. */
export type ColumnSoftmax = (U: Matrix) => Matrix;

const exact = (witness: string, value: Matrix | number): Truth => ({
  witness,
  value,
  tolerance: 1e-12,
  floor: 1,
});

/**
 * Softmax of m columns of normal numbers: by differences, and what its columns sum to.
 * @example
 * Object.keys(moderateLogits(3, 4).truth()) // ["y", "sums of the columns"]
 */
export function moderateLogits(classes: number, m: number): Case<[ColumnSoftmax]> {
  const U = normalMatrix(inputsOf(`moderate logits ${classes} ${m}`), classes, m);
  return {
    probe: `${classes} classes, m = ${m}`,
    ask(softmax) {
      const y = softmax(U);
      return { y, "sums of the columns": columnSums(y) };
    },
    truth: () => ({
      ...probabilitiesByDifferences(U),
      "sums of the columns": exact("the definition", full(1, m, 1)),
    }),
  };
}

/** scipy.special.softmax(U, axis=0) of SciPy 1.17.1. */
const bySciPy = (probe: string, U: number[][], right: number[][]): Case<[ColumnSoftmax]> => ({
  probe,
  ask: (softmax) => ({ y: softmax(matrix(U)) }),
  truth: () => ({ y: exact("SciPy", matrix(right)) }),
});

/**
 * Columns whose logits are near 1000, near −1000, near 1, and all over.
 * @example
 * largeLogits.truth().y.value.data[0] // 0.6590011388859665
 */
export const largeLogits = bySciPy(
  "logits near ±1000",
  [
    [1000, -1000, 2, 800.5],
    [999, -1001, 1, -700.25],
    [998.1, -1001.9, 0.1, 799],
  ],
  [
    [0.6590011388859665, 0.6590011388859665, 0.6590011388859679, 0.8175744761936437],
    [0.2424329707047134, 0.2424329707047134, 0.24243297070471392, 0],
    [0.09856589040932019, 0.09856589040932019, 0.09856589040931818, 0.18242552380635632],
  ],
);

/**
 * Columns with −∞ beside finite logits.
 * @example
 * infiniteLogits.truth().y.value.data[1] // 0
 */
export const infiniteLogits = bySciPy(
  "−∞ among the logits",
  [
    [0, -Infinity, 3],
    [-Infinity, 1.5, -Infinity],
    [1, 2.25, -Infinity],
  ],
  [
    [0.2689414213699951, 0, 1],
    [0, 0.32082130082460697, 0],
    [0.7310585786300049, 0.679178699175393, 0],
  ],
);

/** How far the logits are moved; a power of two, so that moving them rounds nothing. */
const shift = 4096;

/**
 * Logits, and the same moved by one number: the probabilities must not change.
 * @example
 * shiftedLogits.truth() // { "largest change of y": { witness: "the definition", value: 0, tolerance: 1e-12, floor: 1 } }
 */
export const shiftedLogits: Case<[ColumnSoftmax]> = {
  probe: `all logits + ${shift}`,
  ask(softmax) {
    const U = mapEntries(normalMatrix(inputsOf("shifted logits"), 3, 2), (u) => Math.round(u * 64) / 64);
    const [y, moved] = [softmax(U), softmax(mapEntries(U, (u) => u + shift))];
    return { "largest change of y": Math.max(...y.data.map((one, k) => Math.abs(moved.data[k] - one))) };
  },
  truth: () => ({ "largest change of y": exact("the definition", 0) }),
};
