import { excluded, pending, type Rule } from "./rules";

/** Lines 146 to 250: what a multilayer perceptron is, forward, activations, batches, exclusive or with two layers. */
export const note004Mlp: readonly Rule[] = [
  pending([146, 170], "05"),
  pending([171, 186], "04"),
  excluded(194, "index", { role: ["prose"] }),
  pending([188, 202], "05"),
  // Exclusive or.
  excluded([207, 234], "wording", { role: ["prose"] }),
  pending([203, 237], "03"),
  pending([238, 250], "05"),
];
