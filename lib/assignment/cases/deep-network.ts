import { rings } from "../../datasets/rings";
import { accuracy } from "../../evaluation";
import type { Layer } from "../../layer";
import { oneHot, softmaxCrossEntropy } from "../../losses";
import { type Matrix, scale, subtract } from "../../matrix";
import { flattenParams, isStatistic, mapParams, type Params } from "../../params";
import { randomState } from "../../random";
import { byDifferences } from "../differences";
import type { Case } from "../question";

/** Trains the deep network of A4 by descent with rate 0.1, from the weights of a seed. */
export type TrainDeepNetwork = (
  X: Matrix,
  T: Matrix,
  seed: number,
  steps: number,
  blocks: number,
  shortcuts: boolean,
) => { readonly network: Layer<Params[]>; readonly params: readonly Params[] };

const rate = 0.1;

/** The learned parameters by their paths. */
const learnedOf = (params: Params) => flattenParams(params).filter(({ path }) => !isStatistic(path));

/**
 * One step on few points, by three blocks: it shows the gradient. What is right follows from differences of the
 * network's own forward.
 * @param shortcuts whether the blocks have ways around them
 * @example
 * firstStep(true).probe // "the gradient of the first step, with shortcuts"
 */
export const firstStep = (shortcuts: boolean): Case<[TrainDeepNetwork]> => ({
  probe: `the gradient of the first step, ${shortcuts ? "with" : "without"} shortcuts`,
  ask(train) {
    const [X, T] = points(24, 17);
    const { params: before } = train(X, T, 18, 0, 3, shortcuts);
    const { params: after } = train(X, T, 18, 1, 3, shortcuts);
    const moved = mapParams(subtract, [...before], [...after]);
    return Object.fromEntries(learnedOf(moved).map(({ path, value }) => [path, scale(value, 1 / rate)]));
  },
  truth(train) {
    const [X, T] = points(24, 17);
    const { network, params } = train(X, T, 18, 0, 3, shortcuts);
    const loss = (at: Params[]) => softmaxCrossEntropy.forward(network.forward(at, X).output, T).loss;
    const truths = Object.entries(byDifferences(loss, [...params]));
    return Object.fromEntries(truths.filter(([path]) => !isStatistic(path)));
  },
});

/** How many of 400 new points must be right. */
const enough = 380;

/**
 * Whether a network of 16 blocks has learned: how many of 400 new points it puts in their ring after training.
 * @example
 * learned.truth() // { "points in their ring (of 400, counted up to 380)": { witness: "a network that has learned", value: 380, tolerance: 1e-12 } }
 */
export const learned: Case<[TrainDeepNetwork]> = {
  probe: "160 steps, 16 blocks with shortcuts",
  ask(train) {
    const { network, params } = train(...points(160, 19), 20, 160, 16, true);
    const { X, labels } = rings(randomState(21), { samples: 400, noise: 0.12 });
    const right = Math.round(400 * accuracy(network, [...params], X, labels));
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
