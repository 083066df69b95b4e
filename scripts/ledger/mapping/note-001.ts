import { excluded, formulas, judged, type Rule, values } from "./rules";

/** Note 001: the chain rule through L layers, and vanishing gradients. */
export const note001: readonly Rule[] = [
  excluded([1, 6], "date"),
  excluded(7, "address"),
  // The chain rule: what of it holds, and with ∂W⁽ˡ⁾/∂W⁽ˡ⁻¹⁾ does not.
  excluded(12, "index", { role: ["formula"], context: /^l−1$/ }),
  formulas([11, 12], "001/forward/layer"),
  formulas([15, 18], "001/forward/composition"),
  excluded(22, "notation"),
  formulas(25, "001/chain-rule/weights"),
  formulas(27, "001/chain-rule/product"),
  formulas(34, "001/chain-rule/weights"),
  formulas(35, "001/chain-rule/product"),
  formulas(36, "001/chain-rule/step"),
  formulas(38, "001/chain-rule/previous-weights"),
  formulas(39, "001/chain-rule/previous-weights", "001/chain-rule/through-weights"),
  formulas(40, "001/chain-rule/through-weights"),
  formulas([45, 47], "001/chain-rule/delta"),
  // The sigmoid and its derivative.
  judged(49, ["001/vanishing/sigma-prime-small", "001/vanishing/tanh-near-0-or-1"]),
  formulas(51, "001/vanishing/sigmoid"),
  formulas(53, "001/vanishing/sigmoid-prime"),
  judged(54, ["001/vanishing/sigma-10"], { formula: /\(10\)/ }),
  formulas(54, "001/vanishing/sigma-minus-10"),
  judged(54, ["001/vanishing/sigma-prime-small"]),
  // Vanishing gradients and the remedies.
  formulas(56, "001/vanishing/without-weights"),
  formulas(60, "001/vanishing/epsilon-power", "001/vanishing/cause"),
  judged(61, ["001/vanishing/tends-to-zero"]),
  values(63, "001/vanishing/relu-slope"),
];
