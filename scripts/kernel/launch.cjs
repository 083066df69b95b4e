// Started by Jupyter (see kernel.json). The kernel itself is TypeScript: it is bundled in memory, so there is
// nothing to build and nothing that could be out of date.
const Module = require("node:module");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");

function load(entry) {
  const { outputFiles } = require("esbuild").buildSync({
    absWorkingDir: root,
    entryPoints: [path.join(__dirname, entry)],
    bundle: true,
    write: false,
    platform: "node",
    packages: "external",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  });
  const kernel = new Module(path.join(__dirname, "kernel.bundle.js"));
  kernel.filename = kernel.id;
  kernel.paths = Module._nodeModulePaths(__dirname);
  kernel._compile(outputFiles[0].text, kernel.filename);
  return kernel.exports;
}

load("main.ts").start(root, process.argv[2]);
