import { fromData, type Matrix, zeros } from "../matrix";
import { checkSum, dataPath, readBytes, readFacts } from "./files";

/** 150 flowers in the order of the file, 50 of each species; lengths in cm. */
export interface Iris {
  /** 4×150 */
  readonly X: Matrix;
  /** Names of X's rows. */
  readonly features: readonly ["sepal length", "sepal width", "petal length", "petal width"];
  /** 0, 1 or 2: an index into species. */
  readonly labels: Int32Array;
  readonly species: readonly ["setosa", "versicolor", "virginica"];
}

/** A length in cm that was measured on every flower. */
export type IrisFeature = Iris["features"][number];

/** The first 100 flowers, which two features separate by a line. */
export interface SetosaVersicolor {
  /** 2×100 unless other features are asked for; lengths in cm. */
  readonly X: Matrix;
  readonly features: readonly IrisFeature[];
  /** 0 for setosa, 1 for versicolor. */
  readonly labels: Int32Array;
  /** 1×100: the labels as −1 and 1. */
  readonly signs: Matrix;
}

const REMEDY = "Restore it: git checkout -- data/iris.csv, or write it again: npx tsx scripts/data/iris.ts";
const FEATURES = ["sepal length", "sepal width", "petal length", "petal width"] as const;
const SPECIES = ["setosa", "versicolor", "virginica"] as const;

/**
 * Fisher's Iris data, as printed in 1936 (and as in R and scikit-learn); UCI's file differs in flowers 35 and 38.
 * @param path another file of the same form; its checksum is compared all the same
 * @throws if data/iris.csv is missing or changed
 * Source: R. A. Fisher, Annals of Eugenics 7 (1936) 179–188; details in data/iris.json.
 * @example
 * shape(iris().X) // "4×150"
 * [0, 1, 2, 3].map((i) => iris().X.data[i * 150]) // [5.1, 3.5, 1.4, 0.2]
 */
export function iris(path = dataPath("iris.csv")): Iris {
  const bytes = readBytes(path, REMEDY);
  checkSum(path, bytes, readFacts<{ sha256: string }>("iris.json").sha256, REMEDY);
  const rows = bytes.toString("utf8").trim().split("\n").slice(1);
  const X = zeros(4, rows.length);
  const labels = new Int32Array(rows.length);
  rows.forEach((row, j) => {
    const cells = row.split(",");
    for (let i = 0; i < 4; i++) X.data[i * rows.length + j] = Number(cells[i]);
    labels[j] = SPECIES.indexOf(cells[4] as (typeof SPECIES)[number]);
  });
  return { X, features: FEATURES, labels, species: SPECIES };
}

/**
 * Setosa and versicolor with sepal and petal length, the example of S. Raschka, Python Machine Learning (2015), ch. 2.
 * @param features rows of X, sepal length and petal length unless others are given
 * @throws if a feature is unknown
 * @example
 * shape(setosaVersicolor().X) // "2×100"
 * [49, 50].map((j) => setosaVersicolor().labels[j]) // [0, 1]
 * [49, 50].map((j) => setosaVersicolor().signs.data[j]) // [-1, 1]
 */
export function setosaVersicolor(
  features: readonly IrisFeature[] = ["sepal length", "petal length"],
): SetosaVersicolor {
  const all = iris();
  const X = zeros(features.length, 100);
  features.forEach((feature, i) => {
    const row = FEATURES.indexOf(feature);
    if (row < 0)
      throw new Error(
        `setosaVersicolor: there is no feature "${feature}" (there are ${FEATURES.join(", ")})`,
      );
    X.data.set(all.X.data.subarray(row * 150, row * 150 + 100), i * 100);
  });
  const labels = all.labels.slice(0, 100);
  const signs = fromData(
    1,
    100,
    Float64Array.from(labels, (label) => 2 * label - 1),
  );
  return { X, features, labels, signs };
}
