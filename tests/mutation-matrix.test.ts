import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { tolerances } from "../lib/gradients/check-layer";
import { asLayer, tableOf } from "../lib/mutations/checks/as-layer";
import { verdictOf } from "../lib/mutations/checks/check";
import { checks } from "../lib/mutations/checks/checks";
import { mutationMatrix } from "../lib/mutations/compute-matrix";
import { committedMatrix, type MatrixRow, type MutationMatrix, matrixEntries } from "../lib/mutations/matrix";
import { mutations } from "../lib/mutations/mutations";
import { recognised } from "../lib/mutations/recognition";
import { subjects } from "../lib/mutations/subjects";

const file = join(__dirname, "../data/mutation-matrix.json");
const matrix = mutationMatrix();
const weak = checks.filter(({ strength }) => strength === "weak").map(({ name }) => name);
const row = (id: string) => matrix.mutations.find((one) => one.id === id) as MatrixRow;

/** One line for each check and each mutation, so that a change is a line. */
function textOf(matrix: MutationMatrix): string {
  const list = (entries: readonly unknown[]) =>
    entries.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n");
  return `{"made by": "tests/mutation-matrix.test.ts",\n"checks": [\n${list(matrix.checks)}\n],\n"mutations": [\n${list(matrix.mutations)}\n]}\n`;
}

test("the committed matrix is the computed one", () => {
  if (process.env.UPDATE_MUTATION_MATRIX === "1") writeFileSync(file, textOf(matrix));
  const committed = existsSync(file) ? readFileSync(file, "utf8") : "";
  const [now, then] = [textOf(matrix).split("\n"), new Set(committed.split("\n"))];
  const changed = now.filter((line) => !then.has(line));
  assert.ok(
    committed === textOf(matrix),
    `${changed.length} lines of data/mutation-matrix.json moved:\n${changed.slice(0, 5).join("\n")}\n` +
      "Where that is right, accept it: UPDATE_MUTATION_MATRIX=1 npm test -- mutation-matrix",
  );
});

for (const subject of Object.values(subjects))
  test(`the right ${subject.id} passes every check`, () => {
    const verdicts = checks.map((check) => [check.name, verdictOf(check, subject, (right) => right)]);
    assert.deepEqual(
      verdicts.filter(([, verdict]) => verdict === "caught"),
      [],
    );
    assert.ok(verdicts.filter(([, verdict]) => verdict === "passes").length >= 5);
  });

test("no mutation survives all checks, and none is caught by the weak ones alone", () => {
  for (const { id, caughtBy } of matrix.mutations)
    assert.ok(
      caughtBy.some((name) => !weak.includes(name)),
      id,
    );
});

test("at least 15 mutations pass a weaker check, and each weak check lets some through", () => {
  const passing = matrix.mutations.filter(({ passes }) => passes.some((name) => weak.includes(name)));
  assert.ok(passing.length >= 15, `${passing.length}`);
  for (const name of ["square shapes", "one sample or step", "loose tolerance"]) {
    const through = matrix.mutations.filter(({ passes }) => passes.includes(name));
    assert.ok(through.length >= 15, `${name}: ${through.length}`);
  }
  for (const name of weak)
    assert.ok(
      matrix.mutations.some(({ passes }) => passes.includes(name)),
      name,
    );
});

test("each check catches something, and each mutation of gradients meets every witness that knows it", () => {
  for (const { name } of checks)
    assert.ok(
      matrix.mutations.some(({ caughtBy }) => caughtBy.includes(name)),
      name,
    );
  for (const { subject } of mutations)
    if (["layer", "loss", "activation"].includes(subject.kind))
      for (const name of Object.keys(tolerances)) {
        const check = checks.find((one) => one.name === name);
        assert.ok(check?.judge(subject), `${name} says nothing of ${subject.id}`);
      }
});

