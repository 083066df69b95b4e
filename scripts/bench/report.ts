// What the bench writes: plain Markdown, the same for the terminal and for data/benchmarks.md.

/** One topic: a heading, what was done, tables, and what else was measured. */
export interface Section {
  readonly title: string;
  readonly text: string;
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
}

/** A table of texts; each row has a cell for each column. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What computed, by name, in the order in which it is listed. */
export type Versions = Readonly<Record<string, string>>;

/**
 * A table in Markdown.
 * @throws if a row has more or fewer cells than the head
 */
export function markdownTable({ head, rows }: Table): string {
  for (const row of rows)
    if (row.length !== head.length)
      throw new Error(`markdownTable: a row has ${row.length} cells, the head has ${head.length}`);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A section in Markdown. */
export function markdownSection({ title, text, tables, notes }: Section): string {
  const parts = [`## ${title}`, text, ...tables.map(markdownTable)];
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join("\n"));
  return `${parts.join("\n\n")}\n`;
}

/** All of data/benchmarks.md. */
export function markdownReport(sections: readonly Section[], machine: Versions, versions: Versions): string {
  const facts: Table = {
    head: ["What", "Which"],
    rows: Object.entries({ ...machine, ...versions }),
  };
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`, which measures all of it anew and writes this file whole. To repeat it: let the machine " +
      "do nothing else; `npm run references -- layers` once makes a Python environment with NumPy and PyTorch, unless " +
      "`BENCH_PYTHON` names one; then `npm run bench`, five to ten minutes. `npm run bench -- rings product` measures parts " +
      "and only prints them.",
    "",
    "Where two programs are compared, each runs in a process of its own; each run times them in turn, every second run in " +
      "the opposite order. Times are medians over the runs; a ratio is the median of the runs' ratios. First rounds, in " +
      "which programs compile and fill their caches, are not counted; how long a work takes a new process is given.",
    "",
    "## Machine and versions",
    "",
    markdownTable(facts),
    "",
    sections.map(markdownSection).join("\n"),
  ].join("\n");
}
