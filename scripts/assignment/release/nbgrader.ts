import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { Failure, toolFailure } from "../../bootstrap/failure.mjs";
import { runTool } from "../../bootstrap/tool.mjs";
import { cache, root } from "../../setup/paths";
import type { Assignment } from "../assignments/assignment";
import { nbgraderEnvironment, nbgraderPython } from "../nbgrader/run-nbgrader";
import { inLanguage, type Language } from "./language";
import { type NotebookCell, readSource, sourceFile, sourceOf } from "./source-notebook";

const script = path.join(root, "scripts/assignment/nbgrader/release.py");

/**
 * Copies an assignment's notebook into COURSE/source and has nbgrader make the students' version of it.
 * @returns the students' version, in COURSE/release
 * @throws if nbgrader refuses, or a solution or a hidden test is left
 */
export async function releasedNotebook(
  assignment: Pick<Assignment, "id" | "notebook">,
  course: string,
  language: Language,
): Promise<string> {
  const { id } = assignment;
  const file = sourceFile(assignment);
  const { cells } = readSource(file);
  const name = `${path.basename(file, ".ipynb")}.ipynb`;
  const source = path.join(course, "source", id, name);
  mkdirSync(path.dirname(source), { recursive: true });
  const { nbformat, nbformat_minor } = JSON.parse(readFileSync(file, "utf8"));
  const notebook = { cells: inLanguage(cells, language), metadata, nbformat, nbformat_minor };
  await writeFileAtomic(source, `${JSON.stringify(notebook, null, 1)}\n`);
  await generate(id, course);
  const released = path.join(course, "release", id, name);
  for (const cell of readSource(released).cells) expectClean(cell, released);
  return released;
}

/** What opens it in the right kernel; the collection's own entries say nothing to students. */
const metadata = {
  kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
};

async function generate(id: string, course: string): Promise<void> {
  const log = path.join(cache, "logs", "nbgrader-release.log");
  const python = nbgraderPython();
  const { code, output } = await runTool(python, [script, path.resolve(course), id], {
    cwd: course,
    env: nbgraderEnvironment(python),
    log,
  });
  if (code !== 0) throw toolFailure(`nbgrader's release of ${id}`, output, log);
}

function expectClean(cell: NotebookCell, file: string): void {
  const left = /BEGIN SOLUTION|END SOLUTION|BEGIN HIDDEN TESTS|END HIDDEN TESTS/.exec(sourceOf(cell));
  if (!left && !cell.outputs?.length) return;
  const id = cell.metadata?.nbgrader?.grade_id ?? "without a grade_id";
  throw new Failure(
    `${file}: the cell ${id} still has ${left ? `"${left[0]}"` : "outputs"}.`,
    "Mark the cell as nbgrader's (solution or test) in the source notebook, and close each region that is begun.",
  );
}
