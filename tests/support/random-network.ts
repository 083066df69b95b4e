import { type Activation, leakyRelu, relu, sigmoid, tanh } from "../../lib/activations";
import { uniformInit, xavierNormal } from "../../lib/initializers";
import type { Layer } from "../../lib/layer";
import { dense, elementwise, serial } from "../../lib/layers";
import { batchNorm } from "../../lib/layers/batch-norm";
import { dropout } from "../../lib/layers/dropout";
import { layerNorm } from "../../lib/layers/layer-norm";
import { residual } from "../../lib/layers/residual";
import type { Random } from "../../lib/random";

const around = (center: number) => uniformInit(center - 0.5, center + 0.5);
const usual = [tanh, sigmoid, relu, leakyRelu(0.1)];

/** A network of so many layers of all kinds, residual branches of up to eight inside it, for inputs of `width` rows. */
export function randomNetwork(random: Random, width: number, depth: number, activations = usual): Layer {
  return serial(...draw(random, width, depth, activations).layers) as unknown as Layer;
}

function draw(
  random: Random,
  inputs: number,
  depth: number,
  activations: readonly Activation[],
): { layers: Layer[]; outputs: number } {
  const below = (n: number) => random.integers(0, n, 1)[0];
  const layers: Layer[] = [];
  const push = (layer: unknown) => layers.push(layer as Layer);
  let width = inputs;
  let left = depth;
  while (left > 0) {
    const kind = below(9);
    let size = 1;
    if (kind >= 7 && left > 1) {
      size = 1 + below(Math.min(left, 8) - 1);
      const inside = draw(random, width, size, activations);
      const branch = serial(...inside.layers);
      push(inside.outputs === width ? residual(branch) : residual(branch, dense(width, inside.outputs)));
      width = inside.outputs;
    } else if (kind === 0) push(batchNorm(width, { gain: around(1), shift: around(0) }));
    else if (kind === 1) push(layerNorm(width, { gain: around(1), shift: around(0) }));
    else if (kind === 2) push(dropout(0.2));
    else if (kind <= 4) push(elementwise(activations[below(activations.length)]));
    else {
      const outputs = 3 + below(4);
      push(dense(width, outputs, { weights: xavierNormal, bias: around(0) }));
      width = outputs;
    }
    left -= size;
  }
  return { layers, outputs: width };
}
