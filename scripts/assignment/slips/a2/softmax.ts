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

const columnsOf = (U: Matrix): number[][] =>
  Array.from({ length: U.cols }, (_, j) => Array.from({ length: U.rows }, (_, i) => U.data[i * U.cols + j]));

/** What is taken from the logits of a column. */
type Shift = (column: readonly number[], U: Matrix) => number;

const largest: Shift = (column) => Math.max(...column);

/** e^(uᵢ − above) over Σₖ e^(uₖ − below) + more, column by column. */
const quotient =
  (above: Shift, below = above, more = 0): ColumnSoftmax =>
  (U) => {
    const columns = columnsOf(U).map((column) => {
      const [over, under] = [above(column, U), below(column, U)];
      const total = column.reduce((sum, u) => sum + exp(u - under), more);
      return column.map((u) => exp(u - over) / total);
    });
    return mapEntries(U, (_u, i, j) => columns[j][i]);
  };

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
    answers: () => [quotient((_column, { data }) => Math.max(...data))],
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
    answers: () => [quotient((column) => Math.min(...column))],
  },
  {
    question: "stableSoftmax",
    id: "stableSoftmax/mean",
    wrong: {
      en: "The mean of the column is taken away: logits far apart still overflow, and −∞ leaves no number.",
      zh: "减去的是一列的平均值：相差很大的 logit 仍会溢出，而遇到 −∞ 结果不是数。",
    },
    read: stable,
    answers: () => [quotient((column) => column.reduce((sum, u) => sum + u, 0) / column.length)],
  },
  {
    question: "stableSoftmax",
    id: "stableSoftmax/small-number-added",
    wrong: {
      en: "A small number is added below the line against a division by 0: the columns no longer sum to 1.",
      zh: "为防止除以 0 在分母中加了一个小数：各列之和不再是 1。",
    },
    read: stable,
    answers: () => [quotient(largest, largest, 1e-8)],
  },
];
