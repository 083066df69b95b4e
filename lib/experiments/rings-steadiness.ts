import { isoperimetricQuotient, radialBoundary } from "../diagnostics/boundary";
import { accuracy, meanLoss } from "../evaluation";
import { softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import type { Sampler } from "../samplers";
import { defineExperiment, type Row } from "./experiment";
import { ringsBatches, ringsSettings, ringsTraining } from "./rings-training";
import { guarded, trainByEpoch } from "./train-by-epoch";

const crossEntropy = guarded(softmaxCrossEntropy);

const columns = {
  loss: { unit: "nats", doc: "Mean loss of all samples after the training." },
  meanLoss: { unit: "nats", doc: "Mean over the steps of the loss of all samples after the step." },
  accuracy: { unit: "1", doc: "Share of all samples that are classified right after the training." },
  upwards: {
    unit: "1",
    doc: "Of all that the loss of all samples moves from step to step, up or down, the share that goes up.",
  },
  batchJitter: {
    unit: "1",
    doc: "Mean difference, up or down, of a batch's loss from that of the batch before, over the mean loss of the batches.",
  },
  printedRises: {
    unit: "epochs",
    doc: "Epochs whose last batch has a larger loss than the last batch of the epoch before.",
  },
  roundness: { unit: "1", doc: "Isoperimetric quotient 4π A/P² of the boundary: 1 for a circle." },
  offset: {
    unit: "1",
    doc: "Root of the mean square of the boundary's distance from the circle of radius 1.5, in all directions.",
  },
};

/** Rays end here: behind the outer ring, which lies at 2. */
const limit = 3;
/** The boundary of least error: there the densities of both rings are the same. */
const bestRadius = 1.5;

/** The batches of an epoch one at a time, so that training can be looked at after each of them. */
function oneByOne(sampler: Sampler): Sampler {
  let list: readonly Int32Array[] = [];
  return (step, random) => {
    const batch = (step - 1) % ringsBatches;
    if (batch === 0) list = sampler(1 + (step - 1) / ringsBatches, random);
    return [list[batch]];
  };
}

/**
 * How steadily note 004's example 1 is learned: what rings-momentum trains, looked at after every step.
 * Source: note 004, "Training techniques", section 6, example 1: "C is usually the steadiest and best", and a smooth
 * decision boundary.
 * @example
 * const [row] = await ringsSteadiness.run({ epochs: 2 }, 0)
 * row.upwards < 0.5 // true
 */
export const ringsSteadiness = defineExperiment({
  name: "rings-steadiness",
  description: "How steadily the rings are learned: ups and downs of the loss, and the boundary's shape.",
  settings: ringsSettings,
  columns,
  index: [],
  async run(settings, seed, options) {
    const { training, labels, standardisation } = ringsTraining(settings, seed);
    const { layer, X, T, epochs } = training;
    let last = training.params;
    const start = meanLoss(layer, crossEntropy, last, X, T);
    const steps = await trainByEpoch(
      { epoch: 0, batchLoss: 0, loss: 0 },
      { ...training, epochs: epochs * ringsBatches, sampler: oneByOne(training.sampler) },
      ({ lastBatchLoss, params }) => {
        last = params;
        return { batchLoss: lastBatchLoss, loss: meanLoss(layer, crossEntropy, params, X, T) };
      },
      options,
    );
    const losses = steps.map(({ loss }) => loss);
    const batchLosses = steps.map(({ batchLoss }) => batchLoss);
    const loss = losses[losses.length - 1];
    if (!Number.isFinite(loss))
      return [Object.fromEntries(Object.keys(columns).map((name) => [name, Number.NaN])) as Row<Column>];
    const margin = (points: Matrix) => {
      const { data, cols } = layer.forward(last, standardisation.apply(points)).output;
      return Float64Array.from({ length: cols }, (_, j) => data[cols + j] - data[j]);
    };
    const boundary = radialBoundary(margin, { limit });
    const moves = changes([start, ...losses]);
    const printed = batchLosses.filter((_, k) => k % ringsBatches === ringsBatches - 1);
    const row = {
      loss,
      meanLoss: mean(losses),
      accuracy: accuracy(layer, last, X, labels),
      upwards: sum(moves.filter((move) => move > 0)) / (sum(moves.map(Math.abs)) || 1),
      batchJitter: mean(changes(batchLosses).map(Math.abs)) / mean(batchLosses),
      printedRises: changes(printed).filter((change) => change > 0).length,
      roundness: isoperimetricQuotient(boundary),
      offset: Math.sqrt(mean(Array.from(boundary, (r) => (r - bestRadius) * (r - bestRadius)))),
    };
    return [row];
  },
});

type Column = keyof typeof columns;

const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const changes = (values: readonly number[]) => values.slice(1).map((x, k) => x - values[k]);
