import type { AdalineGradient } from "../../../lib/assignment/cases/linear-units";
import type { LinearUnit } from "../../../lib/linear-units";
import { adalineGradient } from "../../../lib/linear-units/adaline";
import { fromData, type Matrix, multiply, scale, zeros } from "../../../lib/matrix";
import { mapEntries, sum, takeColumns } from "../../../lib/matrix-entries";
import { answerAt, scoreOf } from "./a1-units";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

const inGradient = ownSlip<AdalineGradient>(
  "adalineGradient",
  'note 004, section 3 ("ADALINE 回顾"): the gradient',
);

const times = ({ weights, bias }: LinearUnit, factor: number): LinearUnit => ({
  weights: scale(weights, factor),
  bias: factor * bias,
});

const asSigns = (T: Matrix) => mapEntries(T, (t) => 2 * t - 1);

/** The gradient as it is for the errors y − t, where y is made of the score z. */
const withAnswers =
  (answer: (z: number) => number): AdalineGradient =>
  (unit, X, T) => {
    const errors = mapEntries(T, (t, _, j) => (answer(scoreOf(unit, takeColumns(X, [j]))) - t) / X.cols);
    const weights = multiply(X, fromData(X.cols, 1, errors.data));
    return { weights, bias: sum(errors) };
  };

/** Mistakes in the gradient of ADALINE's loss. */
export const gradientSlips: readonly OwnSlip[] = [
  inGradient(
    "summed",
    "The gradient is summed over the samples, not averaged: the loss has 1/m.",
    "梯度对样本求了和，没有取平均：损失里有 1/m。",
    (unit, X, T) => times(adalineGradient(unit, X, T), X.cols),
  ),
  inGradient(
    "factor-two",
    "The gradient is twice the right one: the ½ in the loss cancels the 2 of the square.",
    "梯度是正确值的两倍：损失中的 ½ 与平方求导出来的 2 相消。",
    (unit, X, T) => times(adalineGradient(unit, X, T), 2),
  ),
  inGradient(
    "sign-reversed",
    "The gradient has the wrong sign: a step against it would make the loss larger.",
    "梯度的符号反了：沿它的反方向走一步会使损失变大。",
    (unit, X, T) => times(adalineGradient(unit, X, T), -1),
  ),
  inGradient(
    "thresholded",
    "The error is taken from the answer 0 or 1; ADALINE learns from the score, without a step.",
    "误差用的是 0 或 1 的输出；ADALINE 用不经阶跃的得分来学习。",
    withAnswers((z) => answerAt(z)),
  ),
  inGradient(
    "bias-missing",
    "The gradient for the bias is 0, so the bias would stay where it starts.",
    "偏置的梯度为 0，偏置会一直停在初始值。",
    (unit, X, T) => ({ ...adalineGradient(unit, X, T), bias: 0 }),
  ),
  inGradient(
    "bias-summed",
    "The gradient for the bias is summed over the samples, the one for the weights averaged.",
    "偏置的梯度对样本求了和，而权重的梯度取了平均。",
    (unit, X, T) => {
      const { weights, bias } = adalineGradient(unit, X, T);
      return { weights, bias: X.cols * bias };
    },
  ),
  inGradient(
    "weights-summed",
    "The gradient for the weights is summed over the samples, the one for the bias averaged.",
    "权重的梯度对样本求了和，而偏置的梯度取了平均。",
    (unit, X, T) => {
      const { weights, bias } = adalineGradient(unit, X, T);
      return { weights: scale(weights, X.cols), bias };
    },
  ),
  inGradient(
    "score-without-bias",
    "The scores are computed without the bias.",
    "计算得分时没有加上偏置。",
    (unit, X, T) => adalineGradient({ ...unit, bias: 0 }, X, T),
  ),
  inGradient(
    "targets-as-signs",
    "The targets are turned from 0 and 1 into −1 and 1; they are to be taken as they are given.",
    "目标从 0 和 1 变成了 −1 和 1；应当按给定的值使用。",
    (unit, X, T) => adalineGradient(unit, X, asSigns(T)),
  ),
  inGradient(
    "last-sample-alone",
    "It is the gradient of the last sample alone: each sample's has taken the place of the one before.",
    "这只是最后一个样本的梯度：每个样本的梯度覆盖了前一个的。",
    (unit, X, T) => adalineGradient(unit, takeColumns(X, [X.cols - 1]), takeColumns(T, [X.cols - 1])),
  ),
  inGradient(
    "averaged-twice",
    "The gradient is divided by the number of samples twice.",
    "梯度除以了两次样本数。",
    (unit, X, T) => times(adalineGradient(unit, X, T), 1 / X.cols),
  ),
  inGradient(
    "inputs-forgotten",
    "Every weight has the bias's gradient: the errors are not multiplied by the inputs.",
    "每个权重的梯度都与偏置相同：误差没有乘以输入。",
    (unit, X, T) => {
      const { bias } = adalineGradient(unit, X, T);
      return { weights: mapEntries(zeros(X.rows, 1), () => bias), bias };
    },
  ),
];
