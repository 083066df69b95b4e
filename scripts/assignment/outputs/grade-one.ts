// `npm run assignment -- grade-one FILE`: one submission, for a platform that calls the grader for each.
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { BadInput } from "../../run/bad-input";
import { shown } from "../../run/paths";
import { assignmentOf, assignments } from "../assignments/all";
import type { Assignment } from "../assignments/assignment";
import { type ConfineOptions, confinementFor } from "../class/confine";
import { choose } from "../class/find/choose";
import { notebooksInFolder } from "../class/find/folder";
import { type Prepared, prepare } from "../class/prepare";
import { openSecret } from "../class/secret";
import { usualSettings } from "../class/settings";
import { studentMark } from "../class/student-mark";
import { Compiler } from "../mark/compiler";
import { gradeSubmission, type SubmissionMark, unreadable } from "../mark/grade-submission";
import { type Platform, platforms, resultsJson } from "./results-json";

export interface GradeOneOptions extends ConfineOptions {
  readonly assignment: string;
  /** The platform whose format is written. */
  readonly results: string;
  readonly output: string;
  /** The file of the secret that hidden inputs hang on; it is made if it is not there. */
  readonly secret: string;
}

/**
 * Grades one notebook, or the one that a folder holds, and writes the mark as a platform reads it, whole or not at all.
 * What cannot be read is told in the results; a failure of the grader itself writes none.
 */
export async function gradeOne(handedIn: string, options: GradeOneOptions): Promise<number> {
  const assignment = assignmentOf(options.assignment);
  const platform = platformOf(options.results);
  if (!existsSync(handedIn)) throw new BadInput(`${shown(handedIn)} is not there.`);
  const secret = openSecret(options.secret);
  const confinement = confinementFor(options, [options.secret, handedIn, path.dirname(options.output)]);
  const prepared = await prepare(assignment);
  const inside = { ...prepared.inside, confinement };
  const mark = await markOf(handedIn, assignment, { ...prepared, inside }, secret);
  const student = studentMark("the submission", mark, {}, usualSettings);
  mkdirSync(path.dirname(options.output), { recursive: true });
  writeFileAtomic.sync(options.output, resultsJson(platform, student));
  console.log(`${student.total} of ${student.maximum} points: ${shown(options.output)}`);
  return 0;
}

function platformOf(name: string): Platform {
  const platform = platforms.find((known) => known === name);
  if (platform) return platform;
  throw new BadInput(`--results ${name}: it must be ${platforms.join(" or ")}.`);
}

async function markOf(
  handedIn: string,
  assignment: Assignment,
  { paper, inside }: Prepared,
  secret: Uint8Array,
): Promise<SubmissionMark> {
  const compiler = new Compiler(inside);
  const grade = (file: string) => gradeSubmission(file, paper, secret, { inside, compiler });
  try {
    return await (statSync(handedIn).isDirectory()
      ? withNotebookIn(handedIn, assignment, grade, (words) => unreadable(paper, words))
      : grade(handedIn));
  } finally {
    await compiler.stop();
  }
}

/** Grades the notebook of a folder that is the answer to an assignment, in a zip too, or says that there is none. */
async function withNotebookIn(
  folder: string,
  assignment: Assignment,
  grade: (file: string) => Promise<SubmissionMark>,
  none: (words: string) => SubmissionMark,
): Promise<SubmissionMark> {
  const { notebooks, problems } = await notebooksInFolder(folder, "the submission");
  const choice = choose(notebooks, assignment, assignments);
  if (!choice) return none(["no notebook was handed in", ...problems].join("; "));
  const copies = mkdtempSync(path.join(tmpdir(), "submission-"));
  try {
    const file = path.join(copies, `${assignment.notebook}.ipynb`);
    await choice.candidate.copyTo(file);
    return await grade(file);
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}
