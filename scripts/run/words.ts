import type { CodeCell } from "./notebook";
import { SUMMARY, type Summary } from "./summary";

/** An output that is not what the committed notebook has; compare.py finds them. */
export interface Difference {
  /** Position of the cell among all cells. */
  index: number;
  /** Position of the output in its cell, from 1. */
  output: number;
  /** The parts that differ, by MIME type or stream name; null when there is no such output. */
  old: Record<string, unknown> | null;
  new: Record<string, unknown> | null;
}

const PLOTLY = "application/vnd.plotly.v1+json";
/** The part that says most about a change comes first; the others of the same output repeat it. */
const ORDER = [PLOTLY, "error", "stdout", "stderr", "text/plain", "text/latex", "text/markdown", "text/html"];
const WIDTH = 72;

/** `text` cut to about `width` characters around position `at`. */
export function excerpt(text: string, at = 0, width = WIDTH): string {
  if (text.length <= width) return text;
  const from = Math.max(0, Math.min(at - Math.floor(width / 2), text.length - width));
  return `${from > 0 ? "…" : ""}${text.slice(from, from + width)}${from + width < text.length ? "…" : ""}`;
}

/** "1 more line", "2 more lines". */
const counted = (n: number, thing: string) => `${n} ${thing}${n === 1 ? "" : "s"}`;

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function quoted(text: string | undefined, at: number): string {
  return text === undefined ? "nothing" : JSON.stringify(excerpt(text, at));
}

function textChange(old: string, now: string): string {
  const before = old.split("\n");
  const after = now.split("\n");
  const lines = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i);
  const moved = lines.filter((i) => before[i] !== after[i]);
  const line = moved[0];
  const at = firstDifference(before[line] ?? "", after[line] ?? "");
  const place = lines.length > 1 ? `line ${line + 1}: ` : "";
  const more = moved.length > 1 ? ` (and ${counted(moved.length - 1, "more line")})` : "";
  return `${place}${quoted(before[line], at)} → ${quoted(after[line], at)}${more}`;
}

/** The leaves in which two JSON values differ, as [path, old, new]. */
export function leaves(old: unknown, now: unknown, place = ""): [string, unknown, unknown][] {
  const both = [old, now];
  if (both.every(Array.isArray)) {
    const [a, b] = both as unknown[][];
    if (a.length !== b.length) return [[`${place}.length`, a.length, b.length]];
    return a.flatMap((value, i) => leaves(value, b[i], `${place}[${i}]`));
  }
  if (both.every((value) => typeof value === "object" && value !== null && !Array.isArray(value))) {
    const [a, b] = both as Record<string, unknown>[];
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.flatMap((key) => leaves(a[key], b[key], place === "" ? key : `${place}.${key}`));
  }
  return Object.is(old, now) ? [] : [[place, old, now]];
}

function jsonChange(old: unknown, now: unknown): string {
  const moved = leaves(old, now);
  const [place, before, after] = moved[0];
  const more = moved.length > 1 ? ` (and ${counted(moved.length - 1, "more value")})` : "";
  const shown = (value: unknown) => (value === undefined ? "nothing" : excerpt(JSON.stringify(value)));
  return `${place}: ${shown(before)} → ${shown(after)}${more}`;
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value);
}

const short = (hash: string) => hash.slice(0, 8);

/** Where two closing summaries differ, each change with the cell it belongs to (undefined: the closing cell). */
function summaryChanges(old: Summary, now: Summary): { cell?: number; text: string }[] {
  const before = new Map(old.records.map((record) => [record.name, record]));
  const after = new Map(now.records.map((record) => [record.name, record]));
  const changes: { cell?: number; text: string }[] = [];
  for (const [name, record] of after) {
    const was = before.get(name);
    const cell = record.cell ?? undefined;
    const size = was && was.length !== record.length ? ` (${was.length} → ${record.length} values)` : "";
    if (!was) changes.push({ cell, text: `record '${name}' is new: hash ${short(record.hash)}` });
    else if (was.hash !== record.hash) {
      changes.push({
        cell,
        text: `record '${name}': hash ${short(was.hash)} → ${short(record.hash)}${size}`,
      });
    }
  }
  for (const name of before.keys()) if (!after.has(name)) changes.push({ text: `record '${name}' is gone` });
  const { records: _a, hash: oldHash, ...oldCounts } = old;
  const { records: _b, hash: newHash, ...newCounts } = now;
  for (const [place, was, is] of leaves(oldCounts, newCounts)) {
    changes.push({ text: `${place}: ${was ?? "nothing"} → ${is ?? "nothing"}` });
  }
  if (changes.length === 0) changes.push({ text: `hash ${short(oldHash)} → ${short(newHash)}` });
  return changes;
}

function describe(difference: Difference): { cell?: number; text: string }[] {
  const { old, new: now, output } = difference;
  if (old?.[SUMMARY] && now?.[SUMMARY]) {
    return summaryChanges(old[SUMMARY] as Summary, now[SUMMARY] as Summary);
  }
  const parts = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  const rank = (part: string) => (ORDER.includes(part) ? ORDER.indexOf(part) : ORDER.length);
  const part = parts.sort((a, b) => rank(a) - rank(b))[0];
  const name = `output ${output}, ${part === PLOTLY ? "figure" : part}`;
  const [was, is] = [old?.[part], now?.[part]];
  const structured = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  const said = (value: unknown) =>
    structured(value) ? excerpt(JSON.stringify(value)) : quoted(asText(value), 0);
  if (was === undefined) return [{ text: `${name} is new: ${said(is)}` }];
  if (is === undefined) return [{ text: `${name} is gone: ${said(was)}` }];
  if (structured(was) && structured(is)) return [{ text: `${name} ${jsonChange(was, is)}` }];
  return [{ text: `${name}, ${textChange(asText(was), asText(is))}` }];
}

/** In [7] `const z = …`, the way every message names a cell. */
export function cellName(cell: CodeCell | undefined): string {
  return cell ? `In [${cell.number}] \`${excerpt(cell.firstLine, 0, 48)}\`` : "before In [1]";
}

/** One line for each thing that moved in notebook `name`. */
export function describeDifferences(name: string, code: CodeCell[], found: Difference[]): string[] {
  return found.flatMap((difference) => {
    const own = code.find((cell) => cell.index === difference.index);
    return describe(difference).map(({ cell, text }) => {
      const place = cell === undefined ? own : (code.find((each) => each.number === cell) ?? own);
      return `${name} ${cellName(place)} ${text}`;
    });
  });
}
