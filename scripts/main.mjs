// The entry of every command: `node scripts/main.mjs <command> …`. Nothing but Node is needed to run it. It checks Node,
// installs the npm packages where they are missing, and hands over to cli.ts. The syntax of this one file stays old enough
// for an old Node to get as far as the message below.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

var root = dirname(dirname(fileURLToPath(import.meta.url)));
var version = process.versions.node.split(".").map(Number);

/** An expected failure is told by its message and the remedy; anything else is a defect and shows its stack. */
function fail(failure) {
  var expected = ["Failure", "BadInput", "ReportError"].indexOf(failure.name) >= 0;
  var text = expected ? [failure.message, failure.remedy].filter(Boolean).join("\n") : failure.stack;
  console.error(`\n${text || failure}`);
  process.exit(failure.exitCode || (failure.name === "BadInput" ? 2 : 1));
}

function start(args) {
  if (args[0] === "clean") {
    return import("./bootstrap/clean.mjs").then((module) => module.clean(root, args.slice(1)));
  }
  return import("./bootstrap/npm-packages.mjs")
    .then((module) => module.installPackages(root))
    .then(() => import("tsx"))
    .then(() => import("./cli.ts"))
    .then((module) => (module.run || module.default.run)(args));
}

if (version[0] < 20 || (version[0] === 20 && version[1] < 20)) {
  fail({
    name: "Failure",
    message: `Node ${process.versions.node} is too old: these notebooks need Node 20.20 or newer.`,
    remedy:
      "Install a current Node (https://nodejs.org, or `nvm install 24`), then run the same command again.",
  });
} else if (process.platform === "win32") {
  fail({
    name: "Failure",
    message:
      "Windows itself is not supported: the kernel and the TensorFlow addon are built for Linux and macOS.",
    remedy:
      "Use WSL2: run `wsl --install`, open the Linux shell, clone the project there and run the same command.",
  });
} else {
  start(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  }, fail);
}
