import { sigmoid } from "../activations";
import { trace, traceBackward } from "../diagnostics/trace";
import { lecunNormal } from "../initializers";
import { normalWithDeviation } from "../initializers/draw";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { oneHot, sigmoidBinaryCrossEntropy } from "../losses";
import { type Matrix, zeros } from "../matrix";
import { frobeniusNorm } from "../matrix-entries";
import { randomState } from "../random";
import { digitSets } from "./digit-networks";
import { defineExperiment } from "./experiment";
import { wholeSetting } from "./settings";

const settings = {
  hiddenLayers: wholeSetting(2, "Hidden layers.", { min: 1, max: 100 }),
  width: wholeSetting(30, "Units of each hidden layer.", { min: 1, max: 1000 }),
  images: wholeSetting(1000, "The first training images of the file.", { min: 1, max: 60000 }),
};

const columns = {
  layer: { unit: "1", doc: "Hidden layers counted from 1, the one behind the images." },
  norm: {
    unit: "nats",
    doc: "‖∂E/∂b‖ of the layer's biases, E the mean over the images: the norm of the mean δ.",
  },
};

/**
 * The speeds of learning with which chapter 5 of Nielsen's book begins: the norm of the mean δ in each hidden layer of
 * 784-30-…-30-10 before training. Sigmoids everywhere, cross-entropy of the ten outputs, weights N(0, 1/n) for n
 * inputs, biases N(0, 1), pixels from 0 to 1, the first 1000 images.
 * Source: M. A. Nielsen, Neural networks and deep learning (2015), chapter 5, its script generate_gradient.py and
 * network2.py.
 * @example
 * const rows = await nielsenGradients.run({ images: 100 }, 0)
 * rows[0].norm < rows[1].norm // true
 */
export const nielsenGradients = defineExperiment({
  name: "nielsen-gradients",
  description: "The norm of the mean δ in each hidden layer of Nielsen's sigmoid networks before training.",
  settings,
  columns,
  index: ["layer"],
  files: ["mnist.json"],
  async run({ hiddenLayers, width, images }, seed) {
    const { X, T } = firstDigits(images);
    const options = { weights: lecunNormal, bias: normalWithDeviation(() => 1) };
    const sizes = [X.rows, ...new Array<number>(hiddenLayers).fill(width), 10];
    const layers = sizes.slice(1).map((size, l) => dense(sizes[l], size, options) as unknown as Layer);
    const active = elementwise(sigmoid) as unknown as Layer;
    const network = serial(...layers.flatMap((layer, l) => (l === 0 ? [layer] : [active, layer])));
    const params = network.init(randomState(seed).stream("weights"));
    const traced = trace(network, params, X);
    const { cache } = sigmoidBinaryCrossEntropy.forward(traced.output, T);
    const { steps } = traceBackward(traced, sigmoidBinaryCrossEntropy.backward(cache));
    return steps
      .filter(({ layer }) => layer.description.kind === "dense")
      .slice(0, -1)
      .map(({ gradients }, l) => ({
        layer: l + 1,
        norm: frobeniusNorm((gradients as { bias: Matrix }).bias),
      }));
  },
});

/** The first images as columns, pixels from 0 for paper to 1 for ink, and their digits. */
function firstDigits(count: number) {
  const { train } = digitSets();
  const X = zeros(28 * 28, count);
  for (let j = 0; j < count; j++) {
    const image = train.image(j);
    for (let i = 0; i < image.length; i++) X.data[i * count + j] = image[i] / 255;
  }
  return { X, T: oneHot(train.labels.subarray(0, count), 10) };
}
