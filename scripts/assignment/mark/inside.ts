import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root } from "../../setup/paths";
import type { Mount } from "../sandbox/bubblewrap";
import type { Confinement } from "../sandbox/confinement";

/** What the sandboxes of an assignment are made of: scripts of ours and the students' lib, compiled. */
export interface Inside {
  readonly compiler: { readonly mounts: readonly Mount[]; readonly script: string };
  readonly runner: { readonly mounts: readonly Mount[]; readonly script: string };
  /** The script that reads a large notebook, in a process of its own but outside: it runs nothing of a student's. */
  readonly reader: string;
  /** Of all that is inside. */
  readonly hash: string;
  /** How they are kept from the machine; by bubblewrap unless given. */
  readonly confinement?: Confinement;
}

const children = ["run", "compile", "read"];

/**
 * Compiles what runs inside, once for each state of the sources.
 * @param lib the folder lib of the students' edition
 * @param cache where to keep the result
 * @param packages npm packages that this lib reads its data from
 */
export async function prepareInside(
  lib: string,
  cache: string,
  packages: readonly string[] = [],
): Promise<Inside> {
  const hash = await hashOf(lib);
  const folder = path.join(cache, hash);
  if (!existsSync(folder)) await compileInto(folder, lib, cache);
  const modules = path.join(root, "node_modules");
  return {
    compiler: {
      script: "/project/compile.js",
      mounts: [
        { from: path.join(folder, "child/compile.js"), to: "/project/compile.js" },
        { from: modules, to: "/project/node_modules" },
        { from: lib, to: "/project/lib" },
      ],
    },
    runner: {
      script: "/project/run.js",
      mounts: [
        { from: path.join(folder, "child/run.js"), to: "/project/run.js" },
        { from: path.join(folder, "lib"), to: "/project/lib" },
        ...packages.map((name) => ({ from: path.join(modules, name), to: `/project/node_modules/${name}` })),
      ],
    },
    reader: path.join(folder, "child/read.js"),
    hash,
  };
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("assembly"))
    .sort();

const entryPoints = () => children.map((name) => path.join(__dirname, `../child/${name}.ts`));

const bundled = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  packages: "external",
} as const;

async function hashOf(lib: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of sourcesIn(lib).concat("kernels/kernels.wasm"))
    hash.update(file).update(readFileSync(path.join(lib, file)));
  const { outputFiles } = await build({ ...bundled, entryPoints: entryPoints(), outdir: "/", write: false });
  for (const { contents } of outputFiles) hash.update(contents);
  return hash.digest("hex").slice(0, 16);
}

/** Into a folder beside it first, so that what is there is whole. */
async function compileInto(folder: string, lib: string, cache: string): Promise<void> {
  const half = mkdtempSync(path.join(cache, "half-"));
  try {
    await build({ ...bundled, entryPoints: entryPoints(), outdir: path.join(half, "child") });
    await build({
      entryPoints: sourcesIn(lib).map((file) => path.join(lib, file)),
      platform: "node",
      format: "cjs",
      target: "node20",
      outdir: path.join(half, "lib"),
      outbase: lib,
    });
    cpSync(path.join(lib, "kernels/kernels.wasm"), path.join(half, "lib/kernels/kernels.wasm"));
    if (!existsSync(folder)) renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}
