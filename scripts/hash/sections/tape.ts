import { relu, tanh } from "../../../lib/activations";
import { gelu } from "../../../lib/activations/gelu";
import {
  type Loss,
  meanSquaredError,
  perceptronCriterion,
  sigmoidBinaryCrossEntropy,
  softmaxCrossEntropy,
} from "../../../lib/losses";
import { hinge, squaredHinge } from "../../../lib/losses/hinge";
import { multiclassHinge } from "../../../lib/losses/multiclass-hinge";
import { weightedSigmoidBinaryCrossEntropy } from "../../../lib/losses/weighted-sigmoid-cross-entropy";
import { weightedSoftmaxCrossEntropy } from "../../../lib/losses/weighted-softmax-cross-entropy";
import { tape } from "../../../lib/tape";
import { add, divide, hadamard, maximum, scale, subtract } from "../../../lib/tape/arithmetic";
import { abs, activate, cos, exp, log, power, sin, sqrt } from "../../../lib/tape/functions";
import { jacobianOf } from "../../../lib/tape/jacobian";
import { asMatrix, emptyLines } from "../../../lib/tape/lines";
import { computedAs, listing, localDerivatives, tangentEquation } from "../../../lib/tape/listing";
import { recordLoss } from "../../../lib/tape/losses";
import { multiply, transpose } from "../../../lib/tape/products";
import { constantRule, entries, entrywiseRule, tangentName } from "../../../lib/tape/rules";
import { logSoftmax, softmax } from "../../../lib/tape/softmax";
import { addColumn, broadcast, columnSums, repeat, rowSums, sum } from "../../../lib/tape/sums";
import { equation, forwardSweep, reverseSweep } from "../../../lib/tape/sweeps";
import type { Operation } from "../../../lib/tape/variable";
import { draw, labels, matrixOf, precisions } from "../inputs";
import type { Note } from "../recorder";

/** Operations with the shapes of their inputs. */
const operations: readonly (readonly [Operation, ...(readonly [number, number])[]])[] = [
  ...[add, subtract, hadamard, divide, maximum].map((operation) => [operation, [4, 6], [4, 6]] as const),
  ...[scale(-0.3), exp, log, sin, cos, sqrt, abs, power(3), power(-2)].map(
    (operation) => [operation, [4, 6]] as const,
  ),
  ...[activate(gelu), activate(relu), softmax, logSoftmax].map((operation) => [operation, [4, 6]] as const),
  ...[sum, rowSums, columnSums, transpose].map((operation) => [operation, [4, 6]] as const),
  [multiply, [4, 6], [6, 5]],
  [addColumn, [4, 6], [4, 1]],
  [broadcast(4, 6), [4, 1]],
];

/** Values and derivatives of every operation in both directions, losses, Jacobians and listings. */
export function tapeSection(note: Note): void {
  for (const precision of precisions)
    for (const [operation, ...shapes] of operations) {
      const t = tape();
      const inputs = shapes.map(([rows, cols], k) => {
        const { data } = draw(rows, cols, `input ${k}`, precision);
        return t.input(
          `x${k}`,
          matrixOf(
            rows,
            cols,
            data.map((x) => Math.abs(x) + 0.01),
            precision,
          ),
        );
      });
      const output = t.record(operation, ...inputs);
      const { rows, cols } = output.value;
      const seeds = new Map(
        inputs.map(({ index, value }) => [index, draw(value.rows, value.cols, "tangent", precision)]),
      );
      const back = reverseSweep(t.variables, output, draw(rows, cols, "seed", precision));
      const ahead = forwardSweep(t.variables, seeds);
      note(`${operation.name}, ${precision}`, [
        output.value,
        back.list,
        ahead.list,
        back.cost,
        ahead.cost,
        t.cost,
      ]);
    }
  ofLosses(note);
  ofNetwork(note);
  ofRules(note);
}

function ofLosses(note: Note): void {
  const T = {
    numbers: draw(3, 5, "T"),
    bits: matrixOf(3, 5, labels(15, 2, "bits")),
    signs: matrixOf(
      3,
      5,
      labels(15, 2, "bits").map((x) => 2 * x - 1),
    ),
    classes: matrixOf(
      3,
      5,
      Array.from({ length: 15 }, (_, k) => (k < 5 ? 1 : 0)),
    ),
  };
  const cases: readonly (readonly [Loss, keyof typeof T])[] = [
    [meanSquaredError, "numbers"],
    [softmaxCrossEntropy, "classes"],
    [sigmoidBinaryCrossEntropy, "bits"],
    [perceptronCriterion, "signs"],
    [hinge, "signs"],
    [squaredHinge, "signs"],
    [multiclassHinge, "classes"],
    [weightedSoftmaxCrossEntropy([0.5, 2, 1]), "classes"],
    [weightedSoftmaxCrossEntropy([0.5, 2, 1], { normalization: "weights" }), "classes"],
    [weightedSigmoidBinaryCrossEntropy({ weights: [0.5, 2, 1], positiveWeights: [3, 1, 0.2] }), "bits"],
  ];
  for (const [number, [loss, targets]] of cases.entries()) {
    const t = tape();
    const Z = t.input("Z", draw(3, 5, "Z"));
    const E = recordLoss(t, loss, Z, T[targets]);
    note(`${number} ${loss.name}`, [E.value, t.backward(E).of(Z)]);
  }
}

function ofNetwork(note: Note): void {
  const t = tape();
  const [W, b, A] = [
    t.input("W", draw(3, 4, "W")),
    t.input("b", draw(3, 1, "b")),
    t.input("A", draw(4, 2, "A")),
  ];
  const Z = t.name("Z", t.addColumn(t.multiply(W, A), b));
  const y = t.name("y", t.sum(t.hadamard(t.activate(tanh, Z), draw(3, 2, "R"))));
  note("listing", listing(t, t.backward(y), t.tangents({ b: draw(3, 1, "direction") })));
  note(
    "lines",
    t.variables
      .filter(({ operation }) => operation)
      .map((line) => [equation(line), computedAs(line), localDerivatives(line), tangentEquation(line)]),
  );
  note("Jacobians", [jacobianOf(t, Z, b, "forward"), jacobianOf(t, y, W, "reverse")]);
  note(
    "replayed",
    t.replay({ W: draw(3, 4, "other W"), b: draw(3, 1, "b"), A: draw(4, 2, "A") }).variable("y").value,
  );
}

function ofRules(note: Note): void {
  const lines = emptyLines();
  note("lines of their own", lines.record(add, lines.input("x", 1), 0.1).value);
  const [C, A, B] = ["C", "A", "B"].map((name) => draw(2, 3, name));
  const product = entrywiseRule(
    0,
    (_c, _a, b) => b,
    (_C, _A, B) => B,
    0,
  ).at(C, [A, B]);
  const constant = constantRule(0, 3).at(C, [A]);
  note(
    "rules",
    [product, constant].map((rule) => [rule.pull(C), rule.push(C), rule.cost]),
  );
  note("small", [asMatrix(0.1), entries(C), tangentName("v1"), repeat(draw(2, 1, "column"), 2, 3)]);
}
