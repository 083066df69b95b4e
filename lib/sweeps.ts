import { randomInt } from "node:crypto";
import { readBytes } from "./datasets/files";
import type { Experiment, RunOptions, Settings } from "./experiments/experiment";
import { compareRows, describeDifference } from "./sweeps/compare";
import { type DeclaredClaim, readDeclaration, type SweepDeclaration, sweepPath } from "./sweeps/declaration";
import type { FinishedRun, SweepGroup } from "./sweeps/group";
import { nameOfRun, planSweep, type SweepPlan, type SweepRun } from "./sweeps/plan";
import { fromCsv } from "./sweeps/table";

/** A committed sweep. */
export interface Sweep<S extends Settings = Settings, C extends string = string> {
  readonly name: string;
  readonly declaration: SweepDeclaration;
  readonly plan: SweepPlan<S, C>;
  readonly seeds: readonly number[];
  readonly runs: readonly FinishedRun<S, C>[];
  readonly groups: readonly SweepGroup<S, C>[];
  /** The group of this name. @throws if there is none */
  group(name: string): SweepGroup<S, C>;
  /** How a claim was to be judged, and over how many seeds. @throws if the declaration does not have it */
  claim(id: string): DeclaredClaim & { readonly seeds: number };
}

/**
 * A committed sweep, data/sweeps/NAME.json and NAME.csv, with its rows typed by the experiment.
 * @param experiment the one that the declaration names
 * @throws if a file is missing, the declaration names another experiment, or the table does not have its runs
 * @example
 * import { ringsMomentum } from "./experiments/rings-momentum"
 * readSweep("nowhere", ringsMomentum) // throws /sweeps\/nowhere\.json is missing/
 */
export function readSweep<S extends Settings, C extends string>(
  name: string,
  experiment: Experiment<S, C>,
): Sweep<S, C> {
  const declaration = readDeclaration(name);
  if (declaration.experiment !== experiment.name)
    throw new Error(
      `data/sweeps/${name}.json: it is of ${declaration.experiment}, not of ${experiment.name}`,
    );
  const text = readBytes(sweepPath(name, "csv"), `Make it: npm run sweep -- --committed ${name} --update`);
  return sweepOf(name, experiment, declaration, text.toString("utf8"));
}

/**
 * The same from a declaration and the text of the table.
 * @example
 * import { defineExperiment } from "./experiments/experiment"
 * import { numberSetting } from "./experiments/settings"
 * const columns = { epoch: { unit: "epochs", doc: "Epoch." }, loss: { unit: "1", doc: "Loss." } }
 * const parts = { name: "trial", description: "A trial.", settings: { rate: numberSetting(1, "Rate.") }, columns, index: ["epoch"] }
 * const experiment = defineExperiment({ ...parts, run: async ({ rate }, seed) => [{ epoch: 1, loss: rate + seed }] })
 * const declaration = { experiment: "trial", purpose: "Trial.", seeds: "0..1", set: { rate: [1, 2] } }
 * const sweep = sweepOf("t", experiment, declaration, "rate,seed,epoch,loss\n1,0,1,1\n1,1,1,2\n2,0,1,2\n2,1,1,3\n")
 * sweep.groups.map(({ name }) => name) // ["rate 1", "rate 2"]
 * sweep.group("rate 2").runs.map(({ rows }) => rows[0].loss) // [2, 3]
 * (await recompute(sweep)).detail // "3 of 4 runs computed again: the same digits"
 * sweep.group("rate 3") // throws /sweep t has no group "rate 3" \(it has "rate 1", "rate 2"\)/
 */
