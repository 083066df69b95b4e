import { type Activation, identity, leakyRelu, relu, sigmoid, tanh } from "../activations";
import { trace, traceBackward } from "../diagnostics/trace";
import { heNormal, type Initializer, lecunNormal, xavierNormal, xavierUniform } from "../initializers";
import { normalWithDeviation } from "../initializers/draw";
import { lsuv } from "../initializers/lsuv";
import { orthogonal } from "../initializers/orthogonal";
import { kaimingUniform } from "../initializers/torch";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { fromData, type Matrix } from "../matrix";
import { mapParams } from "../params";
import { type Random, randomState } from "../random";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const slope = 0.2;
const activations: Readonly<Record<string, Activation>> = {
  linear: identity,
  tanh,
  sigmoid,
  relu,
  "leaky relu": leakyRelu(slope),
};
const initializers = {
  small: normalWithDeviation(() => 0.01),
  // what nn.Linear starts from: U(−1/√n, 1/√n)
  pytorch: kaimingUniform({ negativeSlope: Math.sqrt(5) }),
  lecun: lecunNormal,
  xavier: xavierNormal,
  "xavier-uniform": xavierUniform,
  he: heNormal(),
  "he leaky": heNormal(slope),
  orthogonal: orthogonal(),
  lsuv: orthogonal(),
} as const satisfies Readonly<Record<string, Initializer>>;

const settings = {
  activation: choiceSetting(
    Object.keys(activations),
    "tanh",
    "Activation between the layers; leaky: α = 0.2, to which he leaky belongs.",
  ),
  initializer: choiceSetting(
    Object.keys(initializers) as (keyof typeof initializers)[],
    "xavier",
    "Weights of all layers; small: N(0, 0.01²), pytorch: U(−1/√n, 1/√n), lsuv: from orthogonal ones. Biases are 0.",
  ),
  gain: numberSetting(1, "Factor on all weights, once they are drawn.", { above: 0 }),
  depth: wholeSetting(30, "Layers of weights.", { min: 1 }),
  width: wholeSetting(256, "Inputs, and units of each layer.", { min: 1 }),
  samples: wholeSetting(64, "Samples, standard normal.", { min: 1 }),
};

const columns = {
  layer: { unit: "1", doc: "Layers of weights, counted from 1." },
  forward: { unit: "1", doc: "Mean of z² over the layer's sums and the samples." },
  backward: {
    unit: "1",
    doc: "Mean of (∂E/∂z)², with standard normal numbers as ∂E/∂z of the last layer's sums.",
  },
};

/**
 * How large the sums are on the way forward and the gradients on the way back in every layer of a deep network of equal
 * widths at its first weights. Nothing is trained.
 * Source: note 004, "Training techniques", section 1; X. Glorot, Y. Bengio, AISTATS (2010) 249, figures 6 and 7.
 * @example
 * const rows = await depthSignal.run({ activation: "relu", initializer: "he", depth: 2, width: 400 }, 0)
 * rows.map(({ layer }) => layer) // [1, 2]
 * Math.abs(rows[1].forward / rows[0].forward - 1) < 0.2 // true
 */
export const depthSignal = defineExperiment({
  name: "depth-signal",
  description: "Variance of sums and gradients by layer in a deep network at its first weights.",
  settings,
  columns,
  index: ["layer"],
  async run({ activation, initializer, gain, depth, width, samples }, seed) {
    const random = randomState(seed);
    const X = normals(random.stream("inputs"), width, samples);
    const layers = Array.from({ length: depth }, (_, l) => [
      ...(l === 0 ? [] : [elementwise(activations[activation]) as unknown as Layer]),
      dense(width, width, { weights: initializers[initializer] }) as unknown as Layer,
    ]);
    const network = serial(...layers.flat()) as unknown as Layer;
    let params = network.init(random.stream("weights"));
    if (initializer === "lsuv") params = lsuv(network, params, X).params;
    if (gain !== 1)
      params = mapParams(
        (P) =>
          fromData(
            P.rows,
            P.cols,
            P.data.map((w) => gain * w),
          ),
        params,
      );
    const dOutput = normals(random.stream("gradients"), width, samples);
    return traceBackward(trace(network, params, X), dOutput)
      .steps.filter(({ name }) => name === "dense")
      .map((step, l) => ({
        layer: l + 1,
        forward: meanSquare(step.output),
        backward: meanSquare(step.dOutput),
      }));
  },
});

const normals = (random: Random, rows: number, cols: number) =>
  fromData(rows, cols, random.normals(rows * cols));

function meanSquare({ data }: Matrix): number {
  let squares = 0;
  for (const x of data) squares += x * x;
  return squares / data.length;
}
