import { forInference } from "../../../lib/layer";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { given } from "../mark/arguments";
import type { Part } from "../mark/part";
import { batchNormParams } from "./batch-norm";
import { normals } from "./inputs";

/** The running statistics of batch normalization. */
export const runningStatisticsPart: Part = {
  id: "running-statistics",
  title: "Running statistics",
  answers: ["runningStatistics"],
  diagnosis: { assignment: "A4", question: "runningStatistics", answers: ["runningStatistics"] },
  aspects: [
    { id: "mean", title: "the running mean", points: 1 },
    { id: "variance", title: "the running variance", points: 1 },
  ],
  async examine(exam) {
    for (const [features, m, momentum] of [
      [3, 5, 0.1],
      [2, 2, 0.3],
      [50, 64, 0.02],
    ] as const)
      await exam.attempt(["mean", "variance"], async () => {
        const layer = batchNorm(features, { momentum });
        const params = batchNormParams(exam, features);
        const { cache } = layer.forward(params, normals(exam, features, m));
        const [mean, variance] = await exam.call(
          "runningStatistics",
          [given(params), given({ ...cache }), given(momentum)],
          ["runningMean", "runningVariance"],
        );
        const right = layer.observe?.(params, cache) ?? params;
        exam.expect("mean", "runningMean", mean, right.runningMean);
        exam.expect("variance", "runningVariance", variance, right.runningVariance);
      });
  },
};

/** Batch normalization after training. */
export const batchNormInferencePart: Part = {
  id: "batch-norm-inference",
  title: "Batch normalization after training",
  answers: ["batchNormInference"],
  diagnosis: { assignment: "A4", question: "batchNormInference", answers: ["batchNormInference"] },
  aspects: [{ id: "output", title: "Y", points: 1 }],
  async examine(exam) {
    for (const [features, m, epsilon] of [
      [3, 5, 1e-5],
      [4, 1, 0.2],
      [50, 64, 1e-3],
    ] as const)
      await exam.attempt(["output"], async () => {
        const params = batchNormParams(exam, features);
        const A = normals(exam, features, m);
        const [Y] = await exam.call("batchNormInference", [given(params), given(A), given(epsilon)]);
        const right = forInference(batchNorm(features, { epsilon })).forward(params, A).output;
        exam.expect("output", "Y", Y, right);
      });
  },
};
