import { excluded, formulas, judged, type Rule } from "./rules";

/** Note 000: a two-layer network's gradients, then why residual connections help. */
export const note000: readonly Rule[] = [
  excluded([1, 7], "date"),
  excluded([18, 24], "notation"),
  // The network's forward pass, its gradients, and the table of them.
  formulas([30, 37], "000/forward/network"),
  formulas(48, "000/backward/delta-2"),
  formulas(51, "000/backward/dW2"),
  formulas(60, "000/backward/delta-1"),
  judged(63, ["000/backward/relu-slope"]),
  formulas(66, "000/backward/dW1"),
  formulas(74, "000/backward/dW2"),
  formulas(75, "000/backward/dW1"),
];
