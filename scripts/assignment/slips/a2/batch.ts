import type { BatchGradients, Where } from "../../../../lib/assignment/cases/two-layer-passes";
import { scale } from "../../../../lib/matrix";
import { backwardByLib, type Pieces } from "../../parts/two-layer-by-lib";
import type { FromMutations, OwnSlip } from "../slip-sheet";

/** By lib, with 1/m in the errors, as lib has it, or in the gradients. */
export const batchBy =
  (where: Where, pieces: Partial<Pieces> = {}): BatchGradients =>
  (params, X, values, T) => {
    const answer = backwardByLib(params, X, values, T, pieces);
    if (where === "delta") return { ...answer, where };
    const { delta2, delta1 } = answer;
    return { ...answer, where, delta2: scale(delta2, X.cols), delta1: scale(delta1, X.cols) };
  };

const places = ["delta", "gradient"] as const;

/** Mistakes in the fifth exercise; those that show in the errors have a digest for each place. */
export const batchMutations: readonly FromMutations[] = [
  ...places.map(
    (where): FromMutations => ({
      question: "batch",
      answers: (make) => [batchBy(where, { ofLoss: make })],
      mutations: {
        "softmaxCrossEntropy/error-reversed": "误差符号反了：写成了目标减输出，下降变成了上升。",
      },
    }),
  ),
  {
    question: "batch",
    answers: (make) => [batchBy("delta", { ofLoss: make })],
    mutations: {
      "softmaxCrossEntropy/not-averaged": "梯度对批量求和，而损失是平均值：缺少 1/m。",
      "softmaxCrossEntropy/true-class-only": "只有真实类别的 logit 得到误差；其他类别也必须被压低。",
    },
  },
  ...places.map(
    (where): FromMutations => ({
      question: "batch",
      answers: (make) => [batchBy(where, { ofDense: make })],
      mutations: {
        "dense/input-gradient-untransposed":
          "误差直接乘以权重矩阵传回去，没有转置；只有输入与输出个数相同时才看不出来。",
      },
    }),
  ),
  {
    question: "batch",
    answers: (make) => [batchBy("delta", { ofDense: make })],
    mutations: {
      "dense/weight-gradient-transposed": "权重的梯度是正确结果的转置：写成了输入乘误差，而不是误差乘输入。",
      "dense/bias-of-last-sample": "偏置的梯度只是最后一个样本的；其他样本的没有加上。",
      "dense/bias-not-summed": "偏置的梯度对每个样本各有一列：没有对批量求和。",
      "dense/bias-over-units": "偏置的梯度沿错误的方向求和：对单元求和，结果每个样本一个数。",
      "dense/bias-averaged": "偏置的梯度对批量取了平均，而权重的梯度是求和。",
      "dense/averaged-twice": "这里又把梯度除以样本数，而损失本身已经是平均值：1/m 出现了两次。",
      "dense/assigned-not-accumulated": "每个样本的梯度覆盖了前一个样本的，而不是累加；只剩下最后一个。",
      "dense/last-sample-left-out": "对样本的循环少了一次：缺少最后一个样本的梯度。",
    },
  },
  ...places.map(
    (where): FromMutations => ({
      question: "batch",
      answers: (make) => [batchBy(where, { ofRelu: make })],
      mutations: {
        "elementwise/derivative-forgotten": "误差像穿过恒等函数一样穿过激活函数：缺少它的导数。",
      },
    }),
  ),
];

const batch = 'note 004, "Backpropagation in vector form (batch)"';

/** An answer that says one thing and does the other. */
const misstated =
  (said: Where, done: Where): BatchGradients =>
  (...given) => ({ ...batchBy(done)(...given), where: said });

/** Mistakes in the fifth exercise that lib has no mutation of. */
export const batchSlips: readonly OwnSlip[] = [
  {
    question: "batch",
    id: "batch/said-in-delta",
    wrong: {
      en: 'The answer says that 1/m stands in the errors, and has it in the gradients: either say "gradient", or divide the errors.',
      zh: "答案说 1/m 在误差中，实际却在梯度中：要么写 gradient，要么把误差除以 m。",
    },
    read: batch,
    answers: () => [misstated("delta", "gradient")],
  },
  {
    question: "batch",
    id: "batch/said-in-gradient",
    wrong: {
      en: 'The answer says that 1/m stands in the gradients, and has it in the errors already: either say "delta", or do not divide the errors.',
      zh: "答案说 1/m 在梯度中，实际误差里已经有了：要么写 delta，要么不把误差除以 m。",
    },
    read: batch,
    answers: () => [misstated("gradient", "delta")],
  },
  {
    question: "batch",
    id: "batch/nowhere",
    wrong: {
      en: "The errors are those of single samples, and their gradients are summed: 1/m stands nowhere.",
      zh: "误差是单个样本的，它们的梯度只是求和：哪里都没有 1/m。",
    },
    read: batch,
    answers: () => {
      const answer: BatchGradients = (params, X, values, T) => {
        const right = batchBy("gradient")(params, X, values, T);
        const [dW2, db2, dW1, db1] = [right.dW2, right.db2, right.dW1, right.db1].map((G) =>
          scale(G, X.cols),
        );
        return { ...right, dW2, db2, dW1, db1 };
      };
      return [answer];
    },
  },
  {
    question: "batch",
    id: "batch/averaged-over-classes",
    wrong: {
      en: "The errors are divided by the number of classes in place of the number of samples.",
      zh: "误差除以了类别数，而不是样本数。",
    },
    read: batch,
    answers: () => {
      const answer: BatchGradients = (params, X, values, T) => {
        const pieces: Partial<Pieces> = {
          ofLoss: (right) => ({
            ...right,
            backward: (cache) => scale(right.backward(cache), T.cols / T.rows),
          }),
        };
        return batchBy("delta", pieces)(params, X, values, T);
      };
      return [answer];
    },
  },
];
