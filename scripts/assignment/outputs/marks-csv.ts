import Papa from "papaparse";
import type { StudentMark } from "../class/student-mark";
import { feedbackOf, type PartFeedback } from "./feedback";
import { plainText } from "./plain-text";

/**
 * What spreadsheets take for a formula: a cell that begins with one of these, in their full width too. An apostrophe
 * before it makes it text.
 */
const beginsFormula = /^[\s\u00a0]*[=+\-@＝＋－＠|]/;

/**
 * The table for a learning management system: a row for each student, with the points of each part, the total and its
 * maximum, late days, and all comments.
 * @param parts the parts' ids, in their order
 */
export function marksCsv(parts: readonly string[], students: readonly StudentMark[]): string {
  const fields = ["student", ...parts, "total", "maximum", "late days", "comment"];
  const data = students.map((student) => {
    const feedback = feedbackOf(student);
    const points = parts.map((id) => feedback.find((part) => part.id === id)?.points ?? 0);
    const { total, maximum, lateDays } = student;
    return [student.student, ...points, total, maximum, lateDays, commentOf(student, feedback)];
  });
  return `${Papa.unparse({ fields, data }, { escapeFormulae: beginsFormula })}\r\n`;
}

/** On one line: not every system keeps a cell of several lines together. */
function commentOf({ mark, manual }: StudentMark, feedback: readonly PartFeedback[]): string {
  const comments = [
    mark.unreadable && `The submission could not be read: ${mark.unreadable}.`,
    manual.comment,
    ...feedback.map(({ title, comment }) => comment && `${title}: ${comment}`),
  ];
  return plainText(comments.filter(Boolean).join(" ")).replace(/\s+/g, " ");
}
