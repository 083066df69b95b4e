import { median } from "../../../lib/intervals";
import type { Slip } from "../mark/part";
import type { SimilarPair } from "../similarity/similar";
import type { Graded } from "./journal";
import { maximumOf, pointsOf, type StudentMark } from "./student-mark";

/** What a class made of an assignment, as results/A3/summary.json has it. */
export interface Summary {
  readonly assignment: string;
  readonly maximum: number;
  readonly submissions: number;
  /** Of all totals; absent where there are none. */
  readonly totals?: { readonly lowest: number; readonly median: number; readonly highest: number };
  readonly parts: readonly PartSummary[];
  /** Notebooks that are missing or cannot be read, and submissions that marking failed for. */
  readonly failures: readonly { readonly student: string; readonly words: string }[];
  /** The mistakes that were recognized, the commonest first. */
  readonly slips: readonly (Slip & { readonly students: readonly string[] })[];
  readonly similar: readonly SimilarPair[];
  readonly students: readonly StudentSummary[];
}

/** What a class made of a part. */
export interface PartSummary {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly median: number;
  /** How many students have all points of it, and how many none. */
  readonly all: number;
  readonly none: number;
}

/** A student's mark with what it came from, so that the next grading can say what moved and why. */
export interface StudentSummary {
  readonly student: string;
  readonly parts: Readonly<Record<string, number>>;
  readonly lateDays: number;
  readonly total: number;
  readonly key: Graded["key"];
  readonly manual: StudentMark["manual"];
}

/** @param failed the students that marking itself failed for, with the reason */
export function summaryOf(
  assignment: string,
  graded: readonly Graded[],
  marks: readonly StudentMark[],
  failed: readonly { readonly student: string; readonly message: string }[],
  similar: readonly SimilarPair[],
): Summary {
  const keys = new Map(graded.map(({ student, key }) => [student, key]));
  const totals = marks.map(({ total }) => total);
  return {
    assignment,
    maximum: Math.max(0, ...marks.map(({ maximum }) => maximum)),
    submissions: marks.length,
    ...(totals.length > 0 && {
      totals: { lowest: Math.min(...totals), median: median(totals), highest: Math.max(...totals) },
    }),
    parts: partsOf(marks),
    failures: [
      ...marks.flatMap(({ student, mark }) =>
        mark.unreadable === undefined ? [] : [{ student, words: mark.unreadable }],
      ),
      ...failed.map(({ student, message }) => ({ student, words: `could not be graded: ${message}` })),
    ],
    slips: slipsOf(marks),
    similar,
    students: marks.flatMap((mark) => {
      const key = keys.get(mark.student);
      return key ? [{ ...pointsByPart(mark), key, manual: mark.manual }] : [];
    }),
  };
}

function pointsByPart({ student, mark, manual, lateDays, total }: StudentMark) {
  const parts = Object.fromEntries(mark.parts.map((part) => [part.id, pointsOf(part, manual)]));
  return { student, parts, lateDays, total };
}

/** In the order of the paper. */
function partsOf(marks: readonly StudentMark[]): PartSummary[] {
  const parts = new Map<string, { title: string; points: number; earned: number[] }>();
  for (const { mark, manual } of marks)
    for (const part of mark.parts) {
      const known = parts.get(part.id) ?? { title: part.title, points: maximumOf(part), earned: [] };
      known.earned.push(pointsOf(part, manual));
      parts.set(part.id, known);
    }
  return [...parts].map(([id, { title, points, earned }]) => ({
    id,
    title,
    points,
    median: median(earned),
    all: earned.filter((x) => x >= points).length,
    none: earned.filter((x) => x === 0).length,
  }));
}

function slipsOf(marks: readonly StudentMark[]): Summary["slips"] {
  const slips = new Map<string, Slip & { students: string[] }>();
  for (const { student, mark } of marks)
    for (const slip of mark.parts.flatMap((part) => part.slips ?? [])) {
      const key = `${slip.question} ${slip.id}`;
      const known = slips.get(key) ?? { ...slip, students: [] };
      if (!known.students.includes(student)) known.students.push(student);
      slips.set(key, known);
    }
  return [...slips]
    .sort(([a, x], [b, y]) => y.students.length - x.students.length || (a < b ? -1 : 1))
    .map(([, slip]) => slip);
}