export function sweepOf<S extends Settings, C extends string>(
  name: string,
  experiment: Experiment<S, C>,
  declaration: SweepDeclaration,
  text: string,
): Sweep<S, C> {
  let runs: FinishedRun<S, C>[];
  const plan = planSweep(experiment, declaration);
  try {
    const results = fromCsv(plan, text);
    runs = plan.runs.map((run, k) => ({ ...run, rows: results[k] }));
  } catch (error) {
    throw new Error(`data/sweeps/${name}.csv, ${(error as Error).message}`);
  }
  const groups: SweepGroup<S, C>[] = [];
  for (let k = 0; k < runs.length; k += plan.seeds.length) {
    const { configuration, settings } = runs[k];
    groups.push({
      name: groupName(plan, runs[k]),
      configuration,
      settings,
      index: experiment.index,
      runs: runs.slice(k, k + plan.seeds.length),
    });
  }
  const named = <T>(kind: string, list: readonly T[], nameOf: (item: T) => string, wanted: string): T => {
    const found = list.find((item) => nameOf(item) === wanted);
    if (found) return found;
    const known = list.map((item) => `"${nameOf(item)}"`).join(", ") || "none";
    throw new Error(`sweep ${name} has no ${kind} "${wanted}" (it has ${known})`);
  };
  return {
    name,
    declaration,
    plan,
    seeds: plan.seeds,
    runs,
    groups,
    group: (wanted) => named("group", groups, (group) => group.name, wanted),
    claim: (id) => ({
      ...named("claim", declaration.claims ?? [], (claim) => claim.id, id),
      seeds: plan.seeds.length,
    }),
  };
}

/** The configuration and what changes among its runs; without configurations what changes at all. */
function groupName<S extends Settings>(plan: SweepPlan<S, string>, run: SweepRun<S>): string {
  const rivals = plan.runs.filter(({ configuration }) => configuration === run.configuration);
  const changing = plan.varied.filter((key) =>
    rivals.some(({ settings }) => settings[key] !== run.settings[key]),
  );
  const given = changing.map((key) => `${key} ${run.settings[key]}`);
  return [run.configuration, ...given].filter(Boolean).join(", ") || "defaults";
}

/** What came of computing runs of a sweep again; `nb.check` of a notebook takes it as it is. */
export interface Recomputation {
  /** The sweep's name. */
  readonly name: string;
  /** Whether all that was compared is the same, to the last bit. */
  readonly ok: boolean;
  /** A sentence that is the same every time; where a digit differs, run, row, column and both values. */
  readonly detail: string;
  /** Runs with the same digits, of those that were chosen, and the values in them. */
  readonly equal: { readonly runs: number; readonly values: number };
  /** How many runs were chosen. */
  readonly chosen: number;
}

/**
 * Computes some runs of a committed sweep again, others each time, and compares every digit, up to the first run that
 * differs.
 * @param options.runs how many, 3 unless given; all where there are fewer
 * @throws if a run throws, or is aborted
 * @example
 * // not executed: nb.check(await recompute(readSweep("rings-configurations", ringsMomentum)))
 * // ✓ rings-configurations: 3 of 60 runs computed again: the same digits
 */
export async function recompute<S extends Settings, C extends string>(
  { name, plan, runs }: Pick<Sweep<S, C>, "name" | "plan" | "runs">,
  { runs: count = 3, signal, onProgress }: RunOptions & { runs?: number } = {},
): Promise<Recomputation> {
  const left = [...runs];
  const chosen = Math.min(count, runs.length);
  let values = 0;
  for (let k = 0; k < chosen; k++) {
    const [run] = left.splice(randomInt(left.length), 1);
    const share = (part: number) => onProgress?.((k + part) / chosen);
    const computed = await plan.experiment.run(run.settings, run.seed, { signal, onProgress: share });
    const difference = compareRows(run.rows, computed, plan.experiment.index);
    if (difference) {
      const detail = describeDifference(nameOfRun(plan, run), difference);
      return { name, ok: false, detail, equal: { runs: k, values }, chosen };
    }
    values += computed.length * Object.keys(plan.experiment.columns).length;
  }
  const detail = `${chosen} of ${runs.length} runs computed again: the same digits`;
  return { name, ok: true, detail, equal: { runs: chosen, values }, chosen };
}
