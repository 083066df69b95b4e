import { relu } from "../../lib/activations";
import { heNormal } from "../../lib/initializers";
import { dense, elementwise, type Layer, serial } from "../../lib/layers";
import { oneHot, softmaxCrossEntropy } from "../../lib/losses";
import { fromData, type Matrix, multiply, type Precision } from "../../lib/matrix";
import { adam, type Optimizer, sgd } from "../../lib/optimizers";
import type { Params } from "../../lib/params";
import { randomState } from "../../lib/random";
import { train } from "../../lib/training";

const random = randomState(0);

function normal(rows: number, cols: number, precision: Precision): Matrix {
  const data = random.normals(rows * cols);
  return fromData(rows, cols, precision === "float64" ? data : Float32Array.from(data));
}

/** The product of a 256×784 and a 784×128 matrix. */
export function product(precision: Precision): () => void {
  const [A, B] = [normal(256, 784, precision), normal(784, 128, precision)];
  return () => {
    multiply(A, B);
  };
}

interface Training {
  readonly sizes: readonly number[];
  readonly samples: number;
  readonly precision: Precision;
  readonly epochs: number;
  readonly optimizer: Optimizer;
}

/** The two trainings of the notes. Random inputs: speed does not depend on what is in them. */
export const trainings: { readonly [name: string]: Training } = {
  rings: { sizes: [2, 32, 16, 2], samples: 2000, precision: "float64", epochs: 50, optimizer: sgd(1e-2) },
  mnist: {
    sizes: [784, 256, 128, 10],
    samples: 60000,
    precision: "float32",
    epochs: 1,
    optimizer: adam(1e-3),
  },
};

/** A training of a ReLU network with softmax cross-entropy in batches of 128. */
export function training({ sizes, samples, precision, epochs, optimizer }: Training): () => Promise<void> {
  const layers: Layer[] = [];
  for (let l = 1; l < sizes.length; l++) {
    layers.push(dense(sizes[l - 1], sizes[l], { weights: heNormal(), precision }) as unknown as Layer);
    if (l < sizes.length - 1) layers.push(elementwise(relu) as unknown as Layer);
  }
  const layer = serial(...layers) as unknown as Layer;
  const params = layer.init(random) as Params;
  const classes = sizes[sizes.length - 1];
  const X = normal(sizes[0], samples, precision);
  const T = oneHot(random.integers(0, classes, samples), classes, precision);
  return async () => {
    await train({
      layer,
      loss: softmaxCrossEntropy,
      optimizer,
      params,
      X,
      T,
      batchSize: 128,
      epochs,
      random,
    });
  };
}
