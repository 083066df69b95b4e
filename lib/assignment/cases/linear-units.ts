import type { LinearUnit } from "../../linear-units";
import { adalineLoss } from "../../linear-units/adaline";
import { column, fromData, type Matrix, zeros } from "../../matrix";
import { byDifferences } from "../differences";
import { innerProduct, inputsOf, normalMatrix } from "../points";
import type { Case, Truth } from "../question";

/** One sample's correction of a unit: x d×1, a target, the learning rate. */
export type UnitStep = (unit: LinearUnit, x: Matrix, t: number, learningRate: number) => LinearUnit;

/** ∂E/∂w and ∂E/∂b of ADALINE's mean loss, in the form of a unit: X d×m, T 1×m. */
export type AdalineGradient = (unit: LinearUnit, X: Matrix, T: Matrix) => LinearUnit;

/** A unit as parameters that can be differentiated: the bias is 1×1. */
type UnitParams = { readonly weights: Matrix; readonly bias: Matrix };

const paramsOf = ({ weights, bias }: LinearUnit): UnitParams => ({ weights, bias: column([bias]) });

const unitOf = ({ weights, bias }: UnitParams): LinearUnit => ({ weights, bias: bias.data[0] });

const scoreAt = ({ weights, bias }: UnitParams, x: Matrix) => innerProduct(weights, x) + bias.data[0];

const valuesOf = ({ weights, bias }: LinearUnit) => ({ weights, bias });

const signed = (x: number) => String(x).replace("-", "−");

/** Known numbers as what is right. */
const known = (witness: string, weights: readonly number[], bias: number): Record<string, Truth> => ({
  weights: { witness, value: column([...weights]), tolerance: 1e-12 },
  bias: { witness, value: bias, tolerance: 1e-12 },
});

/** The gradient of a loss by differences; the bias's is a number again. */
function differencesAt(loss: (unit: UnitParams) => number, unit: LinearUnit): Record<string, Truth> {
  const { weights, bias } = byDifferences(loss, paramsOf(unit));
  return { weights, bias: { ...bias, value: (bias.value as Matrix).data[0] } };
}

/** Where descent on a loss leads from a unit, its gradient by differences. */
function descended(loss: (unit: UnitParams) => number, unit: LinearUnit, rate: number) {
  const slope = differencesAt(loss, unit);
  const { data } = slope.weights.value as Matrix;
  const moved = unit.weights.data.map((w, i) => w - rate * data[i]);
  const weights = { ...slope.weights, value: fromData(unit.weights.rows, 1, moved) };
  return { weights, bias: { ...slope.bias, value: unit.bias - rate * (slope.bias.value as number) } };
}

/** A unit and a sample of normal numbers, from the generator of a name. */
function unitAndSample(name: string, d: number, bias: number) {
  const random = inputsOf(name);
  return { unit: { weights: normalMatrix(random, d, 1), bias }, x: normalMatrix(random, d, 1) };
}

/**
 * A perceptron's step on a sample of three normal numbers, with η = 0.3. The rule is descent on the perceptron criterion
 * max(0, −s z), with s = 1 for the target 1 and s = −1 for 0, so differences of the criterion tell where it leads.
 * @param bias decides what the unit answers, if it is large
 * @example
 * perceptronCase(5, 0).probe // "b = 5, t = 0, η = 0.3"
 */
export function perceptronCase(bias: number, t: 0 | 1): Case<[UnitStep]> {
  const { unit, x } = unitAndSample("perceptronStep", 3, bias);
  const sign = 2 * t - 1;
  return {
    probe: `b = ${signed(bias)}, t = ${t}, η = 0.3`,
    ask: (step) => valuesOf(step(unit, x, t, 0.3)),
    truth: () => descended((at) => Math.max(0, -sign * scoreAt(at, x)), unit, 0.3),
  };
}

/**
 * A perceptron's step where z is 0, in whole numbers: there H is 1.
 * @example
 * onTheBoundary(1).truth().bias.value // -4
 * onTheBoundary(0).truth().bias.value // -4.5
 */
export function onTheBoundary(t: 0 | 1): Case<[UnitStep]> {
  const unit = { weights: column([1, 3]), bias: -4 };
  return {
    probe: `z = 0, t = ${t}`,
    ask: (step) => valuesOf(step(unit, column([1, 1]), t, 0.5)),
    truth: () => (t === 1 ? known("the definition", [1, 3], -4) : known("the definition", [0.5, 2.5], -4.5)),
  };
}

/**
 * The gradient of ADALINE's loss over m samples of d normal numbers.
 * @param classes whether the targets are 0 and 1 by turns; else they are normal numbers
 * @example
 * gradientCase(3, 5).truth().weights.value.rows // 3
 */
export function gradientCase(d: number, m: number, classes = false): Case<[AdalineGradient]> {
  const random = inputsOf(`adalineGradient ${d} ${m}`);
  const unit = { weights: normalMatrix(random, d, 1), bias: 0.7 };
  const X = normalMatrix(random, d, m);
  const T = classes ? zeros(1, m) : normalMatrix(random, 1, m);
  if (classes) for (let j = 1; j < m; j += 2) T.data[j] = 1;
  return {
    probe: `d = ${d}, m = ${m}`,
    ask: (gradient) => valuesOf(gradient(unit, X, T)),
    truth: () => differencesAt((at) => adalineLoss(unitOf(at), X, T), unit),
  };
}

/**
 * ADALINE's step on a sample of d normal numbers, with η = 0.2: descent on ½(t − z)².
 * @example
 * lmsCase(3, -1).probe // "d = 3, t = −1, η = 0.2"
 */
export function lmsCase(d: number, t: number): Case<[UnitStep]> {
  const { unit, x } = unitAndSample(`adalineStep ${d}`, d, 0.4);
  return {
    probe: `d = ${d}, t = ${signed(t)}, η = 0.2`,
    ask: (step) => valuesOf(step(unit, x, t, 0.2)),
    truth: () => descended((at) => adalineLoss(unitOf(at), x, [t]), unit, 0.2),
  };
}

/**
 * The step that note 004 prints: x = (1, 1), t = 1, from zeros, with η = 0.1.
 * @example
 * stepOfNote.truth().bias.value // 0.1
 */
export const stepOfNote: Case<[UnitStep]> = {
  probe: "x = (1, 1), t = 1, w = 0, b = 0, η = 0.1",
  ask: (step) => valuesOf(step({ weights: zeros(2, 1), bias: 0 }, column([1, 1]), 1, 0.1)),
  truth: () => known("note 004", [0.1, 0.1], 0.1),
};
