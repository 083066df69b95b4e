import type { Floats } from "./arena";
import { inRegion, Region, regionOf } from "./region";
import { memory } from "./wasm";

/**
 * Where the matrices of a training's steps lie: those of one step in one region, those of the next in another, then the
 * first is used again. So a step may use the last one's results, and no step allocates memory.
 */
export class StepMemory {
  private here = new Region();
  private there = new Region();

  /**
   * Runs one step; `kind` tells apart steps whose matrices differ in size.
   * @example
   * const memory = new StepMemory()
   * memory.step(1, () => 3) // 3
   * memory.release() // undefined
   */
  step<T>(kind: number, f: () => T): T {
    [this.here, this.there] = [this.there, this.here];
    this.here.rewind(kind);
    return inRegion(this.here, f);
  }

  /** What the next step will need of this one: a matrix handed on from the last step would be overwritten by it. */
  handOn<T>(tree: T): T {
    return moveOut(tree, this.there);
  }

  /** The same values in memory of their own. */
  copyOut<T>(tree: T): T {
    return moveOut(tree);
  }

  /** Gives the memory back. */
  release(): void {
    this.here.release();
    this.there.release();
  }
}

/**
 * The tree with every array that lies in the region, or every one at all, replaced by a copy of its own; the tree
 * itself if there is none. Trees are objects, lists and Maps to any depth. Of a view into the core's memory, as
 * `subarray` makes one, the region is not known: it is replaced in any case.
 * @example
 * const tree = { weights: { rows: 1, cols: 1, data: new Float64Array(1) } }
 * moveOut(tree, new Region()) === tree // true
 * moveOut(tree).weights.data === tree.weights.data // false
 */
export function moveOut<T>(tree: T, region?: Region): T {
  if (typeof tree !== "object" || tree === null) return tree;
  if (ArrayBuffer.isView(tree)) return liesIn(tree as unknown as Floats, region) ? ownCopy(tree) : tree;
  if (tree instanceof Map) {
    const moved = new Map([...tree].map(([key, value]) => [key, moveOut(value, region)]));
    return [...moved].every(([key, value]) => value === tree.get(key)) ? tree : (moved as T);
  }
  let copy: T | undefined;
  for (const key in tree) {
    const moved = moveOut(tree[key], region);
    if (moved === tree[key]) continue;
    copy ??= shallowCopy(tree);
    copy[key] = moved;
  }
  return copy ?? tree;
}

function liesIn(data: Floats, region?: Region): boolean {
  if (region === undefined) return true;
  const known = regionOf(data);
  if (known !== undefined) return known === region;
  return data.buffer.constructor === memory.buffer.constructor;
}

const ownCopy = <T>(view: T): T => (view as unknown as Floats).slice() as T;

/** With the methods that its class gives it. */
function shallowCopy<T extends object>(tree: T): T {
  if (Array.isArray(tree)) return [...tree] as unknown as T;
  return Object.assign(Object.create(Object.getPrototypeOf(tree)), tree);
}
