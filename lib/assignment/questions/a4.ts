import {
  type BatchNormBackward,
  type BatchNormForward,
  type BatchNormInference,
  backwardCases,
  forwardCases,
  inferenceCases,
  type RunningStatistics,
  runningCases,
} from "../cases/batch-norm";
import { firstStep, learned, type TrainDeepNetwork } from "../cases/deep-network";
import {
  type ResidualBackward,
  type ResidualForward,
  residualBackwardCases,
  residualForwardCases,
} from "../cases/residual";
import type { Question } from "../question";

const normalization = "S. Ioffe, C. Szegedy, ICML (2015) 448";
const residualLearning = "K. He, X. Zhang, S. Ren, J. Sun, CVPR (2016) 770";

/** The questions of A4: batch normalization and residual blocks. */
export const questions = {
  batchNormForward: {
    subject: "batchNormForward",
    equation: "Â = diag(1/√(σ² + ε)) (A − μ 1ᵀ), Y = diag(γ) Â + β 1ᵀ",
    read: `${normalization}, algorithm 1`,
    hints: {
      en: [
        "A feature is a row and a sample is a column: μ, σ², γ and β have one entry for each row. Which means are they then?",
        "First take the mean off of each row; the variance is the mean of the squares of what remains, over m and not over m − 1.",
        "The mean of the squares less the square of the mean is the same on paper only: far from 0 it loses all digits.",
      ],
      zh: [
        "一个特征是一行，一个样本是一列：μ、σ²、γ、β 每行各有一个元素。那么它们是沿哪个方向的平均？",
        "先从每一行减去它的均值；方差是剩余量的平方的平均，除以 m 而不是 m − 1。",
        "“平方的均值减去均值的平方”只在纸面上相同：当数值远离 0 时它会丢掉所有有效数字。",
      ],
    },
    cases: forwardCases,
  } satisfies Question<[BatchNormForward]>,

  batchNormBackward: {
    subject: "batchNormBackward",
    equation: "dγ = (dY ⊙ Â) 1, dβ = dY 1, dA from dÂ = diag(γ) dY through Â, σ² and μ",
    read: `${normalization}, section 3`,
    hints: {
      en: [
        "Gain and shift act on Â as a weight and a bias of each row: what is the sum over samples that each of them gets?",
        "Every entry of A reaches Y in three ways: by itself, by its row's mean, and by its row's variance. Each way is a term of dA.",
        "What dÂ loses on the way to A is its mean over the row, and its part along Â; then it is divided by the deviation. Two checks: each row of dA sums to 0, and scaling a row of A barely changes E.",
      ],
      zh: [
        "增益与偏移作用在 Â 上，就像每一行各有一个权重和一个偏置：它们各自得到对样本的哪个和？",
        "A 的每个元素通过三条路到达 Y：它自己、它所在行的均值、它所在行的方差。每条路是 dA 的一项。",
        "dÂ 在回到 A 的路上失去它在该行的均值，以及沿 Â 方向的部分；然后再除以标准差。两个检验：dA 的每一行之和为 0；把 A 的一行放大几乎不改变 E。",
      ],
    },
    cases: backwardCases,
  } satisfies Question<[BatchNormBackward]>,

  runningStatistics: {
    subject: "runningStatistics",
    equation: "running ← (1 − momentum) running + momentum · new, new = μ and m/(m − 1) σ²",
    read: `${normalization}, algorithm 2; PyTorch's documentation of BatchNorm1d`,
    hints: {
      en: [
        "The cache of this batch has μ and σ²; the momentum is the weight of what is new.",
        "σ² is divided by m; the estimate of the variance of all data is divided by m − 1. The number of samples m is that of the columns of Â.",
      ],
      zh: [
        "这一批的缓存里有 μ 和 σ²；momentum 是新值的权重。",
        "σ² 除以的是 m；对全体数据方差的估计除以 m − 1。样本数 m 就是 Â 的列数。",
      ],
    },
    cases: runningCases,
  } satisfies Question<[RunningStatistics]>,

  batchNormInference: {
    subject: "batchNormInference",
    equation: "Y = γ (A − running mean)/√(running variance + ε) + β, row by row",
    read: `${normalization}, algorithm 2`,
    hints: {
      en: [
        "After training no sample depends on another one: nothing is averaged over the columns of A.",
        "Put the running mean and variance where the forward in training has those of the batch; ε stays where it was.",
      ],
      zh: [
        "训练之后，样本之间互不依赖：不再对 A 的列求任何平均。",
        "在训练时前向使用批量均值与方差的地方换成滑动统计量；ε 仍在原处。",
      ],
    },
    cases: inferenceCases,
  } satisfies Question<[BatchNormInference]>,

  residualForward: {
    subject: "residualForward",
    equation: "Y = F(A) + P(A), the branch F and the shortcut P",
    read: `${residualLearning}, equations 1 and 2`,
    hints: {
      en: [
        "Branch and shortcut are layers: each has a forward of its own, that gives an output and a cache. Both get A.",
        "The identity is a layer as well, so that nothing has to be told apart: the shortcut's output is what is added.",
      ],
      zh: [
        "分支与捷径都是层：各有自己的前向，给出输出和缓存。两者都以 A 为输入。",
        "恒等映射也是一个层，所以不需要分情况：加上的就是捷径的输出。",
      ],
    },
    cases: residualForwardCases,
  } satisfies Question<[ResidualForward]>,

  residualBackward: {
    subject: "residualBackward",
    equation: "dA = (∂F/∂A)ᵀ dY + (∂P/∂A)ᵀ dY, with the gradients of branch and shortcut",
    read: `${residualLearning}, equations 1 and 2`,
    hints: {
      en: [
        "Y is a sum. What is the derivative of a sum by each of its terms, and so the error that each of the two layers gets?",
        "A goes into both layers: where a value is used twice, the errors of the two uses add up.",
      ],
      zh: [
        "Y 是一个和。和对每一项的导数是什么？因此两个层各得到怎样的误差？",
        "A 进入两个层：一个值被用了两次，两处的误差就要相加。",
      ],
    },
    cases: residualBackwardCases,
  } satisfies Question<[ResidualBackward]>,

  deepNetwork: {
    subject: "trainDeepNetwork",
    equation: "θ ← θ − 0.1 ∂E/∂θ, by the six functions before",
    read: 'note 000, "residual connections" (残差连接); notebook 20-residual',
    hints: {
      en: [
        "There is nothing to write here: the training runs on your six functions. Check those first.",
        "If each of them holds by itself, look at what they keep between calls and whether they change what they are given: they must be functions of their arguments alone.",
      ],
      zh: [
        "这里没有要写的代码：训练用的是你的六个函数。先检查它们。",
        "如果它们各自都正确，再看它们在两次调用之间是否保存了什么、是否改动了传入的量：结果只能由参数决定。",
      ],
    },
    cases: [firstStep(true), firstStep(false), learned],
  } satisfies Question<[TrainDeepNetwork]>,
};
