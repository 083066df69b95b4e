import { tanh } from "../activations";
import { rings } from "../datasets/rings";
import { standardise } from "../datasets/standardise";
import { median } from "../intervals";
import { dense, elementwise, serial } from "../layers";
import { sigmoidBinaryCrossEntropy } from "../losses";
import { fromData, zeros } from "../matrix";
import { sgd } from "../optimizers";
import { flattenParams, mapParams } from "../params";
import { randomState } from "../random";
import { train } from "../training";
import { defineExperiment } from "./experiment";
import { numberSetting, wholeSetting } from "./settings";

const samples = 60;
const randomDirections = 200;

const settings = {
  change: numberSetting(1e-4, "How far a parameter is moved, and the length of a step along a direction.", {
    above: 0,
  }),
  trained: wholeSetting(0, "Steps of gradient descent with η = 1 over all samples before it is measured.", {
    min: 0,
  }),
  hidden: wholeSetting(6, "Hidden units.", { min: 1, max: 1000 }),
};

const columns = {
  rightSign: {
    unit: "1",
    doc: "Share of the single changes, each parameter up and down, in which ΔE has the sign of g Δw.",
  },
  error: { unit: "1", doc: "Median of |ΔE − g Δw| / |ΔE| over the same changes." },
  rankCorrelation: { unit: "1", doc: "Spearman's, of |g| with the mean of |ΔE| up and down." },
  largestMovesMost: { unit: "1", doc: "1 if the parameter with the largest |g| has the largest mean |ΔE|." },
  steepest: {
    unit: "1",
    doc: "1 if a step against the gradient lowers E more than one along 200 random directions or their opposites.",
  },
  removalCorrelation: { unit: "1", doc: "Spearman's, of |g| with |ΔE| where the parameter is set to 0." },
};

/**
 * What a gradient says of its parameters: ΔE predicted as g Δw and measured, one parameter after another, for a network
 * 2-h-1 with tanh and sigmoid cross-entropy on two rings of 30 points each. Data, weights and directions come from
 * three streams of the seed.
 * Source: note 002, whose answer on the "contribution" of a parameter it tests.
 * @example
 * const [small] = await contribution.run({ change: 1e-4 }, 0)
 * const [large] = await contribution.run({ change: 3 }, 0)
 * small.rightSign > large.rightSign // true
 * small.error < 1e-2 // true
 */
export const contribution = defineExperiment({
  name: "contribution",
  description:
    "The change of the loss that gradients predict, against the measured one, parameter by parameter.",
  settings,
  columns,
  index: [],
  async run({ change, trained, hidden }, seed, { signal }) {
    const random = randomState(seed);
    const { X: points, labels } = rings(random.stream("data"), { samples, noise: 0.1 });
    const { X } = standardise(points);
    const T = fromData(1, samples, Float64Array.from(labels));
    const network = serial(dense(2, hidden), elementwise(tanh), dense(hidden, 1));
    const { params } = await train({
      layer: network,
      loss: sigmoidBinaryCrossEntropy,
      optimizer: sgd(1),
      params: network.init(random.stream("weights")),
      X,
      T,
      batchSize: samples,
      shuffle: false,
      epochs: trained,
      signal,
    });
    const { output, cache } = network.forward(params, X);
    const start = sigmoidBinaryCrossEntropy.forward(output, T);
    const { gradients } = network.backward(params, cache, sigmoidBinaryCrossEntropy.backward(start.cache));
    const g = flattenParams(gradients).flatMap(({ value }) => [...value.data]);
    const w = flattenParams(params).flatMap(({ value }) => [...value.data]);
    /** E at w + step, less E at w. */
    const changeOfLoss = (step: (i: number) => number) => {
      let next = 0;
      const moved = mapParams(({ rows, cols, data }) => {
        const M = zeros(rows, cols);
        for (let k = 0; k < data.length; k++) M.data[k] = data[k] + step(next++);
        return M;
      }, params);
      return sigmoidBinaryCrossEntropy.forward(network.forward(moved, X).output, T).loss - start.loss;
    };
    const single = (i: number, by: number) => changeOfLoss((k) => (k === i ? by : 0));
    const changes = g.flatMap((gi, i) =>
      [change, -change].map((by) => ({ predicted: gi * by, measured: single(i, by) })),
    );
    const size = g.map(Math.abs);
    const effect = g.map(
      (_, i) => (Math.abs(changes[2 * i].measured) + Math.abs(changes[2 * i + 1].measured)) / 2,
    );
    const removal = w.map((wi, i) => Math.abs(single(i, -wi)));
    const along = (direction: readonly number[]) => {
      const scale = change / Math.sqrt(direction.reduce((sum, d) => sum + d * d, 0));
      return changeOfLoss((k) => scale * direction[k]);
    };
    const against = along(g.map((gi) => -gi));
    const directions = random.stream("directions");
    const rivals = Array.from({ length: randomDirections }, () => [...directions.normals(g.length)]);
    const right = changes.filter(({ predicted, measured }) => Math.sign(predicted) === Math.sign(measured));
    return [
      {
        rightSign: right.length / changes.length,
        error: median(changes.map(({ predicted, measured }) => Math.abs((measured - predicted) / measured))),
        rankCorrelation: spearman(size, effect),
        largestMovesMost: largest(size) === largest(effect) ? 1 : 0,
        steepest: rivals.every((d) => against < along(d) && against < along(d.map((x) => -x))) ? 1 : 0,
        removalCorrelation: spearman(size, removal),
      },
    ];
  },
});

const largest = (values: readonly number[]) => values.indexOf(Math.max(...values));

/** The correlation of ranks, equal values with their mean rank. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const product = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, ui, i) => sum + (ui - middle) * (v[i] - middle), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    return below + (values.filter((other) => other === value).length - 1) / 2;
  });
}
