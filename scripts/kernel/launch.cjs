// Started by Jupyter (see kernel.json). The kernel itself is TypeScript: it is bundled in memory, so there is
// nothing to build and nothing that could be out of date.
const Module = require("node:module");
const fs = require("node:fs");
const path = require("node:path");
const { Writable } = require("node:stream");

// Node's own streams must not be opened, not even while esbuild runs: see standard-streams.ts.
for (const name of ["stdout", "stderr"]) {
  const fd = name === "stdout" ? 1 : 2;
  const write = (text, _encoding, done) => fs.write(fd, text, () => done());
  Object.defineProperty(process, name, { configurable: true, value: new Writable({ write }) });
}

const root = path.resolve(__dirname, "../..");

const { outputFiles } = require("esbuild").buildSync({
  absWorkingDir: root,
  entryPoints: ["main.ts", "socket-thread.ts"].map((file) => path.join(__dirname, file)),
  outdir: "kernel", // for the names only
  bundle: true,
  write: false,
  platform: "node",
  packages: "external",
  format: "cjs",
  target: "node20",
  logLevel: "error",
});
const [main, socketThread] = outputFiles;

const kernel = new Module(path.join(__dirname, "kernel.bundle.js"));
kernel.filename = kernel.id;
kernel.paths = Module._nodeModulePaths(__dirname);
kernel._compile(main.text, kernel.filename);
kernel.exports.start({ root, configPath: process.argv[2], socketThread: socketThread.text });
