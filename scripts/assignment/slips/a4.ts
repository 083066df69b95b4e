import type {
  BatchNormBackward,
  BatchNormForward,
  BatchNormInference,
  RunningStatistics,
} from "../../../lib/assignment/cases/batch-norm";
import type { ResidualBackward, ResidualForward } from "../../../lib/assignment/cases/residual";
import { questions } from "../../../lib/assignment/questions/a4";
import { forInference } from "../../../lib/layer";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { residual } from "../../../lib/layers/residual";
import { trainDeepNetwork } from "../parts/deep-network-by-lib";
import { afterTrainingOwn } from "./a4-after-training";
import { batchNormOwn } from "./a4-batch-norm";
import { residualOwn } from "./a4-residual";
import type { Make, SlipSheet } from "./slip-sheet";

const forward = (make: Make): [BatchNormForward] => [
  (params, A, epsilon) => make(batchNorm(A.rows, { epsilon })).forward(params, A),
];

const backward = (make: Make): [BatchNormBackward] => [
  (params, cache, dY) => make(batchNorm(dY.rows)).backward(params, cache, dY),
];

const running = (make: Make): [RunningStatistics] => [
  (params, cache, momentum) =>
    make(batchNorm(cache.mean.rows, { momentum })).observe?.(params, cache) ?? params,
];

const inference: BatchNormInference = (params, A, epsilon) =>
  forInference(batchNorm(A.rows, { epsilon })).forward(params, A).output;

const residualForward: ResidualForward = (branch, shortcut, params, A) =>
  residual(branch, shortcut).forward(params, A);

const residualBackward = (make: Make): [ResidualBackward] => [
  (branch, shortcut, params, cache, dY) => make(residual(branch, shortcut)).backward(params, cache, dY),
];

/** The known mistakes of A4. */
export const a4Slips: SlipSheet = {
  assignment: "A4",
  questions,
  fromMutations: [
    {
      question: "batchNormForward",
      answers: forward,
      mutations: {
        "batchNorm/unbiased-variance":
          "前向除以的是无偏标准差（除以 m − 1），反向却是有偏标准差的；只有滑动方差才是无偏的。",
        "batchNorm/epsilon-outside-root": "ε 加到了根号外面的标准差上，而不是加到方差上。",
      },
    },
    {
      question: "batchNormBackward",
      answers: backward,
      mutations: {
        "batchNorm/mean-term-forgotten": "缺少均值的那一项：没有考虑每个输入都会移动批量的均值。",
        "batchNorm/variance-term-forgotten": "缺少方差的那一项：没有考虑每个输入都会改变批量的方差。",
        "batchNorm/statistics-as-constants":
          "把均值和方差当作常数，像训练之后那样；训练时它们依赖于每个样本。",
        "batchNorm/gain-forgotten": "误差传回时没有乘增益 γ。",
        "batchNorm/statistics-over-features":
          "反向的平均沿错误的方向：对一个样本的各特征求平均，而不是对一个特征的各样本。",
        "batchNorm/gain-gradient-of-input": "增益的梯度用的是这一层的输入，而不是归一化后的值。",
        "batchNorm/shift-gradient-averaged": "偏移的梯度对批量取了平均；它应是求和，因为 1/m 在损失里。",
      },
    },
    {
      question: "runningStatistics",
      answers: running,
      mutations: {
        "batchNorm/running-variance-biased": "滑动方差收集的是各批量的有偏方差，除以 m 而不是 m − 1。",
      },
    },
    {
      question: "residualBackward",
      answers: residualBackward,
      mutations: {
        "residual/shortcut-forgotten": "只有经过分支的误差传了回去；缺少捷径带回的误差。",
        "residual/branch-forgotten": "只有捷径把误差带了回去；没有加上经过分支的误差。",
        "residual/paths-averaged": "两条路的误差取了平均；前向中两条路相会之处，误差应当相加。",
        "residual/added-before-branch": "捷径的误差加在了分支之前：分支得到两倍的误差，并且独自把它带回去。",
        "projection/projection-bypassed":
          "捷径把误差原样传下去，好像它是恒等映射；只有宽度相同时才看不出来。",
        "projection/projection-not-learned": "捷径上的投影没有梯度。",
      },
    },
  ],
  own: [...batchNormOwn, ...afterTrainingOwn, ...residualOwn],
  right: {
    batchNormInference: () => [inference],
    residualForward: () => [residualForward],
    deepNetwork: () => [trainDeepNetwork],
  },
};
