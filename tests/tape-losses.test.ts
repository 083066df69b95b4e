import assert from "node:assert/strict";
import test from "node:test";
import { multiclassHinge } from "../lib/losses/multiclass-hinge";
import { weightedSigmoidBinaryCrossEntropy } from "../lib/losses/weighted-sigmoid-cross-entropy";
import { weightedSoftmaxCrossEntropy } from "../lib/losses/weighted-softmax-cross-entropy";
import { matrix, type Precision } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { tape } from "../lib/tape";
import { recordLoss } from "../lib/tape/losses";
import { assertClose } from "./support/assert-close";
import { type LossReference, lossOf, mpmathCases, torchCases } from "./support/loss-references";

const names = ["weightedSoftmaxCrossEntropy", "weightedSigmoidBinaryCrossEntropy", "multiclassHinge"];
const ofThese = (cases: LossReference[]) => cases.filter(({ loss }) => names.includes(loss));
const isOrdinary = ({ prediction }: LossReference) => prediction.flat().every((z) => Math.abs(z) < 50);

/** Value and gradient by the tape, in that precision. */
function recorded(reference: LossReference, precision: Precision) {
  const t = tape();
  const Z = t.input("Z", matrix(reference.prediction, precision));
  const E = recordLoss(t, lossOf(reference), Z, matrix(reference.target, precision));
  return { E: E.value, dZ: t.backward(E).of(Z) };
}

for (const [source, cases] of Object.entries({
  PyTorch: ofThese(torchCases),
  mpmath: ofThese(mpmathCases).filter(isOrdinary),
})) {
  test(`weighted losses and multiclassHinge from the tape's operations: value and gradient are ${source}'s`, () => {
    for (const reference of cases) {
      const { E, dZ } = recorded(reference, "float64");
      const { loss, value, gradient } = reference;
      assertClose(`${loss}: E`, E, matrix([[value]]), 4e-15 * Math.max(1, value));
      assertClose(`${loss}: dZ`, dZ, matrix(gradient), 2e-15);
      const single = recorded(reference, "float32");
      assert.ok(single.dZ.data instanceof Float32Array);
      const [singleE, singleGradient] = [single.E, single.dZ].map((M) => toPrecision(M, "float64"));
      assertClose(`${loss}, float32: E`, singleE, matrix([[value]]), 2e-6 * Math.max(1, value));
      assertClose(`${loss}, float32: dZ`, singleGradient, matrix(gradient), 2e-6);
    }
  });

  test(`every one of them is among ${source}'s cases`, () => {
    assert.deepEqual(new Set(cases.map(({ loss }) => loss)), new Set(names));
  });
}

test("either of the sigmoid's weights may be left out", () => {
  const [Z, T] = [matrix([[0.3, -1], [2, 0.5]]), matrix([[1, 0], [0.25, 1]])]; // biome-ignore format: by rows
  for (const settings of [{}, { weights: [2, 0.5] }, { positiveWeights: [3, 0] }]) {
    const loss = weightedSigmoidBinaryCrossEntropy(settings);
    const t = tape();
    const E = recordLoss(t, loss, t.input("Z", Z), T);
    const hand = loss.forward(Z, T);
    assertClose("E", E.value, matrix([[hand.loss]]), 1e-15);
    assertClose("dZ", t.backward(E).of("Z"), loss.backward(hand.cache), 1e-15);
  }
});

test("where two rivals are the largest the tape halves the derivative, lib/losses gives it to the first", () => {
  const [Z, T] = [matrix([[1], [2], [2]]), matrix([[1], [0], [0]])]; // biome-ignore format: by rows
  const t = tape();
  const E = recordLoss(t, multiclassHinge, t.input("Z", Z), T);
  const { loss, cache } = multiclassHinge.forward(Z, T);
  assert.deepEqual([...E.value.data], [loss]);
  assert.deepEqual([...t.backward(E).of("Z").data], [-1, 0.5, 0.5]);
  assert.deepEqual([...multiclassHinge.backward(cache).data], [-1, 1, 0]);
});

test("weights that do not fit and a single row are named", () => {
  const t = tape();
  const Z = t.input("Z", matrix([[1], [2]]));
  const T = matrix([[1], [0]]);
  assert.throws(
    () => recordLoss(t, weightedSoftmaxCrossEntropy([1, 2, 3]), Z, T),
    /weightedSoftmaxCrossEntropy: weights has 3 entries, prediction is 2×1/,
  );
  const positive = weightedSigmoidBinaryCrossEntropy({ positiveWeights: [1] });
  assert.throws(() => recordLoss(t, positive, Z, T), /positiveWeights has 1 entries, prediction is 2×1/);
  assert.throws(
    () => recordLoss(t, multiclassHinge, t.input("z", 1), 1),
    /multiclassHinge of a prediction that is 1×1 \(it needs at least two rows\)/,
  );
});
