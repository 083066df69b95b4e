import type { Loss } from "../../losses";
import { add, fromData, type Matrix, scale, subtract } from "../../matrix";
import { columnSums, frobeniusNorm, full, mapEntries, takeColumns } from "../../matrix-entries";
import { negative } from "../../matrix-rows";
import { type LossPoint, lossPoint } from "../points";
import type { LossSubject } from "../subject";
import { subjects } from "../subjects";
import type { Judge } from "./check";

/** Something that holds for a right loss whatever the predictions and targets. */
type Property = (loss: Loss, point: LossPoint) => boolean;

function run(loss: Loss, prediction: Matrix, target: Matrix) {
  const forward = loss.forward(prediction, target);
  return { loss: forward.loss, gradient: loss.backward(forward.cache) };
}

const close = (A: Matrix, B: Matrix) =>
  frobeniusNorm(subtract(A, B)) <= 1e-10 * Math.max(frobeniusNorm(A), frobeniusNorm(B));
const equal = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a));

/** The loss is a mean: every sample taken twice, it stays the same, and each sample's gradient is half as large. */
const isMean: Property = (loss, { prediction, target }) => {
  const twice = Array.from({ length: 2 * prediction.cols }, (_, j) => j % prediction.cols);
  const once = run(loss, prediction, target);
  const doubled = run(loss, takeColumns(prediction, twice), takeColumns(target, twice));
  return (
    equal(once.loss, doubled.loss) && close(takeColumns(scale(once.gradient, 0.5), twice), doubled.gradient)
  );
};

/** A number added to all logits of a sample changes nothing: the gradients of each sample sum to 0. */
const shiftsDoNothing: Property = (loss, { prediction, target }) => {
  const { loss: value, gradient } = run(loss, prediction, target);
  const shifted = add(prediction, full(prediction.rows, prediction.cols, 3));
  return (
    equal(value, run(loss, shifted, target).loss) &&
    frobeniusNorm(columnSums(gradient)) <= 1e-10 * Math.max(1e-300, frobeniusNorm(gradient))
  );
};

/** The two classes mirror each other: −z and the other target give the same loss and the opposite gradient. */
const mirrored =
  (other: (t: number) => number): Property =>
  (loss, { prediction, target }) => {
    const there = run(loss, prediction, target);
    const back = run(loss, negative(prediction), mapEntries(target, other));
    return equal(there.loss, back.loss) && close(there.gradient, negative(back.gradient));
  };

/** Where prediction is target, loss and gradient are 0; half-way there the gradient is half as large. */
const quadratic: Property = (loss, { prediction, target }) => {
  const there = run(loss, target, target);
  const halfWay = scale(add(prediction, target), 0.5);
  const gradients = [halfWay, prediction].map((Y) => run(loss, Y, target).gradient);
  return (
    there.loss === 0 && frobeniusNorm(there.gradient) === 0 && close(scale(gradients[0], 2), gradients[1])
  );
};

/**
 * Where the loss is 0 by a margin, the gradient is; and it points downhill: a small step against it lowers the loss.
 */
const downhill: Property = (loss, { prediction, target }) => {
  const { loss: value, gradient } = run(loss, prediction, target);
  const step = subtract(prediction, scale(gradient, 1e-3));
  const won = run(loss, farBeyond(target), target);
  return run(loss, step, target).loss < value && won.loss === 0 && frobeniusNorm(won.gradient) === 0;
};

const farBeyond = (T: Matrix) => fromData(T.rows, T.cols, T.data.map((t) => 10 * t) as Float64Array);

const ofClasses = [isMean, shiftsDoNothing];
const properties = new Map<LossSubject, readonly Property[]>([
  [subjects.meanSquaredError, [isMean, quadratic]],
  [subjects.sigmoidMeanSquaredError, [isMean, mirrored((t) => 1 - t)]],
  [subjects.softmaxMeanSquaredError, ofClasses],
  [subjects.softmaxCrossEntropy, ofClasses],
  [subjects.weightedSoftmaxCrossEntropy, ofClasses],
  [subjects.sigmoidBinaryCrossEntropy, [isMean, mirrored((t) => 1 - t)]],
  [subjects.hinge, [isMean, mirrored((t) => -t), downhill]],
  [subjects.multiclassHinge, [...ofClasses, downhill]],
]);

/**
 * What holds for a loss by what it is: it is a mean over the batch, softmax's gradients sum to zero over the classes,
 * and so on; undefined where nothing is known.
 * @example
 * import { subjects } from "../subjects"
 * lossProperties(subjects.softmaxCrossEntropy)((right) => right) // true
 */
export function lossProperties(subject: LossSubject): Judge | undefined {
  const known = properties.get(subject);
  const point = lossPoint(subject, "generic");
  if (!known || !point) return undefined;
  return (make) => known.every((holds) => holds(make(subject.right) as Loss, point));
}
