// What `npm run sweep` says about experiments.
import type { Setting } from "../../lib/experiments/settings";
import type { Registered } from "./registry";

/** Texts side by side, each column as wide as its longest text. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(
      (row) =>
        `  ${row
          .map((text, column) => text.padEnd(widths[column]))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** All experiments and committed sweeps, and what to type. */
export function listing(
  known: readonly Registered[],
  committed: readonly (readonly [string, string])[],
): string {
  const experiments = known.map(({ experiment: { name, description } }) => [name, description]);
  return [
    "Experiments:\n",
    aligned(experiments),
    committed.length > 0
      ? `\nCommitted sweeps (npm run sweep -- --committed [NAME…]):\n${aligned(committed)}`
      : "",
    `\nnpm run sweep -- ${experiments[0][0]} --help             its settings and columns\n`,
    `npm run sweep -- ${experiments[0][0]} --seeds 0..19      runs it, all settings at their defaults\n`,
  ].join("");
}

/** The settings of an experiment with their defaults, its columns, and an example. */
export function help({ experiment }: Registered): string {
  const { name, description, settings, columns } = experiment;
  const given = Object.entries(settings as Readonly<Record<string, Setting>>);
  const [first, { default: value }] = given[0];
  return [
    `${name}: ${description}\n\nSettings (name, default, meaning):\n`,
    aligned(given.map(([key, one]) => [key, `${one.default}`, `${one.doc} (${one.allowed})`])),
    "\nColumns of the results (name, unit, meaning):\n",
    aligned(Object.entries(columns).map(([key, { unit, doc }]) => [key, unit === "1" ? "" : unit, doc])),
    `\nnpm run sweep -- ${name} --seeds 0..19 --set ${first}=${value} --out results.csv\n`,
    "--set may be repeated, and a setting may have several values: a,b. All combinations are run for all seeds.\n",
    "--out ends in .csv or .json. --workers says how many runs at a time (the number of cores).\n",
  ].join("");
}
