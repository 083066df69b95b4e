// `npm run hash`: hashes over the numbers that lib computes, against the committed ones. They are the same on every
// machine, in every engine, with any number of threads.
import fs from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { noBrowser } from "../tests/support/chromium";
import { Failure } from "./bootstrap/failure.mjs";
import { differingSections, type Hashes, withOverall } from "./hash/hashes";
import type { HashedSection } from "./hash/node";
import { root } from "./setup/paths";

/** Where the accepted hashes are, with the one of them all. */
const committedFile = path.join(root, "data", "determinism.json");

/** Settings of `npm run hash`. */
export interface HashOptions {
  /** Accept what was computed. */
  readonly update?: boolean;
  /** In headless Chromium instead of in Node. */
  readonly browser?: boolean;
  /** How many threads compute; as many as usual where it is not given. */
  readonly threads?: string;
  /** A folder into which every result is written, a file a section, so that two runs can be compared. */
  readonly values?: string;
  /** Another file of accepted hashes than data/determinism.json. */
  readonly committed?: string;
}

/** The accepted hashes; none where there is no file yet. */
function committedHashes(file: string): Hashes {
  if (!fs.existsSync(file)) return { sha256: "", sections: {} };
  return JSON.parse(fs.readFileSync(file, "utf8"));
}

/**
 * Computes the sections named, all of them where none is, and compares their hashes with the committed ones.
 * @returns 0 if none differs or all are accepted, else 1
 */
export async function hash(asked: readonly string[], options: HashOptions = {}): Promise<number> {
  if (options.browser && (options.update || options.threads !== undefined))
    throw new Failure(
      "hash: a browser has one thread, and what Node computes is accepted.",
      "Leave --browser out.",
      2,
    );
  if (options.threads !== undefined && !/^[1-8]$/.test(options.threads))
    throw new Failure(
      `hash: "${options.threads}" is not a number of threads.`,
      "Give a number from 1 to 8.",
      2,
    );
  const noneThere = options.browser && noBrowser();
  if (noneThere) {
    console.log(`hash: not computed in a browser, ${noneThere}`);
    return 0;
  }
  // lib reads it when it is loaded
  if (options.threads !== undefined) process.env.BACKPROP_THREADS = options.threads;
  const { sections } = await import("./hash/sections");
  const names = chooseSections(Object.keys(sections), asked);
  const file = options.committed ?? committedFile;
  const committed = committedHashes(file);
  const computed: Record<string, string> = {};
  const onSection = (name: string, { hash, lines }: HashedSection) => {
    computed[name] = hash;
    const verdict = committed.sections[name] === hash ? "" : "  DIFFERS from the committed one";
    const shown = isHash(hash) ? `${hash.slice(0, 16)}  ${name}` : `${name}: ${hash}`;
    console.log(`${shown}${verdict}`);
    if (options.values) writeValues(options.values, name, lines);
  };
  const run = options.browser
    ? (await import("./hash/browser")).inBrowser
    : (await import("./hash/node")).inNode;
  const where = await run(names, onSection, options.values !== undefined);

  const failed = names.filter((name) => !isHash(computed[name]));
  if (options.update && failed.length > 0)
    throw new Failure(`hash: nothing is accepted, as ${failed.join(", ")} cannot be computed.`, "See above.");
  if (options.update) return accept(file, Object.keys(sections), { ...committed.sections, ...computed });
  const { sha256 } = await withOverall(computed);
  if (names.length === Object.keys(sections).length) console.log(`${sha256}  all, ${where}`);
  const differing = differingSections(computed, committed.sections);
  if (differing.length === 0) return 0;
  console.log(
    `\n${differing.length} of ${names.length} sections differ (${where}): ${differing.join(", ")}.`,
  );
  console.log("If the new numbers are right on every engine: npm run hash -- --update.");
  return 1;
}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);

function chooseSections(known: readonly string[], asked: readonly string[]): readonly string[] {
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Failure(`hash: there is no section "${unknown}".`, `There are: ${known.join(", ")}.`, 2);
  return asked.length > 0 ? known.filter((name) => asked.includes(name)) : known;
}

/** Writes the hashes of the sections that there are, in their order. */
async function accept(
  file: string,
  names: readonly string[],
  hashes: Record<string, string>,
): Promise<number> {
  const kept = names.filter((name) => hashes[name] !== undefined).map((name) => [name, hashes[name]]);
  const accepted = await withOverall(Object.fromEntries(kept));
  writeFileAtomic.sync(file, `${JSON.stringify(accepted, null, 2)}\n`);
  console.log(`${accepted.sha256}  accepted into ${path.relative(root, file)}`);
  return 0;
}

function writeValues(folder: string, section: string, lines: readonly string[]): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${section}.txt`), lines.map((line) => `${line}\n`).join(""));
}
