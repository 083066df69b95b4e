import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { BadInput } from "../../run/bad-input";
import { root } from "../../setup/paths";

/** A cell of a notebook file. */
export interface NotebookCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata?: { readonly nbgrader?: NbgraderMetadata };
  readonly outputs?: readonly unknown[];
}

/** What nbgrader says of a cell. */
export interface NbgraderMetadata {
  readonly grade_id: string;
  readonly grade: boolean;
  readonly solution: boolean;
  readonly locked: boolean;
  readonly points?: number;
}

/** A notebook with what an edition is made from. */
export interface SourceNotebook {
  readonly cells: readonly NotebookCell[];
  /** What its cells import of lib, as they write it, without "./lib/"; solutions and hidden tests left out. */
  readonly imports: readonly string[];
}

/** The source notebook of an assignment. */
export const sourceFile = ({ notebook }: { readonly notebook: string }): string =>
  `${path.resolve(root, "notebooks/assignments", notebook)}.ipynb`;

/** @throws BadInput if the file is missing or no notebook */
export function readSource(file: string): SourceNotebook {
  let cells: readonly NotebookCell[];
  try {
    ({ cells } = JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${(error as Error).message}`);
  }
  if (!Array.isArray(cells)) throw new BadInput(`${file} is no notebook: it has no list of cells`);
  const code = cells.filter(({ cell_type }) => cell_type === "code").map(sourceOf);
  return { cells, imports: [...new Set(code.flatMap((text) => libImports(withoutRegions(text))))].sort() };
}

/** A cell's text. */
export const sourceOf = ({ source }: NotebookCell): string =>
  typeof source === "string" ? source : source.join("");

/** A cell's text without what nbgrader takes out of it. */
export function withoutRegions(text: string): string {
  return text.replaceAll(/^.*BEGIN (SOLUTION|HIDDEN TESTS)[\s\S]*?END \1.*$/gm, "");
}

function libImports(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) => /^\.\/lib\/(.+)$/.exec(fileName)?.[1] ?? []);
}
