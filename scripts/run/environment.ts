import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { KernelInfo, TensorflowInUse } from "./execute";
import { ROOT } from "./paths";

/** Facts of the machine and the tools, for a run's log and a report's header; never in compared outputs. */
export interface Environment {
  /** Version of this project. */
  version: string;
  node: string;
  tslab: string;
  typescript: string;
  tfjs: string;
  /** What the notebook's kernel used: "native", "js" or "not used"; "unknown" where the kernel could not be asked. */
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

const BACKENDS = { tensorflow: "native", cpu: "js" } as const;

function backendName(tensorflow: TensorflowInUse | null | undefined): string {
  if (tensorflow === undefined) return "unknown";
  return tensorflow ? BACKENDS[tensorflow.name] : "not used";
}

/** @param tensorflow what the kernel said after the last cell: null where no cell used it, undefined where it said nothing */
export function environment(info: KernelInfo, tensorflow: TensorflowInUse | null | undefined): Environment {
  return {
    version: versionOf("package.json"),
    node: process.versions.node,
    tslab: versionOf("node_modules/tslab/package.json"),
    typescript: info.language_info?.version ?? "unknown",
    tfjs: versionOf("node_modules/@tensorflow/tfjs/package.json"),
    tfBackend: backendName(tensorflow),
    tfReason: tensorflow?.reason ?? "",
    cpu: os.cpus()[0]?.model.trim() || "unknown",
    cores: os.availableParallelism(),
    platform: `${os.type()} ${os.release()} ${os.arch()}`,
  };
}
