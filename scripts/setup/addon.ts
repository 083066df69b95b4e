// Builds tfjs-node's addon with one call of the C++ compiler: Node-API's headers come from npm, so node-gyp is not needed.
import fs from "node:fs";
import path from "node:path";
import { commonFailure, Failure } from "../bootstrap/failure.mjs";
import { step } from "../bootstrap/progress.mjs";
import { runTool } from "../bootstrap/tool.mjs";
import { type Libtensorflow, libraryFolder } from "./libtensorflow";
import { cache, root } from "./paths";
import { readStamp, sha256OfFile, writeStamp } from "./stamp";

/** The addon's Node-API version: the newest that tfjs-node 4.22.0 looks for, and every Node from 20 on has it. */
const napiVersion = 8;

const packageFolder = path.join(root, "node_modules", "@tensorflow", "tfjs-node");

/** Where tfjs-node looks for its addon. */
export const addonFile = path.join(packageFolder, "lib", `napi-v${napiVersion}`, "tfjs_binding.node");

/** The C++ compiler: $CXX where it is set, else the first of the usual names on PATH. */
export function findCompiler(): string | undefined {
  const { CXX, PATH = "" } = process.env;
  if (process.platform === "darwin" && !CXX && !hasAppleTools()) return undefined;
  const names = CXX ? [CXX.split(" ")[0]] : ["c++", "g++", "clang++"];
  const places = names.flatMap((name) => {
    return path.isAbsolute(name)
      ? [name]
      : PATH.split(path.delimiter).map((folder) => path.join(folder, name));
  });
  const found = places.find((place) => isExecutable(place));
  return found && (CXX ?? found);
}

/** Without them /usr/bin/c++ is a stub that opens a dialogue. */
function hasAppleTools(): boolean {
  return ["/Library/Developer/CommandLineTools/usr/bin/clang++", "/Applications/Xcode.app"].some((place) =>
    fs.existsSync(place),
  );
}

function isExecutable(place: string): boolean {
  try {
    fs.accessSync(place, fs.constants.X_OK);
    return fs.statSync(place).isFile();
  } catch {
    return false;
  }
}

/** The compiler's arguments. The addon finds libtensorflow by a relative path: the clone can be moved. */
export function compilerArguments(library: Libtensorflow, output: string): string[] {
  const folder = libraryFolder(library.source);
  const here = path.dirname(fs.realpathSync(packageFolder) + addonFile.slice(packageFolder.length));
  const toLibraries = path.relative(
    here,
    path.join(fs.realpathSync(folder), path.dirname(library.libraries[0])),
  );
  const includes = [
    "binding",
    ".",
    path.join(folder, library.include),
    path.join(root, "node_modules/node-api-headers/include"),
  ];
  const linking =
    process.platform === "darwin"
      ? ["-undefined", "dynamic_lookup", `-Wl,-rpath,@loader_path/${toLibraries}`]
      : [`-Wl,-rpath,$ORIGIN/${toLibraries}`];
  return [
    ...[
      "-std=c++17",
      "-O2",
      "-fPIC",
      "-shared",
      `-DNAPI_VERSION=${napiVersion}`,
      "-DNODE_GYP_MODULE_NAME=tfjs_binding",
    ],
    ...includes.map((include) => `-I${include}`),
    ...["binding/tfjs_backend.cc", "binding/tfjs_binding.cc", "-o", output],
    ...library.libraries.map((file) => path.join(folder, file)),
    ...linking,
  ];
}

/** The addon as it was built last, kept outside node_modules: a new `npm ci` costs no new build. */
const kept = path.join(cache, "tfjs-node", "tfjs_binding.node");
const keptStamp = path.join(cache, "tfjs-node", "complete.json");

/** Whether the addon that was built last is here and was built from the same (`key`). */
export async function addonIsKept(key: string): Promise<boolean> {
  const stamp = readStamp<{ key: string; sha256: string }>(keptStamp);
  return stamp?.key === key && fs.existsSync(kept) && (await sha256OfFile(kept)) === stamp.sha256;
}

/** Puts the kept addon in place and computes one gradient; where that fails it is taken away. */
export async function placeAddon(): Promise<void> {
  const progress = step("Placing the TensorFlow addon …");
  await placeAndCheck();
  progress.done(works);
}

/** Builds the addon, puts it in place and computes one gradient; where that fails it is taken away. */
export async function buildAddon(compiler: string, library: Libtensorflow, key: string): Promise<void> {
  const progress = step(`Building the TensorFlow addon with ${compiler} …`);
  await compile(compiler, library, key);
  await placeAndCheck();
  progress.done(works);
}

const works = "the addon gives the right gradient";

async function placeAndCheck(): Promise<void> {
  fs.mkdirSync(path.dirname(addonFile), { recursive: true });
  fs.copyFileSync(kept, `${addonFile}.partial`);
  fs.renameSync(`${addonFile}.partial`, addonFile);
  await check();
}

async function compile(compiler: string, library: Libtensorflow, key: string): Promise<void> {
  const partial = `${kept}.partial`;
  fs.rmSync(keptStamp, { force: true });
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  const [program, ...options] = compiler.split(" ");
  const log = path.join(cache, "logs", "addon.log");
  const args = [...options, ...compilerArguments(library, partial)];
  const { code, output } = await runTool(program, args, { cwd: packageFolder, log });
  if (code !== 0) throw failure("the TensorFlow addon could not be built", output, log);
  fs.renameSync(partial, kept);
  writeStamp(keptStamp, { key, sha256: await sha256OfFile(kept) });
}

async function check(): Promise<void> {
  const log = path.join(cache, "logs", "addon-check.log");
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2", TF_ENABLE_ONEDNN_OPTS: "0" };
  const script = path.join(root, "scripts", "setup", "check-addon.cjs");
  const { code, signal, output } = await runTool(process.execPath, [script], { env, log });
  if (code === 0) return;
  fs.rmSync(addonFile);
  fs.rmSync(keptStamp);
  const cause = signal ? `its process ended with ${signal}` : output;
  throw failure("the TensorFlow addon was built but does not work here", cause, log);
}

/** One line with the tool's first complaint: it becomes the reason that the reports name. */
function failure(what: string, output: string, log: string): Failure {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const complaint = lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? "no message";
  return commonFailure(what, output) ?? new Failure(`${what}: ${complaint.trim()}`, `whole output in ${log}`);
}
