// `npm test`: node's own runner over tests/*.test.ts.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Failure } from "./bootstrap/failure.mjs";
import { withOwnNode } from "./setup/own-node";
import { root } from "./setup/paths";

/** The test files whose names contain one of the words; all of them where no word is given. */
export function testFiles(words: readonly string[]): string[] {
  const folder = path.join(root, "tests");
  const all = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".test.ts"))
    .sort();
  const bare = words.map((word) => path.basename(word).replace(/\.test\.ts$/, ""));
  for (const word of bare) {
    if (!all.some((name) => name.includes(word))) {
      throw new Failure(`No test file has "${word}" in its name.`, `There are: ${all.join(", ")}.`, 2);
    }
  }
  // A whole name means that file alone: `npm test -- matrix` leaves matrix-entries out.
  const means = (word: string, name: string) => {
    return all.includes(`${word}.test.ts`) ? name === `${word}.test.ts` : name.includes(word);
  };
  const chosen = all.filter((name) => bare.length === 0 || bare.some((word) => means(word, name)));
  return chosen.map((name) => path.join("tests", name));
}

/** Runs the tests; gives the runner's exit code. */
export function test(words: readonly string[]): number {
  const args = [
    "--import",
    "tsx",
    "--test",
    "--test-concurrency=2",
    // A file that hangs fails; it does not hold the others. (--test-force-exit would end it sooner, but Node 22 then
    // loses results that a file has not yet written.)
    "--test-timeout=900000",
    "--test-reporter=spec",
    ...testFiles(words),
  ];
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: root,
    env: withOwnNode(),
    stdio: "inherit",
  });
  return signal ? 130 : (status ?? 1);
}
