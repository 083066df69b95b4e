import { batchPart } from "../parts/batch";
import { identityPart, sigmoidPart } from "../parts/output-layer";
import { stableSoftmaxPart } from "../parts/stable-softmax";
import { twoLayerForwardPart, twoLayerGradientsPart } from "../parts/two-layer";
import type { Assignment } from "./assignment";

/** The exercises of note 004. */
export const a2: Assignment = {
  id: "A2",
  title: "Five exercises: from δ to the gradients of a batch",
  notebook: "A2-exercises",
  asked: {
    "activations.ts": [
      { name: "softmax", equation: "aᵢ = e^zᵢ / Σₖ e^zₖ of every column, so that no e^zᵢ overflows" },
      { name: "logSoftmax", equation: "log (e^zᵢ / Σₖ e^zₖ) of every column, so that no e^zᵢ overflows" },
    ],
    "losses.ts": [
      { name: "meanSquaredError.backward", equation: "∂E/∂Y of E = 1/(2m) Σ (yᵢⱼ − tᵢⱼ)²" },
      { name: "softmaxCrossEntropy.backward", equation: "∂E/∂Z of E = −1/m Σ tᵢⱼ log aᵢⱼ, a = softmax(z)" },
      {
        name: "sigmoidBinaryCrossEntropy.backward",
        equation: "∂E/∂Z of E = −1/m Σ t log a + (1 − t) log(1 − a), a = σ(z)",
      },
    ],
    "losses/output-activation.ts": [
      {
        name: "activationMeanSquaredError.backward",
        equation: "∂E/∂Z of E = 1/(2m) Σ (aᵢⱼ − tᵢⱼ)², a = φ(z)",
      },
      {
        name: "softmaxMeanSquaredError.backward",
        equation: "∂E/∂Z of E = 1/(2m) Σ (aᵢⱼ − tᵢⱼ)², a = softmax(z)",
      },
    ],
  },
  gives: [],
  packages: [],
  parts: [
    identityPart,
    sigmoidPart,
    twoLayerForwardPart,
    twoLayerGradientsPart,
    stableSoftmaxPart,
    batchPart,
  ],
};
