import { excluded, pending, type Rule } from "./rules";

/** Note 000: a two-layer network's gradients, then why residual connections help. */
export const note000: readonly Rule[] = [
  excluded([1, 7], "date"),
  excluded([18, 24], "notation"),
  pending([28, 76], "09"),
];
