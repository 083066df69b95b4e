// A project folder in which set-up runs for real, with small programs of ours in the place of npm, Python and the compiler.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const project = path.resolve(__dirname, "..");

/** From when the file is there, the program prints nothing more: it outlives a reader that is killed. */
const hang = `hang() { : > "$HOME/hangs"; exec sleep 60; }`;

/** Answers set-up's question, makes an environment that is itself again, and "installs" by printing what pip prints. */
const python = `#!/bin/sh
${hang}
case "$*" in
  *version_info*) printf '3\\n%s\\n4\\n%s\\n%s\\n' "\${FAKE_MINOR:-12}" "\${FAKE_VENV:-True}" "$0"; exit 0;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit 0;;
  "-m pip install"*) [ -z "$FAKE_PIP_ERROR" ] || { echo "$FAKE_PIP_ERROR" >&2; exit 1; }
    echo "Collecting jupyterlab==4.6.6"; [ -z "$FAKE_PIP_HANG" ] || hang; exit 0;;
  *fetch_wheel.py*) for target; do :; done; printf '%s' "\${FAKE_WHEEL:-no wheel}" > "$target"; exit 0;;
esac
echo "unexpected: $*" >&2; exit 64
`;

/** Writes what FAKE_ADDON says into the file after -o; the fake tfjs-node below judges it. */
const compiler = `#!/bin/sh
[ -z "$FAKE_COMPILER_ERROR" ] || { echo "$FAKE_COMPILER_ERROR" >&2; exit 1; }
while [ $# -gt 0 ]; do [ "$1" = -o ] && printf '%s' "\${FAKE_ADDON:-good}" > "$2"; shift; done
`;

const tfjs = `const fs = require("fs");
if (fs.readFileSync(__dirname + "/lib/napi-v8/tfjs_binding.node", "utf8") !== "good") throw new Error("invalid ELF header");
exports.getBackend = () => "tensorflow";
exports.tensor2d = exports.matMul = exports.square = exports.sum = () => 0;
exports.grad = () => () => ({ dataSync: () => [66, 88] });
`;

const npm = `#!/bin/sh
${hang}
[ -z "$FAKE_NPM_ERROR" ] || { echo "$FAKE_NPM_ERROR" >&2; exit 1; }
echo "npm http fetch GET 200 https://registry.npmjs.org/tsx/-/tsx-4.23.15.tgz 12ms (cache miss)" >&2
echo "$@" >> npm-calls; [ -z "$FAKE_NPM_HANG" ] || hang
exec "$FAKE_NODE" make-node-modules.cjs
`;

/** node_modules as links into the real ones, but a tfjs-node of its own: nothing here can touch the real addon. */
const makeNodeModules = `const fs = require("fs"), path = require("path");
const real = ${JSON.stringify(path.join(project, "node_modules"))}, own = path.resolve("node_modules");
fs.rmSync(own, { recursive: true, force: true });
fs.mkdirSync(path.join(own, "@tensorflow", "tfjs-node"), { recursive: true });
for (const name of fs.readdirSync(real)) {
  if (name !== "@tensorflow" && !name.startsWith(".")) fs.symlinkSync(path.join(real, name), path.join(own, name));
}
fs.copyFileSync(path.join(real, "@tensorflow/tfjs-node/package.json"), path.join(own, "@tensorflow/tfjs-node/package.json"));
fs.mkdirSync(path.join(own, "@tensorflow/tfjs-node/dist"));
fs.writeFileSync(path.join(own, "@tensorflow/tfjs-node/dist/index.js"), fs.readFileSync("fake-tfjs.js", "utf8").replace("__dirname", '__dirname + "/.."'));
`;

export interface FakeProject {
  root: string;
  /** A folder that is first on PATH. */
  bin: string;
  file(name: string): string;
  read(name: string): string;
  /** Adds a program to `bin`. */
  program(name: string, text: string): void;
  /** Starts \`node scripts/main.mjs …\`; PATH is \`bin\` alone. */
  start(args: string[], env?: NodeJS.ProcessEnv): ReturnType<typeof spawn>;
  /** The same, to its end. */
  run(args: string[], env?: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }>;
  remove(): void;
}

/** Makes the folder. \`setUp\` is the command \`report\` of a project whose report does nothing: set-up and no more. */
export function fakeProject(): FakeProject {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "backpropagation-")));
  const bin = path.join(root, "bin");
  const file = (name: string) => path.join(root, name);
  for (const name of [
    "bootstrap",
    "setup",
    "cli.ts",
    "main.mjs",
    "test.ts",
    "lab.ts",
    "matrix.ts",
    "assignment/command.ts",
  ]) {
    fs.cpSync(path.join(project, "scripts", name), file(path.join("scripts", name)), { recursive: true });
  }
  for (const name of [
    "package.json",
    "package-lock.json",
    "requirements.txt",
    "requirements-assignments.txt",
    "tsconfig.json",
  ]) {
    fs.copyFileSync(path.join(project, name), file(name));
  }
  const write = (name: string, text: string, mode = 0o644) => {
    fs.mkdirSync(path.dirname(file(name)), { recursive: true });
    fs.writeFileSync(file(name), text, { mode });
  };
  write("scripts/kernel/kernel.json", "{}");
  write("scripts/run/select.ts", "export function selectNotebooks() {}");
  write("scripts/report/report.ts", 'export async function report() { console.log("set up"); return 0; }');
  write("scripts/check/check.ts", 'export async function check() { console.log("checked"); return 0; }');
  write("fake-tfjs.js", tfjs);
  write("make-node-modules.cjs", makeNodeModules);
  const program = (name: string, text: string) => write(path.join("bin", name), text, 0o755);
  program("npm", npm);
  program("python3", python);
  program("c++", compiler);
  for (const name of ["sh", "mkdir", "cp", "printf", "sleep", "tar", "gzip"]) {
    const found = ["/bin", "/usr/bin"]
      .map((folder) => path.join(folder, name))
      .find((each) => fs.existsSync(each));
    if (found) fs.symlinkSync(found, path.join(bin, name));
  }
  const start: FakeProject["start"] = (args, env = {}) => {
    const base = { PATH: bin, HOME: root, FAKE_NODE: process.execPath, TMPDIR: os.tmpdir() };
    return spawn(process.execPath, ["scripts/main.mjs", ...args], { cwd: root, env: { ...base, ...env } });
  };
  const run: FakeProject["run"] = async (args, env) => {
    const child = start(args, env);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += text));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, output };
  };
  return {
    root,
    bin,
    file,
    read: (name) => fs.readFileSync(file(name), "utf8"),
    program,
    start,
    run,
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}
