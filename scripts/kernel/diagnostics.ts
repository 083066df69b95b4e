/** What the TypeScript compiler says about a cell, as one failure with every message and the line it points at. */
import { type Failure, failure } from "./errors";

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
  const report = failure("TypeScriptError", evalue, []);
  return {
    ...report,
    traceback: ["TypeScriptError: the cell does not compile", ...diagnostics.flatMap((d) => shown(d, code))],
  };
}

function position({ file, line, column }: Diagnostic): string {
  return file ? `${file}:${line}:${column}` : `line ${line}:${column}`;
}

function shown(diagnostic: Diagnostic, code: string): string[] {
  const text = diagnostic.file ? undefined : code.split("\n")[diagnostic.line - 1];
  const head = `${position(diagnostic)} - ${diagnostic.message}`;
  if (text === undefined) {
    return [head];
  }
  const gutter = `  ${diagnostic.line} | `;
  const indent = text.slice(0, diagnostic.column - 1).replace(/[^\t]/g, " ");
  return [head, gutter + text, `${" ".repeat(gutter.length)}${indent}^`];
}
