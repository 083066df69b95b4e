// `npm run assignment -- …`: what a teacher does with an assignment. Each module is loaded only when it runs.
import type { Command } from "commander";
import { setUp } from "../setup/setup";
import type { GradeOptions } from "./class/grade";
import type { GradeOneOptions } from "./outputs/grade-one";
import type { ReleaseOptions } from "./release/release";

/** Registers the subcommands of `assignment`; each one's exit code is handed to `finish`. */
export function addAssignmentCommands(assignment: Command, finish: (exitCode: number) => void): void {
  const subcommand = <Arguments extends unknown[]>(
    usage: string,
    summary: string,
    work: (...args: Arguments) => Promise<number>,
  ): Command =>
    assignment
      .command(usage)
      .summary(summary)
      .description(summary)
      .allowExcessArguments(false)
      .action(async (...args) => finish(await work(...(args as unknown as Arguments))));

  subcommand(
    "release <assignments...>",
    "write the students' edition of assignments, as folders and zips, into COURSE/editions",
    async (ids: string[], options: ReleaseOptions) => {
      const { assignmentOf } = await import("./assignments/all");
      const chosen = ids.map(assignmentOf);
      await setUp("assignments");
      return (await import("./release/release")).release(chosen, options);
    },
  )
    .option("--course <folder>", "the course's folder", "course")
    .option("--lang <language>", "in which checks and commands speak: en or zh", "en");

  subcommand(
    "digests",
    "write the digests of known mistakes, which checks recognize, into data/assignments",
    async () => (await import("./slips/digests")).writeDigests(),
  );

  subcommand(
    "grade <folder>",
    "grade a class: FOLDER holds an entry for each student, NAME/….ipynb, NAME.ipynb or NAME.zip",
    async (folder: string, options: GradeOptions) => {
      await setUp("assignments");
      return (await import("./class/grade")).grade(folder, options);
    },
  )
    .option("--assignment <id>", "the assignment; by the notebooks' names unless given")
    .option("--course <folder>", "the course's folder", "course")
    .option("--workers <count>", "submissions at a time; the number of cores unless given")
    .option("--only <students...>", "these students alone")
    .option("--confine <how>", "how submissions are kept from this machine: bubblewrap, container or none")
    .option("--i-trust-every-submission", "what --confine none asks for")
    .addHelpText(
      "after",
      "\nExamples:\n  npm run assignment -- grade downloads/A3\n  npm run assignment -- grade downloads/A3 --only anna ben",
    );

  subcommand(
    "grade-one <file>",
    "grade one notebook, or the one in a folder, and write the mark for Gradescope or PrairieLearn",
    async (file: string, options: GradeOneOptions) =>
      (await import("./outputs/grade-one")).gradeOne(file, options),
  )
    .requiredOption("--assignment <id>", "the assignment, for example A3")
    .requiredOption("--results <platform>", "prairielearn or gradescope")
    .requiredOption("--output <file>", "where the results go, whole or not at all")
    .option("--secret <file>", "what hidden inputs hang on; made if it is not there", "course/secret")
    .option("--confine <how>", "bubblewrap, container (within one, as root) or none", "bubblewrap")
    .option("--i-trust-every-submission", "with --confine none: run students' code with your own rights");
}
