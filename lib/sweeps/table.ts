import Papa from "papaparse";
import type { Row, Settings } from "../experiments/experiment";
import { nameOfRun, type SweepPlan } from "./plan";

/** A cell of a table of results. */
type Cell = number | string | boolean;

/**
 * The names of a table's columns: configuration where parts have names, the settings that were asked for, seed, the
 * experiment's columns.
 * @example
 * const experiment = { columns: { epoch: {}, loss: {} } }
 * columnNames({ experiment, named: true, varied: ["rate"] }) // ["configuration", "rate", "seed", "epoch", "loss"]
 */
export function columnNames<S extends Settings, C extends string>({
  experiment,
  named,
  varied,
}: Pick<SweepPlan<S, C>, "experiment" | "named" | "varied">): string[] {
  return [...(named ? ["configuration"] : []), ...varied, "seed", ...Object.keys(experiment.columns)];
}

/**
 * The rows of the table, one cell for each of columnNames.
 * @param results the rows of each run of the plan
 * @example
 * const run = { configuration: "", settings: { rate: 2 }, seed: 4 }
 * const plan = { experiment: { columns: { loss: {} } }, named: false, varied: ["rate"], runs: [run] }
 * tableRows(plan, [[{ loss: 0.5 }, { loss: 0.25 }]]) // [[2, 4, 0.5], [2, 4, 0.25]]
 */
export function tableRows<S extends Settings, C extends string>(
  plan: SweepPlan<S, C>,
  results: readonly (readonly Row<C>[])[],
): Cell[][] {
  const columns = Object.keys(plan.experiment.columns) as C[];
  return plan.runs.flatMap(({ configuration, settings, seed }, k) => {
    const lead = [...(plan.named ? [configuration] : []), ...plan.varied.map((name) => settings[name]), seed];
    return results[k].map((row) => [...lead, ...columns.map((column) => row[column])]);
  });
}

/**
 * The table as CSV (RFC 4180, but with \n at the end of lines): numbers with as many digits as identify them, NaN as NaN.
 * @example
 * const run = { configuration: "", settings: { rate: 2 }, seed: 4 }
 * const plan = { experiment: { columns: { loss: {} } }, named: false, varied: ["rate"], runs: [run] }
 * toCsv(plan, [[{ loss: 0.1 }, { loss: NaN }]]) // "rate,seed,loss\n2,4,0.1\n2,4,NaN\n"
 */
export function toCsv<S extends Settings, C extends string>(
  plan: SweepPlan<S, C>,
  results: readonly (readonly Row<C>[])[],
): string {
  const rows = tableRows(plan, results).map((cells) => cells.map(textOf));
  return `${Papa.unparse([columnNames(plan), ...rows], { newline: "\n" })}\n`;
}

/** A number's shortest digits are fixed by the language, but −0 loses its sign. */
const textOf = (cell: Cell): string => (Object.is(cell, -0) ? "-0" : String(cell));

/**
 * The rows of each run of the plan, read from its CSV.
 * @throws if the table has other columns or runs than the plan, or a cell that is no number; the message names the line
 * @example
 * const run = { configuration: "", settings: { rate: 2 }, seed: 4 }
 * const experiment = { columns: { loss: {} }, index: [] }
 * const plan = { experiment, named: false, varied: ["rate"], runs: [run] }
 * fromCsv(plan, "rate,seed,loss\n2,4,0.1\n2,4,NaN\n") // [[{ loss: 0.1 }, { loss: NaN }]]
 * fromCsv(plan, "rate,seed,loss\n3,4,0.1\n") // throws /line 2: it should be of the run rate 2, seed 4, but begins 3,4/
 */
export function fromCsv<S extends Settings, C extends string>(
  plan: SweepPlan<S, C>,
  text: string,
): Row<C>[][] {
  const columns = Object.keys(plan.experiment.columns) as C[];
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: ",",
    newline: "\n",
    skipEmptyLines: true,
  });
  if (errors.length > 0) throw new Error(`line ${(errors[0].row ?? 0) + 1}: ${errors[0].message}`);
  const [header = [], ...lines] = data;
  const names = columnNames(plan);
  if (header.join() !== names.join())
    throw new Error(`line 1: the columns are ${header.join()}, they should be ${names.join()}`);
  const leadCells = names.length - columns.length;
  const results: Row<C>[][] = [];
  let at = 0;
  for (const run of plan.runs) {
    const lead = tableRows({ ...plan, runs: [run] }, [[{} as Row<C>]])[0].slice(0, leadCells);
    const expected = lead.map(textOf).join();
    const rows: Row<C>[] = [];
    while (at < lines.length && lines[at].slice(0, leadCells).join() === expected) {
      rows.push(rowOf(columns, lines[at].slice(leadCells), at + 2));
      at += 1;
    }
    if (rows.length === 0) {
      const begin =
        at < lines.length ? `but begins ${lines[at].slice(0, leadCells).join()}` : "but is missing";
      throw new Error(`line ${at + 2}: it should be of the run ${nameOfRun(plan, run)}, ${begin}`);
    }
    results.push(rows);
  }
  if (at < lines.length)
    throw new Error(
      `line ${at + 2}: it is of no run that is declared: ${lines[at].slice(0, leadCells).join()}`,
    );
  return results;
}

function rowOf<C extends string>(columns: readonly C[], cells: readonly string[], line: number): Row<C> {
  if (cells.length !== columns.length)
    throw new Error(`line ${line}: it has ${cells.length} results for ${columns.length} columns`);
  const entries = columns.map((column, k) => {
    const value = cells[k] === "NaN" ? Number.NaN : Number(cells[k]);
    if (cells[k].trim() === "" || (Number.isNaN(value) && cells[k] !== "NaN"))
      throw new Error(`line ${line}: ${column} is "${cells[k]}", which is no number`);
    return [column, value];
  });
  return Object.fromEntries(entries) as Row<C>;
}
