// `npm run sweep`: any experiment over seeds and settings, on all cores.
import os from "node:os";
import path from "node:path";
import color from "picocolors";
import type { Row } from "../../lib/experiments/experiment";
import { planSweep, type SweepPlan } from "../../lib/sweeps/plan";
import { BadInput } from "../run/bad-input";
import { interruption } from "../run/interruption";
import { shown } from "../run/paths";
import { cache, root } from "../setup/paths";
import { parseGrid, parseWorkers } from "./arguments";
import { codeHash } from "./code-hash";
import { committed, declaredSweeps } from "./committed";
import { help, listing } from "./describe";
import { environmentRecord } from "./environment";
import { failureWords } from "./failures";
import { openJournal } from "./journal";
import { environmentFile, outputFile, tableText, writeResults } from "./output";
import { experimentOf, type Registered, readRegistry } from "./registry";
import { runPlanWithProgress, type Screen } from "./with-progress";

export interface SweepOptions {
  seeds?: string;
  set?: string[];
  out?: string;
  workers?: string;
  help?: boolean;
  committed?: boolean;
  update?: boolean;
}

/** Other places, for tests. */
export interface SweepPlaces {
  known: readonly Registered[];
  folder: string;
  cache: string;
  screen: Screen;
}

export const sweepPlaces = (): SweepPlaces => ({
  known: readRegistry(),
  folder: path.join(root, "data", "sweeps"),
  cache: path.join(cache, "sweeps"),
  screen: {
    live: process.stdout.isTTY === true && !process.env.CI,
    write: (text) => process.stdout.write(text),
  },
});

/**
 * Lists the experiments, describes one, runs one, or computes the committed sweeps again.
 * @param names of one experiment, or with `committed` of sweeps
 * @returns 0; 1 if a run failed or a digit differs; 130 when interrupted
 * @throws BadInput for what cannot be run
 */
export async function sweep(
  names: readonly string[],
  options: SweepOptions,
  places: SweepPlaces = sweepPlaces(),
): Promise<number> {
  const { known, folder, screen } = places;
  const workers = options.workers === undefined ? os.availableParallelism() : parseWorkers(options.workers);
  if (options.help && names.length > 0) {
    for (const name of names) screen.write(help(experimentOf(known, name)));
    return 0;
  }
  if (options.committed) {
    for (const name of ["seeds", "set", "out"] as const)
      if (options[name] !== undefined)
        throw new BadInput(`--committed runs what data/sweeps/NAME.json declares: leave --${name} away.`);
    return untilInterrupted(screen, async (signal) => {
      const update = options.update === true;
      return (await committed(names, { ...places, ...screen, workers, signal, update })) === 0 ? 0 : 1;
    });
  }
  if (options.update) throw new BadInput("--update belongs to --committed.");
  if (names.length === 0) {
    const sweeps = declaredSweeps(folder).map(
      ({ name, declaration }) => [name, declaration.purpose] as const,
    );
    screen.write(listing(known, sweeps));
    return 0;
  }
  if (names.length > 1)
    throw new BadInput(`One experiment at a time (${names.join(", ")} are ${names.length}).`);
  const registered = experimentOf(known, names[0]);
  const plan = planOf(registered, options);
  const file = outputFile(options.out ?? path.join(root, "reports", `${names[0]}.csv`));
  return untilInterrupted(screen, (signal) => runOne(registered, plan, { file, workers, signal, places }));
}

/** Runs `work`; on Ctrl-C and its like says what is kept, and gives 130. */
async function untilInterrupted(screen: Screen, work: (signal: AbortSignal) => Promise<number>) {
  const { signal, release } = interruption();
  try {
    const code = await work(signal);
    if (!signal.aborted) return code;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    release();
  }
  screen.write("\nInterrupted. Finished runs are kept: the same command goes on from there.\n");
  return 130;
}

/** @throws BadInput for settings or seeds that cannot be run */
function planOf({ experiment }: Registered, { seeds = "0..9", set = [] }: SweepOptions): SweepPlan {
  const grid = parseGrid(experiment, set);
  try {
    return planSweep(experiment, { seeds, set: grid });
  } catch (error) {
    throw new BadInput((error as Error).message);
  }
}

interface RunOneOptions {
  file: string;
  workers: number;
  signal: AbortSignal;
  places: SweepPlaces;
}

async function runOne(
  registered: Registered,
  plan: SweepPlan,
  { file, workers, signal, places }: RunOneOptions,
) {
  const { screen } = places;
  const { name } = registered.experiment;
  const code = await codeHash(registered);
  const journal = openJournal(places.cache, registered.experiment, code);
  const { results, failures } = await runPlanWithProgress(
    name,
    registered,
    plan,
    { journal, workers, signal },
    screen,
  );
  if (signal.aborted) return 130;
  if (failures.length > 0) {
    screen.write(`${color.red("✖")} ${failureWords(name, failures)}\n`);
    return 1;
  }
  const finished = results as (readonly Row[])[];
  writeResults(file, tableText(file, plan, finished), environmentRecord(plan, commandLine(), code));
  screen.write(
    `${shown(file)} has ${finished.flat().length} rows; ${shown(environmentFile(file))} says what made it.\n`,
  );
  return 0;
}

/** The command as it was typed. */
const commandLine = () => ["npm run sweep --", ...process.argv.slice(3)].join(" ");
