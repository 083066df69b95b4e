import type { TrainAdaline, TrainPerceptron } from "../../../lib/assignment/cases/unit-training";
import { questions } from "../../../lib/assignment/questions/a1";
import { perceptronStep, trainPerceptron } from "../../../lib/linear-units";
import {
  adalineGradient,
  adalineStep,
  trainAdalineBatch,
  trainAdalineOnline,
} from "../../../lib/linear-units/adaline";
import { gradientSlips } from "./a1-adaline-gradient";
import { lmsSlips } from "./a1-adaline-step";
import { stepSlips } from "./a1-perceptron-step";
import { trainingSlips } from "./a1-perceptron-training";
import type { SlipSheet } from "./slip-sheet";

const train: TrainPerceptron = (X, T, learningRate, epochs) => {
  const run = trainPerceptron(X, T, { learningRate, epochs });
  return { weights: run.weights, bias: run.bias, mistakes: run.epochs.map(({ errors }) => errors) };
};

const batch: TrainAdaline = (X, T, learningRate, epochs) => trainAdalineBatch(X, T, { learningRate, epochs });

const online: TrainAdaline = (X, T, learningRate, epochs) =>
  trainAdalineOnline(X, T, { learningRate, epochs });

/** The known mistakes of A1. */
export const a1Slips: SlipSheet = {
  assignment: "A1",
  questions,
  fromMutations: [],
  own: [...stepSlips, ...trainingSlips, ...gradientSlips, ...lmsSlips],
  right: {
    perceptronStep: () => [perceptronStep],
    trainPerceptron: () => [train],
    adalineGradient: () => [adalineGradient],
    adalineStep: () => [adalineStep],
    iris: () => [batch, online],
  },
};
