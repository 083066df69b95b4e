import type { Activation } from "./activations";
import { type Initializer, xavierUniform, zeroInit } from "./initializers";
import { expectInput, expectShape, forInference, inside, type Layer, type NoParams } from "./layer";
import {
  affine,
  type Matrix,
  multiplyTransposeLeft,
  multiplyTransposeRight,
  type Precision,
  rowSums,
} from "./matrix";
import type { Params } from "./params";

/** The parameters of `dense`: weights W, outputs×inputs, and bias b, outputs×1. */
export type DenseParams = { readonly weights: Matrix; readonly bias: Matrix };

/** What may be chosen for `dense`. */
export interface DenseOptions {
  /** Default xavierUniform. */
  readonly weights?: Initializer;
  /** Default zeroInit. */
  readonly bias?: Initializer;
  readonly name?: string;
  /** Default "float64". */
  readonly precision?: Precision;
}

/**
 * The fully connected layer Z = W A + b 1ᵀ of m samples:
 * A inputs×m, W outputs×inputs, b outputs×1, Z outputs×m. With Δ = ∂E/∂Z,
 *
 *     dW = Δ Aᵀ        db = Δ 1        dA = Wᵀ Δ
 *
 * In `cache` it keeps A. `init` draws the weights, then the bias.
 * @throws if A, Δ or the parameters have other shapes, or they differ in precision
 * Source: note 004, "Layer decomposition"; Rumelhart, Hinton and Williams, Nature 323 (1986) 533, equations 6 and 7.
 * @example
 * const layer = dense(2, 1)
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * const { output, cache } = layer.forward(params, matrix([[1, 0], [0, 1]]))
 * const { dInput, gradients } = layer.backward(params, cache, matrix([[1, 2]]))
 * output // matrix([[8, 9]])
 * gradients.weights // matrix([[1, 2]])
 * gradients.bias // matrix([[3]])
 * dInput // matrix([[3, 6], [4, 8]])
 * layer.forward(params, matrix([[1]])) // throws /dense.forward: A is 1×1, expected 2×1/
 */
export function dense(
  inputs: number,
  outputs: number,
  options: DenseOptions = {},
): Layer<DenseParams, { A: Matrix }> {
  const { weights = xavierUniform, bias = zeroInit, name = "dense", precision = "float64" } = options;
  for (const size of [inputs, outputs])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(
        `dense: a size is ${size} in dense(${inputs}, ${outputs}) (it must be a whole number ≥ 1)`,
      );
  return {
    name,
    description: { kind: "dense", inputs, outputs },

    init: (random) => ({
      weights: weights(random, outputs, inputs, precision),
      bias: bias(random, outputs, 1, precision),
    }),

    forward({ weights: W, bias: b }, A) {
      expectShape(`${name}.forward: weights`, W, outputs, inputs);
      expectShape(`${name}.forward: bias`, b, outputs, 1);
      expectInput(`${name}.forward: A`, A, inputs, W);
      return { output: affine(W, A, b), cache: { A } };
    },

    backward({ weights: W }, { A }, dZ) {
      expectShape(`${name}.backward: dOutput`, dZ, outputs, A.cols);
      const gradients = { weights: multiplyTransposeRight(dZ, A), bias: rowSums(dZ) };
      return {
        gradients,
        // the first layer of a network is not asked for it
        get dInput() {
          return multiplyTransposeLeft(W, dZ);
        },
      };
    },
  };
}

/**
 * An activation applied to every entry: A = φ(Z), Z and A n×m, no parameters. With dA = ∂E/∂A,
 *
 *     dZ = dA ⊙ φ′(Z)
 *
 * In `cache` it keeps Z.
 * @throws if dA has not the shape of Z
 * Source: note 004, "Layer decomposition".
 * @example
 * import { relu } from "./activations"
 * const layer = elementwise(relu)
 * const { output, cache } = layer.forward({}, matrix([[-1, 2]]))
 * output // matrix([[0, 2]])
 * layer.backward({}, cache, matrix([[10, 10]])).dInput // matrix([[0, 10]])
 */
