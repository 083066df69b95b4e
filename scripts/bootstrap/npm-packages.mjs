// node_modules, exactly as package-lock.json says. The stamp is written last, so that an interrupted install is redone.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { requireSpace } from "./disk.mjs";
import { Failure, toolFailure } from "./failure.mjs";
import { exclusively } from "./lock.mjs";
import { step } from "./progress.mjs";
import { runTool } from "./tool.mjs";

/** What this project's packages take; a students' edition has fewer. */
const ownSize = { download: "about 190 MB", installedBytes: 1100e6 };

/** @param {string} file @returns {any} */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string} root */
function files(root) {
  return {
    lock: path.join(root, "package-lock.json"),
    stamp: path.join(root, "node_modules", ".set-up.json"),
    installed: path.join(root, "node_modules", ".package-lock.json"),
    unfinished: path.join(root, ".cache", "npm-ci-unfinished"),
  };
}

/**
 * Whether npm's own record of node_modules has every package of the lock file: true after somebody ran npm by hand.
 * @param {any} lock @param {any} installed
 */
export function matchesLock(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false;
  return Object.entries(lock.packages).every(([place, wanted]) => {
    const found = installed.packages[place];
    if (place === "") return true;
    if (found === undefined) return wanted.optional === true || wanted.peer === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** @param {string} lockFile */
function hashOf(lockFile) {
  return createHash("sha256").update(fs.readFileSync(lockFile)).digest("hex");
}

/** @param {string} root */
function isReady(root) {
  const { lock, stamp, installed, unfinished } = files(root);
  if (fs.existsSync(unfinished)) return false;
  const hash = hashOf(lock);
  if (readJson(stamp)?.lock === hash) return true;
  if (!matchesLock(readJson(lock), readJson(installed))) return false;
  fs.writeFileSync(stamp, JSON.stringify({ lock: hash }));
  return true;
}

/** npm's own script where npm started us, else npm on PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.js$/.test(script) && fs.existsSync(script)) return [process.execPath, script];
  const found = (process.env.PATH ?? "")
    .split(path.delimiter)
    .some((folder) => fs.existsSync(path.join(folder, "npm")));
  if (!found) {
    throw new Failure(
      "npm was not found on PATH.",
      "Install Node with npm (https://nodejs.org; on Debian: `apt install npm`), then run the same command again.",
    );
  }
  return ["npm"];
}

/** @param {string} root @param {string} output @param {string} log */
function explain(output, log) {
  if (/EBADENGINE/.test(output)) {
    const lines = output.split("\n").filter((line) => /Not compatible|Required:|Actual:/.test(line));
    return new Failure(
      `Installing the npm packages: this Node is not one that every package allows.\n${lines.join("\n")}`,
      "Install the current Node LTS, then run the same command again.",
    );
  }
  return toolFailure("Installing the npm packages", output, log);
}

/**
 * Installs the npm packages where node_modules is missing or is not what package-lock.json says.
 * @param {string} root
 * @param {{download: string, installedBytes: number}} [size]
 */
export async function installPackages(root, { download, installedBytes } = ownSize) {
  if (isReady(root)) return;
  const cache = path.join(root, ".cache");
  await exclusively(cache, async () => {
    if (isReady(root)) return;
    const { lock, stamp, unfinished } = files(root);
    const [command, ...args] = npmCommand();
    requireSpace(root, installedBytes, "Installing the npm packages");
    const total = Object.keys(readJson(lock)?.packages ?? {}).length;
    const progress = step(
      `Installing the npm packages of package-lock.json (${total} packages, ${download}) …`,
    );
    const hash = hashOf(lock);
    fs.writeFileSync(unfinished, "");
    let fetched = 0;
    const log = path.join(cache, "logs", "npm-ci.log");
    const result = await runTool(
      command,
      [...args, "ci", "--include=dev", "--include=optional", "--loglevel=http", "--no-audit", "--no-fund"],
      {
        cwd: root,
        log,
        onLine(line) {
          if (!/^npm http (fetch|cache).*\.tgz/.test(line)) return;
          fetched += 1;
          progress.update(fetched / total, `${Math.min(fetched, total)} of ${total} packages`);
        },
      },
    );
    if (result.code !== 0) throw explain(result.output, log);
    fs.writeFileSync(stamp, JSON.stringify({ lock: hash }));
    fs.rmSync(unfinished);
    progress.done("npm packages");
  });
}
