import { dataPath, readBytes } from "../datasets/files";
import { fromData, type Matrix } from "../matrix";

/** One mutation's row: the checks that catch it and those that it passes; the others do not apply to it. */
export interface MatrixRow {
  readonly id: string;
  readonly family: string;
  readonly subject: string;
  /** The input on which it shows. */
  readonly shows: string;
  readonly wrong: string;
  readonly read: string;
  readonly caughtBy: readonly string[];
  readonly passes: readonly string[];
  /** By which an answer that makes the same mistake is recognised. */
  readonly digest: string;
}

/** Which check catches which mutation. */
export interface MutationMatrix {
  readonly checks: readonly { readonly name: string; readonly strength: string; readonly what: string }[];
  readonly mutations: readonly MatrixRow[];
}

const remedy = "Restore it: git checkout -- data/mutation-matrix.json";

/**
 * The matrix as committed in data/mutation-matrix.json, which the tests compute again and compare.
 * @throws if the file is missing
 * @example
 * committedMatrix().checks[0].name // "shapes"
 */
export function committedMatrix(path = dataPath("mutation-matrix.json")): MutationMatrix {
  return JSON.parse(readBytes(path, remedy).toString("utf8"));
}

/**
 * The matrix as numbers: 1 where the column's check catches the row's mutation, 0 where not, NaN where it does not
 * apply.
 */
export interface MatrixEntries {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly entries: Matrix;
}

/**
 * A mutation matrix, or the rows of it that `wanted` picks, for a heat map or a table.
 * @example
 * const row = { id: "a", family: "dense", caughtBy: ["y"], passes: ["x"] }
 * const column = (name) => ({ name, strength: "weak", what: "" })
 * const { rows, columns, entries } = matrixEntries({ checks: ["x", "y", "z"].map(column), mutations: [row] })
 * [rows, columns] // [["a"], ["x", "y", "z"]]
 * [...entries.data] // [0, 1, NaN]
 */
export function matrixEntries(
  { checks, mutations }: MutationMatrix,
  wanted: (row: MatrixRow) => boolean = () => true,
): MatrixEntries {
  const rows = mutations.filter(wanted);
  const columns = checks.map(({ name }) => name);
  const entries = rows.flatMap(({ caughtBy, passes }) =>
    columns.map((name) => (caughtBy.includes(name) ? 1 : passes.includes(name) ? 0 : Number.NaN)),
  );
  return {
    rows: rows.map(({ id }) => id),
    columns,
    entries: fromData(rows.length, columns.length, Float64Array.from(entries)),
  };
}
