import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import ts from "typescript";
import writeFileAtomic from "write-file-atomic";
import { compileWasm } from "../../build-wasm";
import { cache, root } from "../../setup/paths";
import { sha256 } from "../../setup/stamp";
import type { LeftOut } from "./same-work";
import { parse, strip } from "./strip";
import { withoutUnused } from "./unused";

const assembly = path.join(root, "lib/kernels/assembly");

/** What the module needs to run at all; lib's threads take it from the instance by other names. */
const always = new Set(["work", "setThreads", "heapStart"]);

/** The numeric core's sources as an edition has them, by file. */
export function strippedAssembly(left: LeftOut, isUsed: (name: string) => boolean): Map<string, string> {
  const sources = new Map<string, string>();
  for (const file of readdirSync(assembly).filter((name) => name.endsWith(".ts"))) {
    const source = readFileSync(path.join(assembly, file), "utf8");
    const place = `kernels/assembly/${file}`;
    const stripped = strip(source, left.get(place) ?? [], place);
    sources.set(file, file === "index.ts" ? withoutExports(stripped, isUsed) : stripped);
  }
  return sources;
}

/**
 * The numeric core without what is asked for, and without what the edition's lib never calls.
 * @param lib the edition's sources
 */
export async function strippedWasm(left: LeftOut, lib: ReadonlyMap<string, string>): Promise<Buffer> {
  const called = new Set<string>();
  for (const source of lib.values())
    for (const [, name] of source.matchAll(/\bcore\.(\w+)/g)) called.add(name);
  const sources = strippedAssembly(left, (name) => always.has(name) || called.has(name));
  const key = sha256(JSON.stringify([...sources]), readFileSync(path.join(root, "package-lock.json")));
  const kept = path.join(cache, "assignments", `kernels-${key.slice(0, 16)}.wasm`);
  if (existsSync(kept)) return readFileSync(kept);
  mkdirSync(path.dirname(kept), { recursive: true });
  // the compiler finds its own library from a folder of the project only
  const folder = mkdtempSync(path.join(cache, "assignments", "assembly-"));
  try {
    for (const [file, source] of sources) writeFileSync(path.join(folder, file), source);
    const bytes = await compileWasm(folder);
    await writeFileAtomic(kept, bytes);
    return bytes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** index.ts without the exports that are not used, and what only they imported. */
function withoutExports(text: string, isUsed: (name: string) => boolean): string {
  let result = text;
  for (const statement of [...parse(text).statements].reverse()) {
    let by: string | undefined;
    if (ts.isFunctionDeclaration(statement) && !isUsed(statement.name?.text ?? "")) by = "";
    if (
      ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      const kept = statement.exportClause.elements.filter(({ name }) => isUsed(name.text));
      by =
        kept.length === 0
          ? ""
          : `export { ${kept.map((element) => element.getText()).join(", ")} } from ${statement.moduleSpecifier?.getText()};`;
    }
    if (by !== undefined) result = result.slice(0, statement.getStart()) + by + result.slice(statement.end);
  }
  return withoutUnused(result);
}
