/**
 * The process inside a sandbox that reads cells and compiles them as the notebook's kernel does, with the same types.
 * It runs none of them.
 */
import { createConverter } from "tslab/dist/converter";
import type { CompileRequest, CompileResponse, SourceCell } from "../wire/messages";
import { namesOf } from "./names";
import { serve } from "./serve";

process.chdir("/project");
const converter = createConverter();

/** Each cell is compiled with what those before it define; one that does not compile defines nothing. */
function compile(cells: readonly SourceCell[]): CompileResponse {
  let before = "";
  const compiled = cells.map(({ name, source }) => {
    const { diagnostics, output, declOutput, hasToplevelAwait } = converter.convert(before, source);
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

serve<CompileRequest, CompileResponse>(
  async (request) => ("names" in request ? { names: namesOf(request.names) } : compile(request.compile)),
  { failed: "the compiler failed" },
);
