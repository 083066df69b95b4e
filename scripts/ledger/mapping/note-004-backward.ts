import { formulas, judged, pending, type Rule } from "./rules";

/** Lines 251 to 358 and 562 to 584: the chain rule, losses, updates, sensitivities, vanishing gradients, the formula sheet. */
export const note004Backward: readonly Rule[] = [
  pending([251, 268], "09"),
  // Losses; notebook 07 judges softmax with cross-entropy.
  judged(281, ["004/backward-2/softmax-ce"], { formula: /y - t/ }),
  pending([269, 284], "08"),
  pending([285, 294], "11"),
  pending([295, 303], "09"),
  pending([304, 313], "08"),
  formulas(316, "004/backward-5/jacobian"),
  formulas(319, "004/backward-2/softmax-ce"),
  // Other layers.
  pending([323, 328], "09"),
  pending([329, 335], "04"),
  judged(344, ["004/backward-7/mean-in-dW"]),
  pending([336, 345], "09"),
  pending([346, 358], "14"),
  // The formula sheet.
  judged(566, ["004/backward-2/softmax-ce"]),
  judged([575, 576], ["004/backward-7/mean-in-dW"]),
  pending([562, 577], "09"),
];
