import { excluded, formulas, judged, type Rule, values } from "./rules";

/** Lines 137 to 200: the derivative of softmax. */
export const note003Softmax: readonly Rule[] = [
  excluded([139, 140], "notation"),
  formulas(141, "003/softmax-1/distribution"),
  excluded([144, 151], "notation", { formula: /^i (?:=|\\neq) j$|^a_i = / }),
  formulas(148, "003/softmax-2.1/diagonal"),
  formulas(153, "003/softmax-2.2/off-diagonal"),
  formulas([156, 158], "003/softmax-2.3/kronecker"),
  excluded([159, 162], "notation"),
  formulas(164, "003/softmax-3/difference"),
  formulas(166, "003/softmax-3/dL-da"),
  excluded(171, "given"),
  formulas([168, 172], "003/softmax-3/difference"),
  formulas(174, "003/softmax-2.3/kronecker"),
  formulas(175, "003/softmax-3/difference"),
  // 5 The example.
  excluded([179, 182], "given", { number: /^(?:[012]|0\.1)$/ }),
  excluded(179, "given"),
  values(181, "003/softmax-5/*"),
  judged(181, ["003/softmax-5/exp*", "003/softmax-5/S"], { formula: /^S/ }),
  judged(181, ["003/softmax-5/a1"], { formula: /^a_1/ }),
  judged(181, ["003/softmax-5/a2"], { formula: /^a_2/ }),
  judged(181, ["003/softmax-5/a3"], { formula: /^a_3/ }),
  excluded([182, 183], "given", { number: /^[01]$/ }),
  excluded(182, "given"),
  values(183, "003/softmax-5/a*", "003/softmax-5/g*"),
  formulas(183, "003/softmax-5/g*"),
  // 6 The signs.
  judged([185, 186], ["003/softmax-6/signs"]),
  // 7 Stability.
  formulas([189, 191], "003/softmax-7/shift"),
  // 9 The Jacobian.
  values(194, "003/softmax-5/a*", "003/softmax-9/*"),
  judged(194, ["003/softmax-5/a1"], { number: /^-0\.659$/ }),
  judged(194, ["003/softmax-9/J11"], { formula: /partial z_1/ }),
  judged(194, ["003/softmax-9/J12"], { formula: /partial z_2/ }),
  judged(194, ["003/softmax-9/J13"], { formula: /partial z_3/ }),
  formulas(198, "003/softmax-2.3/kronecker"),
  formulas(199, "003/softmax-3/difference"),
];
