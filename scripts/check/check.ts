import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import color from "picocolors";
import { collectionFindings } from "../collection/generated";
import { PLACES, ROOT, shown } from "../run/paths";
import { checkStyle, checkTypes } from "./code";
import { type Finding, inWords } from "./finding";
import { fixNotebooks, type Judgement, nameFindings, notebookFiles, notebookFindings } from "./notebooks";
import { runTool } from "./run-tool";

const PYTHON_FOLDERS = ["scripts", "data", "tests"];

export interface CheckOptions {
  /** Mend what can be mended without running anything: formatting, metadata. */
  fix?: boolean;
  /** Another notebooks folder, for tests. */
  notebooks?: string;
  python?: string;
  /** False: only the notebooks. */
  code?: boolean;
  /** The folder of README and glossary; null: a folder of notebooks that is no collection. */
  documents?: string | null;
  write?: (text: string) => void;
}

interface Judged {
  notebooks: Record<string, Judgement>;
  python: Record<string, { line: number; what: string } | null>;
}

function pythonFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py") && !name.includes("node_modules"))
    .map((name) => path.join(folder, name));
}

function isJson(file: string): boolean {
  return notebookFindings(file, undefined).every(({ what }) => !what.includes("is not JSON"));
}

async function judge(python: string, notebooks: string[], scripts: string[]): Promise<Judged> {
  const input = JSON.stringify({ notebooks: notebooks.filter(isJson), python: scripts });
  const { code, out, err } = await runTool(python, [path.join(__dirname, "hygiene.py")], input);
  if (code !== 0) throw new Error(`scripts/check/hygiene.py failed:\n${err}`);
  return JSON.parse(out);
}

async function checkFiles(
  options: CheckOptions,
): Promise<{ findings: Finding[]; fixed: string[]; counted: string }> {
  const folder = options.notebooks ?? PLACES.notebooks;
  const python = options.python ?? PLACES.python;
  const notebooks = notebookFiles(folder);
  const scripts =
    options.code === false ? [] : PYTHON_FOLDERS.flatMap((each) => pythonFiles(path.join(ROOT, each)));
  const counted = `${notebooks.length} notebooks, ${scripts.length} Python files`;
  const findings = nameFindings(notebooks);
  if (notebooks.length === 0) {
    findings.push({ place: shown(folder), what: "holds no notebooks", remedy: "git checkout -- notebooks" });
  }
  if (!existsSync(python)) {
    const what =
      "is missing, so notebooks are not held against Jupyter's format and Python files not compiled";
    findings.push({ place: shown(python), what, remedy: "npm start makes it" });
    return {
      findings: [...findings, ...notebooks.flatMap((each) => notebookFindings(each, undefined))],
      fixed: [],
      counted,
    };
  }
  let judged = await judge(python, notebooks, scripts);
  const fixed = options.fix ? await fixNotebooks(judged.notebooks) : [];
  if (fixed.length > 0) judged = await judge(python, notebooks, scripts);
  findings.push(...notebooks.flatMap((each) => notebookFindings(each, judged.notebooks[each])));
  for (const [file, fault] of Object.entries(judged.python)) {
    if (fault) findings.push({ place: `${shown(file)}:${fault.line}`, what: fault.what, remedy: "" });
  }
  return { findings, fixed, counted };
}

/**
 * Types, lint, formatting, notebooks as they are committed, Python files; runs no notebook. Prints one line a
 * finding and resolves to the exit code: 0 when there is none, else 1.
 */
export async function check(options: CheckOptions = {}): Promise<number> {
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  const started = Date.now();
  const code = options.code !== false;
  const documents = options.documents === undefined ? ROOT : options.documents;
  const [types, style, files] = await Promise.all([
    code ? checkTypes() : [],
    code ? checkStyle(options.fix ?? false) : [],
    checkFiles(options),
  ]);
  const notebooks = options.notebooks ?? PLACES.notebooks;
  const together = documents === null ? [] : collectionFindings({ notebooks, documents });
  const findings = [...types, ...style, ...files.findings, ...together];
  for (const file of files.fixed) write(`${shown(file)}: written in the committed form\n`);
  for (const finding of findings) write(`${inWords(finding)}\n`);
  const seen = `${code ? "Types, lint, formatting, " : ""}${files.counted}`;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const verdict = `${findings.length === 0 ? "nothing" : findings.length} to mend`;
  write(`${(findings.length === 0 ? color.green : color.red)(`${seen}: ${verdict}`)} (${seconds} s)\n`);
  return findings.length === 0 ? 0 : 1;
}
