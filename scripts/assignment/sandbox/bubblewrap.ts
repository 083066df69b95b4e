import { lstatSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { Limits } from "./limits";

/** A folder or file of this machine that a sandbox may read, and where it lies there. */
export interface Mount {
  readonly from: string;
  readonly to: string;
}

/** Where libraries may be; each is a link or a folder, as the distribution has it. */
export const libraryFolders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"];

/** Where Node lies inside. */
const nodeInside = "/node/bin/node";

/** Where prlimit and bwrap are. */
export const systemPath = "/usr/local/bin:/usr/bin:/bin";

/** The descriptor by which the filter of system calls reaches bubblewrap. */
export const filterDescriptor = 5;

/**
 * The command line that runs a script in Node with nothing but libraries, Node and the mounts, all read-only, and a
 * scratch folder /tmp: no network, no other processes, no environment, no further namespaces, within the limits.
 * prlimit(1) of util-linux sets the limits, bwrap(1) the rest.
 */
export function sandboxCommand(
  mounts: readonly Mount[],
  script: string,
  limits: Limits,
  node = process.execPath,
): { command: string; args: string[] } {
  const libraries = libraryFolders.flatMap(libraryArguments);
  const read = [{ from: node, to: nodeInside }, ...mounts].flatMap(({ from, to }) => ["--ro-bind", from, to]);
  return {
    command: "prlimit",
    args: [
      ...resourceLimits(limits),
      "bwrap",
      ...["--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"],
      ...["--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"],
      ...["--seccomp", String(filterDescriptor)],
      ...libraries,
      ...read,
      // process 1 inside is bwrap itself, which no filter of system calls holds: its memory stays out of reach
      ...["--proc", "/proc", "--tmpfs", "/proc/1", "--dev", "/dev", "--remount-ro", "/dev"],
      ...["--size", String(limits.scratchBytes), "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/tmp"],
      ...[nodeInside, `--max-old-space-size=${Math.floor(limits.heapBytes / 2 ** 20)}`, script],
    ],
  };
}

/** What prlimit sets. */
export function resourceLimits(limits: Limits): string[] {
  const seconds = Math.ceil(limits.totalCpuSeconds);
  return [
    `--data=${limits.memoryBytes + addressSlack}`,
    // SIGXCPU at the first, SIGKILL at the second for who ignores it
    `--cpu=${seconds}:${seconds + 1}`,
    `--fsize=${limits.scratchBytes}`,
    "--nofile=256",
    "--core=0",
  ];
}

/**
 * What V8 reserves and never uses counts as data: half a gibibyte for the code of each thread in Node 26. So this limit
 * is a wide one; the memory in use is looked at from outside.
 */
const addressSlack = 4 * 2 ** 30;

/** How a folder of libraries gets in: as the link that it is, or bound; not at all if it is not there. */
function libraryArguments(folder: string): string[] {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  if (!status) return [];
  return status.isSymbolicLink()
    ? ["--symlink", readlinkSync(folder), folder]
    : ["--ro-bind", folder, folder];
}

/**
 * A folder that must stay hidden, such as the submissions, must not lie among the libraries.
 * @throws naming the folder
 */
export function expectOutsideLibraries(folder: string): void {
  const holder = libraryFolders.find((library) => `${path.resolve(folder)}/`.startsWith(`${library}/`));
  if (holder)
    throw new Error(
      `${folder} lies in ${holder}, which sandboxed code may read. Move the folder elsewhere, for example below your home folder.`,
    );
}
