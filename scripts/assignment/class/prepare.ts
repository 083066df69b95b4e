import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cache, root } from "../../setup/paths";
import { sourceHash } from "../../sweep/code-hash";
import type { Assignment } from "../assignments/assignment";
import type { Paper } from "../mark/grade-submission";
import { type Inside, prepareInside } from "../mark/inside";
import { codeHandedOut, paperOf } from "../mark/paper";
import { libOf } from "../release/edition-lib";

/** All that marking an assignment needs. */
export interface Prepared {
  readonly paper: Paper;
  readonly inside: Inside;
  /** Of all that marks hang on but the submission and the secret. */
  readonly hash: string;
  /** The code that students are given, answers not yet written. */
  readonly handedOut: readonly string[];
}

/** Makes the students' lib as it stands now, and what runs inside. */
export async function prepare(assignment: Assignment): Promise<Prepared> {
  const paper = paperOf(assignment);
  const folder = path.join(cache, "assignments", assignment.id);
  const lib = writeOnce(folder, await libOf(assignment));
  const inside = await prepareInside(lib, folder, assignment.packages);
  // the digests by which mistakes are recognized
  const data = [`assignments/${assignment.id}.json`].filter((name) =>
    existsSync(path.join(root, "data", name)),
  );
  const hash = createHash("sha256")
    .update(JSON.stringify([inside.hash, paper.givenCells, assignment.packages]))
    .update(await sourceHash(path.join(__dirname, `../assignments/${assignment.id.toLowerCase()}.ts`), data))
    .update(await sourceHash(path.join(__dirname, "../mark/grade-submission.ts")))
    .digest("hex");
  return { paper, inside, hash, handedOut: codeHandedOut(assignment) };
}

/** The folder of some files, named by what they hold; it is made beside first, so that what is there is whole. */
function writeOnce(parent: string, files: ReadonlyMap<string, string | Uint8Array>): string {
  const hash = createHash("sha256");
  for (const [name, content] of files) hash.update(JSON.stringify([name, content.length])).update(content);
  const folder = path.join(parent, hash.digest("hex").slice(0, 16), "lib");
  if (existsSync(folder)) return folder;
  mkdirSync(parent, { recursive: true });
  const half = mkdtempSync(path.join(parent, "half-"));
  try {
    for (const [name, content] of files) {
      const file = path.join(half, "lib", name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    if (!existsSync(path.dirname(folder))) renameSync(half, path.dirname(folder));
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}
