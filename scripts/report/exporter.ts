import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { BadInput } from "../run/bad-input";
import { PLACES, shown } from "../run/paths";
import type { PageFacts } from "./facts";

/** A notebook for nbconvert, with what the template writes into header and footer. */
export interface ExportJob {
  notebook: string;
  facts: PageFacts;
}

/** What nbconvert and our template made of it; `figures` counts Plotly figures. */
export interface ExportedPage {
  html: string;
  title: string;
  titleHtml: string;
  leadHtml: string;
  description: string;
  figures: number;
}

/** The Python that has nbconvert: REPORT_PYTHON, or the project's own environment. */
function pythonPath(): string {
  const python = process.env.REPORT_PYTHON ?? PLACES.python;
  if (existsSync(python)) return python;
  throw new BadInput(`${shown(python)} is missing, so nbconvert cannot run. \`npm start\` sets it up.`);
}

/** Runs nbconvert once for all jobs: starting Python takes longer than exporting a notebook. */
export async function exportPages(jobs: ExportJob[]): Promise<(ExportedPage | { error: string })[]> {
  const child = spawn(pythonPath(), [path.join(__dirname, "python", "export.py")], {
    // The reader's own Jupyter settings must not change the page.
    env: { ...process.env, JUPYTER_NO_CONFIG: "1", PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const pages: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => pages.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  child.stdin.on("error", () => {}); // a Python that died early is told by its exit code
  child.stdin.end(JSON.stringify(jobs.map((job) => ({ ...job, images: PLACES.notebooks }))));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`nbconvert stopped with code ${code}:\n${Buffer.concat(complaints)}`);
  return JSON.parse(Buffer.concat(pages).toString("utf8"));
}
