import { relu } from "../../../lib/activations";
import { mnist } from "../../../lib/datasets/mnist";
import { rings } from "../../../lib/datasets/rings";
import { standardise } from "../../../lib/datasets/standardise";
import { heNormal, xavierNormal } from "../../../lib/initializers";
import { dense, elementwise, serial } from "../../../lib/layers";
import { oneHot, softmaxCrossEntropy } from "../../../lib/losses";
import { adam, sgd } from "../../../lib/optimizers";
import { randomState } from "../../../lib/random";
import type { train } from "../../../lib/training";

/** The options of train, all but the number of epochs. */
type Training = Omit<Parameters<typeof train>[0], "epochs">;

/** The rings of note 004, standardised. */
export function ringsData() {
  const { X, labels } = rings(randomState(42), { samples: 2000, noise: 0.1 });
  return { X: standardise(X).X, labels };
}

/** Note 004's training on the rings: 2-32-16-2 in float64, descent at the rate 0.01. */
export function ringsTraining(): Training {
  const random = randomState(42);
  const layer = serial(
    dense(2, 32, { weights: heNormal() }),
    elementwise(relu),
    dense(32, 16, { weights: heNormal() }),
    elementwise(relu),
    dense(16, 2, { weights: heNormal() }),
  );
  const { X, labels } = ringsData();
  const T = oneHot(labels, 2);
  const params = layer.init(random);
  const training = { layer, loss: softmaxCrossEntropy, optimizer: sgd(1e-2), params };
  return { ...training, X, T, batchSize: 128, random } as unknown as Training;
}

/** Note 004's training on MNIST: 784-256-128-10 in float32, Adam. */
export function mnistTraining(): Training {
  const random = randomState(42);
  const precision = "float32";
  const layer = serial(
    dense(784, 256, { weights: heNormal(), precision }),
    elementwise(relu),
    dense(256, 128, { weights: heNormal(), precision }),
    elementwise(relu),
    dense(128, 10, { weights: xavierNormal, precision }),
  );
  const images = mnist().train;
  const X = images.takeBatch(
    Int32Array.from({ length: images.count }, (_, i) => i),
    precision,
  );
  const T = oneHot(images.labels, 10, precision);
  const params = layer.init(random);
  const training = { layer, loss: softmaxCrossEntropy, optimizer: adam(1e-3), params };
  return { ...training, X, T, batchSize: 128, random } as unknown as Training;
}
