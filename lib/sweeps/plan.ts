import { completeSettings, type Experiment, type Settings } from "../experiments/experiment";
import type { SettingValue } from "../experiments/settings";
import { parseSeeds } from "./seeds";

/** Settings to combine: each has one value, or a list of them. */
export type Grid = { readonly [name: string]: SettingValue | readonly SettingValue[] };

/** What is to be run: all combinations of each part, over all seeds. */
export interface SweepRequest {
  /** As parseSeeds reads it: "0..19". */
  readonly seeds: string;
  /** Settings of all parts. */
  readonly set?: Grid;
  /** Grids one after another, each with its name if it is one that a note gives, as A; one without settings unless given. */
  readonly parts?: readonly { readonly name?: string; readonly set: Grid }[];
}

/** One run of a sweep. */
export interface SweepRun<S extends Settings = Settings> {
  /** The name of its part; "" without. */
  readonly configuration: string;
  /** All settings, the defaults too. */
  readonly settings: S;
  readonly seed: number;
}

/** The runs of a sweep in the order of its rows, and what stands before the results in a row. */
export interface SweepPlan<S extends Settings = Settings, C extends string = string> {
  readonly experiment: Experiment<S, C>;
  readonly runs: readonly SweepRun<S>[];
  readonly seeds: readonly number[];
  /** Whether the parts have names, which then stand in the column "configuration". */
  readonly named: boolean;
  /** The settings that were asked for, in the experiment's order; all others have their defaults. */
  readonly varied: readonly (keyof S & string)[];
}

/**
 * The runs of a sweep: part after part, in each the combinations of its values, in which the experiment's last setting
 * changes fastest, and for each combination the seeds. The order in which settings are named makes no difference.
 * @throws if a setting is unknown, out of range or without a value, seeds are unreadable, some parts have names and
 * others none, or a run is asked for twice
 * @example
 * import { numberSetting } from "../experiments/settings"
 * const settings = { rate: numberSetting(1, "Rate."), momentum: numberSetting(0, "Momentum.", { below: 1 }) }
 * const experiment = { name: "trial", settings }
 * const { runs } = planSweep(experiment, { seeds: "0..1", set: { momentum: [0, 0.9], rate: 2 } })
 * runs.map(({ settings, seed }) => [settings.rate, settings.momentum, seed]) // [[2, 0, 0], [2, 0, 1], [2, 0.9, 0], [2, 0.9, 1]]
 * planSweep(experiment, { seeds: "0", set: { momentum: 1 } }) // throws /trial: momentum is 1 \(it must be a finite number < 1\)/
 * planSweep(experiment, { seeds: "0", set: { rate: [3, 3] } }) // throws /trial: rate 3, seed 0 is asked for twice/
 */
export function planSweep<S extends Settings, C extends string>(
  experiment: Experiment<S, C>,
  { seeds: text, set: common = {}, parts = [{ set: {} }] }: SweepRequest,
): SweepPlan<S, C> {
  const seeds = parseSeeds(text);
  const where = experiment.name;
  if (parts.length === 0) throw new Error(`${where}: the list of parts is empty`);
  const named = parts.some(({ name }) => name !== undefined);
  if (named && !parts.every(({ name }) => name !== undefined && /^[^,"\n]+$/.test(name)))
    throw new Error(`${where}: some parts have names, others none (or a comma or quotation mark in it)`);
  const grids = parts.map(({ set }) => ({ ...common, ...set }));
  const asked = new Set(grids.flatMap((grid) => Object.keys(grid)));
  const varied = Object.keys(experiment.settings).filter((name) => asked.has(name));
  const runs = grids.flatMap((grid, k) =>
    combinations(experiment, grid).flatMap((settings) =>
      seeds.map((seed) => ({ configuration: parts[k].name ?? "", settings, seed })),
    ),
  );
  const plan = { experiment, runs, seeds, named, varied };
  const seen = new Set<string>();
  for (const run of runs) {
    const name = nameOfRun(plan, run);
    if (seen.has(name)) throw new Error(`${where}: ${name} is asked for twice`);
    seen.add(name);
  }
  return plan;
}

/** All combinations of a grid's values; the last setting of the experiment changes fastest. */
function combinations<S extends Settings>(experiment: Experiment<S>, grid: Grid): S[] {
  const names = Object.keys(experiment.settings).filter((name) => Object.hasOwn(grid, name));
  const unknown = Object.keys(grid).find((name) => !names.includes(name));
  if (unknown !== undefined) completeSettings(experiment, { [unknown]: grid[unknown] });
  let given: Settings[] = [{}];
  for (const name of names) {
    const values = [grid[name]].flat() as SettingValue[];
    if (values.length === 0) throw new Error(`${experiment.name}: ${name} has no value`);
    given = given.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  }
  return given.map((settings) => completeSettings(experiment, settings));
}

/**
 * What a run is called in messages.
 * @example
 * const run = { configuration: "A", settings: { rate: 2, epochs: 3 }, seed: 4 }
 * nameOfRun({ varied: ["rate"] }, run) // "A, rate 2, seed 4"
 */
export function nameOfRun<S extends Settings>(
  { varied }: Pick<SweepPlan<S>, "varied">,
  { configuration, settings, seed }: SweepRun<S>,
): string {
  const given = varied.map((name) => `${name} ${settings[name]}`);
  return [configuration, ...given, `seed ${seed}`].filter(Boolean).join(", ");
}
