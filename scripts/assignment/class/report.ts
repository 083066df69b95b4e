import path from "node:path";
import { shown } from "../../run/paths";
import { type Job, withProgress } from "../../run/progress";
import { sourceHash } from "../../sweep/code-hash";
import { type Screen, timeLeft } from "../../sweep/with-progress";
import type { Assignment } from "../assignments/assignment";
import { tokensOf } from "../child/tokens";
import type { writeOutputs } from "../outputs/write";
import { similarPairs } from "../similarity/similar";
import { readHandedIn } from "../submission/read-handed-in";
import { placesIn } from "./course";
import { classMarks } from "./final-marks";
import type { ClassOutcome } from "./grade-class";
import { movesBetween } from "./moved";
import { type KeptSummary, outputsKey, readSummary, writeResults } from "./results";
import type { StudentMark } from "./student-mark";
import { summaryOf } from "./summary";
import { classTables, movesText } from "./tables";

/** A class that has been graded. */
export interface Report {
  readonly course: string;
  readonly assignment: Assignment;
  readonly outcome: ClassOutcome;
  /** The code that students were given. */
  readonly handedOut: readonly string[];
  /** The script that reads large notebooks. */
  readonly reader: string;
  readonly write: typeof writeOutputs;
  readonly screen: Screen;
}

/**
 * Writes and shows what came of a class, and which marks moved since the last time.
 * @returns 1 if marking failed for somebody, an output could not be written, or an entry by hand is nobody's; else 0
 */
export async function report(done: Report): Promise<number> {
  const { course, assignment, outcome, handedOut, screen } = done;
  const { results, manual } = placesIn(course, assignment.id);
  const before = readSummary(results);
  const { graded, marks, strangers } = classMarks(course, assignment.id);
  const similar = similarPairs(graded, handedOut.map(tokensOf));
  const summary = summaryOf(assignment.id, graded, marks, outcome.failures, similar);
  const { problems, outputs } = await writeForOthers(done, marks, before);
  const table = classTables(summary, marks, graded);
  writeResults(results, { ...summary, outputs }, table);
  const moves = movesBetween(before?.students ?? [], summary.students);
  if (strangers.length > 0)
    problems.push(`${shown(manual)} has entries of ${strangers.join(", ")}, who handed in nothing`);
  const blocks = [table, movesText(moves), ...problems.map((problem) => `! ${problem}`)];
  screen.write(
    `\n${blocks.filter((block) => block !== "").join("\n")}\nAll of it is in ${shown(results)}.\n`,
  );
  return outcome.failures.length > 0 || problems.length > 0 ? 1 : 0;
}

/** Writes what others read, unless it was written for the same marks before. */
async function writeForOthers(
  done: Report,
  marks: readonly StudentMark[],
  before: KeptSummary | undefined,
): Promise<{ problems: string[]; outputs?: string }> {
  const { course, assignment } = done;
  const release = path.join(course, "release", assignment.id, `${assignment.notebook}.ipynb`);
  const outputs = outputsKey(marks, await sourceHash(path.join(__dirname, "../outputs/write.ts")), release);
  if (before?.outputs === outputs) return { problems: [], outputs };
  const problems = await writeWithProgress(done, marks);
  return problems.length > 0 ? { problems } : { problems, outputs };
}

/** nbgrader takes its time. */
async function writeWithProgress(
  { course, assignment, reader, write, screen }: Report,
  marks: readonly StudentMark[],
): Promise<string[]> {
  const began = Date.now();
  const read = (file: string) => readHandedIn(file, reader);
  let writing: Promise<string[]> = Promise.resolve([]);
  const job: Job = {
    name: `${assignment.id}: gradebook and feedback`,
    unit: "student",
    async run(line) {
      const onProgress = (share: number) =>
        line.at(Math.round(share * marks.length), marks.length, timeLeft(began, { share }));
      writing = write(course, assignment, marks, { read, onProgress });
      return (await writing).length > 0 ? "not all was written" : "written";
    },
  };
  await withProgress([job], screen.live, screen.write);
  return writing;
}
