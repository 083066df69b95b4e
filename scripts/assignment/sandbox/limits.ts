/** What a sandboxed process may use; whoever goes beyond it is ended. */
export interface Limits {
  /** Seconds of computing between a request and its answer, of all threads together. */
  readonly cpuSeconds: number;
  /** The same for all requests together. */
  readonly totalCpuSeconds: number;
  /**
   * Seconds by the clock between a request and its answer in which the process neither computes nor waits for a core:
   * ends what sleeps, and not what other processes keep from computing.
   */
  readonly wallSeconds: number;
  /** Bytes of memory in use. */
  readonly memoryBytes: number;
  /** Bytes of JavaScript's heap. */
  readonly heapBytes: number;
  /** Bytes written to stdout and stderr together. */
  readonly outputBytes: number;
  /** Bytes of one answer. */
  readonly answerBytes: number;
  /** Bytes of the scratch folder. */
  readonly scratchBytes: number;
}

const mebibyte = 2 ** 20;

/** For running a student's cells: a right answer takes a small part of each. */
export const runLimits: Limits = {
  cpuSeconds: 10,
  totalCpuSeconds: 60,
  wallSeconds: 40,
  memoryBytes: 1024 * mebibyte,
  heapBytes: 512 * mebibyte,
  outputBytes: 4 * mebibyte,
  answerBytes: 32 * mebibyte,
  scratchBytes: 64 * mebibyte,
};

/** For compiling cells: the process is asked for one submission after another, so all together may take any time. */
export const compileLimits: Limits = {
  ...runLimits,
  cpuSeconds: 20,
  totalCpuSeconds: 86_400,
  wallSeconds: 80,
  memoryBytes: 1536 * mebibyte,
  heapBytes: 1024 * mebibyte,
};
