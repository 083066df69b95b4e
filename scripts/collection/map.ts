import { BadInput } from "../run/bad-input";
import { notebookPath, numberOf } from "../run/select";
import type { AssignmentEntry } from "./assignments";
import { type Entry, knowledgeBefore, notebooksBefore } from "./collection";
import { mapDrawing } from "./graph";
import { inMarkdown, link, table } from "./markdown";
import { sentences, type Words } from "./metadata";

/** The drawn map's file, beside the README. */
export const DRAWING = ".github/collection.svg";

/** The two lines between which a generated part of a README stands. */
const marks = (name: string) => [`<!-- ${name}: written by \`npm run collection\` -->`, `<!-- /${name} -->`];

export type Language = keyof Words;

/** The folder of the notebooks as seen from the README. */
const NOTEBOOKS = "notebooks";

const WORDS = {
  en: {
    header: ["notebook", "what it is about", "builds on"],
    alt: "Which notebook builds on which",
    assignments: ["assignment", "what it is about", "builds on", "points"],
    none: "–",
  },
  zh: {
    header: ["notebook", "内容", "先修"],
    alt: "各 notebook 的先修关系",
    assignments: ["作业", "内容", "先修", "分值"],
    none: "–",
  },
};

function firstSentence(summary: Words, language: Language): string {
  if (language === "en") return sentences(summary.en)[0];
  return summary.zh.slice(0, summary.zh.search(/[。！？]/) + 1);
}

/**
 * The map as a table: each notebook with the first sentence of its summary and what it builds on. `folder` is that of the
 * notebooks as seen from the page.
 */
export function mapTable(entries: readonly Entry[], language: Language, folder = NOTEBOOKS): string {
  const rows = entries.map((entry) => [
    link(entry.name, notebookPath(folder, entry.name)),
    inMarkdown(firstSentence(entry.summary, language)),
    needed(entry, language, folder),
  ]);
  return table(WORDS[language].header, rows);
}

/** The assignments as a table: each with its summary's first sentence, what it builds on, and its points. */
export function assignmentTable(entries: readonly AssignmentEntry[], language: Language): string {
  const rows = entries.map((entry) => [
    link(entry.name, notebookPath(NOTEBOOKS, entry.name)),
    inMarkdown(firstSentence(entry.summary, language)),
    needed(entry, language, NOTEBOOKS),
    String(entry.points),
  ]);
  return table(WORDS[language].assignments, rows);
}

function needed(entry: Pick<Entry, "prerequisites">, language: Language, folder: string): string {
  const before = [
    ...notebooksBefore(entry).map((name) => link(numberOf(name), notebookPath(folder, name))),
    ...knowledgeBefore(entry).map((words) => inMarkdown(words[language])),
  ];
  return before.join(", ") || WORDS[language].none;
}

/** The map as a cell of a notebook: the drawing, and a table in each language. */
export function mapCell(entries: readonly Entry[]): string {
  const tables = (["en", "zh"] as const).map((language) => mapTable(entries, language, ""));
  return [`![${WORDS.en.alt}](../${DRAWING})`, ...tables].join("\n\n");
}

/** The README with its map made anew between the two marks. */
export function withMap(
  readme: string,
  place: string,
  entries: readonly Entry[],
  language: Language,
): string {
  const map = `![${WORDS[language].alt}](${DRAWING})\n\n${mapTable(entries, language)}`;
  return between("collection", map, readme, `${place} has no place for the map of the notebooks`);
}

/** The README with its table of the assignments made anew; where there are none it needs no place for them. */
export function withAssignments(
  readme: string,
  place: string,
  entries: readonly AssignmentEntry[],
  language: Language,
): string {
  if (entries.length === 0) return readme;
  const fault = `${place} has no place for the table of the assignments`;
  return between("assignments", assignmentTable(entries, language), readme, fault);
}

/** A text with the part between its two marks made anew. */
function between(name: string, part: string, text: string, fault: string): string {
  const [first, last] = marks(name);
  const [begin, end] = [text.indexOf(first), text.indexOf(last)];
  if (begin < 0 || end < begin) throw new BadInput(`${fault}: write the lines ${first} and ${last}.`);
  return `${text.slice(0, begin)}${first}\n\n${part}\n\n${text.slice(end)}`;
}

/** The drawn map as a picture. */
export function drawing(entries: readonly Entry[]): string {
  const nodes = entries.map((entry) => ({ ...entry, before: notebooksBefore(entry) }));
  return `${mapDrawing(nodes, WORDS.en.alt)}\n`;
}
