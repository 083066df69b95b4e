import { sigmoid } from "../../../../lib/activations";
import type {
  IdentityGradients,
  LostFactor,
  SigmoidDelta,
} from "../../../../lib/assignment/cases/output-layer";
import { dense } from "../../../../lib/layers";
import { type Loss, meanSquaredError, sigmoidBinaryCrossEntropy } from "../../../../lib/losses";
import { activationMeanSquaredError } from "../../../../lib/losses/output-activation";
import { affine, column, subtract } from "../../../../lib/matrix";
import type { FromMutations, Make, OwnSlip } from "../slip-sheet";

type Dense = ReturnType<typeof dense>;
const untouched = <T>(right: T): T => right;

/** By lib, with something made of the loss or of the layer on the way. */
const identityBy =
  (
    ofLoss: (right: typeof meanSquaredError) => typeof meanSquaredError,
    ofDense: (right: Dense) => Dense,
  ): IdentityGradients =>
  ({ W, b }, before, target) => {
    const prediction = affine(W, before, b);
    const delta = ofLoss(meanSquaredError).backward({ prediction, target });
    const layer = ofDense(dense(W.cols, W.rows));
    const { gradients } = layer.backward({ weights: W, bias: b }, { A: before }, delta);
    return { delta, dW: gradients.weights, db: gradients.bias };
  };

/** By lib. */
export const identityRight = identityBy(untouched, untouched);

/** Mistakes in the first exercise. */
export const identityMutations: readonly FromMutations[] = [
  {
    question: "identity",
    answers: (make) => [identityBy(make, untouched)],
    mutations: {
      "meanSquaredError/factor-two": "平方求导留下的 2 没有约掉，而损失中有抵消它的 ½。",
      "meanSquaredError/error-reversed": "误差写成了目标减输出：下降变成了上升。",
      "meanSquaredError/mean-over-entries": "对所有元素（样本和输出单元）取了平均；只应对样本取平均。",
    },
  },
  {
    question: "identity",
    answers: (make) => [identityBy(untouched, make)],
    mutations: {
      "dense/weight-gradient-transposed": "权重的梯度是正确结果的转置：写成了输入乘误差，而不是误差乘输入。",
      "dense/weight-gradient-of-output": "权重的梯度用的是这一层自己的输出，而不是进入这一层的量。",
      "dense/bias-gradient-missing": "偏置没有梯度，因此永远停在初始值。",
      "dense/bias-over-units": "偏置的梯度沿错误的方向求和：对单元求和，结果每个样本一个数。",
    },
  },
];

/** Mistakes in the first exercise that lib has no mutation of. */
export const identitySlips: readonly OwnSlip[] = [
  {
    question: "identity",
    id: "identity/input-for-output",
    wrong: {
      en: "The error compares the target with W y⁽ᴸ⁻¹⁾: the bias is missing in u.",
      zh: "误差是用 W y⁽ᴸ⁻¹⁾ 与目标比较的：u 中缺少偏置。",
    },
    read: 'note 004, "Layer decomposition": the linear part of a layer',
    answers: () => {
      const answer: IdentityGradients = ({ W, b }, before, target) =>
        identityRight({ W, b: subtract(b, b) }, before, target);
      return [answer];
    },
  },
];

const squaredError = activationMeanSquaredError(sigmoid);

const deltaOf =
  (loss: Loss): SigmoidDelta =>
  (u, target) =>
    loss.backward(loss.forward(column([u]), column([target])).cache).data[0];

const factorByLib: LostFactor = (u) => sigmoid.derivative(u);

/** By lib, with something made of one of the losses. */
const sigmoidBy =
  (which: "MSE" | "BCE") =>
  (make: Make): [SigmoidDelta, SigmoidDelta, LostFactor] => [
    deltaOf((which === "MSE" ? make(squaredError) : squaredError) as Loss),
    deltaOf((which === "BCE" ? make(sigmoidBinaryCrossEntropy) : sigmoidBinaryCrossEntropy) as Loss),
    factorByLib,
  ];

/** Mistakes in the second exercise. */
export const sigmoidMutations: readonly FromMutations[] = [
  {
    question: "sigmoid",
    answers: sigmoidBy("MSE"),
    mutations: {
      "sigmoidMeanSquaredError/derivative-forgotten": "缺少输出激活函数的导数：这是线性输出或交叉熵的误差。",
      "sigmoidMeanSquaredError/derivative-at-output": "输出激活函数的导数是在输出处取的，而不是在净输入处。",
    },
  },
  {
    question: "sigmoid",
    answers: sigmoidBy("BCE"),
    mutations: {
      "sigmoidBinaryCrossEntropy/derivative-once-too-often":
        "又乘了一次 sigmoid 的导数，而交叉熵已经把它约掉了：这是平方误差的 δ。",
      "sigmoidBinaryCrossEntropy/gradient-by-probabilities":
        "这是对概率的梯度；从概率到 logit 还缺少 sigmoid 的导数。",
    },
  },
];

const logistic = 'note 004, "Layer decomposition", exercise 2';

/** Mistakes in the second exercise that lib has no mutation of. */
export const sigmoidSlips: readonly OwnSlip[] = [
  {
    question: "sigmoid",
    id: "sigmoid/error-reversed",
    wrong: {
      en: "Both errors are target minus output: descent goes uphill.",
      zh: "两个误差都写成了目标减输出：下降变成了上升。",
    },
    read: logistic,
    answers: () => {
      const [mse, bce, factor] = sigmoidBy("MSE")(untouched);
      const reversed =
        (delta: SigmoidDelta): SigmoidDelta =>
        (u, t) =>
          -delta(u, t);
      return [reversed(mse), reversed(bce), factor];
    },
  },
  {
    question: "sigmoid",
    id: "sigmoid/losses-exchanged",
    wrong: {
      en: "The two losses are mixed up: each δ is that of the other one.",
      zh: "两种损失弄反了：每个 δ 都是另一种损失的。",
    },
    read: logistic,
    answers: () => {
      const [mse, bce, factor] = sigmoidBy("MSE")(untouched);
      return [bce, mse, factor];
    },
  },
  {
    question: "sigmoid",
    id: "sigmoid/derivative-at-output",
    wrong: {
      en: "The derivative of the sigmoid is taken at its output in place of its input.",
      zh: "sigmoid 的导数是在它的输出处取的，而不是在输入处。",
    },
    read: 'note 004, "Layer decomposition", pitfalls: u and y mixed up',
    answers: () => {
      const [mse, bce] = sigmoidBy("MSE")(untouched);
      return [mse, bce, (u: number) => sigmoid.derivative(sigmoid.f(u))];
    },
  },
  {
    question: "sigmoid",
    id: "sigmoid/factor-upside-down",
    wrong: {
      en: "The factor is upside down: it is what δ of BCE would have to be multiplied by to give δ of MSE, not the other way round.",
      zh: "因子颠倒了：应是 BCE 的 δ 乘以它得到 MSE 的 δ，而不是反过来。",
    },
    read: logistic,
    answers: () => {
      const [mse, bce] = sigmoidBy("MSE")(untouched);
      return [mse, bce, (u: number) => 1 / sigmoid.derivative(u)];
    },
  },
];
