import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * The files of lib that some of its files need, themselves included, sorted.
 * @param entries paths in lib without ".ts", as cells import them: "layers", "figures/bars"
 * @param read gives a file's source, as it is to be looked at
 * @throws if an import leads to no file of lib
 */
export function filesNeeded(
  lib: string,
  entries: readonly string[],
  read = (file: string) => readFileSync(path.join(lib, file), "utf8"),
): string[] {
  const found = new Set<string>();
  const follow = (file: string, from: string): void => {
    if (found.has(file)) return;
    if (!existsSync(path.join(lib, file))) throw new Error(`${from} imports ${file}, which is not in lib`);
    found.add(file);
    for (const name of relativeImports(read(file)))
      follow(`${path.posix.join(path.posix.dirname(file), name)}.ts`, file);
  };
  for (const entry of entries) follow(`${entry}.ts`, "the assignment");
  return [...found].sort();
}

/** The relative paths that a source imports from, types among them. */
function relativeImports(source: string): string[] {
  const { importedFiles } = ts.preProcessFile(source, true, true);
  return importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
}
