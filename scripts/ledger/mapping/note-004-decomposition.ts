import { excluded, formulas, judged, type Rule } from "./rules";

/** Lines 585 to 727: layers in two parts, two examples, exercises with answers, the sheet for batches, momentum. */
export const note004Decomposition: readonly Rule[] = [
  judged([654, 676], ["004/backward-2/softmax-ce"], {
    formula: /^\\delta(?:\^\{\(2\)\})? ?=.*y(?:\^\{\(2\)\})? ?- ?t$/,
  }),
  judged(695, ["004/decomposition-8.4/stable"]),
  // Layers and outputs in parts; pitfalls.
  formulas([591, 592], "004/decomposition-1/sub-layers"),
  formulas([598, 599], "004/decomposition-1/output"),
  formulas(613, "004/decomposition-3/shapes"),
  judged(615, ["004/decomposition-3/epsilon"]),
  // Example 1: squared error.
  formulas([625, 629], "004/decomposition-4/forward"),
  formulas(630, "004/backward-1/delta"),
  formulas(633, "004/decomposition-4/delta-2"),
  formulas(634, "004/decomposition-4/identity"),
  formulas(636, "004/decomposition-4/back"),
  formulas(637, "004/decomposition-4/delta-1"),
  formulas([639, 640], "004/decomposition-4/gradients"),
  // Example 2: softmax and cross-entropy.
  formulas([648, 649], "004/decomposition-5/forward"),
  formulas([650, 651], "004/decomposition-5/softmax"),
  formulas(655, "004/decomposition-5/delta-1"),
  formulas([657, 658], "004/decomposition-5/gradients"),
  // Exercises, hints, answers.
  excluded([663, 667], "given"),
  formulas(669, "004/decomposition-8.4/stable"),
  formulas(671, "004/decomposition-3/shapes"),
  formulas(675, "004/backward-1/delta"),
  formulas(683, "004/decomposition-8.1/delta"),
  formulas(684, "004/decomposition-8.1/gradients"),
  formulas(686, "004/decomposition-8.2/mse"),
  judged(687, ["004/decomposition-8.2/bce"]),
  formulas(689, "004/decomposition-8.3/delta-2"),
  formulas(690, "004/decomposition-8.3/delta-1"),
  formulas([692, 693], "004/decomposition-8.3/gradients"),
  formulas(697, "004/decomposition-8.5/forward"),
  formulas(698, "004/decomposition-8.5/delta-output"),
  formulas(699, "004/decomposition-8.5/recursion"),
  formulas(700, "004/decomposition-8.5/gradients"),
  // The sheet for batches.
  formulas([705, 706], "004/decomposition-9/forward"),
  formulas([708, 710], "004/decomposition-9/outputs"),
  formulas(712, "004/decomposition-9/recursion"),
  formulas(713, "004/decomposition-9/gradients"),
  formulas([718, 719], "004/decomposition-momentum/update"),
  formulas(720, "004/training-5/gamma-range"),
  judged(720, ["004/training-5/half-then-nine"]),
];
