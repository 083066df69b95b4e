// `npm run assignment -- grade FOLDER`: a class, from what was handed in to marks for everybody who reads them.
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BadInput } from "../../run/bad-input";
import { interruption } from "../../run/interruption";
import { parseWorkers } from "../../sweep/arguments";
import type { Screen } from "../../sweep/with-progress";
import { assignments } from "../assignments/all";
import type { Assignment } from "../assignments/assignment";
import { writeOutputs } from "../outputs/write";
import { expectOutsideLibraries } from "../sandbox/bubblewrap";
import { chosenAssignment } from "./chosen-assignment";
import { collect } from "./collect";
import { type ConfineOptions, confinementFor } from "./confine";
import { placesIn } from "./course";
import { findSubmissions } from "./find/find-submissions";
import { readManuals } from "./manual";
import { type Prepared, prepare } from "./prepare";
import { report } from "./report";
import { openSecret } from "./secret";
import { readSettings } from "./settings";
import { maximumOf } from "./student-mark";
import { gradeWithProgress } from "./with-progress";

export interface GradeOptions extends ConfineOptions {
  readonly assignment?: string;
  /** The course's folder. */
  readonly course: string;
  readonly workers?: string;
  readonly only?: readonly string[];
}

/** Other places, for tests. */
export interface GradePlaces {
  readonly known: readonly Assignment[];
  readonly prepare: (assignment: Assignment) => Promise<Prepared>;
  readonly write: typeof writeOutputs;
  readonly screen: Screen;
}

export const gradePlaces = (): GradePlaces => ({
  known: assignments,
  prepare,
  write: writeOutputs,
  screen: {
    live: process.stdout.isTTY === true && !process.env.CI,
    write: (text) => process.stdout.write(text),
  },
});

/**
 * Grades what is in a folder, and what the course has of the assignment already where its mark no longer holds; writes
 * the results and shows them.
 * @returns 0; 1 if marking failed for somebody; 130 when interrupted
 * @throws BadInput for what cannot be used, before anything is graded
 */
export async function grade(
  folder: string,
  options: GradeOptions,
  { known, prepare, write, screen }: GradePlaces = gradePlaces(),
): Promise<number> {
  const workers = options.workers === undefined ? os.availableParallelism() : parseWorkers(options.workers);
  const course = path.resolve(options.course);
  for (const hidden of [folder, course]) expectHidden(hidden);
  const confinement = confinementFor(options, [folder, course]);
  const found = await findSubmissions(folder);
  const assignment = chosenAssignment(options.assignment, found, known);
  const places = placesIn(course, assignment.id);
  readSettings(places.settings);
  readManuals(places.manual, maximaOf(assignment));
  const secret = openSecret(places.secret);
  const { only } = options;
  const submissions = await collect({ folder, found, places, sought: assignment, all: known, only });
  const { paper, inside, hash, handedOut } = await prepare(assignment);
  const hashes = { paper: hash, secret: createHash("sha256").update(secret).digest("hex") };
  const room = { paper, inside: { ...inside, confinement }, secret, hashes, journal: places.marks, workers };
  const outcome = await untilInterrupted((signal) =>
    gradeWithProgress(submissions, { ...room, signal }, screen),
  );
  if (outcome !== undefined)
    return report({ course, assignment, outcome, handedOut, reader: inside.reader, write, screen });
  screen.write("\nInterrupted. Who is graded is graded: the same command goes on from there.\n");
  return 130;
}

/** What `work` gives; undefined if Ctrl-C or its like came meanwhile. */
async function untilInterrupted<Outcome>(work: (signal: AbortSignal) => Promise<Outcome>) {
  const { signal, release } = interruption();
  try {
    const outcome = await work(signal);
    return signal.aborted ? undefined : outcome;
  } finally {
    release();
  }
}

const maximaOf = ({ parts }: Assignment) =>
  Object.fromEntries(parts.map((part) => [part.id, maximumOf(part)]));

/** @throws BadInput if students' code could read the folder */
function expectHidden(folder: string): void {
  try {
    expectOutsideLibraries(existsSync(folder) ? realpathSync(folder) : folder);
  } catch (error) {
    throw new BadInput((error as Error).message);
  }
}
