import { type Activation, softmax } from "../../activations";
import type { Layer } from "../../layer";
import { type DenseParams, dense, serial } from "../../layers";
import { column, fromData, type Matrix, matrix } from "../../matrix";
import { flattenParams, type Params } from "../../params";
import { byDifferences } from "../differences";
import { innerProduct, inputsOf, normalMatrix } from "../points";
import type { Case } from "../question";
import { rowGains, squares } from "../trial-layers";

/** From ∂E/∂Z of Z = W A + b 1ᵀ to the gradients of W and b, and ∂E/∂A. */
export type DenseBackward = (
  params: DenseParams,
  cache: { readonly A: Matrix },
  dZ: Matrix,
) => { readonly gradients: DenseParams; readonly dInput: Matrix };

/** From ∂E/∂A of A = φ(Z) to ∂E/∂Z. */
export type ActivationBackward = (Z: Matrix, dA: Matrix) => Matrix;

/** The n×n matrix of ∂aᵢ/∂zⱼ for a = softmax(z), z n×1. */
export type SoftmaxJacobian = (z: Matrix) => Matrix;

/** From ∂E/∂output of layers in a row to the gradients of each layer's parameters, and ∂E/∂input. */
export type SerialBackward = (
  layers: readonly Layer[],
  params: readonly Params[],
  caches: readonly unknown[],
  dOutput: Matrix,
) => { readonly gradients: readonly Params[]; readonly dInput: Matrix };

/**
 * A fully connected layer with E = Σ dZ ⊙ (W A + b 1ᵀ), so that ∂E/∂Z = dZ: parameters, A and dZ are normal numbers.
 * @example
 * const { truth } = denseCase(3, 2, 5)
 * truth().dWeights.value.rows // 2
 */
export function denseCase(inputs: number, outputs: number, m: number): Case<[DenseBackward]> {
  const random = inputsOf(`dense ${inputs} ${outputs} ${m}`);
  const params = { weights: normalMatrix(random, outputs, inputs), bias: normalMatrix(random, outputs, 1) };
  const [A, dZ] = [normalMatrix(random, inputs, m), normalMatrix(random, outputs, m)];
  const { forward } = dense(inputs, outputs);
  return {
    probe: `${inputs}→${outputs}, m = ${m}`,
    ask(denseBackward) {
      const { gradients, dInput } = denseBackward(params, { A }, dZ);
      return { dWeights: gradients.weights, dBias: gradients.bias, dInput };
    },
    truth: () =>
      byDifferences(
        ({ weights, bias, input }) => innerProduct(forward({ weights, bias }, input).output, dZ),
        { ...params, input: A },
        { weights: "dWeights", bias: "dBias", input: "dInput" },
      ),
  };
}

/**
 * An activation at Z with E = Σ dA ⊙ φ(Z), so that ∂E/∂A = dA.
 * @example
 * import { relu } from "../../activations"
 * const { truth } = activationCase(relu, matrix([[-1, 2]]), "two numbers")
 * truth().dZ.value.data[0] // 0
 */
export function activationCase(
  { name, apply }: Activation,
  Z: Matrix,
  probe: string,
): Case<[ActivationBackward]> {
  const dA = normalMatrix(inputsOf(`${name}, ${probe}`), Z.rows, Z.cols);
  return {
    probe,
    ask: (backward) => ({ dZ: backward(Z, dA) }),
    truth: () => byDifferences(({ dZ }) => innerProduct(apply(dZ), dA), { dZ: Z }),
  };
}

/**
 * An activation at normal numbers.
 * @example
 * import { relu } from "../../activations"
 * genericCase(relu).probe // "3×4"
 */
export const genericCase = (activation: Activation) =>
  activationCase(activation, normalMatrix(inputsOf(activation.name), 3, 4), "3×4");

/**
 * ReLU where it has no derivative, at 0: there the convention is 0.
 * @example
 * reluAtZero.truth().dZ.value // matrix([[0, 0, 5, 0]])
 */
export const reluAtZero: Case<[ActivationBackward]> = {
  probe: "z = 0 among others",
  ask: (reluBackward) => ({ dZ: reluBackward(matrix([[0, -1, 2, 0]]), matrix([[3, 4, 5, -6]])) }),
  truth: () => ({
    dZ: {
      witness: "TensorFlow, with 0 at z = 0,",
      value: matrix([[0, 0, 5, 0]]),
      tolerance: 1e-12,
      floor: 1e-12,
    },
  }),
};

/**
 * Softmax of n logits, normal numbers plus a shift: the differences of each output, a row each.
 * @example
 * jacobianCase(3, 1000).probe // "3 classes, logits near 1000"
 */
export function jacobianCase(n: number, shift: number): Case<[SoftmaxJacobian]> {
  const logits = normalMatrix(inputsOf(`softmax ${n} ${shift}`), n, 1).data.map((z) => z + shift);
  const z = fromData(n, 1, logits);
  return {
    probe: shift === 0 ? `${n} classes` : `${n} classes, logits near ${shift}`,
    ask: (jacobian) => ({ jacobian: jacobian(z) }),
    truth() {
      const rows = Array.from({ length: n }, (_, i) => {
        const unit = column(Array.from({ length: n }, (_, k) => (k === i ? 1 : 0)));
        return byDifferences(({ row }) => innerProduct(softmax(row), unit), { row: z }).row;
      });
      const stacked = (part: "value" | "uncertainty") =>
        matrix(rows.map((row) => [...(row[part] as Matrix).data]));
      return {
        jacobian: { ...rows[0], kinks: [], value: stacked("value"), uncertainty: stacked("uncertainty") },
      };
    },
  };
}

/**
 * A network of layers whose backward is known, so that the chain alone is tried: gains, squares, gains, …
 * @example
 * Object.keys(chainCase(3, 4).truth()) // ["gradients.0.gains", "gradients.2.gains", "dInput"]
 */
export function chainCase(count: number, m: number): Case<[SerialBackward]> {
  const random = inputsOf(`serial ${count} ${m}`);
  const layers: Layer[] = Array.from(
    { length: count },
    (_, l): Layer => (l % 2 === 0 ? (rowGains(3) as Layer) : (squares as Layer)),
  );
  const params = layers.map((_, l): Params => (l % 2 === 0 ? { gains: normalMatrix(random, 3, 1) } : {}));
  const [A, dOutput] = [normalMatrix(random, 3, m), normalMatrix(random, 3, m)];
  const network = serial(...layers);
  return {
    probe: `${count} layers, m = ${m}`,
    ask(serialBackward) {
      const { cache } = network.forward(params, A);
      const { gradients, dInput } = serialBackward(layers, params, cache, dOutput);
      const named = flattenParams([...gradients]).map(({ path, value }) => [`gradients.${path}`, value]);
      return { ...Object.fromEntries(named), dInput };
    },
    truth: () =>
      byDifferences(
        ({ gradients, dInput }) => innerProduct(network.forward(gradients, dInput).output, dOutput),
        { gradients: params, dInput: A },
      ),
  };
}
