import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../setup/paths";
import { assignments as registered } from "../assignments/all";
import type { Assignment } from "../assignments/assignment";
import { withoutFormulas } from "./comments";
import { filesNeeded } from "./imports";
import { type LeftOut, leftOut } from "./same-work";
import { readSource, sourceFile } from "./source-notebook";
import { strip } from "./strip";
import { strippedWasm } from "./wasm";

/** The files of an edition's lib, by their paths in lib: sources, and kernels/kernels.wasm. */
export type EditionLib = ReadonlyMap<string, string | Uint8Array>;

/** What is looked at of an assignment when its lib is made. */
export type Release = Pick<Assignment, "id" | "notebook" | "asked" | "gives">;

const lib = path.join(root, "lib");

/** Files that an edition has in another form, without packages that are native addons or large. */
const instead: Readonly<Record<string, string>> = {
  "notebook/figure-bundle.ts": path.join(root, "scripts/assignment/edition/lib/figure-bundle.ts"),
};

/** What computes gradients by itself, or holds wrong ones: with it an answer would be a call. */
const refused =
  /^(tape|experiments|sweeps|diagnostics)\b|^mutations\/(?!digest\.ts)|^gradients\/(?!compare\.ts|finite-differences\.ts|step-errors\.ts)/;

/** What cells need beside their imports: marking hands seeds and matrices to them. */
const always = ["matrix", "random"];

/**
 * The lib of an assignment's edition: what its notebook's cells need, without the functions that any assignment asks for
 * but for those that it gives.
 * @param all the assignments whose questions are left out
 * @throws if the notebook imports what would give answers away, or an asked function is not there
 */
export async function libOf(assignment: Release, all: readonly Release[] = registered): Promise<EditionLib> {
  const left = leftOut(assignment, all);
  const cells = readSource(sourceFile(assignment));
  const sources = strippedSources(left, [...new Set([...cells.imports, ...always])].sort());
  const wasm = await strippedWasm(left, sources);
  return new Map<string, string | Uint8Array>([...sources, ["kernels/kernels.wasm", wasm]]);
}

/** The same, written into a folder that is made. */
export async function writeLib(
  assignment: Release,
  folder: string,
  all: readonly Release[] = registered,
): Promise<EditionLib> {
  const files = await libOf(assignment, all);
  for (const [file, content] of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return files;
}

/** A file of another form imports lib's from where it lies. */
function wholeSource(file: string): string {
  const other = instead[file];
  if (other === undefined) return readFileSync(path.join(lib, file), "utf8");
  const toLib = path.posix.relative(path.posix.dirname(file), ".");
  return readFileSync(other, "utf8").replaceAll('"../../../../lib/', `"${toLib}/`);
}

function strippedSources(left: LeftOut, entries: readonly string[]): Map<string, string> {
  const sources = new Map<string, string>();
  const read = (file: string): string => {
    const known = sources.get(file);
    if (known !== undefined) return known;
    if (refused.test(file))
      throw new Error(`the students' edition would hold lib/${file}, which gives answers away`);
    const whole = wholeSource(file);
    const asked = left.get(file);
    const source = asked ? strip(withoutFormulas(whole, asked, file), asked, file) : whole;
    sources.set(file, source);
    return source;
  };
  filesNeeded(lib, entries, read);
  return new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)));
}
