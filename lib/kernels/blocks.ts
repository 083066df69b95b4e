import { scratchEnd } from "./arena";
import { memory } from "./wasm";

/** Memory behind scratch space is handed out in blocks of so many bytes. */
export const blockBytes = 1 << 20;

const pagesInBlock = blockBytes >> 16;

/** Whether each block that the memory has is in use. */
const taken: boolean[] = [];

/**
 * The address of so many free blocks in a row; the memory grows where there are none. Undefined where it cannot.
 * @example
 * const address = takeBlocks(2)
 * freeBlocks(address, 2) // undefined
 * takeBlocks(1) === address // true
 */
export function takeBlocks(count: number): number | undefined {
  let first = 0;
  for (let free = 0; free < count; ) {
    if (taken[first + free]) {
      first += free + 1;
      free = 0;
    } else free++;
  }
  const missing = first + count - taken.length;
  if (missing > 0)
    try {
      memory.grow(missing * pagesInBlock);
    } catch {
      return undefined;
    }
  taken.length = Math.max(taken.length, first + count);
  taken.fill(true, first, first + count);
  return scratchEnd + first * blockBytes;
}

/**
 * Gives blocks back. What lies in them is not to be used any more.
 * @example
 * freeBlocks(takeBlocks(1), 1) // undefined
 */
export function freeBlocks(address: number, count: number): void {
  const first = (address - scratchEnd) / blockBytes;
  taken.fill(false, first, first + count);
}
