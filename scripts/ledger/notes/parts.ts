// A note, cut into what is read in different ways: front matter, code, formulas and prose.
import { type FoundFormula, gluedFormulas } from "./glued";

/** What a part of a note is. */
export type PartKind = "front matter" | "code" | "formula" | "prose";

/** A part of one line of a note. */
export interface Part {
  readonly kind: PartKind;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  /** Of a formula: which of the note's formulas, counted from 0; it may reach over several lines. */
  readonly formula?: number;
}

/** A formula: its first line with anything in it, and its TeX on one line. */
export interface Formula {
  readonly line: number;
  readonly tex: string;
  /** On a line of its own, as far as the note still shows it. */
  readonly displayed: boolean;
}

/** The note's parts in the order in which they stand, and its formulas. */
export interface CutNote {
  readonly parts: readonly Part[];
  readonly formulas: readonly Formula[];
}

/** Cuts a note. Every character of it is in one part, but dollar signs and the second form of glued formulas. */
export function cutNote(text: string): CutNote {
  const lines = text.split("\n");
  const parts: Part[] = [];
  const formulas: Formula[] = [];
  const add = (line: number, { tex, displayed }: { tex: string; displayed: boolean }) => {
    const rows = tex.split("\n");
    const first = rows.findIndex((row) => row.trim() !== "");
    rows.forEach((row, k) => {
      parts.push({ kind: "formula", line: line + k, text: row, formula: formulas.length });
    });
    formulas.push({ line: line + Math.max(0, first), tex: tex.replace(/\s+/g, " ").trim(), displayed });
  };
  let code: RegExp | undefined;
  for (let k = 0; k < lines.length; k++) {
    const [line, number] = [lines[k], k + 1];
    if (k === 0 && line === "---") {
      const end = lines.indexOf("---", 1);
      for (; k <= end; k++) parts.push({ kind: "front matter", line: k + 1, text: lines[k] });
      k = end;
      continue;
    }
    if (code?.test(line)) code = undefined;
    if (line === "python" || line === "import torch") code ??= /^ *•|^🧠/u;
    if (code !== undefined) {
      parts.push({ kind: "code", line: number, text: line });
      continue;
    }
    let rest = line;
    // A displayed formula may go on over the next lines.
    while ((rest.match(/\$\$/g) ?? []).length % 2 === 1 && k + 1 < lines.length) rest += `\n${lines[++k]}`;
    cutLine(rest, number, parts, add);
  }
  return { parts, formulas };
}

const DOLLARS = /\$\$([\s\S]+?)\$\$|\$([^$\n]+?)\$/g;
/** TeX that stands alone, as the web export has it in a few places. */
const BARE =
  /[A-Za-z\\](?:\\text\{[^{}]*\}|[^\u3000-\u9fff•“”:;\n])*\\(?!text)[A-Za-z](?:\\text\{[^{}]*\}|[^\u3000-\u9fff•“”:;\n])*/g;

type Add = (line: number, formula: { tex: string; displayed: boolean }) => void;

function cutLine(text: string, first: number, parts: Part[], add: Add): void {
  const marked = [...text.matchAll(DOLLARS)].map((found): FoundFormula & { block: boolean } => ({
    from: found.index,
    to: found.index + found[0].length,
    tex: found[1] ?? found[2],
    block: found[1] !== undefined,
  }));
  const isExport = /^ *•|^ {4}/.test(text) || marked.length === 0;
  const found = isExport ? withoutOverlap(marked, text) : marked;
  const lineAt = (at: number) => first + (text.slice(0, at).match(/\n/g) ?? []).length;
  const prose = (from: number, to: number) =>
    text
      .slice(from, to)
      .split("\n")
      .forEach((piece, k) => {
        if (piece !== "") parts.push({ kind: "prose", line: lineAt(from) + k, text: piece });
      });
  let at = 0;
  const alone = text.replace(/^ *•? */, "").length;
  for (const formula of found) {
    prose(at, formula.from);
    const own = formula.to - formula.from >= alone - 1;
    const start = lineAt(formula.from);
    for (const { tex, offset } of rowsOf(formula.tex))
      add(start + offset, { tex, displayed: own || formula.block === true });
    at = formula.to;
  }
  prose(at, text.length);
}

/** Formulas between dollar signs, then glued ones, then TeX that stands alone; each place once. */
function withoutOverlap(marked: (FoundFormula & { block?: boolean })[], text: string) {
  const found = [...marked];
  const free = (from: number, to: number) => found.every((one) => to <= one.from || from >= one.to);
  for (const one of gluedFormulas(text)) if (free(one.from, one.to)) found.push(one);
  for (const [tex] of text.matchAll(BARE)) {
    const own = tex.replace(/\([A-Za-z]+\)\s*$/, "").trimEnd();
    const from = text.indexOf(own);
    if (free(from, from + own.length)) found.push({ from, to: from + own.length, tex: own });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The equations of an align environment, each a formula of its own; of other TeX the whole. */
function rowsOf(tex: string): { tex: string; offset: number }[] {
  const environment = /^(\s*\\begin\{align\}\s*)([\s\S]*?)\s*\\end\{align\}\s*$/.exec(tex);
  if (environment === null) return [{ tex, offset: 0 }];
  let offset = (environment[1].match(/\n/g) ?? []).length;
  return environment[2].split("\\\\").map((row) => {
    const here = { tex: row.replace(/^\n/, ""), offset: offset + (row.startsWith("\n") ? 1 : 0) };
    offset += (row.match(/\n/g) ?? []).length;
    return here;
  });
}
