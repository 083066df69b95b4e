// Builds tfjs-node's addon with one call of the C++ compiler: Node-API's headers come from npm, so node-gyp is not needed.
import fs from "node:fs";
import path from "node:path";
import { toolFailure } from "../bootstrap/failure.mjs";
import { step } from "../bootstrap/progress.mjs";
import { runTool } from "../bootstrap/tool.mjs";
import { type Libtensorflow, libraryFolder } from "./libtensorflow";
import { cache, root } from "./paths";

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

/** Builds the addon, puts it in place and computes one gradient with it; where that fails the addon is taken away again. */
export async function buildAddon(compiler: string, library: Libtensorflow): Promise<void> {
  const progress = step(`Building the TensorFlow addon with ${compiler} …`);
  const partial = path.join(cache, "tfjs_binding.partial.node");
  const [program, ...options] = compiler.split(" ");
  const log = path.join(cache, "logs", "addon.log");
  const built = await runTool(program, [...options, ...compilerArguments(library, partial)], {
    cwd: packageFolder,
    log,
  });
  if (built.code !== 0) throw toolFailure("Building the TensorFlow addon", built.output, log);
  fs.mkdirSync(path.dirname(addonFile), { recursive: true });
  fs.copyFileSync(partial, `${addonFile}.partial`);
  fs.renameSync(`${addonFile}.partial`, addonFile);
  fs.rmSync(partial);
  const checkLog = path.join(cache, "logs", "addon-check.log");
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2", TF_ENABLE_ONEDNN_OPTS: "0" };
  const check = await runTool(process.execPath, [path.join(root, "scripts/setup/check-addon.cjs")], {
    env,
    log: checkLog,
  });
  if (check.code !== 0) {
    fs.rmSync(addonFile);
    const text = check.signal ? `${check.output}\nended by ${check.signal}` : check.output;
    throw toolFailure("Checking the TensorFlow addon", text, checkLog);
  }
  progress.done("the addon gives the right gradient");
}
