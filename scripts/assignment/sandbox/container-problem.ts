import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { systemPath } from "./bubblewrap";
import { containerCommand } from "./container";
import { runLimits } from "./limits";
import { seccompProgram } from "./seccomp";

/** Folders in which everybody may write on most machines. */
const openFolders = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock"];

/** Runs inside and tells which of these files and folders it can read, and into which folders it can write. */
const attempts = `
const fs = require("node:fs");
const can = (work) => { try { work(); return true; } catch { return false; } };
const tried = JSON.parse(fs.readFileSync(0, "utf8"));
const read = tried.read.filter((file) =>
  can(() => fs.readdirSync(file)) || can(() => fs.closeSync(fs.openSync(file, "r"))));
const write = tried.write.filter((folder) => can(() => fs.rmdirSync(fs.mkdtempSync(folder + "/confined-"))));
console.log(JSON.stringify({ read, write }));
`;

/**
 * Why the confinement for containers is not to be relied upon here, in a sentence with the remedy; undefined where it
 * is. A process is started in it that tries to read what must stay hidden and to write where it must not.
 * @param hidden files and folders that a student's cells must not read: the secret, the answers, other submissions
 */
export function containerProblem(hidden: readonly string[]): string | undefined {
  if (process.platform !== "linux")
    return `the confinement "container" needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0)
    return 'the confinement "container" runs each process as a user of its own, which only root can begin: grade as root in the container, or with bubblewrap outside it';
  const tried = attemptInside(hidden.filter(existsSync).flatMap(withSomeInside));
  if (typeof tried === "string") return `the confinement "container" cannot be begun here: ${tried}`;
  const { read, write } = tried;
  if (read.length > 0)
    return `a student's cells could read ${someOf(read)}: take the right from others (chmod -R go= …), as scripts/assignment/container/Dockerfile does`;
  if (write.length > 0)
    return `a student's cells could write into ${write.join(", ")}, since this kernel has no Landlock: take the right from others (chmod go-w ${write.join(" ")})`;
  return undefined;
}

const someOf = (files: readonly string[]) =>
  files.length > 3 ? `${files.slice(0, 3).join(", ")} and ${files.length - 3} more` : files.join(", ");

function attemptInside(hidden: readonly string[]): { read: string[]; write: string[] } | string {
  try {
    seccompProgram();
  } catch (error) {
    return (error as Error).message;
  }
  const { command, args, scratch } = containerCommand([], ["-e", attempts], runLimits);
  try {
    const { status, error, stdout, stderr } = spawnSync(command, args, {
      env: { PATH: systemPath },
      cwd: scratch,
      input: JSON.stringify({ read: hidden, write: openFolders }),
      encoding: "utf8",
    });
    if (status === 0) return JSON.parse(stdout);
    return (error?.message ?? stderr).trim().split("\n").at(-1) || `it ended with ${status}`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A folder that cannot be listed may hold files that can be read: what is in it, with a file of each folder there. */
function withSomeInside(file: string): string[] {
  if (!statSync(file).isDirectory()) return [file];
  // packages are no secret: a sandbox reads them
  const inside = readdirSync(file).filter((name) => name !== "node_modules");
  return [
    file,
    ...inside.map((name) => path.join(file, name)).flatMap((entry) => [entry, ...firstFile(entry)]),
  ];
}

function firstFile(folder: string): string[] {
  if (!lstatSync(folder).isDirectory()) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const file = entries.find((entry) => entry.isFile());
  if (file) return [path.join(folder, file.name)];
  for (const entry of entries) {
    const found = entry.isDirectory() ? firstFile(path.join(folder, entry.name)) : [];
    if (found.length > 0) return found;
  }
  return [];
}
