import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The functions of kernels.wasm (source in assembly/). Pointers are byte offsets into `memory`; counts and strides are
 * entries; names ending in 64 take float64 arrays, in 32 float32.
 */
interface Core {
  exp(x: number): number;
  log(x: number): number;
  log1p(x: number): number;
  expm1(x: number): number;
  sin(x: number): number;
  cos(x: number): number;
  tanh(x: number): number;
  pow(x: number, y: number): number;
  evaluate(operation: number, z: number, parameter: number): number;
  product64: Product;
  product32: Product;
  productWorkBytes(): number;
  map64: Map;
  map32: Map;
  combine64: Combine;
  combine32: Combine;
  scale64: Scale;
  scale32: Scale;
  addColumn64: AddColumn;
  addColumn32: AddColumn;
  softmaxColumns64: SoftmaxColumns;
  softmaxColumns32: SoftmaxColumns;
  /** The first byte of the memory that the module does not use itself. */
  heapStart(): number;
}

// biome-ignore format: one signature a line
type Product = (m: number, n: number, k: number, a: number, ai: number, ak: number, b: number, bk: number, bj: number, c: number, ci: number, work: number) => void;
type Map = (operation: number, x: number, y: number, count: number, parameter: number) => void;
type Combine = (operation: number, x: number, y: number, z: number, count: number) => void;
type Scale = (x: number, s: number, y: number, count: number) => void;
type AddColumn = (x: number, b: number, y: number, rows: number, cols: number) => void;
type SoftmaxColumns = (log: number, x: number, y: number, rows: number, cols: number, work: number) => void;

/** What is used of WebAssembly, which the compiler options of the notebooks' kernel do not declare. */
interface WebAssemblyApi {
  Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/** 64 KiB pages: 128 MiB, never grown, so views of it stay valid. Pages that are not touched take no real memory. */
const pages = 2048;
const shared = new Memory({ initial: pages, maximum: pages });

/** The core's memory. A typed array over it is worked on in place; others are copied in and out. */
export const memory: ArrayBuffer = shared.buffer;

/** The compiled core. */
export const core = new Instance(new Module(readFileSync(wasmFile())), { env: { memory: shared } })
  .exports as Core;

function wasmFile(): string {
  const folders = [__dirname, path.join(process.cwd(), "lib/kernels")];
  for (const folder of folders) {
    const file = path.join(folder, "kernels.wasm");
    if (existsSync(file)) return file;
  }
  throw new Error(
    `kernels.wasm not found in ${folders.join(" or ")}: run npm run build:wasm in the project's folder`,
  );
}
