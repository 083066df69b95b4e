// Students of the small paper with their marks, made up but for what the grader itself would say.
import { usualSettings } from "../../scripts/assignment/class/settings";
import { type Manual, type StudentMark, studentMark } from "../../scripts/assignment/class/student-mark";
import { type SubmissionMark, unreadable } from "../../scripts/assignment/mark/grade-submission";
import type { Slip } from "../../scripts/assignment/mark/part";
import { smallPaper } from "./small-paper";

/** What of each aspect was earned: 2x for x > 0 of 2, for x < 0 of 1, x² of 2.5. */
export type Earned = readonly [positive: number, negative: number, value: number];

/** A mark with these points, with these words wherever points are lost, and slips in the first part. */
export function markOf(earned: Earned, words = "not so", slips: readonly Slip[] = []): SubmissionMark {
  const points = [...earned];
  const parts = smallPaper.parts.map(({ id, title, aspects }, k) => ({
    id,
    title,
    aspects: aspects.map((aspect) => {
      const own = points.shift() as number;
      return { ...aspect, earned: own, ...(own < aspect.points && { words }) };
    }),
    ...(k === 0 && slips.length > 0 && { slips }),
  }));
  return { assignment: smallPaper.id, submission: "0a1b", parts };
}

export const unreadMark = (words: string): SubmissionMark => unreadable(smallPaper, words);

export const studentWith = (student: string, mark: SubmissionMark, manual: Manual = {}): StudentMark =>
  studentMark(student, mark, manual, usualSettings);
