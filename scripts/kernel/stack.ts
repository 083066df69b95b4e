/** The lines of a stack that a reader of the notebook can use, with positions in the source as it was written. */
import { isAbsolute, relative, sep } from "node:path";
import { originalPosition } from "./source-maps";

const FRAME = /^\s+at (?:(.*) \()?(.*?):(\d+):(\d+)\)?$/;

export function readableStack(error: Error): string[] {
  if (typeof error.stack !== "string") {
    return [];
  }
  const lines = error.stack.split("\n").filter((line) => /^\s+at /.test(line));
  return lines.flatMap((line) => readableFrame(line));
}

function readableFrame(line: string): string[] {
  const match = FRAME.exec(line);
  if (!match) {
    return [];
  }
  const [, caller, file, row, column] = match;
  if (file.startsWith("node:") || /node_modules[/\\]tslab[/\\]|kernel\.bundle\.js$/.test(file)) {
    return [];
  }
  const place = originalPosition(file, Number(row), Number(column));
  const shown = `${withinProject(place.file)}:${place.line}:${place.column}`;
  return [caller ? `    at ${caller} (${shown})` : `    at ${shown}`];
}

function withinProject(file: string): string {
  const path = file.startsWith("file://") ? decodeURI(file.slice("file://".length)) : file;
  if (!isAbsolute(path)) {
    return path;
  }
  const inside = relative(process.cwd(), path);
  return inside.startsWith("..") ? path.split(sep).slice(-1)[0] : inside;
}
