import Table from "cli-table3";
import type { Graded } from "./journal";
import type { Move } from "./moved";
import { pointsOf, type StudentMark } from "./student-mark";
import type { Summary } from "./summary";

const style = { head: [], border: [], compact: true };

/** The class as text: marks by part, what is behind them, and what a person should look at. */
export function classTables(
  summary: Summary,
  marks: readonly StudentMark[],
  graded: readonly Graded[],
): string {
  const blocks = [
    marksTable(summary, marks, graded),
    distribution(summary),
    failures(summary),
    slips(summary),
    similar(summary),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function marksTable(summary: Summary, marks: readonly StudentMark[], graded: readonly Graded[]): string {
  const notes = new Map(graded.map(({ student, note }) => [student, note]));
  const { parts, maximum } = summary;
  const table = new Table({
    head: ["student", ...parts.map(({ id }) => id), "late", "total", "notes"],
    colAligns: ["left", ...parts.map(() => "right" as const), "right", "right", "left"],
    style,
  });
  for (const { student, mark, manual, lateDays, total } of marks) {
    const points = new Map(mark.parts.map((part) => [part.id, pointsOf(part, manual)]));
    const own = [manual.comment, notes.get(student), mark.unreadable].filter((words) => words !== undefined);
    table.push([
      student,
      ...parts.map(
        ({ id }) => `${points.get(id) ?? "—"}${manual.parts?.[id]?.points === undefined ? "" : "*"}`,
      ),
      lateDays === 0 ? "" : String(lateDays),
      String(total),
      oneLine(own.join("; ")),
    ]);
  }
  table.push(["of", ...parts.map(({ points }) => String(points)), "", String(maximum), ""]);
  const byHand = marks.some(({ manual }) =>
    Object.values(manual.parts ?? {}).some((part) => part.points !== undefined),
  );
  return `${table}${byHand ? "\n* points by hand" : ""}`;
}

/** Words that may be a student's: a line of them, without what a terminal would obey. */
const oneLine = (words: string) => {
  const line = words.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};

function distribution({ parts, totals, submissions, maximum }: Summary): string {
  if (!totals) return "";
  const table = new Table({
    head: ["part", "points", "median", "all points", "none"],
    colAligns: ["left", "right", "right", "right", "right"],
    style,
  });
  for (const { id, title, points, median, all, none } of parts)
    table.push([`${id}: ${title}`, points, median, all, none].map(String));
  const { lowest, median, highest } = totals;
  return `${counted(submissions, "student")}: from ${lowest} to ${highest} of ${maximum} points, median ${median}\n${table}`;
}

const failures = ({ failures: list }: Summary) =>
  block(
    "Could not be read or graded:",
    list.map(({ student, words }) => `${student}: ${oneLine(words)}`),
  );

const slips = ({ slips: list }: Summary) =>
  block(
    "Commonest mistakes:",
    list
      .slice(0, 15)
      .map(
        ({ question, wrong, read, students }) =>
          `${counted(students.length, "student")}, ${question}: ${wrong.en} (${read})`,
      ),
  );

const similar = ({ similar: list }: Summary) =>
  block(
    "Similar answers, for a person to look at (shares of each one's own fingerprints that the other has too):",
    list.map(
      ({ students: [a, b], shares: [x, y], functions }) =>
        `${a} ${percent(x)}, ${b} ${percent(y)}: ${functions.join(", ")}`,
    ),
  );

/** The marks that moved since the last grading. */
export const movesText = (moves: readonly Move[]): string =>
  block(
    `${counted(moves.length, "mark")} moved:`,
    moves.map(
      ({ student, part, before = "—", after = "—", why }) =>
        `${student}, ${part}: ${before} → ${after} (${why})`,
    ),
  );

const block = (head: string, lines: readonly string[]) =>
  lines.length === 0 ? "" : [head, ...lines.map((line) => `  ${line}`)].join("\n");

const percent = (share: number) => `${Math.round(100 * share)} %`;

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
