import type { Floats } from "./arena";
import { blockBytes, freeBlocks, takeBlocks } from "./blocks";
import type { Operand } from "./operands";
import { memory } from "./wasm";

/** An array in the core's memory that a region handed out; the core works on it in place. */
type Resident = Floats & { readonly pointer: number; readonly region: Region };

function residentArray(region: Region, pointer: number, length: number, double: boolean): Floats {
  const data = double
    ? new Float64Array(memory.buffer, pointer, length)
    : new Float32Array(memory.buffer, pointer, length);
  return Object.defineProperties(data, { pointer: { value: pointer }, region: { value: region } });
}

/**
 * The region that handed an array out; undefined of any other array.
 * @example
 * regionOf(new Float64Array(1)) // undefined
 */
export function regionOf(x: Floats): Region | undefined {
  return (x as Partial<Resident>).region;
}

/** A matrix with the block it lies in and the place behind it. */
interface Slot {
  readonly matrix: Operand;
  readonly double: boolean;
  readonly block: number;
  readonly end: number;
}

interface Blocks {
  readonly start: number;
  readonly count: number;
}

/**
 * A place for the results of one training step. The same sequence of allocations gets the same matrices again after
 * `rewind`, so that a step allocates nothing.
 */
export class Region {
  private readonly blocks: Blocks[] = [];
  /** For each kind of step its matrices in the order of their allocation. */
  private readonly layouts = new Map<number, Slot[]>();
  private slots: Slot[] = [];
  private next = 0;

  /**
   * Forgets all matrices: the next ones lie in their place. Steps that allocate differently, as batches of different
   * sizes do, are told apart by `kind`.
   */
  rewind(kind: number): void {
    this.next = 0;
    this.slots = this.layouts.get(kind) ?? [];
    this.layouts.set(kind, this.slots);
  }

  /** A matrix of unspecified content, or undefined where the core's memory is full. */
  allocate(rows: number, cols: number, double: boolean): Operand | undefined {
    const slot = this.slots[this.next];
    if (
      slot !== undefined &&
      slot.matrix.rows === rows &&
      slot.matrix.cols === cols &&
      slot.double === double
    ) {
      this.next++;
      return slot.matrix;
    }
    return this.allocateNew(rows, cols, double);
  }

  private allocateNew(rows: number, cols: number, double: boolean): Operand | undefined {
    this.slots.length = this.next;
    const last = this.slots[this.next - 1];
    const bytes = rows * cols * (double ? 8 : 4);
    let block = last?.block ?? 0;
    let start = last?.end ?? (this.blocks.length > 0 ? this.startOf(0) : 0);
    while (block < this.blocks.length && start + bytes > this.endOf(block)) {
      block++;
      if (block < this.blocks.length) start = this.startOf(block);
    }
    if (block === this.blocks.length) {
      const count = Math.max(1, Math.ceil(bytes / blockBytes));
      const address = takeBlocks(count);
      if (address === undefined) return undefined;
      this.blocks.push({ start: address, count });
      start = address;
    }
    const matrix = { rows, cols, data: residentArray(this, start, rows * cols, double) };
    this.slots.push({ matrix, double, block, end: Math.ceil((start + bytes) / 64) * 64 });
    this.next++;
    return matrix;
  }

  private startOf(block: number): number {
    return this.blocks[block].start;
  }

  private endOf(block: number): number {
    return this.startOf(block) + this.blocks[block].count * blockBytes;
  }

  /** Gives its blocks back. Its matrices must not be used any more: whoever has kept one finds NaN in it. */
  release(): void {
    for (const { start, count } of this.blocks) {
      // bytes of ones are NaN in float64 and in float32
      new Uint8Array(memory.buffer, start, count * blockBytes).fill(255);
      freeBlocks(start, count);
    }
    this.blocks.length = 0;
    this.layouts.clear();
    this.slots = [];
    this.next = 0;
  }
}

let active: Region | undefined;

/**
 * Runs f; the results of the core's operations inside lie in the region and hold until it is rewound.
 * @example
 * const region = new Region()
 * inRegion(region, () => 3) // 3
 * region.release() // undefined
 */
export function inRegion<T>(region: Region, f: () => T): T {
  const outer = active;
  active = region;
  try {
    return f();
  } finally {
    active = outer;
  }
}

/**
 * A matrix for a result of x's type: in the active region if there is one with room, else of its own.
 * @example
 * newMatrix(2, 3, new Float32Array(1)).data.length // 6
 */
export function newMatrix(rows: number, cols: number, x: Floats): Operand {
  const double = x.BYTES_PER_ELEMENT === 8;
  const resident = active?.allocate(rows, cols, double);
  if (resident !== undefined) return resident;
  const length = rows * cols;
  return { rows, cols, data: double ? new Float64Array(length) : new Float32Array(length) };
}
