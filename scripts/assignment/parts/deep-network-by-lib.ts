import { identity, relu } from "../../../lib/activations";
import { orthogonal } from "../../../lib/initializers/orthogonal";
import type { Layer } from "../../../lib/layer";
import { dense, elementwise, serial } from "../../../lib/layers";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { residual } from "../../../lib/layers/residual";
import { softmaxCrossEntropy } from "../../../lib/losses";
import { type Matrix, scale, subtract } from "../../../lib/matrix";
import { mapParams, type Params } from "../../../lib/params";
import { randomState } from "../../../lib/random";

const width = 8;

/**
 * The network that A4 trains: blocks of batch normalization, ReLU and a fully connected layer, from 2 to 8 units and on
 * with 8, each with a way around it or without; then batch normalization, ReLU, and 2 outputs.
 */
export function deepNetwork(blocks: number, shortcuts: boolean): Layer<Params[]> {
  const fully = (inputs: number, outputs: number) =>
    dense(inputs, outputs, { weights: orthogonal() }) as unknown as Layer;
  const [activation, same] = [relu, identity].map((one) => elementwise(one) as unknown as Layer);
  const norm = (features: number) => batchNorm(features) as unknown as Layer;
  const block = (inputs: number) => {
    const branch = serial(norm(inputs), activation, fully(inputs, width)) as unknown as Layer;
    const shortcut = inputs === width ? same : fully(inputs, width);
    return shortcuts ? (residual(branch, shortcut) as unknown as Layer) : branch;
  };
  const deep = Array.from({ length: blocks }, (_, l) => block(l === 0 ? 2 : width));
  return serial(...deep, norm(width), activation, fully(width, 2)) as unknown as Layer<Params[]>;
}

/** The training of A4's notebook, by lib: descent with rate 0.1 on all samples at once. */
export function trainDeepNetwork(
  X: Matrix,
  T: Matrix,
  seed: number,
  steps: number,
  blocks: number,
  shortcuts: boolean,
): { network: Layer<Params[]>; params: Params[] } {
  const network = deepNetwork(blocks, shortcuts);
  let params = network.init(randomState(seed));
  for (let step = 0; step < steps; step++) {
    const { output, cache } = network.forward(params, X);
    const dOutput = softmaxCrossEntropy.backward(softmaxCrossEntropy.forward(output, T).cache);
    const { gradients } = network.backward(params, cache, dOutput);
    const moved = network.observe?.(params, cache) ?? params;
    params = mapParams((W, dW) => subtract(W, scale(dW, 0.1)), moved, gradients);
  }
  return { network, params };
}
