import { note003FirstRound } from "./note-003-first-round";
import { note003SecondRound } from "./note-003-second-round";
import { note003Softmax } from "./note-003-softmax";
import { excluded, type Rule } from "./rules";

/** Note 003: a network of two layers by hand, two rounds; the derivative of softmax; Adam. */
export const note003: readonly Rule[] = [
  // The PyTorch script: notebook 06 runs it from its seed.
  excluded([37, 48], "syntax", { context: /dim=1/ }),
  excluded(25, "index", { context: /类别1/ }),
  excluded([3, 55], "given"),
  ...note003FirstRound,
  ...note003Softmax,
  ...note003SecondRound,
];
