// `npm test`: runs the notebook's cells and says of every check whether it holds.
import path from "node:path";
import { parseArgs } from "node:util";
import colour from "picocolors";
import { readCells } from "./cells";
import { command } from "./command";
import { facts, notebookFile } from "./facts";
import type { CellOutcome } from "./messages";
import { type Outcomes, runNotebook } from "./run-notebook";
import { setUpPackages } from "./set-up-steps";
import { words } from "./words";

/** A training may take minutes; what takes longer is taken for a loop without end. */
const patience = "180";

type State = "holds" | "open" | "fails" | "missing";

const colours = { holds: "green", open: "yellow", fails: "red", missing: "red" } as const;

void command(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { seconds: { type: "string", default: patience } },
  });
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 1)
    throw Object.assign(new Error(words.secondsNumber(values.seconds)), { name: "BadInput" });
  await setUpPackages();
  const cells = readCells(notebookFile);
  console.log(words.running(facts.notebook));
  const script = path.join(__dirname, "run-cells.cjs");
  const outcomes = await runNotebook(script, notebookFile, seconds, (cell, why) =>
    console.log(words.goesOn(cell, why)),
  );
  for (const { name, kind } of cells) {
    const error = outcomes.get(name)?.error;
    if (kind === "own" && error?.name === "TypeScriptError")
      print("fails", name, [words.doesNotCompile(name), error.message]);
  }
  const states = Object.keys(facts.checks).map((name) => report(name, outcomes));
  const points = Object.values(facts.checks);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const holding = states.filter((state) => state === "holds").length;
  const earned = sum(points.filter((_, k) => states[k] === "holds"));
  console.log(`\n${words.done(holding, states.length, earned, sum(points))}`);
  return holding === states.length ? 0 : 1;
});

function report(name: string, outcomes: Outcomes): State {
  const outcome = outcomes.get(name);
  const state = stateOf(outcome);
  print(state, name, linesOf(state, outcome));
  return state;
}

function stateOf(outcome: CellOutcome | undefined): State {
  if (!outcome) return "missing";
  if (!outcome.error) return "holds";
  return outcome.error.name === "Unanswered" ? "open" : "fails";
}

function linesOf(state: State, outcome: CellOutcome | undefined): string[] {
  if (state === "missing") return [words.missing];
  if (outcome?.error) return outcome.error.message.split("\n");
  return (outcome?.output.at(-1) ?? "").split("\n").filter((line) => line.startsWith("✓"));
}

const marks = { holds: "✓", open: "○", fails: "✗", missing: "✗" } as const;

function print(state: State, name: string, lines: readonly string[]): void {
  const head = `${marks[state]} ${name.replace(/^check-/, "")}: ${state === "missing" ? words.fails : words[state]}`;
  console.log(colour[colours[state]](head));
  for (const line of lines) console.log(`    ${line.replace(/^✓ /, "")}`);
}
