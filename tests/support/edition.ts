// An edition's commands, run on packages that are links to the project's own: no network.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { LeftOut } from "../../scripts/assignment/release/same-work";
import { parse, placesOf } from "../../scripts/assignment/release/strip";

const modules = path.join(__dirname, "../../node_modules");

/** Gives an edition its packages, as if `npm ci` had run in it. */
export function linkPackages(edition: string): void {
  const own = path.join(edition, "node_modules");
  const { packages } = JSON.parse(readFileSync(path.join(edition, "package-lock.json"), "utf8"));
  for (const place of Object.keys(packages).filter((name) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(name))) {
    const target = path.join(edition, place);
    // not there: meant for another system
    if (!existsSync(path.join(modules, "..", place))) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(path.join(modules, "..", place), target);
  }
  // npm's record of what it has installed
  writeFileSync(path.join(own, ".package-lock.json"), JSON.stringify({ packages }));
  if (!readdirSync(own).includes("tslab"))
    throw new Error(`${edition} has no tslab in its package-lock.json`);
}

/** How a command of an edition ended. */
export interface Ended {
  readonly code: number;
  /** stdout and stderr. */
  readonly output: string;
}

/** Runs one of an edition's scripts: "test", "assignment". */
export function runScript(edition: string, script: string, args: readonly string[] = []): Promise<Ended> {
  const file = path.join(edition, "scripts", `${script}.cjs`);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [file, ...args],
      { cwd: edition, env: { ...process.env, NO_COLOR: "1" } },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
      },
    );
  });
}

/** Holds that each function that is left out of an edition throws its own error, wherever the edition has its file. */
export function expectErrors(edition: string, left: LeftOut): void {
  const bare = (code: string) => code.replaceAll(/\s+|\\"/g, "");
  for (const [file, asked] of left) {
    const place = path.join(edition, "lib", file);
    if (!existsSync(place)) continue;
    const whole = parse(readFileSync(path.join(modules, "../lib", file), "utf8"));
    const code = bare(readFileSync(place, "utf8"));
    for (const { name, equation } of asked) {
      const error = `throw new Error(${JSON.stringify(`${name} is yours to write: ${equation}`)}`;
      const found = code.split(bare(error)).length - 1;
      assert.equal(found, placesOf(whole, name, file).length, `${file} ${name}`);
    }
  }
}

interface Notebook {
  cells: { source: string | string[]; metadata: { nbgrader?: { grade_id: string } } }[];
}

/** Changes the cells of a notebook file: gives each cell's new source, or undefined where it goes. */
export function changeCells(
  file: string,
  change: (gradeId: string, source: string) => string | undefined,
): void {
  const notebook: Notebook = JSON.parse(readFileSync(file, "utf8"));
  notebook.cells = notebook.cells.flatMap((cell) => {
    const source = change(cell.metadata.nbgrader?.grade_id ?? "", [cell.source].flat().join(""));
    return source === undefined ? [] : [{ ...cell, source }];
  });
  writeFileSync(file, JSON.stringify(notebook));
}
