import { symmetricEigen } from "../eigenvalues";
import { lecunNormal } from "../initializers";
import type { Layer } from "../layer";
import { dense } from "../layers";
import { oneHot } from "../losses";
import {
  addColumn,
  column,
  type Matrix,
  multiply,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  scale,
} from "../matrix";
import { argmaxColumns } from "../matrix-entries";
import { negative, rowMeans, scaleRows } from "../matrix-rows";
import { randomState } from "../random";
import { blockSettings, deepBlock, fixedAt, kindOf } from "./block-network";
import { defineExperiment, type Row } from "./experiment";
import { wholeSetting } from "./settings";
import { smallDigits } from "./small-digits";

const settings = {
  ...blockSettings,
  depth: wholeSetting(50, "Blocks.", { min: 1, max: 200 }),
  width: wholeSetting(64, "Units of each layer.", { min: 2, max: 1000 }),
  samples: wholeSetting(1000, "Images that the readout is fitted to.", { min: 20 }),
  tested: wholeSetting(300, "Images that it is judged by.", { min: 20 }),
};

const columns = {
  layer: { unit: "blocks", doc: "Blocks passed; 0 for the images themselves, before the first layer." },
  accuracy: {
    unit: "1",
    doc: "Share of the tested images that a linear readout of the layer, fitted by ridge regression, reads right.",
  },
  distances: {
    unit: "1",
    doc: "Correlation of the distances between all pairs of tested images in the layer with those between the images.",
  },
  cosine: { unit: "1", doc: "Mean cosine between the layer's outputs for two tested images." },
};

/** The layers that are looked at, as far as there are so many. */
const layers = [0, 1, 2, 3, 5, 7, 10, 14, 20, 28, 38, 50, 70, 100, 140, 200];

/** Added to the covariance of the readout's inputs, in units of its mean eigenvalue. */
const ridge = 1e-3;

/**
 * How much of an image is left behind L layers of random weights: whether a linear readout can still tell which digit
 * it was, and whether images that were far from each other still are. Images 14×14, z⁰ = W⁰x with weights N(0, 1/196),
 * then blocks as in block-network. Normalized blocks have the statistics of the images that the readout is fitted to.
 * Source: note 000, on inputs scrambled by random layers.
 * @example
 * const rows = await inputSurvival.run({ depth: 2, samples: 200, tested: 100 }, 0)
 * rows.map(({ layer }) => layer) // [0, 1, 2]
 * rows[0].distances // ≈ 1
 */
export const inputSurvival = defineExperiment({
  name: "input-survival",
  description: "What a linear readout can still read, and how far images are apart, behind random layers.",
  settings,
  columns,
  index: ["layer"],
  files: ["mnist.json"],
  async run({ kind, branchScale, depth, width, samples, tested }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const { train, test } = smallDigits(random.stream("data"), samples, tested);
    const first = dense(196, width, { weights: lecunNormal }) as unknown as Layer;
    const block = deepBlock(width, kindOf(kind, branchScale), { momentum: 1 });
    const draws = random.stream("blocks");
    const T = oneHot(train.labels, 10);
    const start = distancesOf(test.X);
    const rows: Row<keyof typeof columns>[] = [];
    const look = (layer: number, Z: Matrix, tested: Matrix) => {
      const predicted = argmaxColumns(readout(Z, T, tested));
      const right = predicted.reduce((count, digit, j) => count + (digit === test.labels[j] ? 1 : 0), 0);
      const { distances, cosine } = distancesOf(tested);
      rows.push({
        layer,
        accuracy: right / tested.cols,
        distances: correlation(start.distances, distances),
        cosine,
      });
    };
    look(0, train.X, test.X);
    let [Z, tests] = [train.X, test.X];
    for (let l = 0; l <= depth; l++) {
      signal?.throwIfAborted();
      const layer = l === 0 ? first : block;
      const fixed = fixedAt(layer, layer.init(l === 0 ? random.stream("first") : draws), Z);
      Z = fixed.output;
      tests = fixed.layer.forward(fixed.params, tests).output;
      if (l > 0 && layers.includes(l)) look(l, Z, tests);
      onProgress?.((l + 1) / (depth + 1));
    }
    return rows;
  },
});

/** T fitted to the columns of Z by ridge regression with an intercept, at the columns of `at`. */
function readout(Z: Matrix, T: Matrix, at: Matrix): Matrix {
  const centre = (M: Matrix, means: Matrix) => addColumn(M, negative(means));
  const [meanOfZ, meanOfT] = [rowMeans(Z), rowMeans(T)];
  const [Zc, Tc] = [centre(Z, meanOfZ), centre(T, meanOfT)];
  const { values, vectors } = symmetricEigen(scale(multiplyTransposeRight(Zc, Zc), 1 / Z.cols));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const inverse = column(values.map((value) => 1 / (value + ridge * mean)));
  // Σ⁻¹ Zc Tcᵀ/m, by way of the eigenvectors
  const along = multiplyTransposeLeft(vectors, scale(multiplyTransposeRight(Zc, Tc), 1 / Z.cols));
  const weights = multiply(vectors, scaleRows(along, inverse));
  return addColumn(multiplyTransposeLeft(weights, centre(at, meanOfZ)), meanOfT);
}

/** The distances between all pairs of columns, and the mean of their cosines. */
function distancesOf(Z: Matrix): { distances: Float64Array; cosine: number } {
  const m = Z.cols;
  const { data: G } = multiplyTransposeLeft(Z, Z);
  const distances = new Float64Array((m * (m - 1)) / 2);
  let [k, cosines] = [0, 0];
  for (let i = 0; i < m; i++)
    for (let j = i + 1; j < m; j++) {
      const [ii, jj, ij] = [G[i * m + i], G[j * m + j], G[i * m + j]];
      distances[k++] = Math.sqrt(Math.max(0, ii + jj - 2 * ij));
      cosines += ij / Math.sqrt(ii * jj);
    }
  return { distances, cosine: cosines / k };
}

/** Pearson's. */
function correlation(a: Float64Array, b: Float64Array): number {
  const meanOf = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    ab += (a[k] - meanA) * (b[k] - meanB);
    aa += (a[k] - meanA) * (a[k] - meanA);
    bb += (b[k] - meanB) * (b[k] - meanB);
  }
  return ab / Math.sqrt(aa * bb);
}