export function elementwise(activation: Activation, name = activation.name): Layer<NoParams, { Z: Matrix }> {
  return {
    name,
    description: { kind: "elementwise", activation },
    init: () => ({}),
    forward: (_params, Z) => ({ output: activation.apply(Z), cache: { Z } }),

    backward(_params, { Z }, dA) {
      expectShape(`${name}.backward: dOutput`, dA, Z.rows, Z.cols);
      return { dInput: activation.backward(Z, dA), gradients: {} };
    },
  };
}

/** The parameters of layers in a row: a list with those of each. */
export type SerialParams<L extends readonly Layer[]> = {
  readonly [K in keyof L]: L[K] extends Layer<infer P, infer _> ? P : never;
};

/**
 * Layers one after another, again a layer: A⁽ˡ⁾ = layerₗ(A⁽ˡ⁻¹⁾). Backward is the chain rule: from the last layer to
 * the first, each one's ∂E/∂input is the ∂E/∂output of the one before it. Parameters, gradients and caches are lists
 * with one entry for each layer. `init` lets the layers draw one after another from the same generator.
 * @throws if there is no layer, or the list of parameters or caches is none or has another length; and what a layer
 * throws, as where two neighbours do not fit, with the way to it
 * @example
 * import { tanh } from "./activations"
 * import { randomState } from "./random"
 * const network = serial(dense(2, 3), elementwise(tanh), dense(3, 1))
 * const params = network.init(randomState(1))
 * network.forward(params, matrix([[1], [2]])).output.rows // 1
 * params[2].weights.cols // 3
 * serial() // throws /at least one layer/
 * network.forward(params, matrix([[1]])) // throws /serial.forward: layer 0 of 0…2 \(dense\): dense.forward: A is 1×1/
 */
export function serial<L extends readonly Layer[]>(...layers: L): Layer<SerialParams<L>, readonly unknown[]> {
  if (layers.length === 0) throw new Error("serial: it needs at least one layer");
  const expectOneEach = (name: string, list: readonly unknown[]) => {
    if (!Array.isArray(list)) throw new Error(`${name} is no list (it has one entry for each layer)`);
    if (list.length !== layers.length)
      throw new Error(`${name} has ${list.length} entries for ${layers.length} layers (one for each)`);
  };
  const places = layers.map(({ name }, l) => `layer ${l} of 0…${layers.length - 1} (${name})`);
  return {
    name: "serial",
    description: { kind: "serial", layers },

    init: (random) =>
      layers.map((layer, l) => inside("serial.init", places[l], () => layer.init(random))) as SerialParams<L>,

    forward(params, A, random) {
      expectOneEach("serial.forward: params", params);
      const caches: unknown[] = [];
      let output = A;
      layers.forEach((layer, l) => {
        const step = inside("serial.forward", places[l], () => layer.forward(params[l], output, random));
        output = step.output;
        caches.push(step.cache);
      });
      return { output, cache: caches };
    },

    backward(params, caches, dOutput) {
      expectOneEach("serial.backward: params", params);
      expectOneEach("serial.backward: cache", caches);
      const gradients: Params[] = [];
      let dA = () => dOutput;
      for (let l = layers.length - 1; l >= 0; l--) {
        const dNext = dA();
        const step = inside("serial.backward", places[l], () =>
          layers[l].backward(params[l], caches[l], dNext),
        );
        gradients[l] = step.gradients;
        dA = () => inside("serial.backward", places[l], () => step.dInput);
      }
      return {
        gradients: gradients as unknown as SerialParams<L>,
        get dInput() {
          return dA();
        },
      };
    },

    observe: layers.some((layer) => layer.observe)
      ? (params, caches) =>
          layers.map((layer, l) =>
            inside("serial.observe", places[l], () => layer.observe?.(params[l], caches[l]) ?? params[l]),
          ) as SerialParams<L>
      : undefined,
    inference: layers.some((layer) => layer.inference)
      ? () => serial(...layers.map(forInference)) as unknown as Layer<SerialParams<L>>
      : undefined,
  };
}
