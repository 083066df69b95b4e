import { median } from "../intervals";
import { defineExperiment } from "./experiment";
import { symptoms } from "./symptoms";
import { symptomsSettings } from "./symptoms-training";

/** Of the training points, in [0, 1]: a training has learned where as many get the label given. */
export const learnedFrom = 0.95;
/** The epochs after which a diagnosis is made. */
const watched = 10;

const columns = {
  loss: { unit: "nats", doc: "Mean loss of the training points after the training." },
  accuracy: { unit: "1", doc: "Share of the training points that then get the label given." },
  testAccuracy: { unit: "1", doc: "Share of 500 other points that then get their own label." },
  dead: { unit: "1", doc: "Share of the hidden ReLUs that then answer to no training point." },
  meanLoss: { unit: "nats", doc: "Mean over the epochs of the loss of the training points." },
  meanSwing: { unit: "nats", doc: "Mean over the epochs of the standard deviation of their batch losses." },
  learnedAt: {
    unit: "epochs",
    doc: "Epochs until 95 % of the training points first get the label given; one more than there are if never.",
  },
  falls: {
    unit: "epochs",
    doc: "Epochs up to the first one, from the second on, in which the loss of the training points does not fall.",
  },
  watchedLoss: { unit: "nats", doc: "Mean loss of the training points after the tenth epoch." },
  watchedSwing: {
    unit: "nats",
    doc: "Median of the standard deviations of the batch losses in the epochs 2 to 10.",
  },
  watchedRecurrence: {
    unit: "1",
    doc: "Median over the epochs 2 to 10 of the correlation of the batch losses with those of the epoch before.",
  },
  watchedRatio: {
    unit: "1",
    doc: "Largest ‖ΔW‖/‖W‖ of a weight matrix in the last step of the tenth epoch.",
  },
};

/**
 * What a training of the experiment symptoms comes to, in one row, and what its first ten epochs show.
 * Source: note 004, "Training techniques", section 8.
 * @example
 * const [row] = await symptomsOutcomes.run({ epochs: 12 }, 0)
 * [row.learnedAt < 10, row.falls > 3] // [true, true]
 */
export const symptomsOutcomes = defineExperiment({
  name: "symptoms-outcomes",
  description: "Two rings by a small network: what becomes of sick trainings, and of cured ones.",
  settings: symptomsSettings,
  columns,
  index: [],
  async run(settings, seed, options) {
    const rows = await symptoms.run(settings, seed, options);
    const { loss, accuracy, testAccuracy, dead } = rows[rows.length - 1];
    const early = rows.slice(1, watched);
    const seen = rows[Math.min(watched, rows.length) - 1];
    const rise = rows.findIndex((row, k) => k > 0 && !(row.loss < rows[k - 1].loss));
    const learned = rows.findIndex((row) => row.accuracy >= learnedFrom);
    const row = {
      loss,
      accuracy,
      testAccuracy,
      dead,
      meanLoss: mean(rows.map((row) => row.loss)),
      meanSwing: mean(rows.map((row) => row.swing)),
      learnedAt: 1 + (learned < 0 ? rows.length : learned),
      falls: rise < 0 ? rows.length : rise,
      watchedLoss: seen.loss,
      watchedSwing: middle(early.map((row) => row.swing)),
      watchedRecurrence: middle(early.map((row) => row.recurrence)),
      watchedRatio: seen.updateRatio,
    };
    return [row];
  },
});

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const middle = (values: readonly number[]) => (values.length === 0 ? Number.NaN : median(values));
