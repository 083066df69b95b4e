import type { SubmissionMark } from "../mark/grade-submission";
import type { AspectMark, PartMark } from "../mark/part";
import type { CourseSettings } from "./settings";

/** What a teacher adds by hand; a re-grade keeps it. */
export interface Manual {
  readonly comment?: string;
  /** How many days late it was handed in; none unless given. */
  readonly lateDays?: number;
  /** By part's id; points stand instead of what was earned. */
  readonly parts?: Readonly<Record<string, { readonly points?: number; readonly comment?: string }>>;
}

/** A student's mark for an assignment: what was computed and what was added by hand. */
export interface StudentMark {
  readonly student: string;
  readonly assignment: string;
  readonly mark: SubmissionMark;
  readonly manual: Manual;
  readonly lateDays: number;
  /** After manual points and late days. */
  readonly total: number;
  readonly maximum: number;
}

/** The points that a part gives at most. */
export const maximumOf = ({ aspects }: { aspects: readonly { readonly points: number }[] }): number =>
  sum(aspects.map(({ points }) => points));

/** The points that a part earned, or those that a teacher put in their place. */
export const pointsOf = ({ id, aspects }: PartMark, { parts = {} }: Manual): number =>
  (Object.hasOwn(parts, id) ? parts[id].points : undefined) ?? earnedBy(aspects);

const earnedBy = (aspects: readonly AspectMark[]) => sum(aspects.map(({ earned }) => earned));

/** The mark that a student gets. */
export function studentMark(
  student: string,
  mark: SubmissionMark,
  manual: Manual,
  { late, rounding }: CourseSettings,
): StudentMark {
  const lateDays = manual.lateDays ?? 0;
  const taken = Math.min(late.most, late.penaltyPerDay * Math.max(0, lateDays - late.graceDays));
  const points = sum(mark.parts.map((part) => pointsOf(part, manual)));
  return {
    student,
    assignment: mark.assignment,
    mark,
    manual,
    lateDays,
    total: rounded(points * (1 - taken), rounding),
    maximum: sum(mark.parts.map(maximumOf)),
  };
}

/** To the nearest multiple; what is a half but for the last digits of the computation is rounded up. */
function rounded(points: number, step: number): number {
  const multiples = Math.floor(points / step + 0.5 + 1e-9);
  return Number((multiples * step).toFixed(9));
}

/** Hundredths are what marks are counted in; their sums stay hundredths. */
const sum = (points: readonly number[]) => Math.round(points.reduce((total, x) => total + x, 0) * 1e9) / 1e9;
