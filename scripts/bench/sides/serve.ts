import readline from "node:readline";
import type { Versions } from "../report";

/** Tells the facts, then does the works that are named on standard input, one a line, and answers each in JSON. */
export async function serve(facts: Versions, works: Readonly<Record<string, () => unknown>>): Promise<void> {
  console.log(JSON.stringify(facts));
  for await (const name of readline.createInterface({ input: process.stdin })) {
    if (!(name in works)) throw new Error(`serve: there is no work "${name}"`);
    console.log(JSON.stringify(await works[name]()));
  }
}

/** Seconds that the work takes. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
