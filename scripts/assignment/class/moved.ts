import type { StudentSummary } from "./summary";

/** A mark that is another one than at the last grading. */
export interface Move {
  readonly student: string;
  /** The part's id, or "total". */
  readonly part: string;
  /** Undefined where there was no such part before, or is none now. */
  readonly before?: number;
  readonly after?: number;
  readonly why: string;
}

/** All marks that moved since the last grading, with the reason; those that are new or the same are left out. */
export function movesBetween(before: readonly StudentSummary[], after: readonly StudentSummary[]): Move[] {
  const earlier = new Map(before.map((one) => [one.student, one]));
  return after.flatMap((now) => {
    const then = earlier.get(now.student);
    return then ? movesOf(then, now) : [];
  });
}

function movesOf(then: StudentSummary, now: StudentSummary): Move[] {
  const { student } = now;
  const why = reasons(then, now).join(", ");
  const names = [...new Set([...Object.keys(now.parts), ...Object.keys(then.parts)])];
  const parts = names
    .map((part) => ({ student, part, before: then.parts[part], after: now.parts[part], why }))
    .filter(({ before, after }) => before !== after);
  const total = { student, part: "total", before: then.total, after: now.total, why };
  return then.total === now.total ? parts : [...parts, total];
}

/** What is different; a total alone also moves with the course's settings. */
function reasons(then: StudentSummary, now: StudentSummary): string[] {
  const changed = [
    ["answer changed", then.key.file !== now.key.file],
    ["paper changed", then.key.paper !== now.key.paper],
    ["secret changed", then.key.secret !== now.key.secret],
    ["manual changed", JSON.stringify(then.manual) !== JSON.stringify(now.manual)],
  ] as const;
  const why = changed.flatMap(([words, differs]) => (differs ? [words] : []));
  return why.length > 0 ? why : ["course.json changed"];
}
