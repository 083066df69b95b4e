import { randomState } from "../../../lib/random";
import { fixedOrder, type Sampler, shuffled, sortedBy } from "../../../lib/samplers";
import { bucketed } from "../../../lib/samplers/bucketed";
import { curriculum, exponentialPacing, linearPacing } from "../../../lib/samplers/curriculum";
import { byKey, cut, permuted } from "../../../lib/samplers/cut";
import { drifting } from "../../../lib/samplers/drifting";
import { stratified } from "../../../lib/samplers/stratified";
import { samplerOf } from "../../../lib/training/order";
import { labels, uniforms } from "../inputs";
import type { Note } from "../recorder";

const keys = uniforms("keys", 103).map((x) => Math.round(20 * x));
const classes = labels(103, 3, "classes");

const samplers: { readonly [name: string]: Sampler } = {
  shuffled: shuffled(103, 10),
  "shuffled, without the rest": shuffled(103, 10, { dropLast: true }),
  fixedOrder: fixedOrder(103, 10),
  sortedBy: sortedBy(keys, 10),
  bucketed: bucketed(keys, 10, 4),
  "bucketed at bounds": bucketed(keys, 10, [-10, 0, 3]),
  curriculum: curriculum(keys, 10, linearPacing(0.3, 4)),
  "curriculum, exponential": curriculum(keys, 10, exponentialPacing(0.1, 2, 2)),
  drifting: drifting(keys, 10, 0.2),
  stratified: stratified(classes, 10),
  "of batchSize": samplerOf({ batchSize: 10, random: randomState(0) }, 103),
};

/** The batches of five epochs of every sampler; many keys are equal. */
export function samplersSection(note: Note): void {
  for (const [name, sampler] of Object.entries(samplers)) {
    const random = randomState(11);
    note(
      name,
      [1, 2, 3, 4, 5].map((epoch) => sampler(epoch, random)),
    );
  }
  note(
    "pacing",
    [1, 2, 3, 4, 5].map((epoch) => [linearPacing(0.3, 4)(epoch), exponentialPacing(0.1, 1.9)(epoch)]),
  );
  const order = byKey("hash", "keys", keys);
  note("order", [order, cut(order, 20), permuted(order, randomState(3))]);
}
