import { relu, sigmoid, tanh } from "../activations";
import { heNormal, uniformInit } from "../initializers";
import { sin } from "../kernels/functions";
import { dense, elementwise, serial } from "../layers";
import { meanSquaredError } from "../losses";
import { fromData, type Matrix } from "../matrix";
import { adam } from "../optimizers";
import { randomState } from "../random";
import { cosine } from "../schedules/cosine";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";
import { Diverged, guarded } from "./train-by-epoch";

const activations = { sigmoid, tanh, relu };

const settings = {
  activation: choiceSetting(["sigmoid", "tanh", "relu"], "tanh", "Activation of the hidden layer."),
  width: wholeSetting(16, "Hidden units.", { min: 1, max: 4096 }),
  spread: numberSetting(
    8,
    "The first hidden weights and biases are uniform in ± this, so that units bend at various places.",
    { above: 0 },
  ),
  learningRate: numberSetting(0.02, "Learning rate of Adam's first step; it falls to 0 along a cosine.", {
    above: 0,
  }),
  steps: wholeSetting(2000, "Steps, each on all points.", { min: 1 }),
};

const columns = {
  maxError: { unit: "1", doc: "Largest |y − f(x)| on 1001 points of [−1, 1]; NaN after a divergence." },
  rmsError: { unit: "1", doc: "Root of the mean of (y − f(x))² there." },
};

/**
 * The function to approximate: f(x) = sin πx + ½ sin 3πx. On [−1, 1] its second derivative is at most 5½ π² in size.
 * @example
 * wave(0.5) // ≈ 0.5
 */
export const wave = (x: number): number => sin(Math.PI * x) + 0.5 * sin(3 * Math.PI * x);

/** n points of [−1, 1], evenly spread, as a row. */
const points = (n: number): Matrix =>
  fromData(
    1,
    n,
    Float64Array.from({ length: n }, (_, k) => -1 + (2 * k) / (n - 1)),
  );

const waveOf = (X: Matrix): Matrix => fromData(1, X.cols, Float64Array.from(X.data, wave));

/**
 * What training makes of the universal approximation theorem: a network with one hidden layer learns a function of one
 * number from 101 points by Adam, and is measured between them too.
 * Source: note 002, "universal approximation theorem", which says that good weights exist, not that training finds them.
 * @example
 * const [{ maxError }] = await approximation.run({ width: 32 }, 0)
 * maxError < 0.2 // true
 * (await approximation.run({ width: 1 }, 0))[0].maxError > 0.5 // true
 */
export const approximation = defineExperiment({
  name: "approximation",
  description: "A function of one number by a network with one hidden layer: error against width.",
  settings,
  columns,
  index: [],
  async run({ activation, width, spread, learningRate, steps }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const first = uniformInit(-spread, spread);
    const network = serial(
      dense(1, width, { weights: first, bias: first }),
      elementwise(activations[activation]),
      dense(width, 1, { weights: heNormal() }),
    );
    const X = points(101);
    try {
      const { params } = await train({
        layer: network,
        loss: guarded(meanSquaredError),
        optimizer: adam(cosine(learningRate, { steps })),
        params: network.init(random.stream("weights")),
        X,
        T: waveOf(X),
        epochs: steps,
        batchSize: X.cols,
        shuffle: false,
        signal,
        onBatch: ({ epoch }) => onProgress?.(epoch / steps),
      });
      const grid = points(1001);
      const output = Array.from(network.forward(params, grid).output.data);
      const errors = output.map((y, k) => Math.abs(y - wave(grid.data[k])));
      const maxError = errors.reduce((most, e) => Math.max(most, e), 0);
      const rmsError = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / grid.cols);
      return [{ maxError, rmsError }];
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      return [{ maxError: Number.NaN, rmsError: Number.NaN }];
    }
  },
});
