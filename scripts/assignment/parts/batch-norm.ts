import { batchNorm } from "../../../lib/layers/batch-norm";
import { fromData, type Matrix } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";

/** Gain, shift and running statistics, none of them what a layer begins with. */
export const batchNormParams = (exam: Exam, features: number) => ({
  gain: normals(exam, features, 1),
  shift: normals(exam, features, 1),
  runningMean: normals(exam, features, 1),
  runningVariance: mapEntries(normals(exam, features, 1), (x) => 0.5 + Math.abs(x)),
});

/** Features, samples, ε. */
const forwardShapes = [
  [3, 5, 1e-5],
  [4, 4, 0.3],
  [1, 2, 1e-5],
  [60, 100, 1e-3],
] as const;

/**
 * Two samples have almost no gradient if ε is small, only rounding. The last shape is so large that differences of any
 * forward would take minutes.
 */
const backwardShapes = [
  [3, 5, 1e-5],
  [4, 4, 0.3],
  [1, 2, 0.5],
  [2, 3, 0.5],
  [100, 400, 1e-5],
] as const;

const wantedOfForward = ["normalized", "mean", "variance", "inverseDeviation"] as const;

async function triedForward(exam: Exam, A: Matrix, epsilon: number) {
  await exam.attempt(["normalized", "output", "statistics"], async () => {
    const params = batchNormParams(exam, A.rows);
    const right = batchNorm(A.rows, { epsilon }).forward(params, A);
    const [Y, normalized, ...statistics] = await exam.call(
      "batchNormForward",
      [given(params), given(A), given(epsilon)],
      ["output", ...wantedOfForward.map((name) => `cache.${name}`)],
    );
    exam.expect("output", "output", Y, right.output);
    exam.expect("normalized", "normalized", normalized, right.cache.normalized);
    for (const [k, name] of wantedOfForward.slice(1).entries())
      exam.expect("statistics", name, statistics[k], right.cache[name]);
  });
}

/** Eighths near 2²⁶: their sums have no rounding, their squares do. */
async function triedFar(exam: Exam) {
  await exam.attempt(["far"], async () => {
    const eighths = exam.random.integers(-16, 16, 24);
    const A = fromData(
      3,
      8,
      Float64Array.from(eighths, (k) => 2 ** 26 + k / 8),
    );
    const params = batchNormParams(exam, 3);
    const right = batchNorm(3, { epsilon: 0.1 }).forward(params, A);
    const [normalized] = await exam.call(
      "batchNormForward",
      [given(params), given(A), given(0.1)],
      ["cache.normalized"],
    );
    // a mean that is moved sample by sample is rounded on the way
    exam.expect("far", "normalized", normalized, right.cache.normalized, 1e-6);
  });
}

/** Forward of batch normalization in training. */
export const batchNormForwardPart: Part = {
  id: "batch-norm-forward",
  title: "Batch normalization, forward",
  answers: ["batchNormForward"],
  diagnosis: { assignment: "A4", question: "batchNormForward", answers: ["batchNormForward"] },
  aspects: [
    { id: "normalized", title: "Â", points: 2 },
    { id: "output", title: "Y", points: 1 },
    { id: "statistics", title: "μ, σ² and 1/√(σ² + ε)", points: 1 },
    { id: "far", title: "Â where the mean is far larger than the deviation", points: 1 },
  ],
  async examine(exam) {
    for (const [features, m, epsilon] of forwardShapes)
      await triedForward(exam, normals(exam, features, m), epsilon);
    const constant = mapEntries(normals(exam, 3, 6), (a, i) => (i === 1 ? 0.75 : a));
    await triedForward(exam, constant, 1e-3);
    await triedFar(exam);
  },
};

/** Backward of batch normalization, with a cache of the exam's. */
export const batchNormBackwardPart: Part = {
  id: "batch-norm-backward",
  title: "Batch normalization, backward",
  answers: ["batchNormBackward"],
  diagnosis: { assignment: "A4", question: "batchNormBackward", answers: ["batchNormBackward"] },
  aspects: [
    { id: "gain", title: "∂E/∂γ", points: 1 },
    { id: "shift", title: "∂E/∂β", points: 1 },
    { id: "input", title: "∂E/∂A", points: 3 },
  ],
  async examine(exam) {
    for (const [features, m, epsilon] of backwardShapes)
      await exam.attempt(["gain", "shift", "input"], async () => {
        const layer = batchNorm(features, { epsilon });
        const params = batchNormParams(exam, features);
        const { cache } = layer.forward(params, normals(exam, features, m));
        const dY = normals(exam, features, m);
        const [gain, shift, dA] = await exam.call(
          "batchNormBackward",
          [given(params), given({ ...cache }), given(dY)],
          ["gradients.gain", "gradients.shift", "dInput"],
        );
        const right = layer.backward(params, cache, dY);
        exam.expect("gain", "dGain", gain, right.gradients.gain);
        exam.expect("shift", "dShift", shift, right.gradients.shift);
        exam.expect("input", "dInput", dA, right.dInput);
      });
  },
};
