import { readFileSync } from "node:fs";
import type { Failure } from "./execute";
import type { CodeCell } from "./notebook";
import { cellName, excerpt } from "./words";

const MAX_LINES = 12;

/** What the kernel process itself printed last: from its last error on, without the stack; "" when nothing. */
function lastPrints(kernelLog: string): string {
  let lines: string[];
  try {
    lines = readFileSync(kernelLog, "utf8").split("\n");
  } catch {
    return "";
  }
  lines = lines.filter((line) => line.trim() !== "" && !/^\s+at |^Node\.js v/.test(line));
  const error = lines.map((line) => /^\w*Error\b/.test(line)).lastIndexOf(true);
  const last = lines.slice(error >= 0 ? error : -3).slice(0, 3);
  return last.length === 0 ? "" : `\n  The kernel's last words: ${last.join("\n  ")}`;
}

function shortened(text: string): string {
  const lines = text.trimEnd().split("\n");
  return lines.length <= MAX_LINES ? lines.join("\n") : [...lines.slice(0, MAX_LINES), "…"].join("\n");
}

/** The sentence that names what stopped a notebook: where, the error's name, its text. */
export function describeFailure(
  name: string,
  code: CodeCell[],
  failure: Failure,
  timeout: number,
  kernelLog: string,
): string {
  const cell = code.find((each) => each.number === failure.number);
  const error = `${failure.name}: ${shortened(failure.text)}`;
  switch (failure.kind) {
    case "timeout":
      return (
        `${name} cell ${failure.number} ran longer than ${timeout} s and was stopped ` +
        `(${cell ? `\`${excerpt(cell.firstLine, 0, 48)}\`; ` : ""}its kernel was killed)`
      );
    case "stopped":
      return `${name} was interrupted${failure.number ? ` in cell ${failure.number}` : ""}`;
    case "start":
      return `${name}: the kernel did not start: ${error}${lastPrints(kernelLog)}`;
    case "dead":
      return `${name} ${cellName(cell)} ${error}${lastPrints(kernelLog)}`;
    case "runner":
      return `${name}: ${error}`;
    case "error":
      return cell ? `${name} ${cellName(cell)} ${error}` : `${name}: ${error}`;
  }
}
