/**
 * The process inside a sandbox that runs a student's cells and calls what they define. It knows neither what is right
 * nor what it will be asked next; it answers with data.
 */
import { createRequire } from "node:module";
import vm from "node:vm";
import { decode } from "../wire/decode";
import { encode } from "../wire/encode";
import type { Argument, CompiledCell, Request, Response, Target } from "../wire/messages";
import { serve } from "./serve";

/** The students' lib lies beside this script, as JavaScript. */
const requireFromProject = createRequire(`${__dirname}/cell.js`);

type Values = Record<string, unknown>;

/** As in the notebook's kernel: what the cells define; an import is a value that may be assigned. */
const defined = new Proxy({} as Values, {
  defineProperty(target, name, attributes) {
    if (name !== "__esModule") target[name as string] = attributes.get ? attributes.get() : attributes.value;
    return true;
  },
});

const results: unknown[] = [];

async function answer(request: Request): Promise<Response> {
  return "cells" in request ? runCells(request.cells) : call(request);
}

async function runCells(cells: readonly CompiledCell[]): Promise<Response> {
  for (const { name, code, awaits } of cells) {
    const wrapped = `(${awaits ? "async " : ""}function (exports, require) { ${code}\n})`;
    try {
      await vm.runInThisContext(wrapped, { filename: name })(defined, requireFromProject);
    } catch (error) {
      return { threw: wordsOf(error), cell: name };
    }
  }
  return { ran: cells.length };
}

function call(request: Extract<Request, { call: Target }>): Response {
  const { value, holder } = lookUp(request.call);
  if (typeof value !== "function") return { threw: "it is not defined, or no function" };
  let result: unknown;
  try {
    result = Reflect.apply(value, holder, request.arguments.map(argumentOf));
    results.push(result);
  } catch (error) {
    results.push(undefined);
    return { threw: wordsOf(error) };
  }
  return { values: request.want.map((at) => encode(partOf(result, at).value)) };
}

function lookUp(target: Target): { value: unknown; holder: unknown } {
  if ("defined" in target) return { value: defined[target.defined], holder: undefined };
  if ("call" in target) return partOf(results[target.call], target.at);
  const holder = requireFromProject(`./lib/${target.lib}`) as Values;
  return { value: holder[target.name], holder };
}

/** The property that a path of names leads to, and what it is a property of. */
function partOf(result: unknown, at: readonly string[]): { value: unknown; holder: unknown } {
  let [value, holder]: [unknown, unknown] = [result, undefined];
  for (const name of at) [value, holder] = [(value as Values | undefined)?.[name], value];
  return { value, holder };
}

function argumentOf(argument: Argument): unknown {
  if ("data" in argument) return decode(argument.data);
  if ("target" in argument) return lookUp(argument.target).value;
  if ("seed" in argument) return requireFromProject("./lib/random").randomState(argument.seed);
  if ("list" in argument) return argument.list.map(argumentOf);
  const named = Object.entries(argument.record).map(([name, value]) => [name, argumentOf(value)]);
  return Object.fromEntries(named);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

serve(answer, { threw: "its answer cannot be read" });
