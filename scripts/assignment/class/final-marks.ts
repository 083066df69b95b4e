import { placesIn } from "./course";
import { allGraded, type Graded } from "./journal";
import { manualOf, readManuals } from "./manual";
import { readSettings } from "./settings";
import { maximumOf, type StudentMark, studentMark } from "./student-mark";

/** A class as it stands on disk. */
export interface ClassMarks {
  readonly graded: readonly Graded[];
  readonly marks: readonly StudentMark[];
  /** Who has an entry by hand and has handed in nothing. */
  readonly strangers: readonly string[];
}

/**
 * The marks of an assignment, by student: what was computed, what teachers added, late days.
 * @param course the course's folder
 * @param assignment its id
 * @throws BadInput if what is kept by hand cannot be used
 */
export const finalMarks = (course: string, assignment: string): StudentMark[] => [
  ...classMarks(course, assignment).marks,
];

/** The same, with what the marks came from. */
export function classMarks(course: string, assignment: string): ClassMarks {
  const places = placesIn(course, assignment);
  const settings = readSettings(places.settings);
  const graded = allGraded(places.marks);
  const manuals = readManuals(places.manual, maximaOf(graded));
  const marks = graded.map(({ student, mark }) =>
    studentMark(student, mark, manualOf(manuals, student), settings),
  );
  const students = new Set(graded.map(({ student }) => student));
  return { graded, marks, strangers: Object.keys(manuals).filter((student) => !students.has(student)) };
}

/** The points of each part, of all marks together. */
const maximaOf = (graded: readonly Graded[]): Record<string, number> =>
  Object.fromEntries(graded.flatMap(({ mark }) => mark.parts.map((part) => [part.id, maximumOf(part)])));
