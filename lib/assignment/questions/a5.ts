import { type DigitsOptions, learnedBy, type TrainDigits } from "../cases/digits";
import { type Initialize, weightsCase } from "../cases/initializers";
import { type AdamUpdate, adamCases, type MomentumUpdate, momentumCases } from "../cases/optimizers";
import type { Question } from "../question";

const initialization = 'note 004, "Parameter initialization"';

/** Many outputs, many inputs, and few inputs. */
const sizes = [
  [400, 200],
  [200, 400],
  [15_000, 4],
] as const;

const rules: readonly DigitsOptions["rule"][] = ["momentum", "adam"];

/**
 * The questions of A5: training.
 * @example
 * questions.adam.subject // "adamUpdate"
 */
export const questions = {
  momentum: {
    subject: "momentumUpdate",
    equation: "v ← γ v − α g, θ ← θ + v",
    read: 'note 004, "Momentum"; B. T. Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1',
    hints: {
      en: [
        "The velocity comes first: it remembers a part of itself and takes up the newest gradient. Then the parameters move by the new velocity.",
        "The learning rate of this step belongs to this step's gradient alone. What is in the velocity already was weighted when it came in.",
        "Return new matrices. The old θ and v are still needed by whoever called.",
      ],
      zh: [
        "先算速度：它保留自身的一部分，并加入最新的梯度。然后参数按新的速度移动。",
        "这一步的学习率只乘这一步的梯度；速度里已有的部分在进入时就已经乘过了。",
        "返回新的矩阵。调用者还需要旧的 θ 和 v。",
      ],
    },
    cases: momentumCases,
  } satisfies Question<[MomentumUpdate]>,

  adam: {
    subject: "adamUpdate",
    equation: "m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − α m̂/(√v̂ + ε)",
    read: "D. P. Kingma, J. Ba, ICLR 2015, algorithm 1 and section 3",
    hints: {
      en: [
        "m and v are moving averages, of the gradient and of its square, entry by entry. Update both before you use them.",
        "They start at zero and are too small at first. After t steps the weights of the average add up to 1 − βᵗ; that is what each is divided by.",
        "The corrected m̂ and v̂ are for this step alone; what is kept are m and v as they were before the correction. ε is added to the root.",
      ],
      zh: [
        "m 和 v 分别是梯度和梯度平方的滑动平均，逐元素计算。先更新两者，再使用。",
        "它们从零开始，起初偏小。t 步之后平均的权重之和为 1 − βᵗ，各自要除以它。",
        "修正后的 m̂ 和 v̂ 只用于这一步；保存的是修正之前的 m 和 v。ε 加在根号之外。",
      ],
    },
    cases: adamCases,
  } satisfies Question<[AdamUpdate]>,

  heNormal: {
    subject: "heNormal",
    equation: "wᵢⱼ ~ N(0, 2/n_in)",
    read: `${initialization}: He; K. He, X. Zhang, S. Ren, J. Sun, ICCV (2015) 1026, equation 10`,
    hints: {
      en: [
        "The weights of a layer form an outputs×inputs matrix. Which of its two sizes is the number of inputs?",
        "The formula gives a variance. Numbers of the standard normal distribution are multiplied by a standard deviation.",
      ],
      zh: [
        "一层的权重是 输出×输入 的矩阵。它的两个尺寸中哪一个是输入个数？",
        "公式给出的是方差。标准正态分布的数要乘的是标准差。",
      ],
    },
    cases: sizes.map(([rows, cols]) =>
      weightsCase(rows, cols, { spread: 2, per: cols, perName: "inputs", fourthMoment: 3 }),
    ),
  } satisfies Question<[Initialize]>,

  xavierUniform: {
    subject: "xavierUniform",
    equation: "wᵢⱼ ~ U(−b, b) with b = √(6/(n_in + n_out))",
    read: `${initialization}: Xavier; X. Glorot, Y. Bengio, AISTATS (2010) 249, equation 16`,
    hints: {
      en: [
        "The numbers lie on both sides of 0, as far as b on either.",
        "b is the end of the interval and not the standard deviation: the variance of U(−b, b) is b²/3.",
      ],
      zh: ["这些数分布在 0 的两侧，每侧最远到 b。", "b 是区间的端点，不是标准差：U(−b, b) 的方差是 b²/3。"],
    },
    cases: sizes.map(([rows, cols]) =>
      weightsCase(rows, cols, {
        spread: 2,
        per: rows + cols,
        perName: "(inputs + outputs)",
        fourthMoment: 2,
      }),
    ),
  } satisfies Question<[Initialize]>,

  digits: {
    subject: "trainDigits",
    equation: "θ ← momentumUpdate or adamUpdate, from weights by heNormal and xavierUniform",
    read: 'note 004, "Training techniques", example 2 (手写体数字识别)',
    hints: {
      en: [
        "There is nothing to write here: the training runs on momentumUpdate, adamUpdate, heNormal and xavierUniform. Check those first.",
        "If each of them holds by itself, look at what they keep between calls: they must be functions of their arguments alone.",
      ],
      zh: [
        "这里没有要写的代码：训练用的是 momentumUpdate、adamUpdate、heNormal 和 xavierUniform。先检查它们。",
        "如果它们各自都正确，再看它们在两次调用之间保存了什么：结果只能由参数决定。",
      ],
    },
    cases: rules.map(learnedBy),
  } satisfies Question<[TrainDigits]>,
};
