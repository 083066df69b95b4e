import type { Setting, SettingValue } from "./settings";

/** What a column of the results holds. */
export interface Column {
  /** As "nats" or "epochs"; "1" for a share or a count without a unit. */
  readonly unit: string;
  /** One sentence. */
  readonly doc: string;
}

/** A row of results: a number for each column; NaN where there is none, as after a divergence. */
export type Row<C extends string = string> = { readonly [K in C]: number };

/** Values of settings by their names. */
export type Settings = { readonly [name: string]: SettingValue };

/** What may be told to a run. */
export interface RunOptions {
  /** Once it is aborted, the run throws its reason soon. */
  readonly signal?: AbortSignal;
  /** Told how much of the run is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** A training that is repeated over seeds and settings. `run` is all that it computes; nothing is kept between runs. */
export interface Experiment<S extends Settings = Settings, C extends string = string> {
  /** Small letters, digits and hyphens: "rings-momentum". The file in lib/experiments has the same name. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly settings: { readonly [K in keyof S]: Setting<S[K]> };
  readonly columns: { readonly [K in C]: Column };
  /** The columns that tell the rows of one run apart, outermost first: ["epoch"]; [] if a run has one row. */
  readonly index: readonly C[];
  /** Files of data/ that it reads; a change of one makes results that were kept worthless. */
  readonly files: readonly string[];
  /**
   * The rows of one run, in order. All that is random is drawn from streams of `randomState(seed)`, so settings and
   * seed fix every digit, on every machine and with any number of threads.
   * @param settings those that are not the defaults
   * @param seed a whole number from 0 to 2³² − 1
   * @throws if a setting is unknown or none of its values, or the seed is out of range
   */
  run(settings: Partial<S>, seed: number, options?: RunOptions): Promise<Row<C>[]>;
}

/** C, which is inferred from elsewhere (NoInfer of later versions of TypeScript than Jupyter's). */
export type Given<C> = [C][C extends unknown ? 0 : never];

/** What an experiment is made of; `run` gets all settings. */
export interface ExperimentParts<S extends Settings, C extends string>
  extends Omit<Experiment<S, C>, "run" | "files" | "index"> {
  readonly index: readonly Given<C>[];
  readonly files?: readonly string[];
  run(settings: S, seed: number, options: RunOptions): Promise<Row<Given<C>>[]>;
}

/** Settings given by name, not checked yet. */
export type GivenSettings = { readonly [name: string]: unknown };

/**
 * An experiment whose runs check what they are given and what they give: settings are completed by their defaults, and
 * rows must hold a number for every column, and no other entry.
 * @throws if the name is not of the form "rings-momentum", there is no column, an index column is none of them, or a
 * name stands for two things
 * @example
 * import { numberSetting } from "./settings"
 * const settings = { rate: numberSetting(0.5, "Factor of each step.", { min: 0 }) }
 * const columns = { x: { unit: "1", doc: "Where it ends." } }
 * const run = async ({ rate }, seed) => [{ x: rate * seed }]
 * const trial = defineExperiment({ name: "trial", description: "A trial.", settings, columns, index: [], run })
 * await trial.run({}, 3) // [{ x: 1.5 }]
 * await trial.run({ rate: 2 }, 3) // [{ x: 6 }]
 * await trial.run({ rate: -1 }, 3) // throws /trial: rate is -1 \(it must be a finite number ≥ 0\)/
 * await trial.run({}, 0.5) // throws /trial: the seed is 0.5/
 */
export function defineExperiment<S extends Settings, C extends string>(
  parts: ExperimentParts<S, C>,
): Experiment<S, C> {
  const { name, columns, index, files = [] } = parts;
  const names = Object.keys(columns) as C[];
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`defineExperiment: the name is "${name}" (small letters, digits and hyphens)`);
  if (names.length === 0) throw new Error(`defineExperiment: ${name} has no column`);
  const taken = ["configuration", "seed", ...Object.keys(parts.settings)];
  const twice = names.find((column) => taken.includes(column));
  if (twice !== undefined)
    throw new Error(
      `defineExperiment: the column "${twice}" of ${name} has the name of a setting, or of seed`,
    );
  for (const column of index)
    if (!names.includes(column)) throw new Error(`defineExperiment: ${name} has no column "${column}"`);
  const experiment: Experiment<S, C> = {
    ...parts,
    files,
    async run(settings, seed, options = {}) {
      checkSeed(name, seed);
      const rows = await parts.run(completeSettings(experiment, settings as GivenSettings), seed, options);
      checkRows(name, names, rows);
      return rows;
    },
  };
  return experiment;
}

/**
 * All settings of an experiment, in its order: the given ones, and for the others the defaults.
 * @throws if a name is unknown or a value is none of the setting's
 * @example
 * import { flagSetting } from "./settings"
 * const experiment = { name: "trial", settings: { shuffle: flagSetting(true, "Whether the samples are shuffled.") } }
 * completeSettings(experiment, {}) // { shuffle: true }
 * completeSettings(experiment, { shuffel: true }) // throws /trial has no setting "shuffel" \(it has shuffle\)/
 */
export function completeSettings<S extends Settings>(
  { name, settings }: Pick<Experiment<S>, "name" | "settings">,
  given: GivenSettings,
): S {
  const known = settings as Readonly<Record<string, Setting>>;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, key))
      throw new Error(`${name} has no setting "${key}" (it has ${Object.keys(known).join(", ")})`);
    if (value !== undefined && !known[key].admits(value))
      throw new Error(`${name}: ${key} is ${value} (it must be ${known[key].allowed})`);
  }
  const all = Object.entries(known).map(([key, setting]) => [key, given[key] ?? setting.default]);
  return Object.fromEntries(all) as S;
}

/**
 * Nothing if the seed is one of randomState.
 * @param where what messages call the caller
 * @throws if it is not
 * @example
 * checkSeed("sweep", 4294967296) // throws /sweep: the seed is 4294967296 \(it must be a whole number from 0 to 4294967295\)/
 */
export function checkSeed(where: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new Error(`${where}: the seed is ${seed} (it must be a whole number from 0 to 4294967295)`);
}

function checkRows(name: string, columns: readonly string[], rows: readonly Row[]): void {
  if (!(rows?.length > 0)) throw new Error(`${name}: the run gave no rows`);
  rows.forEach((row, i) => {
    const missing = columns.find((column) => typeof row[column] !== "number");
    if (missing !== undefined)
      throw new Error(`${name}: row ${i} has ${row[missing]} for "${missing}" (a number for every column)`);
    const strange = Object.keys(row).find((key) => !columns.includes(key));
    if (strange !== undefined) throw new Error(`${name}: row ${i} has "${strange}", which is no column`);
  });
}
