import { relu } from "../../activations";
import { type MnistSet, mnist } from "../../datasets/mnist";
import { predict } from "../../evaluation";
import type { Initializer } from "../../initializers";
import type { Layer } from "../../layer";
import { dense, elementwise, serial } from "../../layers";
import { oneHot } from "../../losses";
import { type Matrix, zeros } from "../../matrix";
import type { Params } from "../../params";
import { randomState } from "../../random";
import type { Case } from "../question";

/** Which update takes the steps, what orders the images, how many steps, and where to start if not by the seed. */
export interface DigitsOptions {
  readonly rule: "momentum" | "adam";
  readonly seed: number;
  readonly steps: number;
  readonly start?: readonly Params[] | null;
}

/** Trains the network of A5 on images X, 196×m, with targets T, 10×m. */
export type TrainDigits = (
  X: Matrix,
  T: Matrix,
  options: DigitsOptions,
) => { readonly params: readonly Params[] };

/** Images of 14×14 pixels and their digits. */
export interface DigitImages {
  /** 196×m. */
  readonly X: Matrix;
  /** 10×m, a 1 in the row of the digit. */
  readonly T: Matrix;
  readonly labels: Int32Array;
}

/**
 * Images of MNIST at half their width and height: each pixel is the mean of four, less 0.1307, over 0.3081.
 * @throws if there is no image of an index
 * @example
 * const { X, labels } = digitImages(mnist().test, [0, 1, 2])
 * [X.rows, X.cols, ...labels] // [196, 3, 7, 2, 1]
 */
export function digitImages(set: MnistSet, indices: ArrayLike<number>): DigitImages {
  const m = indices.length;
  const X = zeros(14 * 14, m);
  for (let j = 0; j < m; j++) {
    const pixels = set.image(indices[j]);
    for (let i = 0; i < 14 * 14; i++) {
      const first = 56 * Math.floor(i / 14) + 2 * (i % 14);
      const four = pixels[first] + pixels[first + 1] + pixels[first + 28] + pixels[first + 29];
      X.data[i * m + j] = (four / 1020 - 0.1307) / 0.3081;
    }
  }
  const labels = Int32Array.from(indices, (index) => set.labels[index]);
  return { X, T: oneHot(labels, 10), labels };
}

/**
 * The network that A5 trains: 196 pixels, 100 ReLU units, 10 outputs.
 * @param weights of the hidden layer and of the output; where none are given there is no `init`
 * @example
 * import { zeroInit } from "../../initializers"
 * digitsNetwork([zeroInit, zeroInit]).init(randomState(1))[0].weights.rows // 100
 */
export function digitsNetwork([hidden, output]: readonly Initializer[] = []): Layer<Params[]> {
  return serial(
    dense(14 * 14, 100, { weights: hidden }),
    elementwise(relu),
    dense(100, 10, { weights: output }),
  ) as unknown as Layer<Params[]>;
}

/** How many images there are to train with, and how many steps. */
export const digitsTraining = { images: 20_000, steps: 2_000 } as const;

/** How many of the 10,000 test images must be read right. */
const enough = 9_600;
const readRight = `digits read right (of 10000, counted up to ${enough})`;

/**
 * How many of the test images a network with these parameters reads right.
 * @throws if the parameters do not fit the network
 * @example
 * import { zeroInit } from "../../initializers"
 * digitsRight(digitsNetwork([zeroInit, zeroInit]).init(randomState(1))) // 980
 */
export function digitsRight(params: readonly Params[]): number {
  const { test } = mnist();
  const { X, labels } = digitImages(
    test,
    Int32Array.from({ length: test.count }, (_, k) => k),
  );
  const predicted = predict(digitsNetwork(), [...params], X);
  return labels.reduce((right, label, j) => right + (predicted[j] === label ? 1 : 0), 0);
}

/**
 * Whether the network has learned by one of the rules.
 * @example
 * learnedBy("adam").probe // "adam, 2000 steps"
 */
export function learnedBy(rule: DigitsOptions["rule"]): Case<[TrainDigits]> {
  const { images, steps } = digitsTraining;
  return {
    probe: `${rule}, ${steps} steps`,
    ask(trainDigits) {
      const chosen = randomState(50).permutation(60_000).slice(0, images);
      const { X, T } = digitImages(mnist().train, chosen);
      const { params } = trainDigits(X, T, { rule, seed: 51, steps });
      return { [readRight]: Math.min(enough, digitsRight(params)) };
    },
    truth: () => ({
      [readRight]: { witness: "a network that has learned", value: enough, tolerance: 1e-12 },
    }),
  };
}
