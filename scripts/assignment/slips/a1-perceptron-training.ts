import type { TrainPerceptron } from "../../../lib/assignment/cases/unit-training";
import { type LinearUnit, perceptronStep } from "../../../lib/linear-units";
import { type Matrix, zeros } from "../../../lib/matrix";
import { takeColumns } from "../../../lib/matrix-entries";
import { answerAt, moved, scoreOf } from "./a1-units";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

/** An epoch: the unit after it, and the mistakes that it counts. */
type Epoch = (
  unit: LinearUnit,
  samples: readonly Sample[],
  rate: number,
) => { readonly unit: LinearUnit; readonly count: number };

interface Sample {
  readonly x: Matrix;
  readonly t: number;
}

const isWrong = (unit: LinearUnit, { x, t }: Sample) => answerAt(scoreOf(unit, x)) !== t;

const rightEpoch: Epoch = (start, samples, rate) => {
  let [unit, count] = [start, 0];
  for (const sample of samples) {
    if (isWrong(unit, sample)) count++;
    unit = perceptronStep(unit, sample.x, sample.t, rate);
  }
  return { unit, count };
};

/** A training of such epochs; `ends` says whether one with so many mistakes is the last, `keeps` whether it is counted. */
function training(
  epoch: Epoch,
  ends: (count: number) => boolean = (count) => count === 0,
  keeps: (count: number) => boolean = () => true,
) {
  const train: TrainPerceptron = (X, T, rate, epochs) => {
    const samples = Array.from(T.data, (t, j) => ({ x: takeColumns(X, [j]), t }));
    let unit: LinearUnit = { weights: zeros(X.rows, 1), bias: 0 };
    const mistakes: number[] = [];
    for (let k = 0; k < epochs; k++) {
      const after = epoch(unit, samples, rate);
      unit = after.unit;
      if (keeps(after.count)) mistakes.push(after.count);
      if (ends(after.count)) break;
    }
    return { ...unit, mistakes };
  };
  return train;
}

const inTraining = ownSlip<TrainPerceptron>(
  "trainPerceptron",
  'note 004, section 2 ("感知机回顾"): the learning rule',
);

/** Mistakes in a perceptron's training whose single corrections are right. */
export const trainingSlips: readonly OwnSlip[] = [
  inTraining(
    "batch-in-place-of-online",
    "All samples of an epoch are answered by the weights from its beginning; a correction must count for the next sample already.",
    "一轮中的所有样本都用这一轮开始时的权重判断；修正应当对下一个样本立即生效。",
    training((unit, samples, rate) => {
      const wrong = samples.filter((sample) => isWrong(unit, sample));
      const after = wrong.reduce((at, { x, t }) => moved(at, x, rate * (2 * t - 1)), unit);
      return { unit: after, count: wrong.length };
    }),
  ),
  inTraining(
    "never-stops",
    "Training goes on after an epoch without a mistake, which changes nothing any more.",
    "没有错误的一轮之后训练仍在继续，而参数不会再有任何变化。",
    training(rightEpoch, () => false),
  ),
  inTraining(
    "zero-not-kept",
    "The epoch without a mistake is missing at the end of the list.",
    "列表末尾缺少没有错误的那一轮。",
    training(rightEpoch, undefined, (count) => count > 0),
  ),
  inTraining(
    "one-epoch",
    "Training ends after the first epoch, though it had mistakes.",
    "第一轮还有错误，训练却结束了。",
    training(rightEpoch, () => true),
  ),
  inTraining(
    "right-answers-counted",
    "The list holds how many samples were answered right in each epoch, not how many mistakes there were.",
    "列表里是每一轮判对的样本数，而不是错误数。",
    (X, T, rate, epochs) => {
      const { mistakes, ...unit } = training(rightEpoch)(X, T, rate, epochs);
      return { ...unit, mistakes: mistakes.map((count) => X.cols - count) };
    },
  ),
  inTraining(
    "counts-not-reset",
    "The mistakes of earlier epochs are counted again in every later one, so that no epoch seems free of them.",
    "前面各轮的错误在后面每一轮又被计入，因此没有一轮看起来是无错的。",
    (...given) => {
      let total = 0;
      const { mistakes, ...unit } = training(rightEpoch, () => false)(...given);
      return { ...unit, mistakes: mistakes.map((count) => (total += count)) };
    },
  ),
  inTraining(
    "last-sample-left-out",
    "The loop over samples is one short: the last sample is never looked at.",
    "对样本的循环少了一次：最后一个样本从未用到。",
    training((unit, samples, rate) => rightEpoch(unit, samples.slice(0, -1), rate)),
  ),
  inTraining(
    "order-reversed",
    "The samples come from the last to the first; the order decides which mistakes are made.",
    "样本是从最后一个到第一个取的；顺序决定会犯哪些错误。",
    training((unit, samples, rate) => rightEpoch(unit, [...samples].reverse(), rate)),
  ),
  inTraining(
    "from-zeros-every-epoch",
    "Every epoch starts from zeros again, so that nothing is learned from the one before.",
    "每一轮都重新从零开始，前一轮学到的全部丢失。",
    training((unit, samples, rate) => rightEpoch(moved(unit, unit.weights, -1, -unit.bias), samples, rate)),
  ),
  inTraining(
    "one-correction-an-epoch",
    "An epoch ends with its first mistake; the samples behind it are not looked at.",
    "一轮在第一个错误处就结束了，后面的样本没有用到。",
    training((unit, samples, rate) => {
      const wrong = samples.find((sample) => isWrong(unit, sample));
      return wrong ? { unit: perceptronStep(unit, wrong.x, wrong.t, rate), count: 1 } : { unit, count: 0 };
    }),
  ),
  inTraining(
    "learning-rate-forgotten",
    "The learning rate that was given is not used.",
    "没有用到传入的学习率。",
    training((unit, samples) => rightEpoch(unit, samples, 1)),
  ),
];
