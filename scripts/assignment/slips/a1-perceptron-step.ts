import type { UnitStep } from "../../../lib/assignment/cases/linear-units";
import type { LinearUnit } from "../../../lib/linear-units";
import { fromData, type Matrix } from "../../../lib/matrix";
import { answerAt, moved, scoreOf } from "./a1-units";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

const inStep = ownSlip<UnitStep>("perceptronStep", 'note 004, section 2 ("感知机回顾"): the learning rule');

const answerOf = (unit: LinearUnit, x: Matrix) => answerAt(scoreOf(unit, x));

/** Mistakes in one correction of a perceptron. */
export const stepSlips: readonly OwnSlip[] = [
  inStep(
    "right-answers-too",
    "The unit moves on every sample; where the answer is right it must stay as it is.",
    "单元在每个样本上都移动；判对的样本不应引起任何修正。",
    (unit, x, t, rate) => moved(unit, x, rate * (2 * t - 1)),
  ),
  inStep(
    "sign-reversed",
    "The correction has the wrong sign: each one makes the mistake worse.",
    "修正的符号反了：每次修正都使错误更严重。",
    (unit, x, t, rate) => moved(unit, x, -rate * (t - answerOf(unit, x))),
  ),
  inStep(
    "learning-rate-forgotten",
    "The correction is not multiplied by the learning rate.",
    "修正没有乘以学习率。",
    (unit, x, t) => moved(unit, x, t - answerOf(unit, x)),
  ),
  inStep(
    "bias-not-updated",
    "Only the weights are corrected; the bias stays where it was.",
    "只修正了权重，偏置没有变。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - answerOf(unit, x)), 0),
  ),
  inStep(
    "bias-without-learning-rate",
    "The bias is corrected without the learning rate, the weights with it.",
    "权重的修正乘了学习率，偏置的修正没有乘。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - answerOf(unit, x)), t - answerOf(unit, x)),
  ),
  inStep(
    "zero-answered-0",
    "A score of exactly 0 is answered with 0; the note's step function is 1 there.",
    "得分恰为 0 时输出了 0；笔记中的阶跃函数在 0 处取 1。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - (scoreOf(unit, x) > 0 ? 1 : 0))),
  ),
  inStep(
    "score-without-bias",
    "The answer is taken from a score to which the bias has not been added.",
    "判断所用的得分没有加上偏置。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - answerOf({ ...unit, bias: 0 }, x))),
  ),
  inStep(
    "answers-of-plus-minus-one",
    "The answer is −1 or 1 while the target is 0 or 1: their difference is not the error.",
    "输出取 −1 或 1，而标签是 0 或 1：两者之差不是误差。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - (2 * answerOf(unit, x) - 1))),
  ),
  inStep(
    "score-for-answer",
    "The error is taken from the score, on every sample: that is ADALINE's rule, not the perceptron's.",
    "误差用的是得分，并且对每个样本都修正：这是 ADALINE 的规则，不是感知机的。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - scoreOf(unit, x))),
  ),
  inStep(
    "input-forgotten",
    "Every weight is corrected by the same amount, whatever its input was.",
    "每个权重都修正了同样的量，没有乘上各自的输入。",
    (unit, x, t, rate) =>
      moved(
        unit,
        fromData(
          x.rows,
          1,
          x.data.map(() => 1),
        ),
        rate * (t - answerOf(unit, x)),
      ),
  ),
  inStep(
    "bias-after-weights",
    "The bias is corrected by the answer that the corrected weights give; both belong to one and the same answer.",
    "偏置的修正用的是权重修正之后的输出；两者应来自同一次输出。",
    (unit, x, t, rate) => {
      const half = moved(unit, x, rate * (t - answerOf(unit, x)), 0);
      return { weights: half.weights, bias: unit.bias + rate * (t - answerOf(half, x)) };
    },
  ),
];
