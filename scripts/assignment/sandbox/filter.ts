import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seccompProgram } from "./seccomp";

/** The filter of system calls as an open file whose name is gone; whoever opens it closes it. */
export function openFilter(): number {
  const folder = mkdtempSync(path.join(tmpdir(), "sandbox-"));
  try {
    const file = path.join(folder, "filter");
    writeFileSync(file, seccompProgram());
    return openSync(file, "r");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
