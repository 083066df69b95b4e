// Work shared among threads. Each thread has an instance of this module of its own over the same memory. The first one
// writes down a job, cut into pieces that do not depend on each other; every thread takes pieces until none is left.
// Who computes a piece changes nothing in it, so the bits do not depend on the number of threads, and a thread that
// sleeps or is held up by the operating system holds up only the piece it took.
import { runPiece } from "./jobs";
import { finished, maxThreads, pieceCount, sleeping, unclaimed, waiting } from "./layout";

/** This instance's place among the threads; 0 is the one that hands out work. */
export let self: i32 = 0;

/** How many threads may take pieces. */
let threads: i32 = 1;

export function setThreads(count: i32): void {
  threads = count;
}

/** Whether there is anybody to share work with. */
// @ts-ignore: decorator
@inline export function shared(): bool {
  return threads > 1;
}

/** Computes all pieces of the job that jobs.ts describes, together with the other threads. */
export function share(count: i32): void {
  if (threads == 1 || count == 1) {
    for (let piece = 0; piece < count; piece++) runPiece(piece);
    return;
  }
  store<i32>(pieceCount, count);
  atomic.store<i32>(finished, 0);
  atomic.store<i32>(unclaimed, count);
  if (atomic.load<i32>(sleeping) > 0) atomic.notify(unclaimed, maxThreads);
  takePieces();
  waitForOthers(count);
}

/** How often the first thread looks whether the others have finished before it sleeps: some 10 µs. */
const firstPatience: i32 = 30000;

/** Returns when all pieces are finished. Where another program has taken a processor, sleeping leaves it the other. */
function waitForOthers(count: i32): void {
  for (let look = 0; ; look++) {
    const done = atomic.load<i32>(finished);
    if (done == count) return;
    if (look < firstPatience) continue;
    atomic.store<i32>(waiting, 1);
    // in nanoseconds: who finishes the last piece may have looked at `waiting` just before
    atomic.wait<i32>(finished, done, 200000);
    atomic.store<i32>(waiting, 0);
    look = 0;
  }
}

/** The same, on this thread alone if there are not more than `few` pieces. */
export function shareIfMany(count: i32, few: i32): void {
  if (count > few) share(count);
  else for (let piece = 0; piece < count; piece++) runPiece(piece);
}

/** Takes and computes pieces until none is left. */
function takePieces(): void {
  let left = atomic.load<i32>(unclaimed);
  while (left > 0) {
    const seen = atomic.cmpxchg<i32>(unclaimed, left, left - 1);
    if (seen == left) {
      // the job cannot end, nor its description change, before this piece is finished
      runPiece(load<i32>(pieceCount) - left);
      atomic.add<i32>(finished, 1);
      if (atomic.load<i32>(waiting) != 0) atomic.notify(finished, 1);
      left = atomic.load<i32>(unclaimed);
    } else left = seen;
  }
}

/** Looks for work so often before it sleeps: some 40 µs. */
const patience: i32 = 100000;

/**
 * What every other thread does again and again: takes pieces of the first one's jobs. It returns after some time, so
 * that the engine can go over to its optimized code, which a loop without end would never reach.
 */
export function work(place: i32): void {
  self = place;
  let jobs = 0;
  for (let look = 0; look < patience; look++) {
    if (atomic.load<i32>(unclaimed) == 0) continue;
    takePieces();
    look = 0;
    if (++jobs == 100) return;
  }
  atomic.add<i32>(sleeping, 1);
  atomic.wait<i32>(unclaimed, 0, -1);
  atomic.sub<i32>(sleeping, 1);
}
