// One epoch of the same network by TensorFlow.js.
import { version } from "@tensorflow/tfjs-node/package.json";
import { mnist } from "../../../lib/datasets/mnist";
import { tensorflow, tensorflowBackend } from "../../../lib/gradients/tensorflow";
import { transpose } from "../../../lib/matrix";
import { seconds, serve } from "./serve";

const backend = tensorflowBackend();
const tf = tensorflow();

function network() {
  const model = tf.sequential();
  const { dense } = tf.layers;
  const he = "heNormal";
  model.add(dense({ units: 256, inputShape: [784], activation: "relu", kernelInitializer: he }));
  model.add(dense({ units: 128, activation: "relu", kernelInitializer: he }));
  model.add(dense({ units: 10, activation: "softmax", kernelInitializer: "glorotNormal" }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  return model;
}

/** 60000×784 and 60000×10. */
function data() {
  const { train } = mnist();
  const indices = Int32Array.from({ length: train.count }, (_, i) => i);
  const X = transpose(train.takeBatch(indices, "float32")).data;
  const labels = tf.tensor1d(Int32Array.from(train.labels), "int32");
  return { X: tf.tensor2d(X as Float32Array, [train.count, 784]), T: tf.oneHot(labels, 10) };
}

let samples: ReturnType<typeof data> | undefined;

serve(
  {
    "TensorFlow.js": `${version}, ${backend.name === "tensorflow" ? `libtensorflow ${backend.version}` : "plain JavaScript"}`,
  },
  {
    native: () => backend.name === "tensorflow",
    "mnist one epoch": () => {
      samples ??= data();
      const { X, T } = samples;
      const model = network();
      return seconds(() => model.fit(X, T, { batchSize: 128, epochs: 1, shuffle: true, verbose: 0 }));
    },
  },
);
