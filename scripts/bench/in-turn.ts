import type { Progress } from "./part";

/** Something that is timed. */
export interface Contestant {
  readonly name: string;
  /** Does the work once and gives the seconds that it took. */
  time(): Promise<number>;
}

/** What the contestants took. */
export interface Times {
  /** Seconds of each run. */
  readonly runs: readonly number[];
  /** Seconds of the first of the rounds that do not count: the work done for the first time by a new process. */
  readonly first: number;
}

/** Threads of a program that has just computed may look for more work for a while; this long the others wait. */
const settlingTime = 250; // ms

/**
 * Times all contestants in each run, every second run in the opposite order, after `warmUps` rounds (at least one) that do
 * not count.
 */
export async function inTurn(
  warmUps: number,
  runs: number,
  contestants: readonly Contestant[],
  progress: Progress,
  settling = settlingTime,
): Promise<Map<string, Times>> {
  const rounds = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  const order = [...contestants];
  for (let round = 0; round < warmUps + runs; round++) {
    const which =
      round < warmUps ? `warm-up ${round + 1} of ${warmUps}` : `run ${round - warmUps + 1} of ${runs}`;
    for (const [k, { name, time }] of order.entries()) {
      progress((round + k / order.length) / (warmUps + runs), `${which}: ${name}`);
      await new Promise((resume) => setTimeout(resume, settling));
      rounds.get(name)?.push(await time());
    }
    order.reverse();
  }
  return new Map([...rounds].map(([name, all]) => [name, { first: all[0], runs: all.slice(warmUps) }]));
}
