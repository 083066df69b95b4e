import { summarise } from "../diagnostics/summary";
import { trace } from "../diagnostics/trace";
import { deadUnitsByLayer } from "../diagnostics/units";
import { updateRatios } from "../diagnostics/updates";
import { accuracy, meanLoss } from "../evaluation";
import type { Layer } from "../layer";
import type { Loss } from "../losses";
import type { Matrix } from "../matrix";
import type { Optimizer } from "../optimizers";
import { gradientNorm } from "../optimizers/gradient-norm";
import type { Params } from "../params";
import { defineExperiment } from "./experiment";
import { symptomsSettings, symptomsTraining } from "./symptoms-training";
import { guarded, trainByEpoch } from "./train-by-epoch";

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done, from 1." },
  loss: { unit: "nats", doc: "Mean loss of the training points after the epoch, with the labels as given." },
  accuracy: { unit: "1", doc: "Share of the training points that get the label given." },
  testAccuracy: { unit: "1", doc: "Share of 500 other points that get their own label." },
  swing: { unit: "nats", doc: "Standard deviation of the epoch's batch losses, each before its step." },
  dead: { unit: "1", doc: "Share of the hidden ReLUs that answer to no training point; 0 without ReLUs." },
  updateRatio: {
    unit: "1",
    doc: "Largest ‖ΔW‖/‖W‖ of a weight matrix in the epoch's last step.",
  },
  gradientNorm: { unit: "1", doc: "‖∇E‖ of that step's batch." },
  recurrence: {
    unit: "1",
    doc: "Correlation of the epoch's batch losses, in their order, with those of the epoch before; 0 in the first.",
  },
};

/**
 * Two rings by a small network, with what goes wrong and what cures it as settings, and with the numbers that a
 * diagnosis looks at.
 * Source: note 004, "Training techniques", section 8.
 * @example
 * const [row] = await symptoms.run({ epochs: 1 }, 0)
 * [row.epoch, row.accuracy > 0.5] // [1, true]
 */
export const symptoms = defineExperiment({
  name: "symptoms",
  description: "Two rings by a small network: six symptoms of a sick training, and their cures.",
  settings: symptomsSettings,
  columns,
  index: ["epoch"],
  async run(settings, seed, { signal, onProgress }) {
    const { training, batches, labels, test, observe } = symptomsTraining(settings, seed);
    const { layer, X, T } = training;
    const loss = guarded(training.loss);
    const { optimizer, last } = watched(training.optimizer, batches);
    let before: number[] = [];
    let batchLosses: number[] = [];
    return trainByEpoch(
      columns,
      { ...training, optimizer, loss: heard(training.loss, (E) => batchLosses.push(E)) },
      ({ params }) => {
        const row = {
          loss: meanLoss(layer, loss, params, X, T),
          accuracy: accuracy(layer, params, X, labels),
          testAccuracy: accuracy(layer, params, test.X, test.labels),
          swing: summarise(batchLosses).standardDeviation,
          dead: deadShare(layer, params, X),
          ...last(),
          recurrence: correlation(before, batchLosses),
        };
        [before, batchLosses] = [batchLosses, []];
        observe(row.loss);
        return row;
      },
      { signal, onProgress },
    );
  },
});

/** The loss, which tells each of its values. */
function heard(loss: Loss, tell: (E: number) => void): Loss {
  return {
    ...loss,
    forward(prediction, target) {
      const result = loss.forward(prediction, target);
      tell(result.loss);
      return result;
    },
  };
}

/** The optimizer, and what its last step of an epoch was: the matrices of a step do not outlive it. */
function watched(optimizer: Optimizer, batches: number) {
  let last = { updateRatio: Number.NaN, gradientNorm: Number.NaN };
  const watching: Optimizer = {
    ...optimizer,
    update(gradients, state, params, step) {
      const result = optimizer.update(gradients, state, params, step);
      if (step % batches === 0) {
        const ratios = updateRatios(params, result.params).filter(({ path }) => path.endsWith("weights"));
        last = {
          updateRatio: Math.max(...ratios.map(({ ratio }) => ratio)),
          gradientNorm: gradientNorm(gradients),
        };
      }
      return result;
    },
  };
  return { optimizer: watching, last: () => last };
}

function deadShare(layer: Layer, params: Params, X: Matrix): number {
  const layers = deadUnitsByLayer(trace(layer, params, X));
  const units = layers.reduce((sum, of) => sum + of.units, 0);
  return units === 0 ? 0 : layers.reduce((sum, of) => sum + of.dead.length, 0) / units;
}

/** Pearson's correlation of two lists of one length; 0 where it is not defined. */
function correlation(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) return 0;
  const [a, b] = [summarise(x), summarise(y)];
  const together = x.reduce((sum, value, k) => sum + (value - a.mean) * (y[k] - b.mean), 0) / x.length;
  const both = a.standardDeviation * b.standardDeviation;
  return both === 0 ? 0 : together / both;
}
