import { excluded, formulas, judged, type Rule, values } from "./rules";

/** Lines 56 to 136: the network, and its first round. */
export const note003FirstRound: readonly Rule[] = [
  // Shapes, input, label, first weights.
  excluded([57, 63], "given", { role: ["prose"] }),
  excluded([59, 65], "notation"),
  excluded(70, "index", { role: ["prose"] }),
  excluded([68, 72], "given"),
  // 1.1 Forward, in formulas.
  formulas(75, "003/1.1/z-Wa"),
  excluded([76, 77], "notation"),
  // 1.2 Hidden layer.
  excluded(79, "given", { number: /./, role: ["formula"] }),
  values(80, "003/1.2/W1x-*"),
  values(81, "003/1.2/z1-*"),
  formulas(79, "003/1.2/z1-*"),
  values(82, "003/1.2/z1-*", "003/1.2/a1-*"),
  formulas(82, "003/1.2/a1-*"),
  // 1.3 Output layer.
  values(84, "003/1.2/a1-*"),
  values(85, "003/1.2/a1-*", "003/1.3/W2a1-*"),
  excluded([84, 85], "given", { number: /^0\.[5-8]$/ }),
  values(86, "003/1.3/z2-*"),
  formulas(84, "003/1.3/z2-*"),
  // 1.4 Softmax.
  formulas(88, "003/1.4/yhat-*"),
  values(89, "003/1.3/z2-*", "003/1.4/*"),
  formulas(89, "003/1.4/e-*", "003/1.4/yhat-*"),
  // 2 The loss.
  excluded(91, "notation"),
  excluded(92, "given", { number: /^[01]$/ }),
  values([92, 93], "003/1.4/yhat-*", "003/2/L"),
  formulas(92, "003/1.4/yhat-*"),
  formulas(93, "003/2/L"),
  // 3 Backward, in formulas.
  excluded([97, 106], "notation", {
    formula: /^\\delta\^\{\[l\]\} :?= \\frac\{\\partial L\}\{\\partial \\mathbf\{z\}\^\{\[l\]\}\}$/,
  }),
  excluded(101, "wording"),
  formulas(104, "003/3/chain"),
  formulas(106, "003/3/z-aW"),
  judged(107, ["003/3/dW"], { formula: /partial W/ }),
  judged(107, ["003/3/db"], { formula: /partial \\mathbf\{b\}/ }),
  // 3.1 Output layer.
  excluded(109, "marker", { role: ["prose"] }),
  judged(109, ["003/3.1/delta-output"], { formula: /^\\delta/ }),
  judged(109, ["003/3/dW", "003/3/db"], { formula: /^\\frac/ }),
  excluded(111, "given", { number: /^[01]$/ }),
  values(111, "003/1.4/yhat-*", "003/3.1/delta2-*"),
  formulas(111, "003/3.1/delta2-*"),
  values(112, "003/1.2/a1-*", "003/3.1/delta2-*", "003/3.1/dW2-*"),
  formulas(112, "003/3.1/dW2-*"),
  values(113, "003/3.1/db2-*"),
  formulas(113, "003/3.1/db2-*"),
  // 3.2 Hidden layer.
  excluded([115, 118], "notation", {
    formula: /^\\delta\^\{\[l\]\} = \\frac\{\\partial L\}\{\\partial \\mathbf\{z\}\^\{\[l\]\}\}$|tag\{根据/,
  }),
  formulas(116, "003/3.2/chain-order"),
  judged(118, ["003/3.2/chain-order"], { formula: /\(W\^\{\[l\+1\]\}\)\^T/ }),
  judged(118, ["003/3.2/tanh-prime"], { formula: /f’/ }),
  formulas([119, 120], "003/3.2/delta-hidden"),
  values(121, "003/3.2/W2T-*", "003/3.2/W2Tdelta2-*", "003/3.1/delta2-*"),
  judged(121, ["003/3.2/W2Tdelta2-*"], { formula: /delta/ }),
  formulas(121, "003/3.2/W2T-*"),
  values(122, "003/1.2/z1-*", "003/3.2/*"),
  excluded(122, "given", { number: /^[12]\.0$/ }),
  judged(122, ["003/3.2/tanh-prime", "003/3.2/tanh-prime-*"], { formula: /^\\tanh/ }),
  judged(122, ["003/3.2/delta1-*"], { formula: /^\\delta/ }),
  values(123, "003/3.2/dW1-*", "003/3.2/db1-*"),
  formulas(122, "003/3.2/dW1-*"),
  formulas(123, "003/3.2/db1-*"),
  // 4 The update.
  excluded(124, "given"),
  excluded([126, 135], "given", { number: /^0(?:\.[15678])?$/ }),
  values(127, "003/3.1/dW2-*"),
  values(128, "003/4/W2-*"),
  formulas(126, "003/4/W2-*"),
  values(130, "003/3.1/db2-*"),
  values(131, "003/4/b2-*"),
  formulas(129, "003/4/b2-update", "003/4/b2-*"),
  values(133, "003/4/W1-*"),
  formulas(133, "003/4/W1-*"),
  values(135, "003/3.2/db1-*"),
  values(136, "003/4/b1-*"),
  formulas(134, "003/4/b1-*"),
];
