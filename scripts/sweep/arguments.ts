import type { Experiment } from "../../lib/experiments/experiment";
import type { Setting, SettingValue } from "../../lib/experiments/settings";
import type { Grid } from "../../lib/sweeps/plan";
import { BadInput } from "../run/bad-input";

/**
 * The grid that several `--set name=value,value` give.
 * @throws BadInput if one is not of that form, a name is unknown or stands twice, or a value is none of the setting's
 */
export function parseGrid({ name: experiment, settings }: Experiment, texts: readonly string[]): Grid {
  const known = settings as Readonly<Record<string, Setting>>;
  const grid: Record<string, SettingValue[]> = {};
  for (const text of texts) {
    const [, name, values] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined)
      throw new BadInput(`--set ${text}: write --set name=value or --set name=value,value.`);
    if (!Object.hasOwn(known, name))
      throw new BadInput(
        `--set ${text}: ${experiment} has no setting "${name}" (it has ${Object.keys(known).join(", ")}).`,
      );
    if (Object.hasOwn(grid, name))
      throw new BadInput(`--set ${text}: ${name} is set twice; name all its values at once, as ${name}=a,b.`);
    grid[name] = values.split(",").map((value) => {
      const parsed = known[name].parse(value.trim());
      if (parsed === undefined)
        throw new BadInput(`--set ${text}: ${name} is "${value}" (it must be ${known[name].allowed}).`);
      return parsed;
    });
  }
  return grid;
}

/**
 * How many runs at a time.
 * @throws BadInput if it is not a whole number from 1 to 256
 */
export function parseWorkers(text: string): number {
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 1 && count <= 256))
    throw new BadInput(`--workers ${text}: it must be a whole number from 1 to 256.`);
  return count;
}
