import { fromData, type Matrix, shape } from "./matrix";

/** The parameters of a layer: a matrix, or lists and records of parameters nested to any depth. */
export type Params = Matrix | readonly Params[] | { readonly [name: string]: Params };

/** One matrix of a tree of parameters with its place in the tree, for example "0.weights". */
export interface NamedMatrix {
  readonly path: string;
  readonly value: Matrix;
}

/**
 * Whether a node of a tree of parameters is a matrix.
 * @example
 * isMatrix(matrix([[1, 2]])) // true
 * isMatrix([matrix([[1, 2]])]) // false
 */
export function isMatrix(tree: Params): tree is Matrix {
  const data = (tree as Matrix).data;
  return ArrayBuffer.isView(data);
}

/** The names of a tree's branches: "0", "1", … of a list, the keys of a record in the order in which they stand. */
function branches(tree: Params): [string, Params][] {
  return Object.entries(tree as Record<string, Params>);
}

const join = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

/**
 * All matrices of a tree, depth first, with their paths. A tree that is a matrix itself has the path "".
 * @example
 * flattenParams([{ weights: matrix([[1]]), bias: matrix([[2]]) }, {}]).map(({ path }) => path) // ["0.weights", "0.bias"]
 */
export function flattenParams(tree: Params, path = ""): NamedMatrix[] {
  if (isMatrix(tree)) return [{ path, value: tree }];
  return branches(tree).flatMap(([name, branch]) => flattenParams(branch, join(path, name)));
}

/**
 * The tree with f applied to each of its matrices. With several trees f gets the matrices at the same place of each;
 * the result has the form of the first tree.
 * @throws if the trees differ in form or two matrices at one place differ in shape
 * @example
 * mapParams((A, B) => matrix([[A.data[0] + B.data[0]]]), [matrix([[1]])], [matrix([[2]])])[0].data[0] // 3
 * mapParams((A) => A, { weights: matrix([[1]]) }, { bias: matrix([[1]]) }) // throws /weights is in the first tree and not in tree 1/
 */
export function mapParams<P extends Params>(
  f: (...matrices: Matrix[]) => Matrix,
  ...trees: [P, ...Params[]]
): P {
  return mapAt(f, trees, "") as P;
}

function mapAt(f: (...matrices: Matrix[]) => Matrix, trees: readonly Params[], path: string): Params {
  const [first, ...others] = trees;
  const place = path === "" ? "the tree" : path;
  if (isMatrix(first)) {
    others.forEach((tree, k) => {
      if (!isMatrix(tree))
        throw new Error(`mapParams: ${place} is a matrix in the first tree and not in tree ${k + 1}`);
      if (tree.rows !== first.rows || tree.cols !== first.cols)
        throw new Error(
          `mapParams: ${place} is ${shape(first)} in the first tree and ${shape(tree)} in tree ${k + 1} (shapes must be equal)`,
        );
    });
    return f(first, ...(others as Matrix[]));
  }
  const names = branches(first).map(([name]) => name);
  others.forEach((tree, k) => {
    if (isMatrix(tree))
      throw new Error(`mapParams: ${place} is a matrix in tree ${k + 1} and not in the first`);
    const others = branches(tree).map(([name]) => name);
    for (const name of names)
      if (!others.includes(name))
        throw new Error(`mapParams: ${join(path, name)} is in the first tree and not in tree ${k + 1}`);
    for (const name of others)
      if (!names.includes(name))
        throw new Error(`mapParams: ${join(path, name)} is in tree ${k + 1} and not in the first`);
  });
  const mapped = names.map((name) =>
    mapAt(
      f,
      trees.map((tree) => (tree as Record<string, Params>)[name]),
      join(path, name),
    ),
  );
  if (Array.isArray(first)) return mapped;
  return Object.fromEntries(names.map((name, i) => [name, mapped[i]]));
}

/**
 * A tree of the same form and precision, filled with zeros.
 * @example
 * zerosLike({ bias: matrix([[3], [4]]) }).bias.data.length // 2
 */
export function zerosLike<P extends Params>(tree: P): P {
  return mapParams(({ rows, cols, data }) => fromData(rows, cols, emptyLike(data)), tree);
}

/**
 * A zeroed array of the same type and length.
 * @example
 * emptyLike(new Float32Array([1, 2])) // new Float32Array(2)
 */
export function emptyLike(data: Float64Array | Float32Array): Float64Array | Float32Array {
  return data instanceof Float64Array ? new Float64Array(data.length) : new Float32Array(data.length);
}

/**
 * The number of entries in all matrices of a tree.
 * @example
 * countParams([{ weights: matrix([[1, 2], [3, 4]]), bias: matrix([[5], [6]]) }, {}]) // 6
 */
export function countParams(tree: Params): number {
  return flattenParams(tree).reduce((count, { value }) => count + value.data.length, 0);
}
