import { type Matrix, precisionOf, shape, zeros } from "./matrix";
import { emptyLike } from "./params";

/** Takes the columns with these indices out of a matrix. */
export type ColumnPicker = (indices: ArrayLike<number>) => Matrix;

/**
 * A picker of columns that is fast for many columns: the matrix is copied once sample by sample, so that one sample
 * lies together in memory and not spread over all rows. The results are those of takeColumns.
 * @throws if there is no such column
 * @example
 * columnPicker(matrix([[1, 2, 3], [4, 5, 6]]))([2, 0]) // matrix([[3, 1], [6, 4]])
 * columnPicker(matrix([[1]]))([1]) // throws /no column 1 in a 1×1 matrix/
 */
export function columnPicker(A: Matrix): ColumnPicker {
  const { rows, cols } = A;
  const samples = emptyLike(A.data);
  transposeInto(samples, A.data, rows, cols);
  return (indices) => {
    const batch = zeros(rows, indices.length, precisionOf(A));
    for (let j = 0; j < indices.length; j++) {
      const sample = indices[j];
      if (!(Number.isInteger(sample) && sample >= 0 && sample < cols))
        throw new Error(`columnPicker: no column ${sample} in a ${shape(A)} matrix (columns count from 0)`);
      for (let i = 0; i < rows; i++) batch.data[i * indices.length + j] = samples[sample * rows + i];
    }
    return batch;
  };
}

/** Block by block, so that reads and writes both stay within the processor's cache. */
function transposeInto(
  target: Float64Array | Float32Array,
  source: Float64Array | Float32Array,
  rows: number,
  cols: number,
): void {
  const block = 32;
  for (let i0 = 0; i0 < rows; i0 += block)
    for (let j0 = 0; j0 < cols; j0 += block)
      for (let i = i0; i < Math.min(i0 + block, rows); i++)
        for (let j = j0; j < Math.min(j0 + block, cols); j++) target[j * rows + i] = source[i * cols + j];
}
