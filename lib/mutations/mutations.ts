import { activationMutations } from "./activations";
import { adaptiveMutations } from "./adaptive";
import { batchNormMutations } from "./batch-norm";
import { batchingMutations } from "./batching";
import { compositionMutations } from "./composition";
import { denseMutations } from "./dense";
import { dropoutMutations } from "./dropout";
import { elementwiseMutations } from "./elementwise";
import { initializerMutations } from "./initializers";
import { layerNormMutations } from "./layer-norm";
import { lossMutations } from "./losses";
import { momentumMutations } from "./momentum";
import type { Mutation } from "./mutation";
import { residualMutations } from "./residual";
import { scheduleMutations } from "./schedules";
import { softmaxMutations } from "./softmax";

/** All mutations, by family. */
export const mutations: readonly Mutation[] = [
  ...denseMutations,
  ...batchingMutations,
  ...activationMutations,
  ...elementwiseMutations,
  ...softmaxMutations,
  ...lossMutations,
  ...compositionMutations,
  ...residualMutations,
  ...batchNormMutations,
  ...layerNormMutations,
  ...dropoutMutations,
  ...momentumMutations,
  ...adaptiveMutations,
  ...initializerMutations,
  ...scheduleMutations,
];

/**
 * The mutation of this id.
 * @throws if there is none
 * @example
 * mutationOf("dense/input-gradient-untransposed").family // "dense"
 * mutationOf("dense/nothing") // throws /there is no mutation "dense\/nothing"/
 */
export function mutationOf(id: string): Mutation {
  const found = mutations.find((mutation) => mutation.id === id);
  if (!found) {
    const beside = mutations.filter(({ subject }) => subject.id === id.split("/")[0]);
    const known = beside.length > 0 ? beside : mutations;
    throw new Error(
      `mutationOf: there is no mutation "${id}" (there are ${known.map((one) => one.id).join(", ")})`,
    );
  }
  return found;
}
