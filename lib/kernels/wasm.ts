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
  erf(x: number): number;
  erfc(x: number): number;
  evaluate(operation: number, z: number, parameter: number): number;
  product64: Product;
  product32: Product;
  map64: Map;
  map32: Map;
  derivativeTimes64: DerivativeTimes;
  derivativeTimes32: DerivativeTimes;
  combine64: Combine;
  combine32: Combine;
  scale64: Scale;
  scale32: Scale;
  addColumn64: AddColumn;
  addColumn32: AddColumn;
  softmaxColumns64: SoftmaxColumns;
  softmaxColumns32: SoftmaxColumns;
  crossEntropy64: CrossEntropy;
  crossEntropy32: CrossEntropy;
  sumRows64: SumRows;
  sumRows32: SumRows;
  gather64: Gather;
  gather32: Gather;
  allFinite64(x: number, count: number): number;
  allFinite32(x: number, count: number): number;
  /** How many threads take part: this one, and those that called work. */
  setThreads(count: number): void;
  /** Takes part for a while, as thread `place`. */
  work(place: number): void;
  softmaxWithLogTotals64: SoftmaxWithLogTotals;
  softmaxWithLogTotals32: SoftmaxWithLogTotals;
  descend64: Descend;
  descend32: Descend;
  momentum64: Momentum;
  momentum32: Momentum;
  scaled64: Scaled;
  scaled32: Scaled;
  adam64: Adam;
  adam32: Adam;
  clamp64: Clamp;
  clamp32: Clamp;
  sumOfSquares64: SumOfSquares;
  sumOfSquares32: SumOfSquares;
  /** The first byte of the memory that the module does not use itself. */
  heapStart(): number;
}

// biome-ignore format: one signature a line
type Product = (m: number, n: number, k: number, a: number, ai: number, ak: number, b: number, bk: number, bj: number, c: number, ci: number, bias: number) => void;
type Map = (operation: number, x: number, y: number, count: number, parameter: number) => void;
type DerivativeTimes = (
  derivative: number,
  x: number,
  y: number,
  z: number,
  count: number,
  parameter: number,
) => void;
type Combine = (operation: number, x: number, y: number, z: number, count: number) => void;
type Scale = (x: number, s: number, y: number, count: number) => void;
type AddColumn = (x: number, b: number, y: number, rows: number, cols: number) => void;
type CrossEntropy = (z: number, t: number, p: number, rows: number, cols: number, work: number) => number;
type SumRows = (x: number, sums: number, rows: number, cols: number) => void;
type Gather = (samples: number, index: number, y: number, rows: number, cols: number) => void;
type SoftmaxColumns = (log: number, x: number, y: number, rows: number, cols: number, work: number) => void;
// biome-ignore format: one signature a line
type SoftmaxWithLogTotals = (x: number, p: number, largest: number, logTotals: number, rows: number, cols: number, work: number) => void;

// One step of an optimizer: pointers to θ, g and the state, to the new θ and state, the count, and the rule's numbers.
// biome-ignore format: one signature a line
type Descend = (theta: number, g: number, newTheta: number, count: number, alpha: number, lambda: number) => void;
// biome-ignore format: one signature a line
type Momentum = (theta: number, g: number, b: number, newTheta: number, newB: number, count: number, gamma: number, s: number, p: number, q: number, r: number, lambda: number) => void;
// biome-ignore format: one signature a line
type Scaled = (theta: number, g: number, s: number, newTheta: number, newS: number, count: number, alpha: number, rho: number, w: number, epsilon: number, lambda: number) => void;
// biome-ignore format: one signature a line
type Adam = (theta: number, g: number, m: number, v: number, largest: number, newTheta: number, newM: number, newV: number, newLargest: number, count: number, alpha: number, w1: number, beta2: number, w2: number, c: number, epsilon: number, lambda: number, kappa: number) => void;
type Clamp = (x: number, y: number, count: number, bound: number) => void;
type SumOfSquares = (x: number, count: number, s: number) => number;

/** What is used of WebAssembly, which the compiler options of the notebooks' kernel do not declare. */
interface WebAssemblyApi {
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => GrowingMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/** A memory whose buffer is a larger one after `grow`; views of the old buffers stay valid. */
export interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** 64 KiB pages: 64 MiB, growing to at most 4 GiB. Pages that are not touched take no real memory. */
const initial = 1024;
const maximum = 65536;

/** The core's memory, shared with its other threads. */
export const memory = new Memory({ initial, maximum, shared: true });

/** The compiled code as other threads are given it. */
export const compiled = new Module(wasmBytes());

/** The compiled core. */
export const core = new Instance(compiled, { env: { memory } }).exports as Core;

/** A page in a browser, which has no files, leaves the bytes under this name. */
function wasmBytes(): Uint8Array {
  const left = (globalThis as unknown as { [key: symbol]: Uint8Array | undefined })[
    Symbol.for("backpropagation.kernels.wasm")
  ];
  return left ?? readFileSync(wasmFile());
}

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
