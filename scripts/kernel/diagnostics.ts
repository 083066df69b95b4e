/** What the TypeScript compiler says about a cell, as one failure with every message and the line it points at. */
import { type Failure, failure } from "./errors";
import { excerpt } from "./stack";

interface Diagnostic {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** tslab prints a diagnostic as `console.error("%s%d:%d - %s", "lib/x.ts " or "", line, column, message)`. */
export function isDiagnostic(printed: unknown[]): boolean {
  return printed.length === 5 && printed[0] === "%s%d:%d - %s";
}

export function compileFailure(printed: unknown[][], code: string): Failure {
  const diagnostics: Diagnostic[] = [];
  for (const [, file, line, column, message] of printed) {
    const last = diagnostics.at(-1);
    if (last && last.line === line && last.column === column && file === "") {
      last.message += `\n    ${message}`; // tslab prints the second half of a long message as one of its own
    } else {
      diagnostics.push({
        file: String(file).trim(),
        line: Number(line),
        column: Number(column),
        message: String(message),
      });
    }
  }
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  const evalue = `${position(first)} - ${first.message}${more}`;
  return failure(
    "TypeScriptError",
    evalue,
    diagnostics.flatMap((diagnostic) => shown(diagnostic, code)),
  );
}

function position({ file, line, column }: Omit<Diagnostic, "message">): string {
  return file ? `${file}:${line}:${column}` : `line ${line}:${column}`;
}

function shown({ file, line, column, message }: Diagnostic, code: string): string[] {
  const text = file ? undefined : code.split("\n")[line - 1];
  return [`${position({ file, line, column })} - ${message}`, ...excerpt({ line, column, text })];
}
