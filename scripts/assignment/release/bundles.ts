import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "../../setup/paths";

const edition = path.join(root, "scripts/assignment/edition");
const kernel = path.join(root, "scripts/kernel");

const commands = ["set-up", "lab", "test", "assignment", "clean", "run-cells"];

/** An edition's folder is its own project: where things lie in it is told by other words. */
const ownPaths: Plugin = {
  name: "paths of the edition",
  setup({ onResolve }) {
    onResolve({ filter: /\/paths$/ }, ({ path: name, resolveDir }) =>
      path.resolve(resolveDir, name) === path.join(root, "scripts/setup/paths")
        ? { path: path.join(edition, "paths.ts") }
        : undefined,
    );
  },
};

const settings = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["tslab", "@tslab/*"] as string[],
  logLevel: "error",
  // licences of what is bundled stay with it
  legalComments: "inline",
} as const;

/** Writes the edition's scripts: its commands, the kernel and what set-up needs beside them. */
export async function writeScripts(folder: string): Promise<void> {
  const scripts = path.join(folder, "scripts");
  for (const sub of ["kernel", "setup"]) mkdirSync(path.join(scripts, sub), { recursive: true });
  await build({
    ...settings,
    entryPoints: commands.map((name) => path.join(edition, `${name}.ts`)),
    outdir: scripts,
    outExtension: { ".js": ".cjs" },
    plugins: [ownPaths],
  });
  // the kernel leaves the frames of a file of this name out of stacks
  for (const [entry, name] of [
    ["main.ts", "kernel"],
    ["socket-thread.ts", "socket-thread"],
  ])
    await build({
      ...settings,
      external: [...settings.external, "zeromq"],
      entryPoints: [path.join(kernel, entry)],
      outfile: path.join(scripts, "kernel", `${name}.bundle.js`),
    });
  copyFileSync(path.join(edition, "launch.cjs"), path.join(scripts, "kernel/launch.cjs"));
  const { env, ...spec } = JSON.parse(readFileSync(path.join(kernel, "kernel.json"), "utf8"));
  writeFileSync(path.join(scripts, "kernel/kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  copyFileSync(path.join(root, "scripts/setup/pip.txt"), path.join(scripts, "setup/pip.txt"));
}
