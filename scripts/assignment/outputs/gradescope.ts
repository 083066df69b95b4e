import type { StudentMark } from "../class/student-mark";
import { daysWords, feedbackOf, inPoints, latePenalty, linesOf } from "./feedback";
import { plainText } from "./plain-text";

/** A test case as Gradescope shows it. */
export interface GradescopeTest {
  readonly name: string;
  readonly number: string;
  readonly score: number;
  readonly max_score: number;
  readonly status: "passed" | "failed";
  readonly output: string;
  readonly extra_data?: Readonly<Record<string, unknown>>;
}

/** What Gradescope reads from /autograder/results/results.json. */
export interface GradescopeResults {
  /** In points; it stands instead of the sum of the tests' scores. */
  readonly score: number;
  readonly output: string;
  readonly output_format: "text";
  readonly test_output_format: "text";
  readonly test_name_format: "text";
  readonly stdout_visibility: "hidden";
  readonly extra_data: Readonly<Record<string, unknown>>;
  readonly tests: readonly GradescopeTest[];
}

/** A mark for Gradescope, a test case for each part; a file that cannot be read has score 0 and says why. */
export function gradescopeResults(student: StudentMark): GradescopeResults {
  const { mark, total, maximum, lateDays } = student;
  return {
    score: total,
    output: outputOf(student),
    // as text: what a student's cell threw is no markup
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    stdout_visibility: "hidden",
    extra_data: { assignment: mark.assignment, submission: mark.submission, maximum, late_days: lateDays },
    tests: testsOf(student),
  };
}

function outputOf(student: StudentMark): string {
  const { mark, manual, total, maximum, lateDays } = student;
  const penalty = latePenalty(student);
  const lines = [
    `${inPoints(total)} of ${inPoints(maximum)} points.`,
    mark.unreadable && `The submission could not be read: ${mark.unreadable}.`,
    penalty > 0 && `Late by ${daysWords(lateDays)}: ${inPoints(penalty)} points less.`,
    manual.comment && `Comment: ${manual.comment}`,
  ];
  return plainText(lines.filter(Boolean).join("\n"));
}

const testsOf = (student: StudentMark): GradescopeTest[] =>
  feedbackOf(student).map((part, k) => {
    const slips = student.mark.parts[k].slips ?? [];
    return {
      name: part.title,
      number: String(k + 1),
      score: part.points,
      max_score: part.maximum,
      status: part.points >= part.maximum ? "passed" : "failed",
      output: linesOf(part).join("\n"),
      ...(slips.length > 0 && { extra_data: { slips: slips.map(({ id }) => id) } }),
    };
  });
