// `npm run assignment -- submit A3`: packs what is to be handed in and says what is missing.
import { createHash } from "node:crypto";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import type { Findings } from "./answers";
import { readCells } from "./cells";
import { facts, notebookFile } from "./facts";
import { root } from "./paths";
import { setUpPackages } from "./set-up-steps";
import { words } from "./words";

/** Packs the notebook, whatever is in it. */
export async function submit(id: string): Promise<number> {
  if (id.toLowerCase() !== facts.id.toLowerCase())
    throw Object.assign(new Error(words.otherAssignment(id)), { name: "BadInput" });
  await setUpPackages();
  const cells = readCells(notebookFile);
  // needs the packages, which may have been missing until now
  const { look } = require("./answers") as typeof import("./answers");
  const findings = look(cells);
  for (const line of linesOf(findings)) console.log(line);
  const file = pack(findings);
  const saved = statSync(notebookFile).mtime.toLocaleString(facts.language === "zh" ? "zh-CN" : "en-GB");
  console.log(`\n${words.packed(file, facts.notebook, saved)}\n${words.handIn}`);
  return 0;
}

function linesOf({ unwritten, deleted, errors }: Findings): string[] {
  const lines = [
    ...(unwritten.length > 0 ? [words.unwritten(unwritten)] : []),
    ...(deleted.length > 0 ? [words.deleted(deleted)] : []),
    ...errors.map(({ cell, message }) => words.noCompile(cell, message)),
  ];
  return lines.length > 0 ? lines : [words.complete];
}

/** Writes A3-handed-in.zip, whole or not at all: the notebook, and what was found in it. */
function pack(findings: Findings): string {
  const notebook = readFileSync(notebookFile);
  const manifest = {
    assignment: facts.id,
    notebook: facts.notebook,
    sha256: createHash("sha256").update(notebook).digest("hex"),
    ...findings,
  };
  const entries = {
    [facts.notebook]: new Uint8Array(notebook),
    "manifest.json": new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
  };
  const name = `${facts.id}-handed-in.zip`;
  const partial = path.join(root, `.${name}.partial`);
  writeFileSync(partial, zipSync(entries));
  renameSync(partial, path.join(root, name));
  return name;
}
