import { randomInt } from "node:crypto";
import { chmodSync, chownSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { libraryFolders, type Mount, resourceLimits } from "./bubblewrap";
import type { Limits } from "./limits";
import { packagesOf, placeOf } from "./place";
import { seccompProgram } from "./seccomp";

/** The program that gives up what is left to give up, as text: a process that cannot read our files can run it. */
const confine = readFileSync(path.join(__dirname, "confine.py"), "utf8");

/** What Node, and the linker before it, look at besides libraries. */
const readAlways = [
  "/etc/ld.so.cache",
  "/etc/ssl/openssl.cnf",
  "/proc/self",
  "/proc/meminfo",
  "/proc/cpuinfo",
  "/proc/stat",
];
const devices = ["/dev/null", "/dev/zero", "/dev/urandom"];

/** Threads and processes of one user; Node and the numeric core's threads need about twenty. */
const mostThreads = 128;

/** Users that nobody is, below 65 536, which is all that many containers have. */
const users = [40_000, 60_000] as const;

/** A command line with the folder that its process may write, which is to be removed after it. */
export interface ContainerCommand {
  readonly command: string;
  readonly args: string[];
  readonly scratch: string;
}

/**
 * The command line that runs a script in Node as a user of its own, for a machine on which bubblewrap cannot make
 * namespaces, as inside a container: prlimit(1) sets the limits, setpriv(1) the user, and confine.py what may be
 * opened and which system calls there are. It must be begun by root.
 * @param script as the mounts place it; or, of Node's own, an option
 */
export function containerCommand(
  mounts: readonly Mount[],
  script: readonly string[],
  limits: Limits,
): ContainerCommand {
  const user = randomInt(...users);
  const place = placeOf(mounts);
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), "scratch-")));
  chmodSync(scratch, 0o700);
  chownSync(scratch, user, user);
  const node = realpathSync(process.execPath);
  const job = {
    command: [node, ...nodeOptions(limits), ...script.map((word) => inPlace(place, word))],
    filter: seccompProgram().toString("base64"),
    read: [...libraryFolders, ...readAlways, ...devices, node, place, ...packagesOf(mounts)],
    write: [scratch, "/dev/null"],
  };
  return {
    command: "prlimit",
    args: [
      ...resourceLimits(limits),
      `--nproc=${mostThreads}`,
      "setpriv",
      ...[`--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--no-new-privs", "--inh-caps=-all"],
      ...["python3", "-I", "-c", confine, JSON.stringify(job)],
    ],
    scratch,
  };
}

/** Node's options where a place stands for the root folder: modules are where the links to them are. */
export const nodeOptions = (limits: Limits): string[] => [
  "--preserve-symlinks",
  "--preserve-symlinks-main",
  `--max-old-space-size=${Math.floor(limits.heapBytes / 2 ** 20)}`,
];

/** A path of the inside, in a place. */
export const inPlace = (place: string, word: string): string =>
  word.startsWith("/") ? path.join(place, word) : word;
