import assert from "node:assert/strict";
import test from "node:test";
import type { dense } from "../lib/layers";
import { fromData, matrix, toArrays, zeros } from "../lib/matrix";
import { mapEntries } from "../lib/matrix-entries";
import { diagnose, firstDifference } from "../lib/mutations/diagnosis";
import { canonicalText, digestOf, marginOf } from "../lib/mutations/digest";
import type { Make, Mutation } from "../lib/mutations/mutation";
import { mutationOf, mutations } from "../lib/mutations/mutations";
import { type Output, outputsOf } from "../lib/mutations/outputs";
import type { Subject } from "../lib/mutations/subject";
import { subjects } from "../lib/mutations/subjects";

const untouched: Make = (right) => right;
const allSubjects: Subject[] = Object.values(subjects);
const truths = new Map(allSubjects.map((subject) => [subject, outputsOf(subject, untouched)]));
const outputs = new Map(mutations.map((mutation) => [mutation, outputsOf(mutation.subject, mutation.make)]));
const truthOf = ({ subject }: Mutation) => truths.get(subject) as Output[];
const outputsOfMutation = (mutation: Mutation) => outputs.get(mutation) as Output[];

const genericProbes = ["generic", "square shapes"];
const at = (list: Output[], probes: readonly string[]) => list.filter(({ probe }) => probes.includes(probe));
/** Whether a mutation differs from the truth in a number, and not only by an error or a shape. */
const differsInNumbers = (mutation: Mutation, probe: string, tolerance: number) =>
  at(outputsOfMutation(mutation), [probe]).some((own) => {
    const truth = at(truthOf(mutation), [probe]).find(({ name }) => name === own.name);
    const [A, B] = [own.value, truth?.value];
    const sameShape = A && B && A.rows === B.rows && A.cols === B.cols;
    return sameShape && truth && firstDifference([own], [truth], tolerance) !== null;
  });
/** The one that has another shape on whatever input, so that there are no numbers to compare. */
const shapesDiffer = ["dense/bias-not-summed"];

test("there are at least 60 mutations, at least four in each family, with ids of their own", () => {
  assert.ok(mutations.length >= 60, `${mutations.length}`);
  assert.equal(new Set(mutations.map(({ id }) => id)).size, mutations.length);
  const families = new Map<string, number>();
  for (const { family } of mutations) families.set(family, (families.get(family) ?? 0) + 1);
  assert.equal(families.size, 13);
  for (const [family, count] of families) assert.ok(count >= 4, `${family}: ${count}`);
});

test("the classic ones are there", () => {
  for (const id of [
    "softmaxCrossEntropy/not-averaged", // missing 1/m
    "dense/assigned-not-accumulated",
    "dense/input-gradient-untransposed", // missing transpose that square shapes hide
    "adam/correction-multiplied",
    "momentum/velocity-sign",
    "relu/one-at-zero",
    "serial/stale-cache",
    "batchNorm/mean-term-forgotten",
    "softmaxCrossEntropy/without-maximum",
    "dense/bias-not-summed", // over samples
    "dense/bias-over-units", // wrong axis
    "serial/activation-of-next-layer", // off-by-one layer
    "serial/weights-already-updated", // δ¹ from already updated weights
  ])
    assert.equal(mutationOf(id).id, id);
});

test("each says in one plain sentence what is wrong, and where to read", () => {
  for (const { id, wrong, read } of mutations) {
    assert.match(wrong, /^[A-ZΣε][^.]*\.$/u, id);
    assert.ok(wrong.length >= 30 && wrong.length <= 160, `${id}: ${wrong.length} characters`);
    assert.match(read, /\bnote 00\d\b|\d{4}|documentation/, id);
  }
  assert.equal(new Set(mutations.map(({ wrong }) => wrong)).size, mutations.length);
});

for (const mutation of mutations)
  test(`${mutation.id} shows on ${mutation.shows === "generic" ? "generic" : `"${mutation.shows}"`} input`, () => {
    const { shows } = mutation;
    if (shows === "generic") {
      // by more than 1e-6 of the largest entry; where rectangular shapes make it throw, on square ones
      const inNumbers = genericProbes.some((probe) => differsInNumbers(mutation, probe, 1e-6));
      assert.equal(inNumbers, !shapesDiffer.includes(mutation.id));
      return;
    }
    const [own, truth] = [outputsOfMutation(mutation), truthOf(mutation)];
    assert.notEqual(firstDifference(at(own, [shows]), at(truth, [shows]), 1e-6), null);
    // and nowhere on generic input, of whatever shape
    assert.equal(firstDifference(at(own, genericProbes), at(truth, genericProbes), 1e-13), null);
  });

test("no right thing throws, and what it computes is finite but where the inputs are extreme", () => {
  for (const [subject, list] of truths)
    for (const { probe, name, value } of list)
      assert.ok(value?.data.every(Number.isFinite), `${subject.id}, ${probe}: ${name}`);
});

test("a mutation is known from the truth and from every other one of its subject", () => {
  for (const [k, mutation] of mutations.entries()) {
    const own = outputsOfMutation(mutation);
    assert.notEqual(firstDifference(own, truthOf(mutation), 1e-6), null, mutation.id);
    for (const other of mutations.slice(k + 1))
      if (other.subject === mutation.subject)
        assert.notEqual(
          firstDifference(own, outputsOfMutation(other), 1e-6),
          null,
          `${mutation.id} computes what ${other.id} computes`,
        );
  }
});

