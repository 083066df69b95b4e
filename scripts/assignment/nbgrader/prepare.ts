import { nbgraderOf } from "../../run/nbgrader";
import { type Cell, joined, type NotebookJson } from "../../run/notebook";
import type { StudentMark } from "../class/student-mark";
import { daysWords, inPoints } from "../outputs/feedback";
import { cleanText, plainText } from "../outputs/plain-text";
import type { HandedInCell } from "../submission/read-notebook";

/** More cells beside the answers, or longer ones, make no page that is read. */
const mostOtherCells = 100;
const longestSource = 20_000;

const missing = "// the submission has no cell of this name: what it has besides is at the end of this page";

/**
 * The notebook that nbgrader sees in a submission's place: the one that was given out, with the student's sources in
 * the answers' cells and what else was handed in behind them. So nbgrader gets a valid notebook whatever was handed in.
 * @param handedIn the code cells of the submission; undefined if it cannot be read
 */
export function preparedNotebook(
  release: NotebookJson,
  handedIn: readonly HandedInCell[] | undefined,
  student: StudentMark,
): NotebookJson {
  const answers = new Map(handedIn?.flatMap(({ gradeId, source }) => (gradeId ? [[gradeId, source]] : [])));
  const cells = release.cells.map((cell) => {
    const { grade_id: id, solution } = nbgraderOf(cell) ?? {};
    if (!handedIn || solution !== true || cell.cell_type !== "code") return cell;
    return { ...cell, source: cut(answers.get(String(id)) ?? missing) };
  });
  return {
    ...release,
    cells: [markdown("feedback", headOf(student)), ...cells, ...others(release, handedIn)],
  };
}

/** Code cells that are neither answers nor given ones, such as answers whose cell lost its name. */
function others(release: NotebookJson, handedIn: readonly HandedInCell[] = []): Cell[] {
  const ids = new Set(release.cells.map((cell) => nbgraderOf(cell)?.grade_id));
  const known = new Set(release.cells.map(({ source }) => joined(source)));
  const own = handedIn.filter(
    ({ gradeId, source }) => !(gradeId && ids.has(gradeId)) && !known.has(source) && source.trim() !== "",
  );
  if (own.length === 0) return [];
  const shown = own.slice(0, mostOtherCells).map(({ source }, k) => code(`other-${k + 1}`, cut(source)));
  return [markdown("others", "## Other cells of the submission (提交中的其他单元格)"), ...shown];
}

/** The total, what holds for the whole submission, and what this page is. */
function headOf({ student, mark, manual, total, maximum, lateDays }: StudentMark): string {
  const lines = [
    `**${literal(student)}: ${inPoints(total)} of ${inPoints(maximum)} points**`,
    mark.unreadable && `The submission could not be read (提交无法读取): ${literal(mark.unreadable)}.`,
    lateDays > 0 && `Late by ${daysWords(lateDays)} (迟交 ${lateDays} 天).`,
    manual.comment && `Comment (评语): ${literal(manual.comment)}`,
    "This page shows the answers as they were handed in; all other cells are as they were given out. Nothing was executed for it. What was checked, and how it went, stands below each check.",
    "本页显示提交的答案；其他单元格与发布时相同。本页没有运行任何代码。每个检查单元格下面写明检查了什么、结果如何。",
  ];
  return lines.filter(Boolean).join("\n\n");
}

/** Text in Markdown as it is: its punctuation means nothing. */
const literal = (text: string): string =>
  plainText(text)
    .replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\n/g, "<br>");

const cut = (source: string): string =>
  cleanText(source.length > longestSource ? `${source.slice(0, longestSource)}\n// … and so on` : source);

const markdown = (id: string, source: string): Cell => ({ cell_type: "markdown", id, metadata: {}, source });

const code = (id: string, source: string): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  execution_count: null,
  outputs: [],
  source,
});
