import { fromData, type Matrix, precisionOf, shape, zeros } from "../matrix";

/** A map φ of samples to features, on which a linear unit is trained: z = wᵀφ(x) + b. */
export interface FeatureMap {
  /** How many entries a sample x has. */
  readonly inputs: number;
  /** Names of the rows of φ(X). */
  readonly features: readonly string[];
  /** φ of every column: a row for each feature, in the precision of X. Throws if X has another number of rows. */
  apply(X: Matrix): Matrix;
}

/**
 * The map of given functions: feature k of a sample x is functionₖ(x).
 * @param functions the features by name, each a function of the sample's entries x[0], x[1], …
 * @throws if there is no feature; apply, if X has another number of rows or a feature is NaN or infinite
 * @example
 * const distance = featureMap(2, { "x1² + x2²": (x) => x[0] * x[0] + x[1] * x[1] })
 * distance.apply(matrix([[1, 3], [2, 4]])) // matrix([[5, 25]])
 * distance.apply(matrix([[1]])) // throws /X is 1×1, the feature map takes samples of 2 entries/
 */
export function featureMap(
  inputs: number,
  functions: { readonly [name: string]: (x: readonly number[]) => number },
): FeatureMap {
  const features = Object.keys(functions);
  if (features.length === 0) throw new Error("featureMap: it needs at least one feature");
  return {
    inputs,
    features,
    apply(X) {
      if (X.rows !== inputs)
        throw new Error(
          `featureMap.apply: X is ${shape(X)}, the feature map takes samples of ${inputs} entries (rows)`,
        );
      const Phi = zeros(features.length, X.cols, precisionOf(X));
      for (let j = 0; j < X.cols; j++) {
        const x = Array.from({ length: inputs }, (_, i) => X.data[i * X.cols + j]);
        features.forEach((name, k) => {
          const value = functions[name](x);
          if (!Number.isFinite(value))
            throw new Error(`featureMap.apply: ${name} of column ${j} is ${value} (it must be finite)`);
          Phi.data[k * X.cols + j] = value;
        });
      }
      return fromData(Phi.rows, Phi.cols, Phi.data);
    },
  };
}

/**
 * All products of 1 to `degree` entries of a sample, by degree and then from left to right: for two inputs and degree 2
 * x1, x2, x1², x1 x2, x2². The constant is left out: the unit has its bias. There are (d+n choose n) − 1 of d inputs
 * and degree n. A product is multiplied from left to right.
 * @param options.interactionOnly only products of different entries: x1, x2, x1 x2
 * @throws if inputs or degree is not a whole number ≥ 1
 * @example
 * polynomialFeatures(2, 2).features // ["x1", "x2", "x1^2", "x1 x2", "x2^2"]
 * polynomialFeatures(2, 2).apply(matrix([[2], [3]])) // matrix([[2], [3], [4], [6], [9]])
 * polynomialFeatures(3, 2, { interactionOnly: true }).features // ["x1", "x2", "x3", "x1 x2", "x1 x3", "x2 x3"]
 */
export function polynomialFeatures(
  inputs: number,
  degree: number,
  { interactionOnly = false }: { interactionOnly?: boolean } = {},
): FeatureMap {
  for (const [what, value] of [
    ["inputs", inputs],
    ["degree", degree],
  ] as const)
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`polynomialFeatures: ${what} is ${value} (it must be a whole number ≥ 1)`);
  const functions: { [name: string]: (x: readonly number[]) => number } = {};
  for (let n = 1; n <= degree; n++)
    for (const factors of products(inputs, n, interactionOnly))
      functions[nameOf(factors)] = (x) => factors.slice(1).reduce((value, i) => value * x[i], x[factors[0]]);
  return featureMap(inputs, functions);
}

/** The index lists i₁ ≤ i₂ ≤ … ≤ iₙ (or <) below d, in lexicographic order. */
function products(d: number, n: number, different: boolean, from = 0): number[][] {
  if (n === 0) return [[]];
  const lists: number[][] = [];
  for (let i = from; i < d; i++)
    for (const rest of products(d, n - 1, different, different ? i + 1 : i)) lists.push([i, ...rest]);
  return lists;
}

/** "x1^2 x3" of the indices 0, 0, 2. */
function nameOf(factors: readonly number[]): string {
  return [...new Set(factors)]
    .map((i) => {
      const power = factors.filter((k) => k === i).length;
      return `x${i + 1}${power === 1 ? "" : `^${power}`}`;
    })
    .join(" ");
}

/**
 * φ(x) = (x1, x2, x1 x2), in which XOR is linear: 1·x1 + 1·x2 − 2·x1 x2 is 0, 1, 1, 0 on its four samples.
 * Source: note on the perceptron and ADALINE, section 4.
 * @example
 * xorFeatures.apply(matrix([[0, 0, 1, 1], [0, 1, 0, 1]])) // matrix([[0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1]])
 */
export const xorFeatures: FeatureMap = polynomialFeatures(2, 2, { interactionOnly: true });
