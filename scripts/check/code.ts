import { ROOT, shown } from "../run/paths";
import type { Finding } from "./finding";
import { runPackage } from "./run-tool";

/** TypeScript's errors under the strict settings of tsconfig.json. */
export async function checkTypes(folder = ROOT): Promise<Finding[]> {
  const { code, out, err } = await runPackage(
    "typescript/bin/tsc",
    ["--noEmit", "--pretty", "false", "-p", "."],
    folder,
  );
  const findings: Finding[] = [];
  for (const line of out.split("\n")) {
    const found = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(line);
    if (found)
      findings.push({ place: found.slice(1, 4).join(":"), what: `${found[5]} ${found[4]}`, remedy: "" });
  }
  if (code !== 0 && findings.length === 0)
    findings.push({ place: "tsc", what: (out + err).trim(), remedy: "" });
  return findings;
}

// GitHub's form is the one of Biome's that is one line a finding and names the file of a formatting fault too.
const ANNOTATION = /^::(?:error|warning) title=(.*?),file=(.*?),line=(\d+),.*?col=(\d+),.*?::(.*)$/;

/** Biome's lint and formatting; with `fix` it first mends what it can. */
export async function checkStyle(fix: boolean, folder = ROOT): Promise<Finding[]> {
  const options = ["--reporter=github", "--diagnostic-level=warn", "--max-diagnostics=none"];
  const mend = fix ? ["--write"] : [];
  const { code, out, err } = await runPackage(
    "@biomejs/biome/bin/biome",
    ["check", ...options, ...mend, "."],
    folder,
  );
  const findings: Finding[] = [];
  for (const line of out.split("\n")) {
    const [, rule, file, row, column, text] = ANNOTATION.exec(line) ?? [];
    if (rule === undefined) continue;
    if (rule === "format" || rule.startsWith("assist/")) {
      findings.push({
        place: shown(file),
        what: `is not formatted (${rule})`,
        remedy: "npm run check -- --fix",
      });
    } else {
      findings.push({ place: `${shown(file)}:${row}:${column}`, what: `${text.trim()} ${rule}`, remedy: "" });
    }
  }
  if (code !== 0 && findings.length === 0) findings.push({ place: "biome", what: err.trim(), remedy: "" });
  return findings;
}
