import { relu, tanh } from "../../../lib/activations";
import type { WitnessName } from "../../../lib/gradients/check-layer";
import { gradientTable, relativeError } from "../../../lib/gradients/compare";
import { crossExamine } from "../../../lib/gradients/cross-examine";
import { disturbance, disturbing } from "../../../lib/gradients/disturbance";
import { dropoutFactors } from "../../../lib/gradients/dropout-factors";
import { constant, type Dual, dualArithmetic, isPositive, positivePart } from "../../../lib/gradients/dual";
import { dualActivation, dualSoftplus } from "../../../lib/gradients/dual-activations";
import { dualGradientsOfLayer } from "../../../lib/gradients/dual-gradients";
import { layerAtPoint } from "../../../lib/gradients/dual-layers";
import { dualLoss } from "../../../lib/gradients/dual-losses";
import { batchNormAt, layerNormAt } from "../../../lib/gradients/dual-normalization";
import {
  centralDifferences,
  chooseEntries,
  cubeRootOfEpsilon,
} from "../../../lib/gradients/finite-differences";
import { handWrittenGradients } from "../../../lib/gradients/hand-written";
import { objectiveDerivative, objectiveValue } from "../../../lib/gradients/objective";
import { objectiveAtPoint } from "../../../lib/gradients/objective-at-point";
import {
  logarithmicSlope,
  squareRootOfEpsilon,
  stepErrors,
  usualSteps,
} from "../../../lib/gradients/step-errors";
import type { Testimony } from "../../../lib/gradients/testimony";
import { dense, elementwise, serial } from "../../../lib/layers";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { dropout } from "../../../lib/layers/dropout";
import { layerNorm } from "../../../lib/layers/layer-norm";
import { residual } from "../../../lib/layers/residual";
import {
  meanSquaredError,
  oneHot,
  sigmoidBinaryCrossEntropy,
  softmaxCrossEntropy,
} from "../../../lib/losses";
import { hinge } from "../../../lib/losses/hinge";
import { randomState } from "../../../lib/random";
import { draw, extremes, labels, matrixOf, uniforms } from "../inputs";
import type { Note } from "../recorder";
import { activations } from "./activations";

const arithmetic = dualArithmetic();
const network = serial(
  dense(4, 5),
  batchNorm(5),
  elementwise(tanh),
  residual(serial(dense(5, 5), elementwise(relu), dropout(0.3))),
  layerNorm(5),
  dense(5, 3),
);

/** The witnesses that compute by themselves: dual numbers and finite differences, and how they are compared. */
export function gradientsSection(note: Note): void {
  ofDuals(note);
  const params = network.init(randomState(1));
  const [X, T] = [draw(4, 6, "X"), oneHot(labels(6, 3, "T"), 3)];
  const again = () => randomState(2);
  const objective = { loss: softmaxCrossEntropy, target: T };
  const weighted = { weights: draw(3, 6, "R") };
  const { output } = network.forward(params, X, again());
  note(
    "objectives",
    [objective, weighted].map((o) => [objectiveValue(o, output), objectiveDerivative(o, output)]),
  );
  const byHand = handWrittenGradients(network, params, X, (A) => objectiveDerivative(objective, A), again());
  note("by hand", byHand);
  const dual = dualGradientsOfLayer(network, params, X, objective, { random: again });
  note("by dual numbers", dual);
  const sample = { random: randomState(3), entries: 7 };
  note("of a sample", dualGradientsOfLayer(network, params, X, weighted, { random: again, sample }));
  const f = (theta: typeof params) => objectiveValue(objective, network.forward(theta, X, again()).output);
  const differences = centralDifferences(f, params);
  note("by differences", differences);
  note("of a sample, by differences", centralDifferences(f, params, { sample, step: 1e-4 }));
  const hand = byHand[0].gradient;
  const witness = {
    name: "differences",
    gradient: (differences.gradients as readonly { weights: typeof hand }[])[0].weights,
    tolerance: 1e-7,
  };
  note("table", gradientTable([{ parameter: "weights", hand, witnesses: [witness] }]));
  const dualTestimony = {
    gradient: hand,
    rounding: 3,
    roundingOfValue: 2,
    sides: [{ path: "", entry: 1, left: -3, right: 3 }],
  };
  const heard = new Map<WitnessName, Testimony>([
    ["finite differences", witness],
    ["dual numbers", dualTestimony],
  ]);
  note("cross-examined", crossExamine(hand, heard, { "finite differences": 1e-7, "dual numbers": 1e-12 }));
  const scalar = objectiveAtPoint(arithmetic, network, params, X, weighted, again());
  const direction = new Map([[X, draw(4, 6, "direction")]]);
  note("at a point", [scalar.value, scalar.slopes(direction)]);
  ofSteps(note);
  ofNormalization(note);
}

