import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import writeFileAtomic from "write-file-atomic";

const root = path.resolve(__dirname, "..");

/** Compiled with these settings the same source gives the same bytes on every machine. */
const settings = [
  "-O3",
  "--enable=simd",
  "--enable=threads",
  "--runtime=stub",
  "--importMemory",
  "--sharedMemory",
  "--noExportMemory",
  "--initialMemory=1024",
  "--maximumMemory=65536",
  // nothing here aborts; without this the module would import a function to do so
  "--use=abort=",
];

/**
 * Compiles AssemblyScript to WebAssembly.
 * @param sources a folder with what lib/kernels/assembly has
 * @throws with the compiler's message if the source does not compile
 */
export async function compileWasm(sources: string): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), "build-wasm-"));
  try {
    const output = path.join(folder, "kernels.wasm");
    const compiler = path.join(root, "node_modules/assemblyscript/bin/asc.js");
    await promisify(execFile)(process.execPath, [compiler, "index.ts", `--outFile=${output}`, ...settings], {
      cwd: sources,
    });
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Compiles lib/kernels/assembly to WebAssembly and writes the file whole, or not at all.
 * @param target where to write it; default lib/kernels/kernels.wasm
 * @returns the number of bytes
 * @throws with the compiler's message if the source does not compile
 */
export async function buildWasm(target = path.join(root, "lib/kernels/kernels.wasm")): Promise<number> {
  const bytes = await compileWasm(path.join(root, "lib/kernels/assembly"));
  await writeFileAtomic(target, bytes);
  console.log(`${path.relative(root, target)}: ${bytes.length} bytes`);
  return bytes.length;
}