test("every mutation gets its diagnosis, and every right thing is found right", () => {
  for (const { id, subject, make } of mutations) {
    const { right, equals, first } = diagnose(subject, make);
    assert.deepEqual([right, equals.map((one) => one.id)], [false, [id]]);
    assert.notEqual(first, null);
  }
  for (const subject of allSubjects) {
    const { right, equals, first } = diagnose(subject, untouched);
    assert.deepEqual([right, equals, first], [true, [], null], subject.id);
  }
});

/** Every matrix off by so many units of 2⁻⁵² of its largest entry, up and down in turn. */
const disturbed = (list: Output[], units: number): Output[] =>
  list.map((output) => {
    if (!output.value) return output;
    const largest = Math.max(...[...output.value.data].filter(Number.isFinite).map(Math.abs), 0);
    const error = units * 2 ** -52 * largest;
    return {
      ...output,
      value: mapEntries(output.value, (x, i, j) => x + ((i + j) % 2 === 0 ? error : -error)),
    };
  });

test("digests tell all mutations apart and do not depend on rounding", () => {
  const known = new Map<string, string>();
  const all: [Subject, string, Output[]][] = [
    ...[...truths].map(([subject, list]): [Subject, string, Output[]] => [subject, subject.id, list]),
    ...[...outputs].map(([{ subject, id }, list]): [Subject, string, Output[]] => [subject, id, list]),
  ];
  for (const [subject, id, list] of all) {
    const digest = digestOf(list);
    assert.match(digest, /^[0-9a-f]{16}$/);
    // Nesterov momentum without its look ahead is momentum: only within a subject they differ
    const key = `${subject.id} ${digest}`;
    assert.equal(known.get(key), undefined, `${id} has the digest of ${known.get(key)}`);
    known.set(key, id);
    // 45 units in the last place of the largest entry are 1e-14 of it
    assert.ok(marginOf(list) > 1e-14, `${id}: ${marginOf(list)}`);
    for (const units of [-40, -1, 1, 40]) assert.equal(digestOf(disturbed(list, units)), digest, id);
    assert.notEqual(digestOf(disturbed(list, 2 ** 27)), digest, id);
  }
});

test("a digest's text is in a fixed order and knows NaN, infinities and errors", () => {
  const value = fromData(2, 2, Float64Array.of(0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY));
  const list: Output[] = [
    { probe: "generic", name: "x", value },
    { probe: "extremes", name: "error", value: null },
  ];
  assert.equal(canonicalText(list), "generic, x: 2×2 of 1e-9: 100000000 0 NaN -Infinity\nextremes, error");
  const just = (x: number) =>
    canonicalText([{ probe: "generic", name: "x", value: fromData(1, 1, Float64Array.of(x)) }]);
  assert.equal(just(0.1 - 2 ** -56), just(0.1));
  assert.equal(just(1e-20), just(0));
  assert.notEqual(just(0.1 + 1e-9), just(0.1));
});

test("an answer written in another way is recognised, right or wrong", () => {
  /** By loops, and with the bias as the mistake says. */
  const byLoops =
    (bias: (row: readonly number[]) => number) =>
    (right: ReturnType<typeof dense>): typeof right => ({
      ...right,
      backward({ weights: W }, { A }, dZ) {
        const dW = zeros(W.rows, W.cols);
        const dA = zeros(A.rows, A.cols);
        for (let j = A.cols - 1; j >= 0; j--)
          for (let i = 0; i < W.rows; i++)
            for (let k = 0; k < W.cols; k++) {
              dW.data[i * W.cols + k] += dZ.data[i * A.cols + j] * A.data[k * A.cols + j];
              dA.data[k * A.cols + j] += dZ.data[i * A.cols + j] * W.data[i * W.cols + k];
            }
        return {
          dInput: dA,
          gradients: { weights: dW, bias: matrix(toArrays(dZ).map((row) => [bias(row)])) },
        };
      },
    });
  const total = (row: readonly number[]) => row.reduceRight((a, b) => a + b, 0);
  assert.equal(diagnose(subjects.dense, byLoops(total)).right, true);
  const wrong = byLoops((row) => total(row) / row.length);
  const averaged = diagnose(subjects.dense, wrong);
  assert.deepEqual(
    averaged.equals.map(({ id }) => id),
    ["dense/bias-averaged"],
  );
  assert.equal(averaged.first?.output.name, "dBias");
  assert.equal(
    digestOf(outputsOf(subjects.dense, wrong)),
    digestOf(outputsOfMutation(mutationOf("dense/bias-averaged"))),
  );
});

test("an unknown mistake is told by its first wrong entry", () => {
  const { right, equals, first } = diagnose(subjects.softmaxCrossEntropy, (loss) => ({
    ...loss,
    backward: ({ probabilities: P, target: T }) =>
      mapEntries(P, (p, i, j) => (i === 2 && j === 1 ? 7 : (p - T.data[i * P.cols + j]) / P.cols)),
  }));
  assert.deepEqual([right, equals, first?.output.name, first?.index], [false, [], "dPrediction", [2, 1]]);
  assert.equal(first?.value, 7);
  const failing = diagnose(subjects.adam, (optimizer) => ({
    ...optimizer,
    update: () => {
      throw new Error("to do");
    },
  }));
  assert.deepEqual([failing.right, failing.equals, failing.first?.output.value], [false, [], null]);
});

test("every subject has its mutations", () => {
  for (const subject of allSubjects)
    assert.ok(
      mutations.some((mutation) => mutation.subject === subject),
      subject.id,
    );
});

test("no mutation changes the right thing", () => {
  for (const subject of allSubjects)
    assert.equal(
      digestOf(outputsOf(subject, untouched)),
      digestOf(truths.get(subject) as Output[]),
      subject.id,
    );
});
