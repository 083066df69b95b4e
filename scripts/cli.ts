// The command line. Each command's module is loaded only when it runs.
import path from "node:path";
import { Command, CommanderError } from "commander";
import { addAssignmentCommands } from "./assignment/command";
import type { HashOptions } from "./hash";
import type { LedgerOptions } from "./ledger/ledger";
import { root } from "./setup/paths";
import { setUp } from "./setup/setup";
import type { SweepOptions } from "./sweep/sweep";

const program = new Command("node scripts/main.mjs");
let exitCode = 0;

/** Registers a command; `work` gives the exit code. */
function command<Arguments extends unknown[]>(
  usage: string,
  summary: string,
  work: (...args: Arguments) => Promise<number>,
): Command {
  return program
    .command(usage)
    .summary(summary)
    .description(summary)
    .allowExcessArguments(false)
    .action(async (...args) => {
      exitCode = await work(...(args as unknown as Arguments));
    });
}

program
  .description("Notebooks in TypeScript that compute backpropagation by hand and check every number.")
  .usage("<command> [arguments]")
  .showHelpAfterError("Run `node scripts/main.mjs --help` for the commands.")
  .enablePositionalOptions()
  .exitOverride();

command(
  "start [notebooks...]",
  "set up, re-run the notebooks, compare every output, write the reports",
  start,
)
  .option("--update", "accept the new outputs into notebooks/", false)
  .option("--full", "compute all committed sweeps again first, and compare every digit", false)
  .addHelpText(
    "after",
    "\nExamples:\n  npm start\n  npm start -- 06 12\n  npm start -- A3\n  npm start -- 06 --update\n  npm start -- --full",
  );
command("set-up", "set up what is missing, and no more", async () => {
  await setUp();
  return 0;
});
command(
  "test [files...]",
  "set up, run the test suite, or the files named (`npm test -- matrix`)",
  async (files: string[]) => {
    await setUp("tests");
    return (await import("./test")).test(files);
  },
);
command(
  "lab [arguments...]",
  "set up, open JupyterLab on notebooks/ (arguments go to jupyter lab)",
  async (rest: string[]) => {
    await setUp();
    return (await import("./lab")).lab(rest);
  },
)
  .allowUnknownOption()
  .passThroughOptions();
command(
  "report [notebooks...]",
  "set up, write reports/NN-topic.html from the notebooks as they are",
  async (names: string[], options: { forStudents: boolean }) => {
    await namesExist(names);
    await setUp();
    return (await import("./report/report")).report({ notebooks: names, ...options });
  },
).option(
  "--for-students",
  "without the assignments, whose reports show the answers; removes theirs from reports/",
  false,
);
command(
  "check",
  "types, lint, formatting and the notebooks' hygiene; runs no notebook",
  async (options: { fix: boolean }) => {
    await setUp("python");
    return (await import("./check/check")).check(options);
  },
).option("--fix", "mend what can be mended without running anything", false);
command(
  "collection",
  "write what follows from the notebooks' metadata: heads, feet, GLOSSARY.md and the map",
  async () => {
    await setUp("python");
    return (await import("./collection/write")).writeCollection();
  },
);
command("clean", "remove reports, .cache and .venv (--all: node_modules too)", async () => 0).option("--all");
command(
  "bench [parts...]",
  "measure speed and memory, beside NumPy, PyTorch and tfjs-node where installed; write data/benchmarks.md",
  async (names: string[]) => {
    const { bench, chooseParts } = await import("./bench/bench");
    const parts = chooseParts(names);
    await setUp();
    return bench(parts);
  },
).addHelpText("after", "\nParts, which are printed only: rings, mnist, product, gradients, memory.");
command(
  "ledger",
  "gather the notebooks' claims into data/ledger.json, and the notes' numbers and formulas into data/note-literals.json",
  async (options: LedgerOptions) => {
    return (await import("./ledger/ledger")).ledger(options);
  },
)
  .option("--check", "write nothing: name what moved, and what is not accounted for", false)
  .option("--pending <notebook>", "the notes' numbers and formulas that await this notebook")
  .option("--unjudged", "how many await each notebook", false);
command("build-wasm", "compile lib/kernels/assembly to lib/kernels/kernels.wasm", async () => {
  await (await import("./build-wasm")).buildWasm();
  return 0;
});
command(
  "references [names...]",
  "make the reference numbers under data/ again, in a venv of their own, and compare them",
  async (names: string[], options: { update: boolean }) => {
    return (await import("./references")).references(names, options);
  },
).option("--update", "write those that differ into data/references", false);
command(
  "hash [sections...]",
  "hash the numbers that lib computes, compare with data/determinism.json",
  async (sections: string[], options: HashOptions) => {
    return (await import("./hash")).hash(sections, options);
  },
)
  .option("--update", "accept the hashes", false)
  .option("--browser", "in headless Chromium, on one thread", false)
  .option("--threads <count>", "how many threads compute")
  .option("--values <folder>", "write every result into this folder, to be compared with another run's");
command(
  "sweep [names...]",
  "run an experiment over seeds and settings on all cores (`npm run sweep` lists them)",
  async (names: string[], options: SweepOptions) => {
    return (await import("./sweep/sweep")).sweep(names, options);
  },
)
  .helpOption(false)
  .option("-h, --help", "the experiment's settings and columns")
  .option("--seeds <seeds>", "0..9 unless given; 0..99 or 1,2,40..42")
  .option(
    "--set <name=values>",
    "one value of a setting or several: momentum=0,0.9 (may be repeated)",
    collect,
  )
  .option("--out <file>", "where the table goes: FILE.csv or FILE.json")
  .option("--workers <count>", "runs at a time; the number of cores unless given")
  .option("--committed", "compute the sweeps of data/sweeps again and compare every digit")
  .option("--update", "with --committed: write their tables");
command(
  "matrix [versions...]",
  "run the test suite on several Node versions (`npm run matrix -- 20 26`)",
  async (versions: string[], options: { start: boolean }) => {
    return (await import("./matrix")).matrix(versions, options);
  },
).option("--start", "re-run the notebooks on each as well", false);
addAssignmentCommands(
  program.command("assignment").description("hand out, collect and grade the assignments of a course"),
  (code) => {
    exitCode = code;
  },
);

/** All values of an option that may be repeated. */
function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

/** A mistyped number is told before anything is downloaded for it. */
async function namesExist(notebooks: string[]): Promise<void> {
  (await import("./run/select")).selectNotebooks(path.join(root, "notebooks"), notebooks);
}

async function start(notebooks: string[], options: { update: boolean; full: boolean }): Promise<number> {
  await namesExist(notebooks);
  await setUp();
  const runNotebooks = async () => (await import("./run/start")).start({ notebooks, update: options.update });
  return options.full ? (await import("./sweep/full")).fullRun(runNotebooks) : runNotebooks();
}

/** Runs one command line; gives the exit code. A usage error is told in one line and gives 2. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}
