import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Mount, sandboxCommand, systemPath } from "./bubblewrap";
import type { Confinement } from "./confinement";
import { containerCommand, inPlace, nodeOptions } from "./container";
import { openFilter } from "./filter";
import type { Limits } from "./limits";
import { placeOf } from "./place";
import { killTree } from "./processes";

/** A process that was started. */
export interface Started {
  readonly child: ChildProcess;
  /** Ends it and whatever it started. */
  kill(): unknown;
  /** The folder of this machine that it may write, if that has no limit of its own. */
  readonly scratch?: string;
  /** Removes what it left; to be called after its end. */
  tidy(): void;
}

type Start = (mounts: readonly Mount[], script: string, limits: Limits) => Started;

/** Descriptors 0 to 4: nothing, stdout, stderr, requests, answers. */
const channels = ["ignore", "pipe", "pipe", "pipe", "pipe"] as const;

export const start: Readonly<Record<Confinement, Start>> = {
  bubblewrap(mounts, script, limits) {
    const { command, args } = sandboxCommand(mounts, script, limits);
    const filter = openFilter();
    const child = spawn(command, args, { stdio: [...channels, filter], env: { PATH: systemPath } });
    closeSync(filter);
    const isAlive = () => child.exitCode === null && child.signalCode === null;
    return { child, kill: () => isAlive() && child.pid && killTree(child.pid), tidy() {} };
  },

  container(mounts, script, limits) {
    const { command, args, scratch } = containerCommand(mounts, [script], limits);
    const child = spawn(command, args, { stdio: [...channels], env: { PATH: systemPath }, cwd: scratch });
    return { child, kill: () => child.kill("SIGKILL"), scratch, tidy: () => removeScratch(scratch) };
  },

  none(mounts, script, limits) {
    const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), "scratch-")));
    const args = [...nodeOptions(limits), inPlace(placeOf(mounts), script)];
    // a group of its own, so that what it starts ends with it
    const child = spawn(process.execPath, args, {
      stdio: [...channels],
      env: {},
      cwd: scratch,
      detached: true,
    });
    return { child, kill: () => killGroup(child), scratch, tidy: () => removeScratch(scratch) };
  },
};

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended already
  }
}

/** What cannot be removed, as folders nested without end, stays in the folder for temporary files. */
function removeScratch(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // the mark does not hang on it
  }
}