function ofDuals(note: Note): void {
  const values = [...extremes, ...uniforms("values", 60).map((x) => 5 * x)];
  const duals = values.map((value, k) => ({ value, slope: k % 3 === 0 ? -1 : 0.7 }));
  const { exp, expm1, log, log1p, sqrt, erfc, negative, plus, minus, times, over, sum } = arithmetic;
  for (const [name, f] of Object.entries({ exp, expm1, log, log1p, sqrt, erfc, negative, positivePart }))
    note(`dual ${name}`, duals.map(f));
  for (const [name, f] of Object.entries({ plus, minus, times, over }))
    note(
      `dual ${name}`,
      duals.map((dual, k) => f(dual, duals[(7 * k) % duals.length])),
    );
  note("dual sum", [
    sum(duals.slice(-20)),
    duals.map(isPositive),
    duals.map((dual) => dualSoftplus(arithmetic, dual)),
  ]);
  for (const activation of activations)
    note(
      `dual ${activation.name}(${activation.parameter})`,
      duals.map(dualActivation(arithmetic, activation)),
    );
  const predictions: Dual[][] = [0, 1].map((j) =>
    Array.from(uniforms(`column ${j}`, 3), (value) => ({ value, slope: 0.3 })),
  );
  const targets = {
    classes: [
      [0, 1, 0],
      [1, 0, 0],
    ],
    signs: [
      [1, -1, 1],
      [-1, 1, 1],
    ],
  };
  for (const loss of [meanSquaredError, softmaxCrossEntropy, sigmoidBinaryCrossEntropy])
    note(`dual ${loss.name}`, dualLoss(arithmetic, loss)(predictions, targets.classes));
  note("dual hinge", dualLoss(arithmetic, hinge)(predictions, targets.signs));
  const disturbed = dualArithmetic(disturbing(5));
  note("disturbed", [disturbance, disturbed.exp(disturbed.times(constant(0.3), { value: 2, slope: 1 }))]);
  note("dropout factors", dropoutFactors(0.3, 40, randomState(4)));
  note(
    "relative errors",
    extremes.map((x) => relativeError(x, 1, 1e-3)),
  );
  note("entries", chooseEntries(50, { entries: 9, random: randomState(5) }));
}

/** The V-curve of a difference's error. */
function ofSteps(note: Note): void {
  const layer = elementwise(tanh);
  const { steps, forward, central } = stepErrors(layer, {}, draw(2, 3, "A"), {
    weights: draw(2, 3, "weights"),
  });
  note("step errors", [steps, forward, central, usualSteps, squareRootOfEpsilon, cubeRootOfEpsilon]);
  note("slopes", [
    logarithmicSlope(steps, forward, 1e-4, 1e-1),
    logarithmicSlope(steps, central, 1e-3, 1e-1),
  ]);
}

function ofNormalization(note: Note): void {
  const A = draw(3, 5, "A");
  const [gain, shift, mean] = ["gain", "shift", "mean"].map((name) => draw(3, 1, name));
  const params = { gain, shift, runningMean: mean, runningVariance: matrixOf(3, 1, [0.5, 1, 2]) };
  const direction = new Map([[gain, shift]]);
  const layers = [
    batchNormAt(arithmetic, { epsilon: 1e-5, statistics: "batch" }, params, A),
    batchNormAt(arithmetic, { epsilon: 1e-5, statistics: "running" }, params, A),
    layerNormAt(arithmetic, { epsilon: 1e-5 }, params, A),
    layerAtPoint(arithmetic, elementwise(relu), {}, A),
  ];
  note(
    "layers at a point",
    layers.map(({ output, along }) => [output, along(direction, draw(3, 5, "dA"))]),
  );
}
