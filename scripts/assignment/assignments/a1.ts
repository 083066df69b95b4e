import { adalineGradientPart, adalineStepPart } from "../parts/adaline";
import { flowersPart } from "../parts/flowers";
import { perceptronStepPart, trainPerceptronPart } from "../parts/perceptron";
import type { Assignment } from "./assignment";

const lms = "w ← w + η(t − z)x, b ← b + η(t − z)";
const mean = "∂E/∂w = −(1/m) Σⱼ (tⱼ − zⱼ) xⱼ, ∂E/∂b = −(1/m) Σⱼ (tⱼ − zⱼ)";

/** The perceptron and ADALINE. */
export const a1: Assignment = {
  id: "A1",
  title: "The perceptron and ADALINE: updates of your own",
  notebook: "A1-linear-units",
  asked: {
    "linear-units.ts": [
      { name: "perceptronStep", equation: "w ← w + η(t − y)x, b ← b + η(t − y) with y = H(wᵀx + b)" },
      {
        name: "trainPerceptron",
        equation: "perceptronStep on every sample in order, until an epoch has no mistake",
      },
    ],
    "linear-units/adaline.ts": [
      { name: "adalineGradient", equation: mean },
      { name: "adalineStep", equation: lms },
      { name: "trainAdalineBatch", equation: `one step against the gradient for each epoch: ${mean}` },
      { name: "trainAdalineOnline", equation: `sample by sample, ${lms}` },
    ],
  },
  gives: [],
  packages: [],
  parts: [perceptronStepPart, trainPerceptronPart, adalineGradientPart, adalineStepPart, flowersPart],
};
