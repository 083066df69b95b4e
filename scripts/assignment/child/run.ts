/**
 * The process inside a sandbox that runs a student's cells and calls what they define. It knows neither what is right
 * nor what it will be asked next; it answers with data.
 */
import { createRequire } from "node:module";
import vm from "node:vm";
import type { CompiledCell, Request, Response } from "../wire/messages";
import { callsOf, wordsOf } from "./calls";
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

const call = callsOf(defined, requireFromProject);

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

serve(answer, { threw: "its answer cannot be read" });
