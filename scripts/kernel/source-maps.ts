/**
 * From the JavaScript that runs back to the TypeScript that was written. tslab compiles in two steps (TypeScript to
 * modern JavaScript, then modules to CommonJS) and keeps no map of either; both are asked for here and followed back.
 */
import { SourceMap, type SourceMapPayload } from "node:module";
import { basename, resolve } from "node:path";

export interface Place {
  file: string;
  line: number;
  column: number;
  /** The line itself, where the source is known. */
  text?: string;
}

interface Steps {
  source: string;
  toModern: SourceMapPayload;
  toCommonJs: SourceMapPayload;
}

interface CellSteps extends Steps {
  lines: number;
}

const CELL_SOURCE = "__tslab__.ts";
const LINES_BEFORE_CELL = 1; // tslab puts "export {};" above a cell's code
const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;
const MAP_COMMENT = /\n\/\/# sourceMappingURL=\S+\s*$/;

const bySource = new Map<string, Steps>();
let lastCell: Steps | undefined;
const byCell = new Map<string, CellSteps>();

/** The map that the compiler has put at the end of the JavaScript it made. */
export function inlinedMap(code: string): SourceMapPayload | undefined {
  const inline = INLINE_MAP.exec(code);
  return inline ? JSON.parse(Buffer.from(inline[1], "base64").toString()) : undefined;
}

export const withoutMapComment = (code: string): string => code.replace(MAP_COMMENT, "\n");

export const isCellSource = (map: SourceMapPayload): boolean => basename(map.sources[0]) === CELL_SOURCE;

export function keepMaps(toModern: SourceMapPayload, toCommonJs: SourceMapPayload): void {
  const source = resolve(toModern.sources[0].replace(/^(\.\.\/)+/, "")); // given relative to a folder that does not exist
  const steps = { source, toModern, toCommonJs };
  bySource.set(source.replace(/\.tsx?$/, ".js"), steps);
  if (isCellSource(toModern)) {
    lastCell = steps;
  }
}

/** Every cell compiles to the same file name; `name` is what its code runs under. */
export function nameLastCell(name: string, code: string): void {
  if (lastCell) {
    byCell.set(name, { ...lastCell, lines: code.split("\n").length });
  }
}

/** Lines and columns count from 1. */
export function originalPosition(file: string, line: number, column: number): Place | undefined {
  const cell = byCell.get(file);
  const steps = cell ?? bySource.get(file);
  if (!steps) {
    return { file, line, column };
  }
  const modern = find(steps.toCommonJs, line, column);
  // The last line is the call of the function that tslab wraps around a cell.
  const original = modern && line !== cell?.lines && find(steps.toModern, modern.line, modern.column);
  if (!original) {
    return undefined;
  }
  const text = steps.toModern.sourcesContent?.[0]?.split("\n")[original.line - 1];
  return cell
    ? { file, line: original.line - LINES_BEFORE_CELL, column: original.column, text }
    : { file: steps.source, ...original, text };
}

function find(
  map: SourceMapPayload,
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  const entry = new SourceMap(map).findEntry(line - 1, column - 1);
  return "originalLine" in entry
    ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
    : undefined;
}
