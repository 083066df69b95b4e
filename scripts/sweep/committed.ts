// The sweeps of data/sweeps: computed again and compared, or written.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import color from "picocolors";
import type { Row } from "../../lib/experiments/experiment";
import { compareRows, describeDifference } from "../../lib/sweeps/compare";
import { parseDeclaration, type SweepDeclaration } from "../../lib/sweeps/declaration";
import { nameOfRun, planSweep, type SweepPlan } from "../../lib/sweeps/plan";
import { fromCsv, toCsv } from "../../lib/sweeps/table";
import { BadInput } from "../run/bad-input";
import { codeHash } from "./code-hash";
import { environmentRecord } from "./environment";
import { failureWords } from "./failures";
import { type Journal, openJournal } from "./journal";
import { isWritten, writeResults } from "./output";
import { experimentOf, type Registered } from "./registry";
import { runPlanWithProgress, type Screen } from "./with-progress";

/** A declared sweep, and what it is to run. */
interface Declared {
  readonly name: string;
  readonly declaration: SweepDeclaration;
}

export interface CommittedOptions extends Screen {
  /** The folder data/sweeps. */
  folder: string;
  /** Where journals are. */
  cache: string;
  known: readonly Registered[];
  workers: number;
  signal: AbortSignal;
  update: boolean;
}

/** The declarations of a folder, or those of the names. @throws BadInput for a name that has none, or a faulty one */
export function declaredSweeps(folder: string, names: readonly string[] = []): Declared[] {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const there = files
    .filter((file) => file.endsWith(".json") && !file.endsWith(".environment.json"))
    .map((file) => file.replace(/\.json$/, ""));
  const unknown = names.find((name) => !there.includes(name));
  if (unknown !== undefined)
    throw new BadInput(`There is no committed sweep "${unknown}" (there are ${there.join(", ") || "none"}).`);
  return there
    .filter((name) => names.length === 0 || names.includes(name))
    .map((name) => {
      try {
        return {
          name,
          declaration: parseDeclaration(readFileSync(path.join(folder, `${name}.json`), "utf8")),
        };
      } catch (error) {
        throw new BadInput(`data/sweeps/${name}.json: ${(error as Error).message}`);
      }
    });
}

/**
 * Computes committed sweeps again, one after another, and compares every digit; with `update` writes those that differ.
 * @returns how many do not hold: a run failed, a digit differs, or there is no table
 */
export async function committed(names: readonly string[], options: CommittedOptions): Promise<number> {
  const { folder, known, write, update } = options;
  const sweeps = declaredSweeps(folder, names).map(({ name, declaration }) => {
    try {
      const registered = experimentOf(known, declaration.experiment);
      return { name, registered, plan: planSweep(registered.experiment, declaration) };
    } catch (error) {
      throw new BadInput(`data/sweeps/${name}.json: ${(error as Error).message}`);
    }
  });
  let bad = 0;
  const compared: Journal[] = [];
  for (const sweep of sweeps) {
    const problem = update ? await updateOne(sweep, options) : await compareOne(sweep, options, compared);
    if (options.signal.aborted) return bad;
    if (problem === undefined) continue;
    bad += 1;
    write(`${color.red("✖")} ${problem}\n`);
  }
  // the next comparison begins anew
  for (const journal of compared) journal.remove();
  return bad;
}

interface Planned {
  readonly name: string;
  readonly registered: Registered;
  readonly plan: SweepPlan;
}

const allThere = (results: (readonly Row[] | undefined)[]): results is (readonly Row[])[] =>
  results.every((rows) => rows !== undefined);

async function updateOne({ name, registered, plan }: Planned, options: CommittedOptions) {
  const code = await codeHash(registered);
  const journal = openJournal(options.cache, registered.experiment, code);
  const { results, failures } = await runPlanWithProgress(
    name,
    registered,
    plan,
    { ...options, journal },
    options,
  );
  if (!allThere(results)) return failureWords(name, failures);
  const file = path.join(options.folder, `${name}.csv`);
  const command = `npm run sweep -- --committed ${name} --update`;
  const text = toCsv(plan, results);
  const same = isWritten(file, text);
  // the record is of the machine that made the bytes, so it stays where they stay
  if (!same) writeResults(file, text, environmentRecord(plan, command, code));
  options.write(`data/sweeps/${name}.csv: ${same ? "the same bytes" : "written"}\n`);
  return undefined;
}

async function compareOne(
  { name, registered, plan }: Planned,
  options: CommittedOptions,
  compared: Journal[],
) {
  const file = path.join(options.folder, `${name}.csv`);
  const advice = `npm run sweep -- --committed ${name} --update`;
  if (!existsSync(file)) return `data/sweeps/${name}.csv is missing. Make it: ${advice}`;
  let expected: Row[][];
  try {
    expected = fromCsv(plan, readFileSync(file, "utf8"));
  } catch (error) {
    return `data/sweeps/${name}.csv, ${(error as Error).message}. If the declaration is right: ${advice}`;
  }
  // What earlier sweeps computed is not looked at; only a comparison that was interrupted goes on where it was.
  const journal = openJournal(
    path.join(options.cache, "comparison", name),
    registered.experiment,
    await codeHash(registered),
  );
  const { results, failures } = await runPlanWithProgress(
    name,
    registered,
    plan,
    { ...options, journal },
    options,
  );
  if (!allThere(results)) return failureWords(name, failures);
  compared.push(journal);
  const found = plan.runs.flatMap((run, k) => {
    const difference = compareRows(expected[k], results[k], registered.experiment.index);
    return difference ? [describeDifference(nameOfRun(plan, run), difference)] : [];
  });
  if (found.length === 0) {
    options.write(`data/sweeps/${name}.csv: ${plan.runs.length} runs computed again, every digit the same\n`);
    return undefined;
  }
  const others = found.length > 1 ? `, and so on in ${found.length} of ${plan.runs.length} runs` : "";
  return `data/sweeps/${name}.csv: ${found[0]}${others}. If the new digits are right: ${advice}`;
}
