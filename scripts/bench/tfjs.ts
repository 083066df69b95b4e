import type { Optimizer } from "@tensorflow/tfjs";
import { type TensorFlow, tensorflow } from "../../lib/gradients/tensorflow";

/** The product of a 256×784 and a 784×128 matrix, in float32, the only precision that TensorFlow.js has. */
export function tfjsProduct(): () => void {
  const tf = tensorflow();
  const [A, B] = [tf.randomNormal([256, 784]), tf.randomNormal([784, 128])];
  return () => {
    const C = tf.matMul(A, B);
    C.dataSync();
    C.dispose();
  };
}

/** `model.fit` of the same network on data of the same shape. */
export function tfjsTraining(
  sizes: readonly number[],
  samples: number,
  epochs: number,
  optimizer: (tf: TensorFlow) => Optimizer,
): () => Promise<void> {
  const tf = tensorflow();
  const model = tf.sequential();
  for (let l = 1; l < sizes.length; l++)
    model.add(
      tf.layers.dense({
        units: sizes[l],
        inputShape: l === 1 ? [sizes[0]] : undefined,
        activation: l < sizes.length - 1 ? "relu" : "softmax",
        kernelInitializer: "heNormal",
      }),
    );
  model.compile({ optimizer: optimizer(tf), loss: "categoricalCrossentropy" });
  const classes = sizes[sizes.length - 1];
  const X = tf.randomNormal([samples, sizes[0]]);
  const T = tf.oneHot(tf.randomUniform([samples], 0, classes, "int32"), classes);
  return async () => {
    await model.fit(X, T, { batchSize: 128, epochs, shuffle: true, verbose: 0 });
  };
}
