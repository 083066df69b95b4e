import { type Activation, leakyRelu, relu, sigmoid, tanh } from "../activations";
import { gelu } from "../activations/gelu";
import { type MnistSet, mnist } from "../datasets/mnist";
import { heNormal, type Initializer, lecunNormal, xavierNormal } from "../initializers";
import { normalWithDeviation, uniformWithBound } from "../initializers/draw";
import type { Layer } from "../layer";
import { dense, elementwise, serial } from "../layers";
import { batchNorm } from "../layers/batch-norm";
import { layerNorm } from "../layers/layer-norm";
import { residual } from "../layers/residual";
import { oneHot } from "../losses";
import { type Precision, scale } from "../matrix";
import { choiceSetting, flagSetting, numberSetting, wholeSetting } from "./settings";

const activations = { sigmoid, tanh, relu, "leaky relu": leakyRelu(), gelu };
const initializers = {
  uniform: uniformWithBound(({ fanIn }) => Math.sqrt(1 / fanIn)),
  lecun: lecunNormal,
  xavier: xavierNormal,
  he: heNormal(),
  small: normalWithDeviation(() => 0.01),
} as const satisfies Readonly<Record<string, Initializer>>;

/** The settings of the deep networks on MNIST. */
export const deepSettings = {
  depth: wholeSetting(20, "Hidden layers.", { min: 1, max: 100 }),
  width: wholeSetting(32, "Units of each hidden layer.", { min: 1, max: 1000 }),
  activation: choiceSetting(
    Object.keys(activations) as (keyof typeof activations)[],
    "sigmoid",
    "Activation of the hidden units; leaky: α = 0.01.",
  ),
  initializer: choiceSetting(
    Object.keys(initializers) as (keyof typeof initializers)[],
    "uniform",
    "Weights of the hidden layers, n inputs to a unit; uniform: U(−1/√n, 1/√n), small: N(0, 0.01²). The output layer's are Xavier's normal ones, all biases 0.",
  ),
  gain: numberSetting(1, "Factor of the hidden layers' first weights.", { above: 0 }),
  normalization: choiceSetting(
    ["none", "batch", "layer"],
    "none",
    "What is done to the sums of each hidden layer before its activation.",
  ),
  residual: flagSetting(false, "Whether each hidden layer but the first adds its input to its activations."),
};

type ValueOf<S> = S extends { readonly default: infer T } ? T : never;
/** The values of deepSettings. */
export type DeepSettings = { readonly [K in keyof typeof deepSettings]: ValueOf<(typeof deepSettings)[K]> };

/**
 * The activation of a name in deepSettings.
 * @example
 * activationOf("leaky relu").f(-1) // -0.01
 */
export const activationOf = (name: DeepSettings["activation"]): Activation => activations[name];

/**
 * The network 784-w-…-w-10 with `depth` hidden layers of w units: dense, perhaps a normalization, activation; with
 * `residual` all of them but the first have a way around. Its outputs are logits.
 * @example
 * import { completeSettings } from "./experiment"
 * const settings = completeSettings({ name: "deep", settings: deepSettings }, { depth: 3, normalization: "batch" })
 * deepNetwork(settings, "float64").init(randomState(0)).length // 10
 */
export function deepNetwork(settings: DeepSettings, precision: Precision): Layer {
  const { depth, width, activation, initializer, gain, normalization } = settings;
  const draw: Initializer = initializers[initializer];
  const weights: Initializer = (...given) => (gain === 1 ? draw(...given) : scale(draw(...given), gain));
  const hidden = (inputs: number) =>
    [
      dense(inputs, width, { weights, precision }),
      ...(normalization === "batch" ? [batchNorm(width, { precision })] : []),
      ...(normalization === "layer" ? [layerNorm(width, { precision })] : []),
      elementwise(activations[activation]),
    ] as unknown as Layer[];
  const layers = hidden(28 * 28);
  for (let l = 2; l <= depth; l++)
    layers.push(
      ...(settings.residual ? [residual(serial(...hidden(width))) as unknown as Layer] : hidden(width)),
    );
  const output = dense(width, 10, { weights: xavierNormal, precision }) as unknown as Layer;
  return serial(...layers, output) as unknown as Layer;
}

let read: { train: MnistSet; test: MnistSet } | undefined;

/**
 * MNIST, read once.
 * @example
 * digitSets().test.count // 10000
 */
export const digitSets = () => {
  read ??= mnist();
  return read;
};

/**
 * Digits of MNIST, images as columns, and which they are.
 * @param indices places in the training or the test file
 * @example
 * digits("train", [0, 1], "float64").labels // Int32Array.of(5, 0)
 */
export function digits(from: "train" | "test", indices: ArrayLike<number>, precision: Precision) {
  const set = digitSets()[from];
  const labels = Int32Array.from(indices, (index) => set.labels[index]);
  return { X: set.takeBatch(indices, precision), labels, T: oneHot(labels, 10, precision) };
}
