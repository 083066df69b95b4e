// TensorFlow.js on real libtensorflow where it can be built, else its pure JavaScript: .cache/tensorflow.json says which, and why.
import fs from "node:fs";
import path from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { say } from "../bootstrap/progress.mjs";
import { addonFile, addonIsKept, buildAddon, findCompiler, placeAddon } from "./addon";
import {
  findLibtensorflow,
  installLibtensorflow,
  isIntact,
  type Libtensorflow,
  wantedSource,
} from "./libtensorflow";
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
  /** With "js": the compiler there was, if any. With another one the decision is made again. */
  compiler?: string;
  /** With "js": the cause can pass by itself, so the next command tries again. */
  passing?: boolean;
  /** With "js": what the reader can do. */
  remedy?: string;
}

const choiceFile = path.join(cache, "tensorflow.json");
const forced = "BACKPROP_TFJS=js asks for it";

function version(name: string): string {
  return JSON.parse(fs.readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;
}

/** A build that was killed, mostly for want of memory: g++ says of its own child that it was. */
const killed = /\b(killed|terminated|out of memory|memory exhausted)\b/i;

/** Without the compiler: an addon that works stays when the compiler changes or goes. */
function key(): string {
  const parts = [process.env.BACKPROP_TFJS ?? "", wantedSource() ?? "", root];
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
  if (choice.backend === "js") return !choice.passing && choice.compiler === findCompiler();
  const source = wantedSource();
  if (!source || !findLibtensorflow(source) || !fs.existsSync(addonFile)) return false;
  return sha256(fs.readFileSync(addonFile)) === choice.addon;
}

/** Why there can be no native backend here; undefined where there can. */
async function obstacle(): Promise<string | undefined> {
  if (process.env.BACKPROP_TFJS === "js") return forced;
  if (!wantedSource()) return `there is no libtensorflow for ${process.platform} on ${process.arch}`;
  if (!findCompiler() && !(await addonIsKept(key()))) {
    const tools =
      process.platform === "darwin" ? "xcode-select --install" : "on Debian and Ubuntu: sudo apt install g++";
    return `no C++ compiler was found (${tools}; or name one in CXX)`;
  }
  return undefined;
}

/** The unpacked library with the recorded checksums; it is downloaded where it is not here or was altered. */
async function intactLibrary(source: string): Promise<Libtensorflow> {
  const found = findLibtensorflow(source);
  return found && (await isIntact(found)) ? found : installLibtensorflow(source);
}

/** Places the kept addon; builds it where there is none, or where it no longer works. */
async function makeAddon(library: Libtensorflow): Promise<void> {
  const compiler = findCompiler();
  if (await addonIsKept(key())) {
    try {
      return await placeAddon();
    } catch (error) {
      if (!compiler) throw error;
    }
  }
  await buildAddon(compiler as string, library, key());
}

/** Makes the decision and, for the native backend, downloads and builds what it needs. */
export async function installTensorflow(): Promise<void> {
  fs.rmSync(choiceFile, { force: true });
  const reason = await obstacle();
  if (reason !== undefined) return choosePlain({ reason });
  const library = await intactLibrary(wantedSource() as string);
  try {
    await makeAddon(library);
  } catch (error) {
    if (!(error instanceof Failure) || /disk is full/.test(error.message)) throw error;
    const passing = killed.test(error.message);
    return choosePlain({
      reason: `${error.message} (${error.remedy})`,
      passing,
      remedy: passing
        ? "The next command tries again"
        : "To try again: delete .cache/tensorflow.json or install another C++ compiler",
    });
  }
  const addon = await sha256OfFile(addonFile);
  writeStamp(choiceFile, { backend: "native", reason: "", key: key(), addon } satisfies TensorflowChoice);
}

function choosePlain(why: Pick<TensorflowChoice, "reason" | "passing" | "remedy">): void {
  // lib loads whatever addon it finds: one that this set-up has not checked must not be there.
  if (why.reason !== forced) fs.rmSync(addonFile, { force: true });
  const choice: TensorflowChoice = { backend: "js", key: key(), compiler: findCompiler(), ...why };
  writeStamp(choiceFile, choice);
}

/** Says at the start of a run that the pure JavaScript is in use. */
export function sayBackend(): void {
  const choice = tensorflowChoice();
  if (choice?.backend !== "js") return;
  const remedy = choice.remedy ? ` ${choice.remedy}.` : "";
  say(`TensorFlow.js runs in pure JavaScript (same gradients, slower): ${choice.reason}.${remedy}`);
}
