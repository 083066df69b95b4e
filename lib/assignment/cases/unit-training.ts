import { setosaVersicolor } from "../../datasets/iris";
import { and, xor } from "../../datasets/logic-gates";
import { standardise } from "../../datasets/standardise";
import type { LinearUnit } from "../../linear-units";
import { column, fromData, type Matrix } from "../../matrix";
import type { Case, Truth } from "../question";

/** A perceptron's training, with the mistakes of every epoch: X d×m, T 1×m of 0 and 1, a rate, at most so many epochs. */
export type TrainPerceptron = (
  X: Matrix,
  T: Matrix,
  learningRate: number,
  epochs: number,
) => LinearUnit & { readonly mistakes: readonly number[] };

/** ADALINE's training for so many epochs: X d×m, T 1×m. */
export type TrainAdaline = (X: Matrix, T: Matrix, learningRate: number, epochs: number) => LinearUnit;

/** Numbers that NumPy computed, from data/references/perceptron.json and linear-units.json. */
const byNumPy = (value: Matrix | number, tolerance = 1e-12): Truth => ({
  witness: "NumPy",
  value,
  tolerance,
});

/** A list of numbers as a row; what is no list, as it is, for the check to say so. */
const rowOf = (numbers: readonly number[]): Matrix =>
  Array.isArray(numbers) ? fromData(1, numbers.length, Float64Array.from(numbers)) : (numbers as never);

/**
 * Logical and, from zeros with η = 1: all numbers are whole.
 * @example
 * learnsAnd.truth().bias.value // -3
 */
export const learnsAnd: Case<[TrainPerceptron]> = {
  probe: "logical and, η = 1, at most 50 epochs",
  ask(trainPerceptron) {
    const { X, T } = and();
    const { weights, bias, mistakes } = trainPerceptron(X, T, 1, 50);
    return { mistakes: rowOf(mistakes), weights, bias };
  },
  truth: () => ({
    mistakes: byNumPy(rowOf([2, 3, 3, 2, 1, 0])),
    weights: byNumPy(column([2, 1])),
    bias: byNumPy(-3),
  }),
};

/**
 * A hundred flowers, from zeros with η = 0.1.
 * @example
 * learnsIris.truth().weights.value // matrix([[-0.34], [0.91]])
 */
export const learnsIris: Case<[TrainPerceptron]> = {
  probe: "setosa and versicolor, η = 0.1, at most 50 epochs",
  ask(trainPerceptron) {
    const { X, labels } = setosaVersicolor();
    const { weights, bias, mistakes } = trainPerceptron(X, targetsOf(labels), 0.1, 50);
    return { mistakes: rowOf(mistakes), weights, bias };
  },
  truth: () => ({
    mistakes: byNumPy(rowOf([2, 2, 3, 2, 1, 0])),
    weights: byNumPy(column([-0.34, 0.91])),
    bias: byNumPy(-0.2),
  }),
};

/**
 * Exclusive or, which no line divides: the epochs run out.
 * @example
 * neverLearnsXor.truth().mistakes.value.cols // 10
 */
export const neverLearnsXor: Case<[TrainPerceptron]> = {
  probe: "exclusive or, η = 1, at most 10 epochs",
  ask(trainPerceptron) {
    const { X, T } = xor();
    return { mistakes: rowOf(trainPerceptron(X, T, 1, 10).mistakes) };
  },
  truth: () => ({ mistakes: byNumPy(rowOf([3, 3, 4, 4, 4, 4, 4, 4, 4, 4])) }),
};

/**
 * ADALINE on the hundred flowers, standardised, with targets −1 and 1, from zeros: after 25 epochs by all samples with
 * η = 0.5, and by one after the other with η = 0.01.
 * @example
 * descendsOnIris.truth()["batch: w₁, w₂, b"].value.rows // 3
 */
export const descendsOnIris: Case<[TrainAdaline, TrainAdaline]> = {
  probe: "25 epochs",
  ask(trainBatch, trainOnline) {
    const { X, signs } = setosaVersicolor();
    const standard = standardise(X, { epsilon: 0 }).X;
    return {
      "batch: w₁, w₂, b": inOneColumn(trainBatch(standard, signs, 0.5, 25)),
      "online: w₁, w₂, b": inOneColumn(trainOnline(standard, signs, 0.01, 25)),
    };
  },
  truth: () => ({
    "batch: w₁, w₂, b": byNumPy(column([-0.12092043113825625, 1.0579245010553182, 0]), 1e-9),
    "online: w₁, w₂, b": byNumPy(
      column([-0.19048212641612203, 1.1022664452585396, 0.018564022389754256]),
      1e-9,
    ),
  }),
};

const inOneColumn = ({ weights, bias }: LinearUnit) => column([...weights.data, bias]);

const targetsOf = (labels: Int32Array) => fromData(1, labels.length, Float64Array.from(labels));
