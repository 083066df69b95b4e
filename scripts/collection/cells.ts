import { type Entry, knowledgeBefore, notebooksBefore } from "./collection";
import { inMarkdown, link } from "./markdown";

/** The ids of the two cells that are generated in every notebook; their tag says so to who reads the file. */
export const HEAD = "head";
export const FOOT = "foot";
/** The id of a cell that is generated where a notebook has it: the map of all notebooks. */
export const MAP = "map";
export const GENERATED = "generated";

const titled = ({ name, number, title }: Entry) => link(`${number}. ${title}`, `${name}.ipynb`);
const glossary = link("glossary (术语表)", "../GLOSSARY.md");

/** Summary, prerequisites and neighbours of a notebook, as the source of the cell below its title. */
export function headOf(entry: Entry, entries: readonly Entry[]): string {
  const k = entries.indexOf(entry);
  const needed = [
    ...notebooksBefore(entry).map((name) => {
      const found = entries.find((each) => each.name === name);
      return found ? titled(found) : name;
    }),
    ...knowledgeBefore(entry).map(({ en, zh }) => `${inMarkdown(en)} (${inMarkdown(zh)})`),
  ];
  const ways = [
    ...(k > 0 ? [`Previous (上一篇): ${titled(entries[k - 1])}`] : []),
    ...(k < entries.length - 1 ? [`Next (下一篇): ${titled(entries[k + 1])}`] : []),
    link("all notebooks (目录)", "../README.md#the-notebooks"),
    glossary,
  ];
  return [
    `> **Summary.** ${inMarkdown(entry.summary.en)}`,
    ">",
    `> **概要。** ${inMarkdown(entry.summary.zh)}`,
    "",
    `**You need (先修):** ${needed.length === 0 ? "nothing before (无)" : needed.join("; ")}.`,
    "",
    `${ways.join(" · ")}`,
  ].join("\n");
}

/** What comes next, who builds on the notebook, and its terms, as the source of its last cell. */
export function footOf(entry: Entry, entries: readonly Entry[]): string {
  const next = entries[entries.indexOf(entry) + 1];
  const after = entries.filter((each) => notebooksBefore(each).includes(entry.name));
  const terms = entry.terms.map(({ en, zh }) => `${inMarkdown(en)} (${inMarkdown(zh)})`);
  return [
    "---",
    "",
    ...(next ? [`**Next (下一篇):** ${titled(next)}`, ""] : []),
    ...(after.length > 0 ? [`**What builds on this (后续):** ${after.map(titled).join("; ")}`, ""] : []),
    ...(terms.length > 0 ? [`**Terms introduced here (本篇术语):** ${terms.join(", ")}`, ""] : []),
    `${link("All notebooks (目录)", "../README.md#the-notebooks")} · ${glossary}`,
  ].join("\n");
}
