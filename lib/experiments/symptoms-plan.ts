import type { SweepDeclaration } from "../sweeps/declaration";

/**
 * The trainings by which notebook 21 judges note 004's advice on a sick training, and how it judges; written down before
 * any of them was run. There are few enough for the notebook to run them all.
 * Source: note 004, "Training techniques", section 8.
 * @example
 * symptomsPlan.seeds // "10..19"
 */
export const symptomsPlan: SweepDeclaration = {
  experiment: "symptoms",
  purpose:
    "What note 004's last section says of a sick training: each symptom, and each cure that it names, alone. Settings that bring the symptoms about were chosen on the seeds 1000 to 1003. A run has learned if at its end at least 95 % of its training points get the label given.",
  seeds: "10..19",
  parts: [
    { name: "rates", set: { learningRate: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56] } },
    { name: "healthy", set: {} },
    { name: "labels shifted", set: { labelShift: 1 } },
    { name: "fixed", set: { order: "fixed" } },
    { name: "sorted", set: { order: "sorted" } },
    { name: "sorted at a lower rate", set: { order: "sorted", learningRate: 0.02 } },
    { name: "sorted with momentum", set: { order: "sorted", momentum: 0.9 } },
    { name: "high rate with momentum", set: { learningRate: 1.28, momentum: [0.5, 0.9] } },
    { name: "small batches", set: { batchSize: 8 } },
    { name: "small batches at a lower rate", set: { batchSize: 8, learningRate: 0.02 } },
    { name: "small batches with momentum", set: { batchSize: 8, momentum: 0.9 } },
    { name: "high rate and leaky", set: { learningRate: 2.56, activation: "leaky relu" } },
    { name: "unstable start", set: { learningRate: 2.56, warmUp: [0, 500, 1000], epochs: 60 } },
    { name: "unstable start at a lower rate", set: { learningRate: 0.256, epochs: 60 } },
    { name: "schedules", set: { learningRate: [0.01, 0.64], schedule: ["step", "cosine", "plateau"] } },
    { name: "Adam", set: { learningRate: 0.001, optimizer: "adam" } },
    { name: "momentum", set: { learningRate: [0.01, 0.08, 0.64], momentum: 0.9 } },
    {
      name: "deep",
      set: {
        hidden: "16-16-16-16-16",
        learningRate: 0.01,
        activation: ["relu", "tanh"],
        initializer: ["he", "xavier"],
      },
    },
    { name: "squared error", set: { learningRate: 0.01, lossFunction: "squared error" } },
  ],
  claims: [
    {
      id: "004/training-8/pairings",
      metric:
        "epochs until 95 % of the training points are right, 31 if that is never, for each seed at the rate 0.01: ReLU with Xavier less with He, tanh with He less with Xavier (5 hidden layers of 16), softmax with the squared error less with cross-entropy",
      method:
        "median of the difference, order statistics that cover it in at least 95 %, for each of the three; the pairing is better if above 0",
    },
    {
      id: "004/training-8/shuffle-each-epoch",
      metric:
        "mean over the 30 epochs of the loss of all training points, fixed order less shuffled and sorted less shuffled, for each seed",
      method:
        "median of the difference, order statistics that cover it in at least 95 %, for each of the two; shuffling is needed if above 0",
    },
    {
      id: "004/training-8/labels-aligned",
      metric:
        "share of the test points right after 30 epochs, labels in place less labels one place off, for each seed",
      method:
        "median of the difference, order statistics that cover it in at least 95 %; alignment is needed if above 0",
    },
    {
      id: "004/training-8/small-first",
      metric:
        "the rule: from 0.01 double the rate as long as the loss of all points falls in each of the first 10 epochs, and take the last rate at which it does; log2 of the loss after 30 epochs at 0.01 over that at the rate taken, and of that at the rate taken over the least of the nine rates, for each seed",
      method:
        "median, order statistics that cover it in at least 95 %; the rule is good if the first is above 0 and the second below 1, a factor of 2",
    },
    {
      id: "004/training-8/momentum-start",
      metric:
        "log2 of the loss after 30 epochs without momentum over that with momentum 0.9, at most 20 and at least −20, a diverged loss counts as infinite, for each seed; at the rates 0.01, 0.08 and 0.64",
      method:
        "median, order statistics that cover it in at least 95 %, for each of the three; a good start if above 0",
    },
    {
      id: "004/training-8/warm-up",
      metric:
        "share of the seeds that have learned after 60 epochs at the rate 2.56: with no warm-up, with 500 and with 1000 steps of it",
      method:
        "Wilson's 95 % interval for each of the three; it cures if the first is below 0.5 and the others above",
    },
    {
      id: "004/training-8/unstable-smaller-rate",
      metric: "share of the seeds that have learned after 60 epochs at a tenth of the rate 2.56",
      method: "Wilson's 95 % interval; it cures if above 0.5",
    },
    {
      id: "004/training-8/oscillation-smaller-rate",
      metric:
        "share of the seeds whose mean swing over the 30 epochs is lower with the smaller rate and that have learned: rate 1.28 to 0.16; batches of 8, rate 0.1 to 0.02; sorted points, rate 0.1 to 0.02",
      method: "Wilson's 95 % interval for each of the three; it cures if above 0.5",
    },
    {
      id: "004/training-8/oscillation-more-momentum",
      metric:
        "share of the seeds whose mean swing over the 30 epochs is lower with the higher momentum and that have learned: rate 1.28, momentum 0 to 0.5 and to 0.9; batches of 8 at the rate 0.1, 0 to 0.9; sorted points at the rate 0.1, 0 to 0.9",
      method: "Wilson's 95 % interval for each of the four; it cures if above 0.5",
    },
    {
      id: "004/training-8/oscillation-shuffle",
      metric:
        "share of the seeds whose mean swing over the 30 epochs is lower with shuffled points than with sorted ones and that have learned",
      method: "Wilson's 95 % interval; it cures if above 0.5",
    },
    {
      id: "004/training-8/slow-schedule",
      metric:
        "log2 of the loss after 30 epochs at a constant rate over that with the schedule from the same rate, for each seed: step, cosine and plateau, from 0.01 and from 0.64",
      method:
        "median, order statistics that cover it in at least 95 %, for each of the six; the schedule helps if above 0",
    },
    {
      id: "004/training-8/slow-adam",
      metric:
        "log2 of the loss after 30 epochs of gradient descent at the rate 0.01 over that of Adam at 1e-3, for each seed",
      method: "median, order statistics that cover it in at least 95 %; Adam helps if above 0",
    },
  ],
};
