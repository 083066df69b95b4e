import { excluded, formulas, judged, type Rule } from "./rules";

/** Note 002: lecture 04. Its pictures are lost; what is left is mostly words. */
export const note002: readonly Rule[] = [
  excluded([1, 7], "date", { role: ["front matter"] }),
  excluded(115, "marker"),
  excluded(149, "address"),
  // Outputs that are not centred at zero.
  judged(20, ["002/activations/positive-outputs"]),
  judged(28, ["002/activations/tanh-range"]),
  // The update rule, and the gradient as a parameter's contribution.
  formulas(88, "002/gradient-descent/update"),
  judged([132, 133], ["002/contribution/sign"]),
  formulas(139, "002/contribution/update"),
];
