import { excluded, formulas, judged, pending, type Rule, values } from "./rules";

/** Lines 251 to 358 and 562 to 584: the chain rule, losses, updates, sensitivities, vanishing gradients, the formula sheet. */
export const note004Backward: readonly Rule[] = [
  pending([251, 268], "09"),
  // Losses; notebook 07 judges softmax with cross-entropy.
  judged(281, ["004/backward-2/softmax-ce"], { formula: /y - t/ }),
  formulas(273, "004/backward-2/mse-loss"),
  formulas(277, "004/backward-2/mse-delta"),
  excluded(280, "notation", { formula: /^y_k/ }),
  formulas(280, "004/backward-2/softmax-ce"),
  formulas(283, "004/backward-2/bce-loss"),
  formulas(284, "004/backward-2/sigmoid-bce"),
  formulas(287, "004/backward-2/sgd"),
  judged(291, ["004/backward-2/momentum-range"], { formula: /mu\\in/ }),
  formulas(291, "004/backward-2/momentum"),
  values(
    293,
    "004/backward-2/adam-lr",
    "004/backward-2/adam-beta1",
    "004/backward-2/adam-beta2",
    "004/backward-2/adam-epsilon",
  ),
  pending([295, 303], "09"),
  formulas(308, "004/backward-4/mse-delta"),
  formulas(311, "004/backward-4/identity"),
  formulas(312, "004/backward-4/sigmoid"),
  formulas(316, "004/backward-5/jacobian"),
  formulas(319, "004/backward-2/softmax-ce"),
  // Other layers.
  pending([323, 328], "09"),
  judged(329, ["004/mlp-3/relu"], { formula: /\\max/ }),
  formulas(329, "004/backward-6/relu"),
  formulas(330, "004/backward-6/leaky-relu"),
  formulas(331, "004/backward-6/sigmoid"),
  formulas(332, "004/backward-6/tanh"),
  judged(344, ["004/backward-7/mean-in-dW"]),
  pending([336, 345], "09"),
  values(349, "004/backward-8/sigmoid-max"),
  judged(350, ["004/backward-8/saturation"]),
  pending([346, 358], "14"),
  // The formula sheet.
  judged(566, ["004/backward-2/softmax-ce"]),
  judged([575, 576], ["004/backward-7/mean-in-dW"]),
  pending([562, 577], "09"),
];
