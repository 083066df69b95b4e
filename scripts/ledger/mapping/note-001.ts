import { excluded, pending, type Rule } from "./rules";

/** Note 001: the chain rule through L layers, and vanishing gradients. */
export const note001: readonly Rule[] = [
  excluded([1, 6], "date"),
  excluded(7, "address"),
  // The chain rule: what of it holds, and with ∂W⁽ˡ⁾/∂W⁽ˡ⁻¹⁾ does not.
  excluded(12, "index", { role: ["formula"], context: /^l−1$/ }),
  pending([11, 47], "09"),
  // Vanishing gradients and the remedies.
  pending([48, 68], "14"),
];
