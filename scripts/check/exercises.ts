import { type Cell, joined } from "../run/notebook";

const EXERCISE = /^exercise-(\d+)$/;
const SOLUTION = "solution";

export function isSolution(cell: Cell): boolean {
  return ((cell.metadata.tags as string[] | undefined) ?? []).includes(SOLUTION);
}

/**
 * What is wrong with a notebook's exercises, as place, fault and remedy: they are numbered from 1, each is a Markdown
 * cell `exercise-N` that begins "### Exercise N", and the cells of its worked solution follow it, tagged `solution` and
 * named `exercise-N-…`.
 */
export function exerciseProblems(cells: readonly Cell[]): [string, string, string][] {
  const found: [string, string, string][] = [];
  const exercises = cells.filter((cell) => EXERCISE.test(cell.id ?? ""));
  const heading = cells.find(
    (cell) => cell.cell_type === "markdown" && /^## Exercises$/m.test(joined(cell.source)),
  );
  if (heading && exercises.length === 0) {
    const remedy = 'one Markdown cell for each, "exercise-1" with its solution behind it';
    found.push([`cell ${heading.id}`, "announces exercises, and none has a cell of its own", remedy]);
  }
  exercises.forEach((cell, k) => {
    const say = (what: string, remedy: string) => found.push([`cell ${cell.id}`, what, remedy]);
    if (cell.id !== `exercise-${k + 1}`)
      say(`is exercise ${k + 1} from the top`, `give it the id "exercise-${k + 1}"`);
    if (!joined(cell.source).startsWith(`### Exercise ${k + 1}`))
      say(`does not begin "### Exercise ${k + 1}"`, "write its heading");
    const next = cells[cells.indexOf(cell) + 1];
    if (!next || !isSolution(next) || !next.id?.startsWith(`${cell.id}-`))
      say("has no worked solution", `put cells "${cell.id}-…" with the tag "${SOLUTION}" right behind it`);
  });
  let current: string | undefined;
  cells.forEach((cell, k) => {
    if (EXERCISE.test(cell.id ?? "")) current = cell.id;
    if (!isSolution(cell)) return;
    const follows = k > 0 && (cells[k - 1].id === current || isSolution(cells[k - 1]));
    if (current && follows && cell.id?.startsWith(`${current}-`)) return;
    const remedy = `solutions stand right behind their exercise, with ids "exercise-N-…"`;
    found.push([`cell ${cell.id}`, "is a solution of no exercise", remedy]);
  });
  return found;
}
