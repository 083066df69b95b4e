import path from "node:path";
import type { Finding } from "../check/finding";
import { BadInput } from "../run/bad-input";
import { joined, type NotebookFile, readNotebook } from "../run/notebook";
import { shown } from "../run/paths";
import { listNotebooks } from "../run/select";
import { type NotebookMetadata, readMetadata, type Term, type Words } from "./metadata";

/** One notebook as a part of the collection. */
export interface Entry extends NotebookMetadata {
  name: string;
  /** "06". */
  number: string;
  /** The first heading, as Markdown. */
  title: string;
  file: NotebookFile;
}

export interface Collection {
  /** In the order of the numbers; notebooks whose metadata cannot be read are not among them. */
  entries: Entry[];
  findings: Finding[];
}

const NUMBERED = /^\d\d-/;

/** The notebooks of a folder with what they say of themselves, and what is wrong with it. */
export function readCollection(folder: string): Collection {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  const names = listNotebooks(folder).filter((name) => NUMBERED.test(name));
  for (const name of names) {
    const file = path.join(folder, `${name}.ipynb`);
    const say = (what: string) => findings.push({ place: shown(file), what, remedy: "" });
    try {
      const notebook = readNotebook(file);
      const { metadata, faults } = readMetadata(notebook.json.metadata.backpropagation);
      faults.forEach(say);
      if (metadata)
        entries.push({
          ...metadata,
          name,
          number: name.slice(0, 2),
          title: titleOf(notebook) ?? name,
          file: notebook,
        });
      if (titleOf(notebook) === undefined)
        say('does not begin with a heading, "# Title: the point in a few words"');
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      say(error.message);
    }
  }
  return {
    entries,
    findings: [...findings, ...prerequisiteFindings(entries, names), ...termFindings(entries)],
  };
}

/** The first heading of a notebook's first cell, as Markdown. */
export function titleOf(notebook: NotebookFile): string | undefined {
  return /^# +(.+)$/m.exec(joined(notebook.json.cells[0]?.source))?.[1].trim();
}

function prerequisiteFindings(entries: Entry[], names: string[]): Finding[] {
  return entries.flatMap((entry) =>
    notebooksBefore(entry).flatMap((wanted) => {
      const place = shown(entry.file.path);
      if (!names.includes(wanted)) {
        const remedy = 'name one of notebooks/, or give knowledge from elsewhere as {"en": …, "zh": …}';
        return [{ place, what: `needs "${wanted}", and there is no such notebook`, remedy }];
      }
      if (wanted < entry.name) return [];
      const what = `needs "${wanted}", which does not come before it`;
      return [{ place, what, remedy: "a prerequisite has a smaller number" }];
    }),
  );
}

/** A term has one form and one meaning in all notebooks that name it. */
function termFindings(entries: Entry[]): Finding[] {
  const first = new Map<string, { term: Term; entry: Entry }>();
  return entries.flatMap((entry) =>
    entry.terms.flatMap((term) => {
      const known = first.get(term.en.toLowerCase());
      first.set(term.en.toLowerCase(), known ?? { term, entry });
      if (!known) return [];
      if (known.entry === entry)
        return [{ place: shown(entry.file.path), what: `names the term "${term.en}" twice`, remedy: "" }];
      const differs = (["en", "zh", "meaning"] as const).find((key) => term[key] !== known.term[key]);
      if (!differs) return [];
      const what = `its term "${term.en}" differs from ${known.entry.name}'s: "${term[differs]}", there "${known.term[differs]}"`;
      return [{ place: shown(entry.file.path), what, remedy: "use the same, or leave it to the first" }];
    }),
  );
}

/** The prerequisites that are notebooks, by name. */
export function notebooksBefore({ prerequisites }: Pick<Entry, "prerequisites">): string[] {
  return prerequisites.filter((one) => typeof one === "string");
}

/** The prerequisites from elsewhere. */
export function knowledgeBefore({ prerequisites }: Pick<Entry, "prerequisites">): Words[] {
  return prerequisites.filter((one) => typeof one !== "string");
}

/** All terms with the first of the entries that names each, in the alphabet's order. */
export function allTerms<E extends { readonly terms: readonly Term[] }>(
  entries: readonly E[],
): { term: Term; entry: E }[] {
  const found = new Map<string, { term: Term; entry: E }>();
  for (const entry of entries)
    for (const term of entry.terms) {
      const key = term.en.toLowerCase();
      if (!found.has(key)) found.set(key, { term, entry });
    }
  // By code units: an alphabet of the engine's would differ between its versions.
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
