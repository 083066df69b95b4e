import { formulas, judged, pending, type Rule } from "./rules";

/** Lines 585 to 727: layers in two parts, two examples, exercises with answers, the sheet for batches, momentum. */
export const note004Decomposition: readonly Rule[] = [
  judged([654, 676], ["004/backward-2/softmax-ce"], {
    formula: /^\\delta(?:\^\{\(2\)\})? ?=.*y(?:\^\{\(2\)\})? ?- ?t$/,
  }),
  judged(695, ["004/decomposition-8.4/stable"]),
  pending([585, 714], "09"),
  formulas([718, 719], "004/decomposition-momentum/update"),
  pending([720, 727], "19"),
];
