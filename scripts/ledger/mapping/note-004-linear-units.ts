import { excluded, formulas, judged, type Rule, values } from "./rules";

/** Lines 1 to 145: history, perceptron, ADALINE, exclusive or, limits. */
export const note004LinearUnits: readonly Rule[] = [
  judged(11, ["004/history-1/svm-1990s"], { number: /^90$/ }),
  // The perceptron.
  excluded([18, 19], "notation"),
  formulas(22, "004/perceptron-2/only-mistakes"),
  excluded(24, "notation"),
  formulas([35, 36], "004/perceptron-2/and-solved"),
  excluded(37, "given", { context: /^(?:\(1,1|1,1\))\)?$/ }),
  values(37, "004/perceptron-2/z11"),
  formulas(37, "004/perceptron-2/z11"),
  formulas(38, "004/perceptron-2/others-negative"),
  // ADALINE.
  formulas(45, "004/adaline-3/score"),
  formulas(48, "004/adaline-3/loss"),
  formulas(52, "004/adaline-3/gradient-w", "004/adaline-3/gradient-b"),
  formulas(56, "004/adaline-3/online"),
  judged(61, ["004/adaline-3/half"]),
  excluded(67, "given"),
  values(68, "004/adaline-3/z"),
  formulas(68, "004/adaline-3/z"),
  values(69, "004/adaline-3/error"),
  formulas(69, "004/adaline-3/error"),
  values(70, "004/adaline-3/w1", "004/adaline-3/w2", "004/adaline-3/b"),
  excluded(70, "given", { number: /^[01]$/ }),
  formulas(70, "004/adaline-3/w1", "004/adaline-3/w2", "004/adaline-3/b"),
  judged(75, ["004/adaline-3/size"]),
  formulas(76, "004/adaline-3/hyperplane"),
  // Exclusive or.
  formulas(83, "004/xor-4/truth-table"),
  judged(84, ["004/xor-4/not-separable"]),
  formulas(88, "004/xor-4/feature-map"),
  formulas(89, "004/xor-4/linear-in-features"),
  judged(90, ["004/xor-4/interaction"], { role: ["prose"] }),
  judged(96, ["004/xor-4/constructed"]),
  // In each line a sample, its score and the answer.
  excluded([97, 100], "given", { context: /^\(\d,\d\)$/ }),
  judged([97, 100], ["004/xor-4/constructed"], { context: /^ghtarrow [01]$/ }),
  judged([97, 100], ["004/xor-4/constructed"], { number: /^0\.5$/ }),
  formulas(97, "004/xor-4/z-1"),
  formulas(98, "004/xor-4/z-2"),
  formulas(99, "004/xor-4/z-3"),
  formulas(100, "004/xor-4/z-4"),
  // Limits, and what to know in practice.
  judged(125, ["004/limits-5/deep-2010s"], { number: /^2010$/ }),
  judged(125, ["004/history-1/svm-1990s"], { number: /^90$/ }),
  formulas(131, "004/practice-5/standardise"),
  judged(136, ["004/practice-5/threshold"]),
];
