import type { Layer, LayerDescription } from "../layer";
import type { SerialParams } from "../layers";
import { type Matrix, scale, subtract } from "../matrix";
import { mapParams, type Params, zerosLike } from "../params";
import { zerosOf } from "./changes";
import { type Mutation, mutationsOf } from "./mutation";
import { subjects } from "./subjects";

/** Dense, activation, dense. */
type Network = Layer<SerialParams<readonly Layer[]>, readonly unknown[]>;

const chainRule = 'note 004, "The core idea of the backward computation"';
const second = 'note 000, "Second step: on to the first layer"';

const layersOf = ({ description }: Network) =>
  (description as Extract<LayerDescription, { kind: "serial" }>).layers;

/** What one layer of a chain does in backward: the gradients of its parameters, and the error for the layer before. */
type LayerStep = (
  l: number,
  error: Matrix,
  params: readonly Params[],
  caches: readonly unknown[],
) => { gradients: Params; error: Matrix };

/** The network with a backward that visits the layers from the last to the first, or in another order. */
function chained(right: Network, step: LayerStep, order = (l: number, _count: number) => l): Network {
  const { length } = layersOf(right);
  return {
    ...right,
    backward(params, caches, dOutput) {
      const gradients: Params[] = [];
      let error = dOutput;
      for (let k = length - 1; k >= 0; k--) {
        const l = order(k, length);
        const done = step(l, error, params as readonly Params[], caches);
        gradients[l] = done.gradients;
        error = done.error;
      }
      return { gradients: gradients as unknown as ReturnType<Network["init"]>, dInput: error };
    },
  };
}

/** The layer's own, right step. */
const rightStep =
  (right: Network): LayerStep =>
  (l, error, params, caches) => {
    const { gradients, dInput } = layersOf(right)[l].backward(params[l], caches[l], error);
    return { gradients, error: dInput };
  };

/** The learning rate of the step that a network takes too early. */
const early = 0.1;

/**
 * Networks: which layer gets what, and when.
 * @example
 * compositionMutations.at(-1).id // "serial/depth-from-elsewhere"
 */
export const compositionMutations: readonly Mutation[] = mutationsOf<Network>(
  "composition",
  subjects.serial,
  [
    {
      name: "stale-cache",
      wrong:
        "The network remembers its last forward, whichever it was: a validation forward before the backward spoils the gradients.",
      read: 'note 004, "Layer decomposition", pitfalls: both u and y of the forward are needed',
      shows: "calls in between",
      make(right) {
        let latest: readonly unknown[] = [];
        return {
          ...right,
          forward(params, A, random) {
            const step = right.forward(params, A, random);
            latest = step.cache;
            return step;
          },
          backward: (params, _cache, dOutput) => right.backward(params, latest, dOutput),
        };
      },
    },
    {
      name: "activation-of-next-layer",
      wrong:
        "Off by one layer: a layer's weights get the activation behind the layer in place of the one before it.",
      read: 'note 000, "Gradients and weights": each weight\'s gradient and what it depends on',
      make: (right) =>
        chained(right, (l, error, params, caches) => {
          const { error: passed } = rightStep(right)(l, error, params, caches);
          const shifted = caches.map((cache, k) => (k === 0 ? caches[2] : cache));
          return { gradients: rightStep(right)(l, error, params, shifted).gradients, error: passed };
        }),
    },
    {
      name: "weights-of-layer-before",
      wrong: "Off by one layer: the error goes back through the weights of the layer before.",
      read: second,
      make: (right) =>
        chained(right, (l, error, params, caches) => {
          const { gradients } = rightStep(right)(l, error, params, caches);
          const shifted = params.map((own, k) => (k === 2 ? params[0] : own));
          return { gradients, error: rightStep(right)(l, error, shifted, caches).error };
        }),
    },
    {
      name: "weights-already-updated",
      wrong:
        "Each layer's weights take their step before the error goes back through them: the layer before gets the error of other weights.",
      read: `${second}; all gradients are taken at the same weights`,
      make: (right) =>
        chained(right, (l, error, params, caches) => {
          const { gradients } = rightStep(right)(l, error, params, caches);
          const moved = mapParams((W, dW) => subtract(W, scale(dW, early)), params[l], gradients);
          const after = params.map((own, k) => (k === l ? moved : own));
          return { gradients, error: rightStep(right)(l, error, after, caches).error };
        }),
    },
    {
      name: "first-layer-first",
      wrong: "Backward visits the layers in the order of forward, from the first to the last.",
      read: chainRule,
      make: (right) => chained(right, rightStep(right), (k, count) => count - 1 - k),
    },
    {
      name: "activation-skipped",
      wrong: "The error passes the hidden activation without its derivative.",
      read: second,
      make: (right) =>
        chained(right, (l, error, params, caches) =>
          l === 1 ? { gradients: {}, error } : rightStep(right)(l, error, params, caches),
        ),
    },
    {
      name: "same-error-everywhere",
      wrong: "Every layer gets the error of the output; it is not carried back from layer to layer.",
      read: chainRule,
      make: (right) =>
        chained(right, (l, error, params, caches) => {
          const step = rightStep(right)(l, error, params, caches);
          return l === 0 ? step : { gradients: step.gradients, error };
        }),
    },
    {
      name: "depth-from-elsewhere",
      wrong:
        "The number of layers comes from a variable outside, set for a shallower network: the first layers get no gradient.",
      read: chainRule,
      make: (right) =>
        chained(right, (l, error, params, caches) => {
          const step = rightStep(right)(l, error, params, caches);
          return l === 0 ? { gradients: zerosLike(step.gradients), error: zerosOf(step.error) } : step;
        }),
    },
  ],
);
