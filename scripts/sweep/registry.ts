// The experiments that `npm run sweep` knows: what the files of lib/experiments export.
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Experiment } from "../../lib/experiments/experiment";
import { BadInput } from "../run/bad-input";
import { root } from "../setup/paths";

/** An experiment and the file that exports it, from which a worker loads it. */
export interface Registered {
  readonly experiment: Experiment;
  readonly file: string;
}

/** The experiments among the exports of a file. */
export function experimentsOf(file: string): Experiment[] {
  const exported = Object.values(require(file)) as Partial<Experiment>[];
  return exported.filter((value): value is Experiment => typeof value?.run === "function");
}

/**
 * The experiments of a folder, by name.
 * @throws if one does not lie in the file of its name, where a worker and a reader look for it
 */
export function readRegistry(folder = path.join(root, "lib", "experiments")): Registered[] {
  const files = readdirSync(folder).sort();
  return files
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = path.join(folder, name);
      return experimentsOf(file).map((experiment) => {
        if (name === `${experiment.name}.ts`) return { experiment, file };
        throw new Error(
          `${file} exports the experiment ${experiment.name}: move it to ${experiment.name}.ts`,
        );
      });
    });
}

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
