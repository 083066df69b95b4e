import { excluded, formulas, judged, type Rule, values } from "./rules";

const axis = /mean\(0|std\(0|range\(1|ep % 5|5 == 0|:0\d|groups\[0|:\.\d/;

/** Lines 728 to 920: initialization, learning rate, momentum, two examples, the sheet. */
export const note004Training: readonly Rule[] = [
  formulas(739, "004/training-1/xavier-variance"),
  formulas(740, "004/training-1/xavier-uniform"),
  formulas(742, "004/training-1/he-variance"),
  formulas(743, "004/training-1/he-normal"),
  formulas(745, "004/training-1/orthogonal-qr"),
  judged(747, ["004/training-1/bias-zero"]),
  formulas(
    761,
    "004/training-2/hyperbolic",
    "004/training-2/hyperbolic-start",
    "004/training-2/hyperbolic-onset",
  ),
  formulas(806, "004/training-5/momentum"),
  judged(808, ["004/training-5/gamma-range"], { formula: /0,1/ }),
  judged(808, ["004/training-5/half-then-nine"]),
  formulas([809, 818], "004/training-5/nesterov"),
  // Example 1: momentum and rate on the rings.
  excluded([826, 830], "given"),
  excluded([835, 882], "syntax", { role: ["code"], context: axis }),
  excluded([835, 882], "given", { role: ["code"] }),
  // Example 2: MNIST.
  judged(888, ["004/training-6/plateau-more-efficient"]),
  excluded([889, 894], "given"),
  // The formula sheet.
  formulas(898, "004/training-7/he"),
  formulas(899, "004/training-7/xavier"),
  formulas(900, "004/training-7/bias"),
  formulas(902, "004/training-2/hyperbolic"),
  judged(908, ["004/training-5/momentum"], { formula: /leftarrow/ }),
  judged(908, ["004/training-5/half-then-nine"]),
  // Troubleshooting.
  values(914, "004/training-8/momentum-start"),
  judged(915, ["004/training-8/warm-up"]),
  values(917, "004/training-8/slow-adam"),
];
