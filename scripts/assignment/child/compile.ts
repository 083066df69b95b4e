/**
 * The process inside a sandbox that reads cells and compiles them as the notebook's kernel does, with the same types.
 * It runs none of them.
 */
import { createConverter } from "tslab/dist/converter";
import type { CompileRequest, CompileResponse, SourceCell } from "../wire/messages";
import { namesOf } from "./names";
import { serve } from "./serve";
import { tokensOf } from "./tokens";

// lib and the packages lie beside this script
process.chdir(__dirname);
const converter = createConverter();

/** How many cells are kept as compiled: all submissions begin with the same ones. */
const mostKept = 200;

type Compiled = ReturnType<typeof converter.convert>;
const kept = new Map<string, Compiled>();

function convert(before: string, source: string): Compiled {
  const key = JSON.stringify([before, source]);
  const known = kept.get(key);
  // what was used last stands last, and what stands first goes
  kept.delete(key);
  const compiled = known ?? converter.convert(before, source);
  kept.set(key, compiled);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return compiled;
}

/** Each cell is compiled with what those before it define; one that does not compile defines nothing. */
function compile(cells: readonly SourceCell[]): CompileResponse {
  let before = "";
  const compiled = cells.map(({ name, source }) => {
    const { diagnostics, output, declOutput, hasToplevelAwait } = convert(before, source);
    if (diagnostics.length > 0)
      return {
        name,
        errors: diagnostics.map(({ start, messageText }) => ({ line: start.line + 1, message: messageText })),
      };
    before = declOutput ?? "";
    return { name, code: output ?? "", awaits: hasToplevelAwait ?? false };
  });
  return { compiled };
}

function answer(request: CompileRequest): CompileResponse {
  if ("names" in request) return { names: namesOf(request.names) };
  return "tokens" in request ? { tokens: tokensOf(request.tokens) } : compile(request.compile);
}

serve<CompileRequest, CompileResponse>(async (request) => answer(request), { failed: "the compiler failed" });
