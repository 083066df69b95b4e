import { geluPart, reluPart, tanhPart } from "../parts/activations";
import { densePart } from "../parts/dense";
import { ringsPart } from "../parts/rings";
import { serialPart } from "../parts/serial";
import { softmaxJacobianPart } from "../parts/softmax-jacobian";
import type { Assignment } from "./assignment";

/** The layers. */
export const a3: Assignment = {
  id: "A3",
  title: "The layers: backward passes of your own",
  notebook: "A3-layers",
  asked: {
    "layers.ts": [
      { name: "dense.backward", equation: "dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ with Δ = ∂E/∂Z" },
      { name: "elementwise.backward", equation: "dZ = dA ⊙ φ′(Z)" },
      {
        name: "serial.backward",
        equation: "Δ⁽ˡ⁻¹⁾ = what layer l returns as dInput for Δ⁽ˡ⁾, from the last layer to the first",
      },
    ],
    "activations.ts": [
      { name: "elementwiseActivation.backward", equation: "dA ⊙ φ′(Z)" },
      { name: "elementwiseActivation.derivative", equation: "φ′(z)" },
      { name: "elementwiseActivation.derivativeAt", equation: "φ′(Z)" },
      { name: "softmaxJacobian", equation: "∂aᵢ/∂zⱼ = aᵢ (1[i = j] − aⱼ)" },
      { name: "softmaxBackward", equation: "dZ = Jᵀ dA with softmax's Jacobian J" },
    ],
  },
  gives: ["activations.ts softmax", "losses.ts softmaxCrossEntropy.backward"],
  packages: [],
  parts: [densePart, tanhPart, reluPart, geluPart, softmaxJacobianPart, serialPart, ringsPart],
};
