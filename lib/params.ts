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

const join = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

/**
 * All matrices of a tree, depth first, with their paths. A tree that is a matrix itself has the path "".
 * @example
 * flattenParams([{ weights: matrix([[1]]), bias: matrix([[2]]) }, {}]).map(({ path }) => path) // ["0.weights", "0.bias"]
 */
export function flattenParams(tree: Params, path = ""): NamedMatrix[] {
  const found: NamedMatrix[] = [];
  collect(tree, path, found);
  return found;
}

function collect(tree: Params, path: string, found: NamedMatrix[]): void {
  if (isMatrix(tree)) found.push({ path, value: tree });
  else if (isList(tree)) for (let i = 0; i < tree.length; i++) collect(tree[i], join(path, String(i)), found);
  else for (const name in tree) collect(tree[name], join(path, name), found);
}

/** What a message calls the function that compares two trees, and the trees. */
export interface TreeNames {
  readonly where: string;
  readonly first: string;
  readonly second: string;
}

const twoTrees: TreeNames = { where: "mapParams", first: "the first tree", second: "the second tree" };

/**
 * The tree with f applied to each of its matrices, depth first. With two trees f gets the matrices at the same place
 * of both; the result has the form of the first.
 * @throws if the trees differ in form or two matrices at one place differ in shape, with these names
 * @example
 * mapParams((A, B) => matrix([[A.data[0] + B.data[0]]]), [matrix([[1]])], [matrix([[2]])])[0].data[0] // 3
 * mapParams((A) => A, { weights: matrix([[1]]) }, { bias: matrix([[1]]) }) // throws /weights is in the first tree and not in the second/
 */
export function mapParams<P extends Params>(
  f: (A: Matrix, B: Matrix) => Matrix,
  first: P,
  second?: Params,
  names: TreeNames = twoTrees,
): P {
  const mapped = second === undefined ? mapOne(f as (A: Matrix) => Matrix, first) : mapTwo(f, first, second);
  // mapTwo runs in every training step: it checks while it walks and builds no paths, and only says that trees differ
  if (mapped === undefined)
    throw new Error(`${names.where}: ${difference(first, second as Params, "", names)}`);
  return mapped as P;
}

function mapOne(f: (A: Matrix) => Matrix, tree: Params): Params {
  if (isMatrix(tree)) return f(tree);
  if (isList(tree)) {
    const list: Params[] = [];
    for (let i = 0; i < tree.length; i++) list.push(mapOne(f, tree[i]));
    return list;
  }
  const record: Record<string, Params> = {};
  for (const name in tree) record[name] = mapOne(f, tree[name]);
  return record;
}

function mapTwo(f: (A: Matrix, B: Matrix) => Matrix, a: Params, b: Params): Params | undefined {
  if (!a || !b) return undefined;
  if (isMatrix(a) || isMatrix(b)) return isMatrix(a) && isMatrix(b) && sameShape(a, b) ? f(a, b) : undefined;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return undefined;
    const list: Params[] = [];
    for (let i = 0; i < a.length; i++) {
      const mapped = mapTwo(f, a[i], b[i]);
      if (mapped === undefined) return undefined;
      list.push(mapped);
    }
    return list;
  }
  if (isList(a) || isList(b)) return undefined;
  const record: Record<string, Params> = {};
  let unmatched = 0;
  for (const name in a) {
    const mapped = mapTwo(f, a[name], b[name]);
    if (mapped === undefined) return undefined;
    record[name] = mapped;
    unmatched--;
  }
  for (const _ in b) unmatched++;
  return unmatched === 0 ? record : undefined;
}

const isList = (tree: Params): tree is readonly Params[] => Array.isArray(tree);

const sameShape = (A: Matrix, B: Matrix) => A.rows === B.rows && A.cols === B.cols;

/** The first place at which two trees differ, in words. */
function difference(first: Params, second: Params, path: string, names: TreeNames): string | undefined {
  const place = path === "" ? "the tree" : path;
  const kinds = [first, second].map(kindOf);
  if (kinds[0] !== kinds[1])
    return `${place} is ${kinds[0]} in ${names.first} and ${kinds[1]} in ${names.second}`;
  if (isMatrix(first) && isMatrix(second)) {
    if (sameShape(first, second)) return undefined;
    return `${place} is ${shape(first)} in ${names.first} and ${shape(second)} in ${names.second} (shapes must be equal)`;
  }
  const [branches, others] = [first, second].map((tree) => new Map<string, Params>(Object.entries(tree)));
  for (const name of branches.keys())
    if (!others.has(name)) return `${join(path, name)} is in ${names.first} and not in ${names.second}`;
  for (const name of others.keys())
    if (!branches.has(name)) return `${join(path, name)} is in ${names.second} and not in ${names.first}`;
  for (const [name, branch] of branches) {
    const below = difference(branch, others.get(name) as Params, join(path, name), names);
    if (below) return below;
  }
}

function kindOf(tree: Params): string {
  if (typeof tree !== "object" || tree === null) return `${tree}`;
  return isMatrix(tree) ? "a matrix" : isList(tree) ? "a list" : "a record";
}

/**
 * The tree with other matrices in the places of its own, which are replaced in the order of flattenParams.
 * @throws if there are not as many matrices as the tree has
 * @example
 * withMatrices({ weights: matrix([[1]]), bias: matrix([[2]]) }, [matrix([[3]]), matrix([[4]])]).bias.data[0] // 4
 * withMatrices([matrix([[1]])], []) // throws /0 matrices for a tree of 1/
 */
export function withMatrices<P extends Params>(tree: P, matrices: readonly Matrix[]): P {
  let next = 0;
  const replaced = mapParams(() => matrices[next++], tree);
  if (next !== matrices.length)
    throw new Error(`withMatrices: ${matrices.length} matrices for a tree of ${next} (as many are needed)`);
  return replaced;
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
  return data.BYTES_PER_ELEMENT === 8 ? new Float64Array(data.length) : new Float32Array(data.length);
}

/**
 * The number of entries in all matrices of a tree.
 * @example
 * countParams([{ weights: matrix([[1, 2], [3, 4]]), bias: matrix([[5], [6]]) }, {}]) // 6
 */
export function countParams(tree: Params): number {
  return flattenParams(tree).reduce((count, { value }) => count + value.data.length, 0);
}

/**
 * Whether a path names a running statistic: its last name begins with "running", as batchNorm's runningMean and
 * runningVariance do. A statistic is data, not learned: its gradient is 0, `observe` moves it, and weight decay and
 * witnesses leave it alone.
 * @example
 * isStatistic("3.branch.0.runningMean") // true
 * isStatistic("3.branch.0.gain") // false
 */
export function isStatistic(path: string): boolean {
  return /^running[A-Z]/.test(path.slice(path.lastIndexOf(".") + 1));
}
