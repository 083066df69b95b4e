import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { SweepPlan } from "../../lib/sweeps/plan";
import { root } from "../setup/paths";

/** What a table of results was made with. No digit depends on it; who doubts that can look. */
export function environmentRecord(plan: SweepPlan, command: string, code: string): object {
  const { experiment, runs, seeds } = plan;
  const values = Object.keys(experiment.settings).map((name) => {
    const different = [...new Set(runs.map(({ settings }) => settings[name]))];
    return [name, different.length === 1 ? different[0] : different];
  });
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return {
    command,
    experiment: experiment.name,
    settings: Object.fromEntries(values),
    seeds: ranges(seeds),
    runs: runs.length,
    codeSha256: code,
    commit: commit(),
    versions: { "backpropagation-notebooks": version, node: process.versions.node, v8: process.versions.v8 },
    platform: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: os.cpus()[0]?.model.trim() || "unknown",
    cores: os.availableParallelism(),
    written: new Date().toISOString(),
  };
}

/** Seeds as they are asked for: "0..19", "5,0..1". */
function ranges(seeds: readonly number[]): string {
  const found: [number, number][] = [];
  for (const seed of seeds) {
    const last = found.at(-1);
    if (last && seed === last[1] + 1) last[1] = seed;
    else found.push([seed, seed]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`)).join();
}

/** The commit that is checked out, with a mark if lib differs from it; null outside of git. */
function commit(): string | null {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" });
  const head = git("rev-parse", "HEAD");
  if (head.status !== 0) return null;
  const changed = git("status", "--porcelain", "--", "lib").stdout.trim() !== "";
  return `${head.stdout.trim()}${changed ? ", lib changed since" : ""}`;
}
