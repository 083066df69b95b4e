import path from "node:path";

/** Where things are in a course's folder, for one assignment; nbgrader's folders keep nbgrader's names. */
export interface CoursePlaces {
  readonly secret: string;
  /** How late days and rounding are dealt with. */
  readonly settings: string;
  /** Which name of a submission is which student. */
  readonly students: string;
  /** What teachers add by hand. */
  readonly manual: string;
  /** The marks as they were computed, a file a student. */
  readonly marks: string;
  readonly results: string;
  /** What all students handed in; a student's folder for the assignment is in it. */
  readonly submitted: string;
  submittedBy(student: string): string;
}

/** The places of an assignment in a course. */
export function placesIn(course: string, assignment: string): CoursePlaces {
  const at = (...names: string[]) => path.join(course, ...names);
  return {
    secret: at("secret"),
    settings: at("course.json"),
    students: at("students.json"),
    manual: at("manual", `${assignment}.json`),
    marks: at("marks", assignment),
    results: at("results", assignment),
    submitted: at("submitted"),
    submittedBy: (student) => at("submitted", student, assignment),
  };
}
