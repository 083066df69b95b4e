import { type Job, withProgress } from "../../run/progress";
import { type Screen, timeLeft } from "../../sweep/with-progress";
import type { Submission } from "./collect";
import { type ClassOutcome, type ClassRoom, gradeClass } from "./grade-class";

/** Grades a class under a progress line. */
export async function gradeWithProgress(
  submissions: readonly Submission[],
  room: ClassRoom,
  screen: Screen,
): Promise<ClassOutcome> {
  const began = Date.now();
  let outcome: ClassOutcome | undefined;
  let problem: unknown;
  const job: Job = {
    name: room.paper.id,
    unit: "submission",
    async run(line) {
      const onDone = (done: number, total: number) => {
        if (total > 0) line.at(done, total, timeLeft(began, { share: done / total }));
      };
      try {
        outcome = await gradeClass(submissions, { ...room, onDone });
      } catch (error) {
        problem = error;
        throw error;
      }
      if (room.signal.aborted) throw new Error("interrupted");
      return words(outcome, began);
    },
  };
  await withProgress([job], screen.live, screen.write);
  if (outcome === undefined) throw problem;
  return outcome;
}

function words({ graded, kept, failures }: ClassOutcome, began: number): string {
  const parts = [
    `${graded} graded`,
    kept > 0 ? `${kept} kept from before` : "",
    failures.length > 0 ? `${failures.length} failed` : "",
    `${((Date.now() - began) / 1000).toFixed(1)} s`,
  ];
  return parts.filter(Boolean).join(", ");
}
