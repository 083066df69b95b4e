import { softmax } from "../../../../lib/activations";
import type { ColumnSoftmax } from "../../../../lib/assignment/cases/softmax";
import { exp } from "../../../../lib/kernels/functions";
import { softmaxCrossEntropy } from "../../../../lib/losses";
import { type Matrix, zeros } from "../../../../lib/matrix";
import { mapEntries } from "../../../../lib/matrix-entries";
import type { FromMutations, OwnSlip } from "../slip-sheet";

/** Every column of the first class: a loss wants targets. */
const firstClass = ({ rows, cols }: Matrix) => mapEntries(zeros(rows, cols), (_, i) => (i === 0 ? 1 : 0));

/** Mistakes in lib's softmax, seen in the probabilities of its loss. */
export const softmaxMutation: FromMutations = {
  question: "stableSoftmax",
  answers: (make) => {
    const loss = make(softmaxCrossEntropy);
    const answer: ColumnSoftmax = (U) => loss.forward(U, firstClass(U)).cache.probabilities;
    return [answer];
  },
  mutations: {
    "softmaxCrossEntropy/without-maximum":
      "计算 softmax 时没有减去最大的 logit：logit 很大时会溢出，结果不是数。",
    "softmaxCrossEntropy/wrong-axis":
      "softmax 沿样本方向而不是类别方向计算：和为 1 的不是每个样本的概率，而是每个类别的。",
  },
};

/** e^(uᵢⱼ − above) over the sum of e^(uₖⱼ − below), column by column. */
const quotient =
  (above: (U: Matrix, j: number) => number, below = above): ColumnSoftmax =>
  (U) =>
    mapEntries(U, (u, _i, j) => {
      const total = ofColumn(U, j).reduce((sum, one) => sum + exp(one - below(U, j)), 0);
      return exp(u - above(U, j)) / total;
    });

const ofColumn = (U: Matrix, j: number) => Array.from(U.data).filter((_, k) => k % U.cols === j);
const largest = (U: Matrix, j: number) => Math.max(...ofColumn(U, j));

const stable = 'note 004, "Layer decomposition", exercise 4';

/** Mistakes in the fourth exercise that lib has no mutation of. */
export const softmaxSlips: readonly OwnSlip[] = [
  {
    question: "stableSoftmax",
    id: "stableSoftmax/maximum-of-all",
    wrong: {
      en: "One number is taken from all columns: a column far below the largest logit of the batch becomes 0/0.",
      zh: "所有列减去的是同一个数：远低于整个批量最大 logit 的列变成了 0/0。",
    },
    read: stable,
    answers: () => [quotient((U) => Math.max(...U.data))],
  },
  {
    question: "stableSoftmax",
    id: "stableSoftmax/only-above",
    wrong: {
      en: "The number is taken from the logits above the line and not from those below it: the quotient is another one.",
      zh: "只在分子的 logit 中减去了这个数，分母中没有减：商变成了另一个值。",
    },
    read: stable,
    answers: () => [quotient(largest, () => 0)],
  },
  {
    question: "stableSoftmax",
    id: "stableSoftmax/smallest",
    wrong: {
      en: "The smallest logit of the column is taken away: what is large stays large, and −∞ leaves no number.",
      zh: "减去的是一列中最小的 logit：大的仍然大，而遇到 −∞ 结果不是数。",
    },
    read: stable,
    answers: () => [quotient((U, j) => Math.min(...ofColumn(U, j)))],
  },
  {
    question: "stableSoftmax",
    id: "stableSoftmax/mean",
    wrong: {
      en: "The mean of the column is taken away: logits far apart still overflow, and −∞ leaves no number.",
      zh: "减去的是一列的平均值：相差很大的 logit 仍会溢出，而遇到 −∞ 结果不是数。",
    },
    read: stable,
    answers: () => [quotient((U, j) => ofColumn(U, j).reduce((sum, u) => sum + u, 0) / U.rows)],
  },
  {
    question: "stableSoftmax",
    id: "stableSoftmax/small-number-added",
    wrong: {
      en: "A small number is added below the line against a division by 0: the columns no longer sum to 1.",
      zh: "为防止除以 0 在分母中加了一个小数：各列之和不再是 1。",
    },
    read: stable,
    answers: () => [
      (U: Matrix) => {
        const sums = (j: number) => ofColumn(U, j).reduce((sum, u) => sum + exp(u - largest(U, j)), 0);
        return mapEntries(softmax(U), (y, _i, j) => (y * sums(j)) / (sums(j) + 1e-8));
      },
    ],
  },
];
