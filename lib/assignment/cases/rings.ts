import { tanh } from "../../activations";
import { rings } from "../../datasets/rings";
import { predict } from "../../evaluation";
import { orthogonal } from "../../initializers/orthogonal";
import type { Layer } from "../../layer";
import { dense, elementwise, serial } from "../../layers";
import { oneHot, softmaxCrossEntropy } from "../../losses";
import { type Matrix, subtract } from "../../matrix";
import { flattenParams, mapParams, type Params } from "../../params";
import { randomState } from "../../random";
import { byDifferences } from "../differences";
import type { Case } from "../question";

/** Trains the network of A3 by descent with rate 1, from the weights of a seed. */
export type TrainOnRings = (
  X: Matrix,
  T: Matrix,
  seed: number,
  steps: number,
) => { readonly params: readonly Params[] };

/**
 * The network that A3 trains, as far as its forward goes: 2 inputs, 16 tanh units, 2 outputs, orthogonal first weights.
 * @example
 * ringsNetwork().init(randomState(1)).length // 3
 */
export function ringsNetwork(): Layer<Params[]> {
  const weights = orthogonal();
  const layers = [dense(2, 16, { weights }), elementwise(tanh), dense(16, 2, { weights })];
  return serial(...(layers as Layer[])) as unknown as Layer<Params[]>;
}

/**
 * One step on few points: where it leads from is known, so that it shows the gradient.
 * @example
 * Object.keys(firstStep.truth())[0] // "0.weights"
 */
export const firstStep: Case<[TrainOnRings]> = {
  probe: "the gradient of the first step",
  ask(trainOnRings) {
    const [X, T] = points(40, 12);
    const before = ringsNetwork().init(randomState(13));
    const { params } = trainOnRings(X, T, 13, 1);
    const moved = mapParams(subtract, before, [...params]);
    return Object.fromEntries(flattenParams(moved).map(({ path, value }) => [path, value]));
  },
  truth() {
    const [X, T] = points(40, 12);
    const network = ringsNetwork();
    const loss = (params: Params[]) => softmaxCrossEntropy.forward(network.forward(params, X).output, T).loss;
    return byDifferences(loss, network.init(randomState(13)));
  },
};

/** How many of 400 new points must be right. */
const enough = 380;

/**
 * Whether the network has learned: how many of 400 new points it puts in their ring.
 * @example
 * learned.truth() // { "points in their ring (of 400, counted up to 380)": { witness: "a network that has learned", value: 380, tolerance: 1e-12 } }
 */
export const learned: Case<[TrainOnRings]> = {
  probe: "400 steps",
  ask(trainOnRings) {
    const { params } = trainOnRings(...points(400, 14), 15, 400);
    const { X, labels } = rings(randomState(16), { samples: 400, noise: 0.12 });
    const predicted = predict(ringsNetwork(), [...params], X);
    const right = labels.reduce((count, label, j) => count + (predicted[j] === label ? 1 : 0), 0);
    return { [inTheirRing]: Math.min(enough, right) };
  },
  truth: () => ({
    [inTheirRing]: { witness: "a network that has learned", value: enough, tolerance: 1e-12 },
  }),
};

const inTheirRing = `points in their ring (of 400, counted up to ${enough})`;

function points(samples: number, seed: number): [X: Matrix, T: Matrix] {
  const { X, labels } = rings(randomState(seed), { samples, noise: 0.12 });
  return [X, oneHot(labels, 2)];
}
