import { excluded, formulas, judged, type Rule, values } from "./rules";

/** Lines 201 to 286: the second round, Adam, and the closing discussion. */
export const note003SecondRound: readonly Rule[] = [
  excluded(202, "given"),
  excluded(203, "index", { role: ["prose"] }),
  // The parameters of the first round.
  values([205, 207], "003/4/W1-*", "003/4/W2-*", "003/4/b2-*", "003/round2-start/b1-*"),
  formulas(205, "003/4/W1-*", "003/round2-start/b1-*"),
  formulas(207, "003/4/W2-*", "003/4/b2-*"),
  // Forward, 1: hidden layer.
  values(210, "003/4/W1-*", "003/round2-start/b1-*"),
  excluded(210, "given", { number: /^[12]\.0$/ }),
  values(212, "003/round2-forward-1/W1x-*"),
  judged(212, ["003/round2-start/b1-1"], { number: /^0\.00884$/ }),
  judged(212, ["003/round2-start/b1-2"], { number: /^0\.00404$/ }),
  values(213, "003/round2-forward-1/z1-*"),
  formulas([210, 212], "003/round2-forward-1/z1-*"),
  values(214, "003/round2-forward-1/z1-*", "003/round2-forward-1/a1-*"),
  formulas(214, "003/round2-forward-1/a1-*"),
  // Forward, 2: output layer.
  values(216, "003/4/W2-*", "003/4/b2-*", "003/round2-forward-1/a1-*"),
  values(218, "003/round2-forward-2/W2a1-*"),
  judged(218, ["003/round2-forward-2/b2-*"], { number: /^0\.0562$/ }),
  values(219, "003/round2-forward-2/z2-*"),
  formulas([216, 218], "003/round2-forward-2/z2-*"),
  // Forward, 3: softmax, and the loss.
  formulas(221, "003/round2-forward-3/yhat-*"),
  values(222, "003/round2-forward-2/z2-*", "003/round2-forward-3/*"),
  formulas(222, "003/round2-forward-3/e-*", "003/round2-forward-3/sum"),
  values([223, 226], "003/round2-forward-3/*", "003/round2-loss/L"),
  formulas(223, "003/round2-forward-3/yhat-*"),
  formulas(226, "003/round2-loss/L"),
  // Backward.
  values(
    [229, 231],
    "003/round2-backward/delta2-*",
    "003/round2-backward/dW2-*",
    "003/round2-backward/db2-*",
  ),
  formulas(229, "003/round2-backward/delta2-*"),
  formulas(230, "003/round2-backward/dW2-*"),
  formulas(231, "003/round2-backward/db2-*"),
  values(233, "003/round2-backward/W2T-*", "003/round2-backward/delta2-*", "003/round2-backward/W2Tdelta2-*"),
  formulas(233, "003/round2-backward/transposed-twice", "003/round2-backward/W2Tdelta2-*"),
  values(234, "003/round2-forward-1/a1-*", "003/round2-backward/tanh-prime-*"),
  formulas(234, "003/3.2/tanh-prime", "003/round2-backward/tanh-prime-*"),
  excluded(235, "given", { number: /^[12]\.0$/ }),
  values(
    [235, 236],
    "003/round2-backward/W2Tdelta2-*",
    "003/round2-backward/tanh-prime-*",
    "003/round2-backward/delta1-*",
    "003/round2-backward/dW1-*",
  ),
  judged(235, ["003/round2-backward/b-is-delta", "003/round2-backward/delta1-*"], {
    formula: /^\\mathbf\{b\}/,
  }),
  formulas(235, "003/round2-backward/dW1-*"),
  // Updates.
  excluded([239, 240], "given", { number: /^0\.1$/ }),
  excluded(239, "given"),
  values([240, 241], "003/round2-sgd/W2-*", "003/round2-sgd/W1-*"),
  formulas(240, "003/round2-sgd/W2-*"),
  formulas(241, "003/round2-sgd/W1-*"),
  excluded([242, 244], "index", { role: ["prose"] }),
  excluded(243, "given"),
  formulas([246, 252], "003/adam/update"),
  formulas(268, "003/discussion/one-forward"),
];
