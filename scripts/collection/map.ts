import { BadInput } from "../run/bad-input";
import { type Entry, knowledgeBefore, notebooksBefore } from "./collection";
import { mapDrawing } from "./graph";
import { inMarkdown, link, table } from "./markdown";
import { sentences, type Words } from "./metadata";

/** The drawn map's file, beside the README. */
export const DRAWING = ".github/collection.svg";

const BEGIN = "<!-- collection: written by `npm run collection` -->";
const END = "<!-- /collection -->";

export type Language = keyof Words;

const WORDS = {
  en: {
    header: ["notebook", "what it is about", "builds on"],
    alt: "Which notebook builds on which",
    none: "–",
  },
  zh: { header: ["notebook", "内容", "先修"], alt: "各 notebook 的先修关系", none: "–" },
};

function firstSentence({ summary }: Entry, language: Language): string {
  if (language === "en") return sentences(summary.en)[0];
  return summary.zh.slice(0, summary.zh.search(/[。！？]/) + 1);
}

/**
 * The map as a table: each notebook with the first sentence of its summary and what it builds on. `folder` is that of the
 * notebooks as seen from the page.
 */
export function mapTable(entries: readonly Entry[], language: Language, folder = "notebooks/"): string {
  const { header, none } = WORDS[language];
  const rows = entries.map((entry) => {
    const before = [
      ...notebooksBefore(entry).map((name) => link(name.slice(0, 2), `${folder}${name}.ipynb`)),
      ...knowledgeBefore(entry).map((words) => inMarkdown(words[language])),
    ];
    return [
      link(entry.name, `${folder}${entry.name}.ipynb`),
      inMarkdown(firstSentence(entry, language)),
      before.join(", ") || none,
    ];
  });
  return table(header, rows);
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
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new BadInput(
      `${place} has no place for the map of the notebooks: write the lines ${BEGIN} and ${END}.`,
    );
  const map = `![${WORDS[language].alt}](${DRAWING})\n\n${mapTable(entries, language)}`;
  return `${readme.slice(0, begin)}${BEGIN}\n\n${map}\n\n${readme.slice(end)}`;
}

/** The drawn map as a picture. */
export function drawing(entries: readonly Entry[]): string {
  const nodes = entries.map((entry) => ({ ...entry, before: notebooksBefore(entry) }));
  return `${mapDrawing(nodes, WORDS.en.alt)}\n`;
}
