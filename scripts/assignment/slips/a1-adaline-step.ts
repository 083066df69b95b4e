import type { UnitStep } from "../../../lib/assignment/cases/linear-units";
import { mapEntries } from "../../../lib/matrix-entries";
import { answerAt, moved, scoreOf } from "./a1-units";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

const inStep = ownSlip<UnitStep>(
  "adalineStep",
  'note 004, section 3 ("ADALINE 回顾"): the update by single samples',
);

/** Mistakes in one step of the LMS rule. */
export const lmsSlips: readonly OwnSlip[] = [
  inStep(
    "thresholded",
    "The error is taken from the answer 0 or 1: that is the perceptron's rule, not the LMS rule.",
    "误差用的是 0 或 1 的输出：这是感知机的规则，不是 LMS 规则。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - answerAt(scoreOf(unit, x)))),
  ),
  inStep(
    "right-answers-left-alone",
    "A sample whose answer is right already is passed over; the LMS rule corrects on every sample.",
    "已经判对的样本被跳过了；LMS 规则对每个样本都修正。",
    (unit, x, t, rate) => {
      const z = scoreOf(unit, x);
      return answerAt(z, 0.5) === t ? unit : moved(unit, x, rate * (t - z));
    },
  ),
  inStep(
    "sign-reversed",
    "The correction has the wrong sign: the error grows with every step.",
    "修正的符号反了：误差会一步步变大。",
    (unit, x, t, rate) => moved(unit, x, -rate * (t - scoreOf(unit, x))),
  ),
  inStep(
    "factor-two",
    "The step is twice as long: it belongs to the loss without ½.",
    "步长是两倍：它属于没有 ½ 的损失。",
    (unit, x, t, rate) => moved(unit, x, 2 * rate * (t - scoreOf(unit, x))),
  ),
  inStep(
    "learning-rate-forgotten",
    "The correction is not multiplied by the learning rate.",
    "修正没有乘以学习率。",
    (unit, x, t) => moved(unit, x, t - scoreOf(unit, x)),
  ),
  inStep(
    "bias-not-updated",
    "Only the weights are corrected; the bias stays where it was.",
    "只修正了权重，偏置没有变。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - scoreOf(unit, x)), 0),
  ),
  inStep(
    "bias-without-learning-rate",
    "The bias is corrected without the learning rate, the weights with it.",
    "权重的修正乘了学习率，偏置的修正没有乘。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - scoreOf(unit, x)), t - scoreOf(unit, x)),
  ),
  inStep(
    "score-without-bias",
    "The score is computed without the bias.",
    "计算得分时没有加上偏置。",
    (unit, x, t, rate) => moved(unit, x, rate * (t - scoreOf({ ...unit, bias: 0 }, x))),
  ),
  inStep(
    "input-forgotten",
    "Every weight is corrected by the same amount, whatever its input was.",
    "每个权重都修正了同样的量，没有乘上各自的输入。",
    (unit, x, t, rate) =>
      moved(
        unit,
        mapEntries(x, () => 1),
        rate * (t - scoreOf(unit, x)),
      ),
  ),
  inStep(
    "bias-after-weights",
    "The bias is corrected by the error that the corrected weights leave; both belong to one and the same error.",
    "偏置的修正用的是权重修正之后的误差；两者应来自同一个误差。",
    (unit, x, t, rate) => {
      const half = moved(unit, x, rate * (t - scoreOf(unit, x)), 0);
      return { weights: half.weights, bias: unit.bias + rate * (t - scoreOf(half, x)) };
    },
  ),
];
