import { BadInput } from "../../run/bad-input";
import { nbgraderOf } from "../../run/nbgrader";
import type { NotebookJson } from "../../run/notebook";
import type { StudentMark } from "../class/student-mark";
import { feedbackOf, inPoints, latePenalty, linesOf } from "../outputs/feedback";

/** What outside_marks.py puts into a grade cell. */
export interface CellMark {
  readonly text: string;
  readonly points: number;
  /** nbgrader's manual score. */
  readonly byHand?: number;
  /** What was given by hand before and is no longer. */
  readonly noLongerByHand?: number;
}

/** A submission's marks by nbgrader's names for the cells. */
export interface CellMarks {
  readonly cells: Readonly<Record<string, CellMark>>;
  readonly latePenalty: number;
}

/** Points by hand, by cell. */
export type ByHand = Readonly<Record<string, number>>;

/** nbgrader's name for the cell that a part's points are given in. */
export const checkCell = (part: string): string => `check-${part}`;

/** @param before the points by hand of the last time */
export function cellMarks(student: StudentMark, before: ByHand = {}): CellMarks {
  const cells = feedbackOf(student).map((part): [string, CellMark] => {
    const { id, points, maximum, replaced } = part;
    const cell = checkCell(id);
    const isByHand = student.manual.parts?.[id]?.points !== undefined;
    return [
      cell,
      {
        text: `${[`${part.title}: ${inPoints(points)} of ${inPoints(maximum)} points`, ...linesOf(part)].join("\n")}\n`,
        points: replaced ?? points,
        ...(isByHand ? { byHand: points } : cell in before && { noLongerByHand: before[cell] }),
      },
    ];
  });
  return { cells: Object.fromEntries(cells), latePenalty: latePenalty(student) };
}

/** The points by hand of a submission, to be known the next time. */
export const byHandIn = ({ cells }: CellMarks): ByHand =>
  Object.fromEntries(
    Object.entries(cells).flatMap(([id, { byHand }]) => (byHand === undefined ? [] : [[id, byHand]])),
  );

/**
 * The notebook that was given out must have a grade cell for each part, and no other.
 * @throws BadInput naming the cells
 */
export function expectSameCells(release: NotebookJson, file: string, { mark }: StudentMark): void {
  const given = release.cells.flatMap((cell) => {
    const { grade, grade_id: id } = nbgraderOf(cell) ?? {};
    return grade === true ? [String(id)] : [];
  });
  const parts = mark.parts.map(({ id }) => checkCell(id));
  const only = (ones: readonly string[], others: readonly string[]) =>
    ones.filter((one) => !others.includes(one));
  const [unmarked, unheld] = [only(given, parts), only(parts, given)];
  if (unmarked.length + unheld.length === 0) return;
  const words = [
    unmarked.length > 0 && `it has ${unmarked.join(", ")}, which no part is graded for`,
    unheld.length > 0 && `it lacks ${unheld.join(", ")}`,
  ];
  throw new BadInput(
    `${file} is not the notebook that is graded: ${words.filter(Boolean).join("; ")}. Release the assignment again.`,
  );
}
