// A process that compiles a notebook's cells and runs them one after another, as the notebook's kernel does.
import { format } from "node:util";
import vm from "node:vm";
import { wrapCompiler } from "../../kernel/compiler";
import { runCell, wrapExecutor } from "../../kernel/executor";
import { installInterrupts } from "../../kernel/interrupt";
import { type DisplayData, executorModule, jupyterModule } from "../../kernel/tslab";
import { readCells } from "./cells";
import type { CellOutcome, Message, Work } from "./messages";
import { root } from "./paths";

const { createConverter } = require("tslab/dist/converter");

let output: string[] = [];

function collectOutput(): void {
  const print = (...values: unknown[]) => void output.push(format(...values));
  Object.assign(console, { log: print, info: print, debug: print, warn: print, error: print });
  jupyterModule.lastWriteDisplayData = ({ data }: DisplayData) =>
    void output.push(String(data["text/plain"] ?? ""));
}

const tell = (message: Message) => process.send?.(message);

let running = "";

/** tslab runs a cell's code with this function, after it has compiled it. */
function tellWhenCompiled(): void {
  const run = vm.runInThisContext;
  vm.runInThisContext = (code, options) => {
    tell({ runs: running });
    return run(code, options);
  };
}

async function outcomeOf(source: string, name: string): Promise<CellOutcome> {
  output = [];
  running = name;
  const { failure } = await runCell(source, name);
  return { output, error: failure && { name: failure.ename, message: failure.evalue } };
}

async function run({ notebook, without }: Work): Promise<void> {
  process.chdir(root);
  collectOutput();
  wrapCompiler();
  installInterrupts();
  wrapExecutor();
  const node = createConverter();
  executorModule.createExecutor(root, { node }, console);
  tellWhenCompiled();
  for (const { name, source } of readCells(notebook)) {
    if (without.includes(name)) continue;
    tell({ starts: name });
    tell({ ended: name, outcome: await outcomeOf(source, name) });
  }
  process.send?.({ done: true } satisfies Message, () => process.exit(0));
}

// what a cell leaves behind is its own affair: the checks after it are asked all the same
process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
process.once("message", (work: Work) => void run(work));
