import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type Asked, askAll, outputsOf } from "../../../lib/assignment/ask";
import type { Slip } from "../../../lib/assignment/slips";
import { digestOf } from "../../../lib/mutations/digest";
import { root } from "../../setup/paths";
import { sheets } from "./sheets";
import { rightAnswers, type SlipSheet } from "./slip-sheet";
import { wrongAnswers } from "./wrong-answers";

/**
 * The known mistakes of an assignment with their digests.
 * @throws if one of them gives what is right, or what another one gives
 */
export function slipsOfSheet(sheet: SlipSheet): Slip[] {
  const right = new Map(
    [...rightAnswers(sheet)].map(([name, answers]) => [name, askAll(sheet.questions[name], answers)]),
  );
  const slips = wrongAnswers(sheet).map(({ question, id, wrong, read, answers }) => {
    const asked = askAll(sheet.questions[question], answers());
    const values = differing(asked, right.get(question) as readonly Asked[]);
    if (values.length === 0)
      throw new Error(`${sheet.assignment}: ${id} gives what is right on all cases of "${question}"`);
    return { question, id, values, digest: digestOf(outputsOf(asked, values)), wrong, read };
  });
  for (const [k, { question, digest, id }] of slips.entries()) {
    const same = slips.slice(0, k).find((slip) => slip.question === question && slip.digest === digest);
    if (same)
      throw new Error(
        `${sheet.assignment}: ${id} and ${same.id} give the same on the cases of "${question}"`,
      );
  }
  return slips;
}

/** The names of the values that are not what is right, or are there in one of the two alone. */
function differing(asked: readonly Asked[], right: readonly Asked[]): string[] {
  const names = [...new Set([...right, ...asked].flatMap(({ values }) => Object.keys(values)))];
  return names.filter((name) => digestOf(outputsOf(asked, [name])) !== digestOf(outputsOf(right, [name])));
}

const fileOf = ({ assignment }: SlipSheet) => path.join(root, "data/assignments", `${assignment}.json`);

/** The text of data/assignments/A3.json. */
export const fileText = (sheet: SlipSheet): string =>
  `${JSON.stringify({ "made by": "npm run assignment -- digests", slips: slipsOfSheet(sheet) }, null, 1)}\n`;

/** Writes the digests of all sheets; the exit code. */
export async function writeDigests(): Promise<number> {
  mkdirSync(path.join(root, "data/assignments"), { recursive: true });
  for (const sheet of sheets) {
    const [file, text] = [fileOf(sheet), fileText(sheet)];
    const moved = !existsSync(file) || readFileSync(file, "utf8") !== text;
    if (moved) await writeFileAtomic(file, text);
    const { length } = JSON.parse(text).slips;
    console.log(`${sheet.assignment}: ${length} known mistakes${moved ? ", written" : ", as they were"}`);
  }
  return 0;
}
