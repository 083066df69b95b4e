import type { BackwardStep } from "../diagnostics/trace";
import { trace, traceBackward } from "../diagnostics/trace";
import { exp, log } from "../kernels/functions";
import { softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import { frobeniusNorm } from "../matrix-entries";
import { randomState } from "../random";
import { activationOf, deepNetwork, deepSettings, digits } from "./digit-networks";
import { defineExperiment } from "./experiment";
import { choiceSetting, wholeSetting } from "./settings";

const settings = {
  ...deepSettings,
  listed: choiceSetting(
    ["all", "ends"],
    "all",
    "Layers that get a row: every hidden one, or the first and the last.",
  ),
  images: wholeSetting(200, "Training images of the probe, chosen by the seed.", { min: 2, max: 60000 }),
};

const columns = {
  layer: { unit: "1", doc: "Hidden layers counted from 1, the one behind the images." },
  deltaNorm: {
    unit: "nats",
    doc: "√m ‖∂E/∂Z‖ of the layer's sums: the root mean square over the m images of the norm of δ.",
  },
  gradientNorm: { unit: "nats", doc: "‖∂E/∂W‖ of the layer's weights, E the mean over the probe." },
  sumDeviation: { unit: "1", doc: "Standard deviation of the layer's sums Z over units and images." },
  meanSlope: { unit: "1", doc: "Mean of f′ over units and images." },
  rmsSlope: { unit: "1", doc: "Root mean square of f′." },
  geometricSlope: { unit: "1", doc: "Geometric mean of f′; 0 where one is 0." },
  saturated: { unit: "1", doc: "Share of the f′ below a tenth of 1, for the sigmoid of ¼." },
};

/**
 * What reaches each hidden layer of a deep network on the way back, before any training: the sizes of δ and of the
 * weights' gradients, beside the slopes of the activations on the way. Images and weights come from two streams of
 * the seed.
 * Source: note 001 on vanishing gradients; X. Glorot, Y. Bengio, AISTATS (2010) 249, figure 7.
 * @example
 * const rows = await deepGradients.run({ depth: 6, images: 20 }, 0)
 * rows.map(({ layer }) => layer) // [1, 2, 3, 4, 5, 6]
 * rows[0].deltaNorm < 0.001 * rows[5].deltaNorm // true
 */
export const deepGradients = defineExperiment({
  name: "deep-gradients",
  description:
    "Sizes of gradients and slopes of activations, layer by layer, in deep networks before training.",
  settings,
  columns,
  index: ["layer"],
  files: ["mnist.json"],
  async run({ images, listed, ...given }, seed) {
    const random = randomState(seed);
    const chosen = random.stream("samples").permutation(60000).slice(0, images);
    const { X, T } = digits("train", chosen, "float64");
    const network = deepNetwork(given, "float64");
    const traced = trace(network, network.init(random.stream("weights")), X);
    const { cache } = softmaxCrossEntropy.forward(traced.output, T);
    const { steps } = traceBackward(traced, softmaxCrossEntropy.backward(cache));

    const activation = activationOf(given.activation);
    const largest = given.activation === "sigmoid" ? 0.25 : 1;
    const rows = hiddenLayers(steps).map(({ sums, active }, l) => {
      const { weights } = sums.gradients as { weights: Matrix };
      return {
        layer: l + 1,
        deltaNorm: Math.sqrt(images) * frobeniusNorm(sums.dOutput),
        gradientNorm: frobeniusNorm(weights),
        sumDeviation: deviation(sums.output),
        ...slopes(activation.derivativeAt(active.input), largest / 10),
      };
    });
    return listed === "all" ? rows : rows.filter((_, l) => l === 0 || l === rows.length - 1);
  },
});

/** For each hidden layer the step of its dense layer and that of its activation. */
function hiddenLayers(steps: readonly BackwardStep[]) {
  const layers: { sums: BackwardStep; active: BackwardStep }[] = [];
  let sums: BackwardStep | undefined;
  for (const step of steps) {
    const { kind } = step.layer.description;
    if (kind === "dense") sums = step;
    if (kind === "elementwise" && sums !== undefined) {
      layers.push({ sums, active: step });
      sums = undefined; // so that the shortcut of a residual layer is none
    }
  }
  return layers;
}

function slopes({ data }: Matrix, low: number) {
  let [sum, squares, logs, below] = [0, 0, 0, 0];
  for (const slope of data) {
    sum += slope;
    squares += slope * slope;
    logs += log(slope);
    if (slope < low) below += 1;
  }
  const n = data.length;
  return {
    meanSlope: sum / n,
    rmsSlope: Math.sqrt(squares / n),
    // of GELU some slopes are negative
    geometricSlope: Number.isNaN(logs) ? Number.NaN : exp(logs / n),
    saturated: below / n,
  };
}

/** The population form. */
function deviation({ data }: Matrix): number {
  let [sum, squares] = [0, 0];
  for (const z of data) sum += z;
  const mean = sum / data.length;
  for (const z of data) squares += (z - mean) * (z - mean);
  return Math.sqrt(squares / data.length);
}
