import { excluded, formulas, pending, type Rule } from "./rules";

const axis = /mean\(0|std\(0|range\(1|ep % 5|5 == 0|:0\d|groups\[0|:\.\d/;

/** Lines 728 to 920: initialization, learning rate, momentum, two examples, the sheet. */
export const note004Training: readonly Rule[] = [
  pending([730, 752], "15"),
  pending([753, 766], "16"),
  formulas(806, "004/training-5/momentum"),
  pending(808, "19"),
  formulas([809, 818], "004/training-5/nesterov"),
  // Example 1: momentum and rate on the rings.
  pending([821, 833], "19"),
  excluded([835, 882], "syntax", { role: ["code"], context: axis }),
  excluded([835, 882], "given", { role: ["code"] }),
  // Example 2: MNIST.
  pending(888, "16"),
  pending([889, 894], "15"),
  // The formula sheet.
  pending([895, 900], "15"),
  pending([901, 902], "16"),
  pending([903, 909], "19"),
  // Troubleshooting.
  pending([910, 920], "21"),
];
