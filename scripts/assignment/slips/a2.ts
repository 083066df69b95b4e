import { questions } from "../../../lib/assignment/questions/a2";
import { batchMutations, batchSlips } from "./a2/batch";
import { identityMutations, identitySlips, sigmoidMutations, sigmoidSlips } from "./a2/output-layer";
import { softmaxMutation, softmaxSlips } from "./a2/softmax";
import { backwardMutations, backwardSlips, forwardRight, forwardSlips } from "./a2/two-layer";
import type { SlipSheet } from "./slip-sheet";

/** The known mistakes of A2. */
export const a2Slips: SlipSheet = {
  assignment: "A2",
  questions,
  fromMutations: [
    ...identityMutations,
    ...sigmoidMutations,
    ...backwardMutations,
    softmaxMutation,
    ...batchMutations,
  ],
  own: [...identitySlips, ...sigmoidSlips, ...forwardSlips, ...backwardSlips, ...softmaxSlips, ...batchSlips],
  right: { twoLayerForward: () => [forwardRight] },
};
