import { compiled, core, memory } from "./wasm";

const threads = wanted();

/** Multiplications after which the other threads are started: a program that computes little never pays for them. */
const worthStarting = 5e7;
let multiplications = 0;
let started = threads === 1;

/**
 * Notes work that other threads can share, and starts them once there has been enough of it.
 * @example
 * noteWork(1000) // undefined
 */
export function noteWork(count: number): void {
  if (started) return;
  multiplications += count;
  if (multiplications >= worthStarting) start();
}

/**
 * How many threads compute: BACKPROP_THREADS, else one for each processor, at most 4. In a browser 1.
 * @example
 * threadCount() >= 1 // true
 */
export function threadCount(): number {
  return threads;
}

function wanted(): number {
  if (typeof process === "undefined" || !process.versions?.node) return 1;
  const setting = process.env.BACKPROP_THREADS;
  if (setting === undefined) return Math.min(4, require("node:os").availableParallelism());
  const count = Number(setting);
  if (!Number.isInteger(count) || count < 1 || count > 8)
    throw new Error(`BACKPROP_THREADS is "${setting}" (it must be a whole number from 1 to 8)`);
  return count;
}

/** What another thread runs: its own instance of the core over the same memory. */
const program = `const { compiled, memory, place } = require("node:worker_threads").workerData;
const { work } = new WebAssembly.Instance(compiled, { env: { memory } }).exports;
for (;;) work(place);`;

function start(): void {
  started = true;
  const { Worker } = require("node:worker_threads");
  for (let place = 1; place < threads; place++) {
    const workerData = { compiled, memory, place };
    // a thread that cannot be had only means that the others do its share
    new Worker(program, { eval: true, workerData, execArgv: [], env: {} }).on("error", () => {}).unref();
  }
  core.setThreads(threads);
}
