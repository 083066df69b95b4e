import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runTool } from "../../bootstrap/tool.mjs";
import { root } from "../../setup/paths";
import { assignments as registered } from "../assignments/all";
import type { Assignment } from "../assignments/assignment";
import { writeScripts } from "./bundles";
import { type EditionLib, type Release, writeLib } from "./edition-lib";
import { factsOf } from "./facts";
import { replaceEdition, zipFolder } from "./folder";
import type { Language } from "./language";
import { packageFiles } from "./manifest";
import { releasedNotebook } from "./nbgrader";
import { readme } from "./readme";
import { leftOut } from "./same-work";
import { answersIn, answersInFolder } from "./search";

/** What is looked at of an assignment when its edition is made. */
export type EditionOf = Omit<Assignment, "parts">;

/** Where an edition has been written. */
export interface Written {
  readonly folder: string;
  readonly zip: string;
}

/**
 * Writes COURSE/editions/A3 and its zip: what students get.
 * @param all the assignments whose questions are left out
 * @throws if an answer would be in it
 */
export async function writeEdition(
  assignment: EditionOf,
  course: string,
  language: Language = "en",
  all: readonly Release[] = registered,
): Promise<Written> {
  const folder = path.join(path.resolve(course), "editions", assignment.id);
  await replaceEdition(folder, async (half) => {
    const released = await releasedNotebook(assignment, course, language);
    await fill(half, assignment, released, language, all);
  });
  return { folder, zip: await zipFolder(folder) };
}

async function fill(
  folder: string,
  assignment: EditionOf,
  released: string,
  language: Language,
  all: readonly Release[],
): Promise<void> {
  const notebook = path.basename(released);
  copyFileSync(released, path.join(folder, notebook));
  const lib = await writeLib(assignment, path.join(folder, "lib"), all);
  const found = answersInFolder(folder, answersIn(leftOut(assignment, all), assignment.gives));
  if (found.length > 0) throw new Error(`${assignment.id}: the edition has answers: ${found.join(", ")}`);
  await format(path.join(folder, "lib"));
  copyData(folder, assignment.id, lib);
  const facts = factsOf(assignment, released, notebook, language);
  const { packageJson, lockFile } = packageFiles(facts, assignment.packages);
  writeJson(path.join(folder, "package.json"), packageJson);
  writeJson(path.join(folder, "package-lock.json"), lockFile);
  copyFileSync(
    path.join(root, "scripts/assignment/edition/requirements.txt"),
    path.join(folder, "requirements.txt"),
  );
  writeFileSync(path.join(folder, "README.md"), readme(facts));
  copyFileSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
  writeFileSync(path.join(folder, ".gitignore"), "node_modules\n.venv/\n.cache/\n.ipynb_checkpoints/\n");
  await writeScripts(folder);
}

const writeJson = (file: string, value: unknown) =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** As the project's own sources are formatted. */
async function format(folder: string): Promise<void> {
  const { formatter, javascript } = JSON.parse(readFileSync(path.join(root, "biome.json"), "utf8"));
  const config = path.join(folder, "biome.json");
  writeJson(config, { root: true, formatter, javascript });
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const { code, output } = await runTool(process.execPath, [biome, "format", "--write", "."], {
    cwd: folder,
  });
  if (code !== 0) throw new Error(`biome cannot format the edition's lib:\n${output}`);
  rmSync(config);
}

/** The files of data/ that the edition's lib names, and the assignment's known slips. */
function copyData(folder: string, id: string, lib: EditionLib): void {
  const named = new Set<string>([`assignments/${id}.json`]);
  for (const source of lib.values())
    if (typeof source === "string")
      for (const [, name] of source
        .replaceAll(/\/\*\*[\s\S]*?\*\//g, "")
        .matchAll(/"([\w-]+\.(?:json|csv))"/g))
        named.add(name);
  for (const name of named) {
    const from = path.join(root, "data", name);
    if (!existsSync(from)) continue;
    const to = path.join(folder, "data", name);
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}
