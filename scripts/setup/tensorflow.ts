// TensorFlow.js on real libtensorflow where it can be built, else its pure JavaScript: .cache/tensorflow.json says which, and why.
import fs from "node:fs";
import path from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { say } from "../bootstrap/progress.mjs";
import { addonFile, buildAddon, findCompiler } from "./addon";
import { findLibtensorflow, installLibtensorflow, wantedSource } from "./libtensorflow";
import { cache, root } from "./paths";
import { readStamp, sha256, sha256OfFile, writeStamp } from "./stamp";

/** What set-up decided. */
export interface TensorflowChoice {
  backend: "native" | "js";
  /** Why the pure JavaScript is used; empty for the native one. */
  reason: string;
  /** Everything the decision depends on: with another key it is made again. */
  key: string;
  /** SHA-256 of the addon that passed its check. */
  addon?: string;
}

const choiceFile = path.join(cache, "tensorflow.json");
const forced = "BACKPROP_TFJS=js asks for it";

function version(name: string): string {
  return JSON.parse(fs.readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;
}

function key(): string {
  const parts = [process.env.BACKPROP_TFJS ?? "", wantedSource() ?? "", findCompiler() ?? "", root];
  return sha256(JSON.stringify([...parts, version("@tensorflow/tfjs-node"), version("node-api-headers")]));
}

/** The decision of the last set-up. */
export function tensorflowChoice(): TensorflowChoice | undefined {
  return readStamp<TensorflowChoice>(choiceFile);
}

/** Whether the decision stands and what it needs is there. */
export function tensorflowReady(): boolean {
  const choice = tensorflowChoice();
  if (choice?.key !== key()) return false;
  if (choice.backend === "js") return true;
  const source = wantedSource();
  if (!source || !findLibtensorflow(source) || !fs.existsSync(addonFile)) return false;
  return sha256(fs.readFileSync(addonFile)) === choice.addon;
}

/** Why there can be no native build here; undefined where there can. */
function obstacle(): string | undefined {
  if (process.env.BACKPROP_TFJS === "js") return forced;
  if (!wantedSource()) return `there is no libtensorflow for ${process.platform} on ${process.arch}`;
  if (!findCompiler()) {
    const tools =
      process.platform === "darwin" ? "xcode-select --install" : "on Debian and Ubuntu: sudo apt install g++";
    return `no C++ compiler was found (${tools}; or name one in CXX)`;
  }
  return undefined;
}

/** Makes the decision and, for the native backend, downloads and builds what it needs. */
export async function installTensorflow(): Promise<void> {
  fs.rmSync(choiceFile, { force: true });
  let reason = obstacle();
  if (reason === undefined) {
    const source = wantedSource() as string;
    const library = findLibtensorflow(source) ?? (await installLibtensorflow(source));
    try {
      await buildAddon(findCompiler() as string, library, key());
    } catch (error) {
      if (!(error instanceof Failure) || /disk is full/.test(error.message)) throw error;
      reason = `${error.message} (${error.remedy})`;
    }
  }
  if (reason === undefined) {
    writeStamp(choiceFile, {
      backend: "native",
      reason: "",
      key: key(),
      addon: await sha256OfFile(addonFile),
    });
    return;
  }
  writeStamp(choiceFile, { backend: "js", reason, key: key() } satisfies TensorflowChoice);
}

/** Says at the start of a run that the pure JavaScript is in use. */
export function sayBackend(): void {
  const choice = tensorflowChoice();
  if (choice?.backend !== "js") return;
  say(`TensorFlow.js runs in pure JavaScript (same gradients, slower): ${choice.reason}.`);
}
