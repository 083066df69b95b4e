// The experiments of lib/experiments that `npm run sweep` knows.
import path from "node:path";
import type { Experiment } from "../../lib/experiments/experiment";
import { ringsMomentum } from "../../lib/experiments/rings-momentum";
import { BadInput } from "../run/bad-input";
import { root } from "../setup/paths";

/** An experiment and the file that exports it, from which a worker loads it. */
export interface Registered {
  readonly experiment: Experiment;
  readonly file: string;
}

/** Each lies in the file of its name. */
export const registry: readonly Registered[] = [ringsMomentum].map((experiment) => ({
  experiment: experiment as Experiment,
  file: path.join(root, "lib", "experiments", `${experiment.name}.ts`),
}));

/**
 * The experiment of a name.
 * @throws BadInput if there is none, with those that there are
 */
export function experimentOf(known: readonly Registered[], name: string): Registered {
  const found = known.find(({ experiment }) => experiment.name === name);
  if (found) return found;
  const names = known.map((one) => one.experiment.name).join(", ");
  throw new BadInput(`There is no experiment "${name}" (there are ${names}).`);
}
