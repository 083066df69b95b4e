import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { KernelInfo } from "./execute";
import { ROOT } from "./paths";

/** Facts of the machine and the tools, for a run's log and a report's header; never in compared outputs. */
export interface Environment {
  /** Version of this project. */
  version: string;
  node: string;
  tslab: string;
  typescript: string;
  tfjs: string;
  /** "native" or "js"; "unknown" before set-up has found out. */
  tfBackend: string;
  /** Why it is not native, "" when it is. */
  tfReason: string;
  cpu: string;
  cores: number;
  platform: string;
}

function versionOf(manifest: string): string {
  return JSON.parse(readFileSync(path.join(ROOT, manifest), "utf8")).version;
}

/** What set-up wrote down about TensorFlow. */
function tensorflow(): { backend?: string; reason?: string } {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, ".cache", "tensorflow.json"), "utf8"));
  } catch {
    return {};
  }
}

export function environment(info: KernelInfo): Environment {
  const { backend, reason } = tensorflow();
  return {
    version: versionOf("package.json"),
    node: process.versions.node,
    tslab: versionOf("node_modules/tslab/package.json"),
    typescript: info.language_info?.version ?? "unknown",
    tfjs: versionOf("node_modules/@tensorflow/tfjs/package.json"),
    tfBackend: backend ?? "unknown",
    tfReason: reason ?? "",
    cpu: os.cpus()[0]?.model.trim() || "unknown",
    cores: os.availableParallelism(),
    platform: `${os.type()} ${os.release()} ${os.arch()}`,
  };
}
