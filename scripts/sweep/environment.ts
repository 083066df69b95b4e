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
    seeds,
    runs: runs.length,
    codeSha256: code,
    commit: commit(),
    versions: { "backpropagation-notebooks": version, ...process.versions },
    platform: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: os.cpus()[0]?.model.trim() || "unknown",
    cores: os.availableParallelism(),
    written: new Date().toISOString(),
  };
}

/** The commit that is checked out, with a mark if lib or data differ from it; null outside of git. */
function commit(): string | null {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" });
  const head = git("rev-parse", "HEAD");
  if (head.status !== 0) return null;
  const changed = git("status", "--porcelain", "--", "lib", "data").stdout.trim() !== "";
  return `${head.stdout.trim()}${changed ? ", lib or data changed since" : ""}`;
}
