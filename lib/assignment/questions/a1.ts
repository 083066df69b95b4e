import {
  type AdalineGradient,
  gradientCase,
  lmsCase,
  onTheBoundary,
  perceptronCase,
  stepOfNote,
  type UnitStep,
} from "../cases/linear-units";
import {
  descendsOnIris,
  learnsAnd,
  learnsIris,
  neverLearnsXor,
  type TrainAdaline,
  type TrainPerceptron,
} from "../cases/unit-training";
import type { Question } from "../question";

const perceptron = 'note 004, section 2 ("感知机回顾"): the learning rule';
const adaline = 'note 004, section 3 ("ADALINE 回顾")';

/** The questions of A1: the perceptron and ADALINE. */
export const questions = {
  perceptronStep: {
    subject: "perceptronStep",
    equation: "w ← w + η(t − y)x, b ← b + η(t − y) with y = H(wᵀx + b)",
    read: perceptron,
    hints: {
      en: [
        "First the answer: z = wᵀx + b, then y = 1 where z ≥ 0 and y = 0 where z < 0. The bias belongs to z.",
        "t − y is 0 for a right answer. For a wrong one it is 1 or −1: then x, times η, is added to w or taken away.",
        "The bias is the weight of an input that is always 1, so its correction is that of a weight with x = 1.",
      ],
      zh: [
        "先求输出：z = wᵀx + b，z ≥ 0 时 y = 1，z < 0 时 y = 0。偏置是 z 的一部分。",
        "判对时 t − y 为 0；判错时为 1 或 −1：x 乘以 η 后加到 w 上，或从 w 中减去。",
        "偏置是恒为 1 的输入的权重，所以它的修正就是 x = 1 时权重的修正。",
      ],
    },
    cases: [
      perceptronCase(-5, 1),
      perceptronCase(5, 0),
      perceptronCase(5, 1),
      perceptronCase(-5, 0),
      onTheBoundary(0),
      onTheBoundary(1),
    ],
  } satisfies Question<[UnitStep]>,

  trainPerceptron: {
    subject: "trainPerceptron",
    equation: "perceptronStep on every sample in order, epoch by epoch, until an epoch has no mistake",
    read: `${perceptron}; F. Rosenblatt, Psychological Review 65 (1958) 386`,
    hints: {
      en: [
        "Start from zeros. Each sample meets the unit as the sample before it left it, so a correction counts at once.",
        "A mistake is a sample that perceptronStep corrects. Count them anew in every epoch, and keep the count of each.",
        "An epoch with 0 mistakes has changed nothing, so neither will the next: keep its 0, and stop.",
      ],
      zh: [
        "从零开始。每个样本遇到的是前一个样本修正之后的单元，所以修正立即生效。",
        "一次错误就是 perceptronStep 修正了的一个样本。每一轮重新计数，并保存每一轮的次数。",
        "没有错误的一轮什么都没有改变，下一轮也不会：把这个 0 记下来，然后停止。",
      ],
    },
    cases: [learnsAnd, learnsIris, neverLearnsXor],
  } satisfies Question<[TrainPerceptron]>,

  adalineGradient: {
    subject: "adalineGradient",
    equation: "∂E/∂w = −(1/m) Σⱼ (tⱼ − zⱼ) xⱼ, ∂E/∂b = −(1/m) Σⱼ (tⱼ − zⱼ)",
    read: `${adaline}: the gradient`,
    hints: {
      en: [
        "E is a mean over samples of half a square. What does the ½ do to the 2 of the derivative, and where does 1/m go?",
        "The scores of all samples at once are the row Z = wᵀX + b; no step function is in them.",
        "With Δ = (Z − T)/m, which is 1×m, the gradient for w must be d×1: which product of X and Δ is that?",
      ],
      zh: [
        "E 是“平方的一半”对样本的平均。½ 与求导出来的 2 怎样相消？1/m 又出现在哪里？",
        "所有样本的得分是一行：Z = wᵀX + b，其中没有阶跃函数。",
        "令 Δ = (Z − T)/m，形状 1×m；w 的梯度必须是 d×1：X 与 Δ 的哪个乘积是这个形状？",
      ],
    },
    cases: [gradientCase(3, 5), gradientCase(2, 4, true), gradientCase(2, 1)],
  } satisfies Question<[AdalineGradient]>,

  adalineStep: {
    subject: "adalineStep",
    equation: "w ← w + η(t − z)x, b ← b + η(t − z) with z = wᵀx + b",
    read: `${adaline}: the update by single samples; B. Widrow, M. E. Hoff, IRE WESCON Convention Record, part 4 (1960) 96`,
    hints: {
      en: [
        "It looks like the perceptron's rule. What stands in the place of the answer y?",
        "Compute the error t − z once, from the unit as it came in, and use it for the weights and for the bias.",
      ],
      zh: [
        "它看起来与感知机的规则一样。原来写输出 y 的地方现在是什么？",
        "误差 t − z 只计算一次，用的是传进来的单元；权重和偏置都用这同一个误差。",
      ],
    },
    cases: [stepOfNote, lmsCase(3, -1), lmsCase(1, 2), lmsCase(2, 1)],
  } satisfies Question<[UnitStep]>,

  iris: {
    subject: "trainBatch and trainOnline",
    equation: "w ← w − η ∂E/∂w by adalineGradient, and adalineStep sample by sample",
    read: `${adaline}: the gradient, and the update by single samples`,
    hints: {
      en: [
        "There is nothing to write here: trainBatch runs on adalineGradient, trainOnline on adalineStep. Check those first.",
        "If both hold by themselves, look at whether they change what they are given: they must return a new unit.",
      ],
      zh: [
        "这里没有要写的代码：trainBatch 用 adalineGradient，trainOnline 用 adalineStep。先检查它们。",
        "如果它们各自都正确，再看它们是否改动了传入的参数：必须返回一个新的单元。",
      ],
    },
    cases: [descendsOnIris],
  } satisfies Question<[TrainAdaline, TrainAdaline]>,
};
