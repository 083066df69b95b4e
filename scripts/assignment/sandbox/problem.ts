import { spawnSync } from "node:child_process";
import { closeSync } from "node:fs";
import { sandboxCommand, systemPath } from "./bubblewrap";
import { openFilter } from "./filter";
import { runLimits } from "./limits";

/** Why no sandbox can be started here, in a sentence with the remedy; undefined where one can. */
export function sandboxProblem(): string | undefined {
  if (process.platform !== "linux")
    return `the sandbox needs Linux, and this is ${process.platform}: grade in a container or a virtual machine`;
  const { command, args } = sandboxCommand([], "--version", runLimits);
  const filter = openFilter();
  const { status, error, stderr } = spawnSync(command, args, {
    stdio: ["ignore", "pipe", "pipe", "ignore", "ignore", filter],
    env: { PATH: systemPath },
    encoding: "utf8",
  });
  closeSync(filter);
  if (status === 0) return undefined;
  const words = (error?.message ?? stderr).trim().split("\n").at(-1);
  if (/ENOENT|No such file.*bwrap|bwrap.*No such file/.test(words ?? ""))
    return "bubblewrap is not installed (Debian, Ubuntu: sudo apt install bubblewrap)";
  return `bubblewrap cannot start a sandbox here: ${words}`;
}
