// What an assignment's source must be beyond a notebook of the collection.
import { claimsType } from "../../../lib/notebook/claim-cells";
import { nbgraderOf } from "../../run/nbgrader";
import { type Cell, joined, type NotebookJson } from "../../run/notebook";
import { cellProblems } from "./cells";
import type { Problem } from "./problem";

/** Addresses of Markdown's links and pictures, but those of the web, of the page itself and of attachments. */
const ADDRESS = /\]\(\s*<?(?!https?:|mailto:|attachment:|#)([^)>\s]+)/g;

/** All that is wrong with an assignment's source as such. */
export function assignmentProblems({ cells }: NotebookJson): Problem[] {
  return [...cellProblems(cells), ...linkProblems(cells), ...wholeProblems(cells)];
}

/** What is wrong with a notebook of the collection that has what only an assignment has. */
export function strayProblems({ cells }: NotebookJson): Problem[] {
  const remedy = "delete it: assignments lie in notebooks/assignments";
  return cells
    .filter((cell) => nbgraderOf(cell))
    .map((cell) => [`cell ${cell.id}`, "has metadata of nbgrader", remedy]);
}

/** Nothing else of the collection lies beside the notebook that students get. */
function linkProblems(cells: readonly Cell[]): Problem[] {
  return cells
    .filter((cell) => cell.cell_type === "markdown")
    .flatMap((cell) =>
      [...withoutCode(joined(cell.source)).matchAll(ADDRESS)].map(([, address]): Problem => {
        const what = `links to "${address}", which does not lie there in the students' edition`;
        return [`cell ${cell.id}`, what, "name it in words, or give an address of the web"];
      }),
    );
}

const withoutCode = (markdown: string) =>
  markdown.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

function wholeProblems(cells: readonly Cell[]): Problem[] {
  const found: Problem[] = [];
  if (!cells.some((cell) => nbgraderOf(cell)?.grade === true))
    found.push(["", "has no cell that earns points", 'give a test cell "grade": true and "points"']);
  const last = cells.filter((cell) => cell.cell_type === "code").at(-1);
  if (last && !/\.close\(\)/.test(joined(last.source)))
    found.push([`cell ${last.id}`, "is the last, and does not close", "call assignment.close() in it"]);
  for (const cell of cells)
    if ((cell.outputs ?? []).some((output) => output.data?.[claimsType]))
      found.push([`cell ${cell.id}`, "judges claims", "do that in a notebook of the collection"]);
  return found;
}
