import type { StudentMark } from "../class/student-mark";
import { daysWords, feedbackOf, inPoints, latePenalty, linesOf } from "./feedback";
import { plainText } from "./plain-text";

/** A test of an external grader as PrairieLearn shows it. */
export interface PrairieLearnTest {
  readonly name: string;
  readonly description?: string;
  readonly points: number;
  readonly max_points: number;
  readonly message?: string;
  readonly output?: string;
}

/** What PrairieLearn reads from /grade/results/results.json. */
export interface PrairieLearnResults {
  readonly gradable: boolean;
  /** From 0 to 1. */
  readonly score: number;
  readonly message: string;
  readonly format_errors?: readonly string[];
  readonly tests: readonly PrairieLearnTest[];
}

/**
 * A mark for PrairieLearn, a test for each part. A file that cannot be read is not gradable, which costs the student no
 * attempt, unless the teacher gave points for it by hand.
 */
export function prairieLearnResults(student: StudentMark): PrairieLearnResults {
  const { mark, total, maximum } = student;
  if (mark.unreadable !== undefined && total === 0) {
    const words = plainText(mark.unreadable);
    return { gradable: false, score: 0, message: words, format_errors: [words], tests: [] };
  }
  const score = maximum > 0 ? Math.min(1, Math.max(0, total / maximum)) : 0;
  return {
    gradable: true,
    score,
    message: messageOf(student),
    tests: [...testsOf(student), ...late(student)],
  };
}

function messageOf({ mark, manual, total, maximum }: StudentMark): string {
  const lines = [
    `${inPoints(total)} of ${inPoints(maximum)} points.`,
    mark.unreadable && `The submission could not be read: ${mark.unreadable}.`,
    manual.comment && `Comment: ${manual.comment}`,
  ];
  return plainText(lines.filter(Boolean).join("\n"));
}

const testsOf = (student: StudentMark): PrairieLearnTest[] =>
  feedbackOf(student).map((part) => ({
    name: part.title,
    description: part.id,
    points: part.points,
    max_points: part.maximum,
    output: linesOf(part).join("\n"),
  }));

/** PrairieLearn shows the sum of the tests' points, so what late days cost is a test too. */
function late(student: StudentMark): PrairieLearnTest[] {
  const penalty = latePenalty(student);
  if (penalty === 0) return [];
  return [{ name: `Late by ${daysWords(student.lateDays)}`, points: -penalty, max_points: 0 }];
}
