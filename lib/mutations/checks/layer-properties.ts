import type { Layer } from "../../layer";
import { add, fromData, hadamard, type Matrix, scale, subtract } from "../../matrix";
import { frobeniusNorm, mapEntries, sum, takeColumns } from "../../matrix-entries";
import { columnMeans, rowMeans } from "../../matrix-rows";
import { flattenParams, zerosLike } from "../../params";
import { randomState } from "../../random";
import { type LayerPoint, layerPoint } from "../points";
import type { LayerSubject } from "../subject";
import { subjects } from "../subjects";
import type { Judge } from "./check";

/** Something that holds for a right layer whatever its parameters, inputs and errors. */
type Property = (layer: Layer, point: LayerPoint) => boolean;

function run(layer: Layer, { params, random }: LayerPoint, A: Matrix, R: Matrix) {
  const { output, cache } = layer.forward(params, A, random());
  const { dInput, gradients } = layer.backward(params, cache, R);
  return { output, dInput, gradients: flattenParams(gradients).map(({ value }) => value) };
}

const close = (A: Matrix, B: Matrix) =>
  frobeniusNorm(subtract(A, B)) <= 1e-10 * Math.max(1, frobeniusNorm(A), frobeniusNorm(B));

const inner = (A: Matrix, B: Matrix) => sum(hadamard(A, B));
const equal = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));

/** The gradients of a batch are the sums of those of its samples, which do not meddle with each other. */
const samplesAdd: Property = (layer, point) => {
  const { A, R } = point;
  const batch = run(layer, point, A, R);
  const single = Array.from({ length: A.cols }, (_, j) =>
    run(layer, point, takeColumns(A, [j]), takeColumns(R, [j])),
  );
  return (
    batch.gradients.every((G, k) => close(G, single.map(({ gradients }) => gradients[k]).reduce(add))) &&
    single.every(({ dInput }, j) => close(dInput, takeColumns(batch.dInput, [j])))
  );
};

/** Twice the error gives twice the gradients. */
const linearInError: Property = (layer, point) => {
  const [once, twice] = [1, 2].map((factor) => {
    const { dInput, gradients } = run(layer, point, point.A, scale(point.R, factor));
    return [dInput, ...gradients];
  });
  return once.every((G, k) => close(scale(G, 2), twice[k]));
};

/** Σ W ⊙ dW = Σ A ⊙ dA: both are Σ (Z − b 1ᵀ) ⊙ dZ. */
const weightsAndInputsBalance: Property = (layer, point) => {
  const { dInput, gradients } = run(layer, point, point.A, point.R);
  return equal(inner(flattenParams(point.params)[0].value, gradients[0]), inner(point.A, dInput));
};

/**
 * dA is orthogonal to 1 and, but for ε, which large inputs make small, to A: along each row, the feature of a batch, or
 * each column, a sample.
 */
const orthogonal =
  (meansOf: (A: Matrix) => Matrix): Property =>
  (layer, point) => {
    const A = scale(point.A, 1000);
    const { dInput } = run(layer, point, A, point.R);
    const size = frobeniusNorm(dInput);
    return (
      frobeniusNorm(meansOf(dInput)) <= 1e-9 * size &&
      frobeniusNorm(meansOf(hadamard(dInput, A))) <= 1e-6 * size * frobeniusNorm(A)
    );
  };

/** With 0 for the branch's parameters, and so 0 out of it, the error goes through the identity as it is. */
const transparent: Property = (layer, point) => {
  const params = zerosLike(point.params);
  return close(run(layer, { ...point, params }, point.A, point.R).dInput, point.R);
};

/** A map without a constant, as a mask is: Σ A ⊙ dA = Σ Y ⊙ dY. */
const withoutConstant: Property = (layer, point) => {
  const { output, dInput } = run(layer, point, point.A, point.R);
  return equal(inner(point.A, dInput), inner(output, point.R));
};

/** Of 40,000 ones the share of the rate, 0.4, is dropped, and the mean stays 1; both within 5 standard errors. */
const keepsTheMean: Property = (layer, { params }) => {
  const ones = mapEntries(fromData(200, 200, new Float64Array(40_000)), () => 1);
  const { output } = layer.forward(params, ones, randomState(26));
  const dropped = sum(mapEntries(output, (y) => (y === 0 ? 1 : 0))) / 40_000;
  const error = Math.sqrt((0.4 * 0.6) / 40_000);
  return Math.abs(dropped - 0.4) <= 5 * error && Math.abs(sum(output) / 40_000 - 1) <= (5 * error) / 0.6;
};

const properties = new Map<LayerSubject, readonly Property[]>([
  [subjects.dense, [samplesAdd, weightsAndInputsBalance]],
  [subjects.elementwise, [samplesAdd, linearInError]],
  [subjects.serial, [samplesAdd, linearInError]],
  [subjects.residual, [samplesAdd, linearInError, transparent]],
  [subjects.projection, [samplesAdd, linearInError]],
  [subjects.batchNorm, [linearInError, orthogonal(rowMeans)]],
  [subjects.layerNorm, [samplesAdd, linearInError, orthogonal(columnMeans)]],
  [subjects.dropout, [linearInError, withoutConstant, keepsTheMean]],
]);

/**
 * What holds for a layer by what it is, such as that samples add up, or that batch normalization's error is orthogonal
 * to 1 and to its input; undefined where nothing is known.
 * @example
 * import { subjects } from "../subjects"
 * layerProperties(subjects.batchNorm)((right) => right) // true
 */
export function layerProperties(subject: LayerSubject): Judge | undefined {
  const known = properties.get(subject);
  const point = layerPoint(subject, "generic");
  if (!known || !point) return undefined;
  return (make) => known.every((holds) => holds(make(subject.right(false)) as Layer, point));
}
