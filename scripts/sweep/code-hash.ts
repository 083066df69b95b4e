import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root } from "../setup/paths";
import type { Registered } from "./registry";

/**
 * SHA-256 of what an experiment's results hang on: its code and what that imports of lib, without comments; the core in
 * WebAssembly; the versions of the packages it uses; the files of data/ that it reads.
 */
export const codeHash = ({ experiment, file }: Registered): Promise<string> =>
  sourceHash(file, experiment.files);

/**
 * The same of any source file.
 * @param dataFiles the files of data/ that it reads
 */
export async function sourceHash(file: string, dataFiles: readonly string[] = []): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: "cjs",
    platform: "node",
    target: "es2022",
    packages: "external",
    minifyWhitespace: true,
    logLevel: "silent",
  });
  const hash = createHash("sha256").update(outputFiles[0].contents);
  for (const data of ["lib/kernels/kernels.wasm", ...dataFiles.map((name) => `data/${name}`)])
    hash.update(data).update(readFileSync(path.join(root, data)));
  for (const name of packages(metafile)) hash.update(`${name} ${versionOf(name)}`);
  return hash.digest("hex");
}

/** The packages that the code asks for by name, and the data that lib finds by `require.resolve`. */
function packages(metafile: Awaited<ReturnType<typeof build>>["metafile"]): string[] {
  const imported = Object.values(metafile?.inputs ?? {}).flatMap(({ imports }) => imports);
  const names = imported
    .filter(({ external, path: name }) => external && !name.startsWith("node:"))
    .map(({ path: name }) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return [...new Set(names)].sort();
}

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;
