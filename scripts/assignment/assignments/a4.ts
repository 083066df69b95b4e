import { batchNormInferencePart, runningStatisticsPart } from "../parts/after-training";
import { batchNormBackwardPart, batchNormForwardPart } from "../parts/batch-norm";
import { deepNetworkPart } from "../parts/deep-network";
import { residualBackwardPart, residualForwardPart } from "../parts/residual";
import type { Assignment } from "./assignment";

const normalized = "Â = diag(1/√(σ² + ε)) (A − μ 1ᵀ), Y = diag(γ) Â + β 1ᵀ";

/** Batch normalization and residual blocks. */
export const a4: Assignment = {
  id: "A4",
  title: "Batch normalization and residual blocks",
  notebook: "A4-normalization",
  asked: {
    "layers/batch-norm.ts": [
      // in training, and after it
      { name: "batchNorm.forward", equation: normalized },
      { name: "batchNorm.inverseRoot", equation: "1/√(σ² + ε)" },
      {
        name: "batchNorm.backward",
        equation: "dγ = (dY ⊙ Â) 1, dβ = dY 1, dA from dÂ = diag(γ) dY through Â, σ² and μ",
      },
      { name: "batchNorm.gradientsOf", equation: "dγ = (dY ⊙ Â) 1, dβ = dY 1" },
      { name: "batchNorm.observe", equation: "running ← (1 − momentum) running + momentum · new" },
    ],
    "layers/residual.ts": [
      { name: "residual.forward", equation: "Y = F(A) + P(A), the branch F and the shortcut P" },
      { name: "residual.backward", equation: "dA = (∂F/∂A)ᵀ dY + (∂P/∂A)ᵀ dY" },
    ],
  },
  gives: [
    "layers.ts dense.backward",
    "layers.ts elementwise.backward",
    "layers.ts serial.backward",
    "activations.ts elementwiseActivation.backward",
    "activations.ts softmax",
    "losses.ts softmaxCrossEntropy.backward",
  ],
  packages: [],
  parts: [
    batchNormForwardPart,
    batchNormBackwardPart,
    runningStatisticsPart,
    batchNormInferencePart,
    residualForwardPart,
    residualBackwardPart,
    deepNetworkPart,
  ],
};
