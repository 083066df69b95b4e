import type { StudentMark } from "../class/student-mark";
import type { AspectMark, PartMark, Slip } from "../mark/part";
import { plainText } from "./plain-text";

/** What is said to a student about a part, the same on all platforms. */
export interface PartFeedback {
  readonly id: string;
  readonly title: string;
  /** Points that count: those given by hand, else those that were earned. */
  readonly points: number;
  readonly maximum: number;
  /** Points that were earned, where others were given by hand. */
  readonly replaced?: number;
  /** What was earned by aspect, with the reasons. */
  readonly aspects: readonly string[];
  /** The mistakes that were recognized, each in English and Chinese. */
  readonly diagnosis: readonly string[];
  /** What the teacher wrote. */
  readonly comment?: string;
}

/** "1 day", "2 days". */
export const daysWords = (days: number): string => (days === 1 ? "1 day" : `${days} days`);

/** Points to two digits after the point, without noughts: 2, 2.5, 0.33. */
export const inPoints = (points: number): string => String(toCents(points));

/** Sums of points without the digits of binary fractions. */
export const toCents = (points: number): number => Math.round(points * 100) / 100;

export function feedbackOf({ mark, manual }: StudentMark): PartFeedback[] {
  return mark.parts.map((part) => {
    const earned = sum(part.aspects.map((aspect) => aspect.earned));
    const { points, comment } = manual.parts?.[part.id] ?? {};
    return {
      id: part.id,
      title: plainText(part.title),
      points: points ?? earned,
      maximum: sum(part.aspects.map((aspect) => aspect.points)),
      ...(points !== undefined && points !== earned && { replaced: earned }),
      aspects: part.aspects.map((aspect) => wordsFor(aspect, mark.unreadable !== undefined)),
      diagnosis: diagnosisOf(part),
      ...(comment && { comment: plainText(comment) }),
    };
  });
}

/** What the late days cost: the parts' points that are not in the total. */
export function latePenalty(student: StudentMark): number {
  const points = sum(feedbackOf(student).map((part) => part.points));
  return Math.max(0, toCents(points - student.total));
}

/** Everything that is said about a part, line by line. */
export function linesOf({ aspects, diagnosis, replaced, points, comment }: PartFeedback): string[] {
  return [
    ...aspects,
    ...diagnosis,
    ...(replaced === undefined
      ? []
      : [`Points by hand: ${inPoints(points)} instead of ${inPoints(replaced)}.`]),
    ...(comment ? [`Comment: ${comment}`] : []),
  ];
}

/** Why nothing was earned stands once, above all parts, where the file could not be read. */
function wordsFor({ title, points, earned, words }: AspectMark, isUnread: boolean): string {
  const line = `${title}: ${inPoints(earned)} of ${inPoints(points)}`;
  return plainText(words && !isUnread ? `${line}: ${words}` : line);
}

const diagnosisOf = ({ slips = [] }: PartMark): string[] => slips.map(slipWords);

const slipWords = ({ wrong, read }: Slip) =>
  plainText(`Diagnosis: ${wrong.en}\n诊断：${wrong.zh}\nTo read (参阅): ${read}`);

const sum = (numbers: readonly number[]) => toCents(numbers.reduce((total, x) => total + x, 0));
