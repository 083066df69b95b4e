/** The lines of a stack that a reader of the notebook can use, with positions in the source as it was written. */
import { isAbsolute, relative, sep } from "node:path";
import { originalPosition, type Place } from "./source-maps";

const FRAME = /^\s+at (?:(.*) \()?(.*?):(\d+):(\d+)\)?$/;

interface Frame {
  caller: string | undefined;
  place: Place;
}

/** The line that threw, a mark under its column, and the calls that led there, innermost first. */
export function readableStack(error: Error): string[] {
  const frames = (error.stack ?? "").split("\n").flatMap((line) => frameOf(line) ?? []);
  const calls = frames.map(({ caller, place }) => {
    const shown = `${withinProject(place.file)}:${place.line}:${place.column}`;
    return caller ? `    at ${caller} (${shown})` : `    at ${shown}`;
  });
  return [...excerpt(frames[0]?.place), ...calls];
}

function frameOf(line: string): Frame | undefined {
  const match = FRAME.exec(line);
  if (!match) {
    return undefined;
  }
  const [, caller, file, row, column] = match;
  if (file.startsWith("node:") || /node_modules[/\\]tslab[/\\]|kernel\.bundle\.js$/.test(file)) {
    return undefined;
  }
  const place = originalPosition(file, Number(row), Number(column));
  return place && { caller, place };
}

export function excerpt(place: Omit<Place, "file"> | undefined): string[] {
  if (place?.text === undefined) {
    return [];
  }
  const gutter = `  ${place.line} | `;
  const indent = place.text.slice(0, place.column - 1).replace(/[^\t]/g, " ");
  return [gutter + place.text, `${" ".repeat(gutter.length)}${indent}^`];
}

function withinProject(file: string): string {
  const path = file.startsWith("file://") ? decodeURI(file.slice("file://".length)) : file;
  if (!isAbsolute(path)) {
    return path;
  }
  const inside = relative(process.cwd(), path);
  return inside.startsWith("..") ? path.split(sep).slice(-1)[0] : inside;
}
