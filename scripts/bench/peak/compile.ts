import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../../setup/paths";
import { withFolder } from "../with-folder";
import { type FloatType, flopsOfRound, type Loop, lanes, loopSource } from "./loops";

/** A loop, compiled. */
export interface CompiledLoop {
  readonly name: string;
  readonly type: FloatType;
  readonly flopsOfRound: number;
  /** Fills the registers' places in memory with their first values, each lane alike. */
  fill(): void;
  run(rounds: number): void;
  /** The registers as the last run left them: for each its lanes. */
  registers(): Map<string, number[]>;
}

/** What is used of WebAssembly, which the types of this project do not declare. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: Record<string, unknown> };
}

/** As lib's core, but for threads, which registers do not need. */
const settings = ["-O3", "--enable=simd", "--runtime=stub", "--use=abort="];

/** Compiles the loops with the project's AssemblyScript, each for float64 and for float32. */
export async function compileLoops(loops: readonly Loop[]): Promise<CompiledLoop[]> {
  const types = Object.keys(lanes) as FloatType[];
  const all = loops.flatMap((loop, k) => types.map((type) => ({ loop, type, name: `loop${k}${type}` })));
  const source = [
    "const registers = memory.data(1024, 16);",
    "export function place(): usize { return registers; }",
    ...all.map(({ loop, type, name }) => loopSource(loop, type, name)),
  ].join("\n");
  const exports = await compile(source);
  const at = (exports.place as () => number)();
  const { buffer } = exports.memory as { buffer: ArrayBuffer };
  return all.map(({ loop, type, name }) => {
    const data = type === "f32" ? new Float32Array(buffer, at) : new Float64Array(buffer, at);
    const width = lanes[type];
    const start = [...loop.registers];
    const run = exports[name] as (rounds: number, at: number) => void;
    return {
      name: loop.name,
      type,
      flopsOfRound: flopsOfRound(loop, type),
      fill: () => {
        start.forEach(([, value], k) => {
          data.fill(value, k * width, (k + 1) * width);
        });
      },
      run: (rounds) => run(rounds, at),
      registers: () => new Map(start.map(([one], k) => [one, [...data.slice(k * width, (k + 1) * width)]])),
    };
  });
}

function compile(source: string): Promise<Record<string, unknown>> {
  return withFolder(async (folder) => {
    const [input, output] = ["loops.ts", "loops.wasm"].map((name) => path.join(folder, name));
    await writeFile(input, source);
    const compiler = path.join(root, "node_modules/assemblyscript/bin/asc.js");
    const args = [compiler, input, `--outFile=${output}`, ...settings];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
    return new Instance(new Module(await readFile(output))).exports;
  });
}
