import {
  type IdentityGradients,
  identityCase,
  type LostFactor,
  type SigmoidDelta,
  sigmoidCase,
} from "../cases/output-layer";
import {
  type ColumnSoftmax,
  infiniteLogits,
  largeLogits,
  moderateLogits,
  shiftedLogits,
} from "../cases/softmax";
import type { TwoLayerBackward, TwoLayerForward } from "../cases/two-layer";
import { type BatchGradients, backwardCase, batchCase, forwardCase } from "../cases/two-layer-passes";
import type { Question } from "../question";

const decomposition = 'note 004, "Layer decomposition"';

/** The questions of A2: the exercises of note 004. */
export const questions = {
  identity: {
    subject: "identityGradients",
    equation: "δ = ∂E/∂u, ∂E/∂W and ∂E/∂b for E = ½ ‖y − t‖² with y = u = W y⁽ᴸ⁻¹⁾ + b",
    read: `${decomposition}, exercise 1 and its hints`,
    hints: {
      en: [
        "Write E as a sum over the outputs and differentiate by one uₖ. With y = u, what is ∂yₖ/∂uₖ?",
        "The ½ is there for the 2 that a square leaves behind.",
        "uₖ = Σⱼ wₖⱼ yⱼ + bₖ: a nudge of wₖⱼ moves uₖ alone, and by how much? Set all k and j side by side: a column times a row.",
      ],
      zh: [
        "把 E 写成对各输出的求和，对其中一个 uₖ 求导。y = u 时，∂yₖ/∂uₖ 是多少？",
        "½ 正是为了抵消平方求导后留下的 2。",
        "uₖ = Σⱼ wₖⱼ yⱼ + bₖ：wₖⱼ 的微小变化只影响 uₖ，影响多大？把所有 k、j 排在一起：一列乘一行。",
      ],
    },
    cases: [identityCase(3, 2), identityCase(3, 3), identityCase(4, 1)],
  } satisfies Question<[IdentityGradients]>,

  sigmoid: {
    subject: "squaredErrorDelta",
    equation: "∂E/∂u for E = ½ (a − t)² with a = σ(u)",
    read: `${decomposition}, exercise 2; "Loss functions and parameter updates"`,
    hints: {
      en: [
        "E depends on u through a alone, so the chain rule has two factors: ∂E/∂a and ∂a/∂u. The second one is the same for both losses.",
        "Differentiate −t log a − (1 − t) log(1 − a) by a and bring it to one fraction. Multiply by ∂a/∂u, and cancel before you write code: where a is rounded to 0 or 1 the fraction is 0/0.",
        "lostFactor is what δ of MSE has and δ of BCE has not: the one divided by the other.",
      ],
      zh: [
        "E 只通过 a 依赖于 u，所以链式法则有两个因子：∂E/∂a 和 ∂a/∂u。第二个因子对两种损失相同。",
        "把 −t log a − (1 − t) log(1 − a) 对 a 求导并通分，再乘以 ∂a/∂u，先约分再写代码：当 a 被舍入为 0 或 1 时，分式是 0/0。",
        "lostFactor 是 MSE 的 δ 有而 BCE 的 δ 没有的因子：前者除以后者。",
      ],
    },
    cases: [sigmoidCase(0.8, 1), sigmoidCase(-1.7, 0), sigmoidCase(-8, 1), sigmoidCase(800, 0)],
  } satisfies Question<[SigmoidDelta, SigmoidDelta, LostFactor]>,

  twoLayerForward: {
    subject: "twoLayerForward",
    equation: "u¹ = W¹x + b¹, y¹ = ReLU(u¹), u² = W²y¹ + b², y² = softmax(u²)",
    read: `${decomposition}, example 2 and exercise 3`,
    hints: {
      en: [
        "Four lines, each from the one before. All four values are returned: backward needs them.",
        "ReLU stands behind the first layer alone; behind the second stands softmax, whose outputs are positive and sum to 1.",
      ],
      zh: [
        "共四行，每行用到上一行的结果。四个值都要返回：反向需要它们。",
        "ReLU 只在第一层之后；第二层之后是 softmax，它的输出为正且和为 1。",
      ],
    },
    cases: [forwardCase([3, 4, 2]), forwardCase([3, 3, 3])],
  } satisfies Question<[TwoLayerForward]>,

  twoLayerGradients: {
    subject: "twoLayerGradients",
    equation: "δ², δ¹ and the gradients of W², b², W¹, b¹",
    read: `${decomposition}, example 2 and exercise 3`,
    hints: {
      en: [
        "Softmax's Jacobian and the derivative of the logarithm cancel: δ² needs two of the values that you are given, and no product.",
        "From δ² to δ¹: first to y¹, through the weights, so that each hidden unit collects from all outputs (which shape must the matrix have?), then through ReLU.",
        "The gradient of a layer's weights is its own δ times the transpose of what came into it: y¹ for W², x for W¹.",
      ],
      zh: [
        "softmax 的雅可比矩阵与对数的导数相互抵消：δ² 只需要给定值中的两个，不需要乘法。",
        "从 δ² 到 δ¹：先经过权重回到 y¹，每个隐藏单元从所有输出收集误差（矩阵应是什么形状？），再穿过 ReLU。",
        "一层权重的梯度是这一层自己的 δ 乘以进入它的量的转置：W² 用 y¹，W¹ 用 x。",
      ],
    },
    cases: [backwardCase([3, 4, 2]), backwardCase([3, 3, 3])],
  } satisfies Question<[TwoLayerBackward]>,

  stableSoftmax: {
    subject: "stableSoftmax",
    equation: "yᵢ = e^uᵢ / Σⱼ e^uⱼ of every column, so that no e^uᵢ overflows",
    read: `${decomposition}, exercise 4`,
    hints: {
      en: [
        "e^710 is more than float64 can hold. Which number may be taken from all logits of a column without changing the quotient?",
        "Choose it so that the largest exponent is 0: then no term overflows, and the sum is at least 1.",
        "Every column is a sample of its own: it has its own largest logit and its own sum.",
      ],
      zh: [
        "e^710 超出了 float64 的范围。从一列的所有 logit 中减去哪个数不会改变这个商？",
        "选它使最大的指数为 0：这样没有一项溢出，而且和至少为 1。",
        "每一列是一个独立的样本：有自己的最大 logit 和自己的和。",
      ],
    },
    cases: [moderateLogits(3, 4), largeLogits, infiniteLogits, shiftedLogits],
  } satisfies Question<[ColumnSoftmax]>,

  batch: {
    subject: "batchGradients",
    equation: "Δ², Δ¹ and the gradients of the mean loss of m samples, 1/m in the errors or in the gradients",
    read: `${decomposition}, exercise 5; "Backpropagation in vector form (batch)"`,
    hints: {
      en: [
        "Exercise 3 with columns side by side: the products stay as they are. A product with a transpose sums over the samples by itself.",
        "b is added to every column, so its gradient is a sum over columns.",
        "E is the mean over the samples, so 1/m enters once. If Δ has it already, the gradients must not get it again; say in `where` which it is.",
      ],
      zh: [
        "就是把练习 3 的各列并排：乘积的形式不变。与转置相乘时已经对样本求和。",
        "b 加在每一列上，所以它的梯度是对各列求和。",
        "E 是样本的平均，所以 1/m 只出现一次。如果 Δ 已经包含它，梯度就不能再除一次；在 where 中说明是哪一种。",
      ],
    },
    cases: [batchCase([3, 4, 2], 5), batchCase([3, 3, 3], 4), batchCase([3, 4, 2], 1)],
  } satisfies Question<[BatchGradients]>,
};