test("what the list is known for", () => {
  // square matrices hide a missing transpose from whoever looks at shapes only
  assert.ok(row("dense/input-gradient-untransposed").passes.includes("shapes"));
  // with one sample a sum is a mean
  for (const id of ["softmaxCrossEntropy/not-averaged", "dense/averaged-twice", "dense/bias-averaged"])
    assert.ok(row(id).passes.includes("one sample or step"), id);
  // as many samples as units
  assert.ok(row("meanSquaredError/averaged-over-units").passes.includes("square shapes"));
  assert.ok(row("heNormal/outputs-for-inputs").passes.includes("square shapes"));
  // whoever looks at the weights alone
  for (const id of ["dense/bias-gradient-missing", "dense/bias-averaged", "batchNorm/mean-term-forgotten"])
    assert.ok(row(id).passes.includes("weights alone"), id);
  assert.ok(row("adam/epsilon-inside-root").passes.includes("loose tolerance"));
  assert.ok(row("softmaxCrossEntropy/logarithm-shifted").passes.includes("loose tolerance"));
  // the first step has no velocity yet
  assert.ok(row("momentum/velocity-sign").passes.includes("one sample or step"));
  // a forward and a backward that fit each other deceive differences, but no witness that has a forward of its own
  for (const id of ["gelu/sigmoid-approximation", "softmaxCrossEntropy/wrong-axis", "dropout/not-scaled"]) {
    assert.ok(row(id).passes.includes("finite differences"), id);
    for (const witness of ["TensorFlow", "mathjs", "dual numbers"])
      assert.ok(row(id).caughtBy.includes(witness), `${id}: ${witness}`);
  }
  // a loss whose gradient is right deceives those, but not the differences
  assert.ok(row("meanSquaredError/half-forgotten-in-loss").caughtBy.includes("finite differences"));
  assert.ok(row("meanSquaredError/half-forgotten-in-loss").passes.includes("TensorFlow"));
  // and some show under one check alone
  const only: Record<string, string[]> = {
    "relu/one-at-zero": ["zeros and kinks"],
    "softmaxCrossEntropy/without-maximum": ["extreme inputs"],
    "sigmoidBinaryCrossEntropy/logarithm-of-zero": ["extreme inputs"],
    "serial/stale-cache": ["calls in between"],
    "batchNorm/running-variance-biased": ["after training"],
    "momentum/rate-scales-velocity": ["properties"],
    "amsgrad/maximum-forgotten": ["reference"],
  };
  for (const [id, names] of Object.entries(only)) assert.deepEqual(row(id).caughtBy, names, id);
});

test("TensorFlow's float32 decides no cell: errors are far from its tolerance", () => {
  for (const subject of Object.values(subjects)) {
    const tried = asLayer(subject, "generic", (right) => right);
    for (const { relativeError } of tried ? tableOf(tried, "TensorFlow").rows : [])
      assert.ok(relativeError < 1e-6, `${subject.id}: ${relativeError}`);
  }
  for (const { id, subject, make } of mutations)
    for (const place of ["generic", "zeros and kinks"] as const) {
      const tried = asLayer(subject, place, make);
      if (!tried) continue;
      let rows: readonly { readonly relativeError: number }[];
      try {
        ({ rows } = tableOf(tried, "TensorFlow"));
      } catch {
        continue; // an error is caught whatever the digits
      }
      const largest = Math.max(...rows.map(({ relativeError }) => relativeError));
      // the right things' errors are below 1e-6
      assert.ok(!(Math.abs(largest - tolerances.TensorFlow) < 5e-6), `${id}, ${place}: ${largest}`);
    }
});

test("every mutation is recognised by its committed digest, and nothing right is", () => {
  const { mutations: rows } = committedMatrix();
  for (const { id, subject, make } of mutations) assert.equal(recognised(subject, make, rows)?.id, id);
  for (const subject of Object.values(subjects))
    assert.equal(
      recognised(subject, (right) => right, rows),
      undefined,
      subject.id,
    );
});

test("a check that always agrees, and one that throws", () => {
  const check = { name: "", strength: "weak" as const, what: "" };
  const throwing = () => () => {
    throw new Error("no");
  };
  assert.equal(
    verdictOf({ ...check, judge: () => () => true }, subjects.dense, (right) => right),
    "passes",
  );
  assert.equal(
    verdictOf({ ...check, judge: throwing }, subjects.dense, (right) => right),
    "caught",
  );
  assert.equal(
    verdictOf({ ...check, judge: () => undefined }, subjects.dense, (right) => right),
    null,
  );
});

test("the matrix as numbers", () => {
  const { rows, columns, entries } = matrixEntries(committedMatrix(), ({ family }) => family === "dense");
  assert.deepEqual([rows.length, columns.length], [5, checks.length]);
  const of = (id: string, name: string) =>
    entries.data[rows.indexOf(id) * columns.length + columns.indexOf(name)];
  assert.equal(of("dense/bias-gradient-missing", "weights alone"), 0);
  assert.equal(of("dense/bias-gradient-missing", "finite differences"), 1);
  assert.equal(of("dense/bias-gradient-missing", "after training"), Number.NaN);
});
