import { File, FingerprintIndex, Region, type SharedFingerprint, TokenizedFile } from "@dodona/dolos-core";
import type { Answer } from "../class/journal";

/** What a student wrote. */
export interface Written {
  readonly student: string;
  readonly answers: readonly Answer[];
}

/** Two students whose answers have more in common than the task explains: a hint to look at both, never a mark. */
export interface SimilarPair {
  readonly students: readonly [string, string];
  /** Which share of the one's own fingerprints the other has too, for each of the two. */
  readonly shares: readonly [number, number];
  /** The answers that have them. */
  readonly functions: readonly string[];
}

/**
 * Fingerprints are hashes of this many tokens in a row, one at least out of so many neighbouring ones: what is common
 * over 14 tokens is found, what is common over fewer than 10 is not.
 */
const tokensInFingerprint = 10;
const window = 5;

/** What more students than this share of the class have is the task's only form, or how it was explained. */
const mostOfClass = 0.2;
/** In a small class as well several may hit on the same. */
const leastCommon = 3;

/** A pair is told from so many common fingerprints on, if one of the two has hardly any others. */
const leastShared = 8;
const leastShare = 0.6;

/**
 * Pairs of suspiciously similar answers, by winnowing: of all hashes of k tokens in a row the least one in each window
 * is kept as a fingerprint. Not counted are the fingerprints of what was handed out, and those that more than a fifth
 * of the class has, or more than three students of a small one. The most similar pair comes first.
 * @param handedOut the tokens of the code that all students got
 * Source: S. Schleimer, D. S. Wilkerson, A. Aiken, Winnowing: local algorithms for document fingerprinting, SIGMOD
 * 2003, as the library of Dolos computes it (R. Maertens et al., J. Comput. Assist. Learn. 38, 2022).
 */
export function similarPairs(
  students: readonly Written[],
  handedOut: readonly (readonly string[])[],
): SimilarPair[] {
  const most = Math.max(leastCommon, Math.floor(mostOfClass * students.length));
  const index = new FingerprintIndex(tokensInFingerprint, window, false, most);
  const files = students.map(fileOf);
  index.addFiles(files);
  // behind the others: it takes from those that are there what it holds itself
  index.addIgnoredFile(tokenized("handed out", handedOut.flat()));
  const own = new Map(index.entries().map(({ file, shared }) => [file.path, shared.size]));
  const functionAt = new Map(students.map((one) => [one.student, functionsOf(one)]));
  return pairsIn(index)
    .map(({ students: [a, b], shared }) => ({
      students: [a, b] as const,
      count: shared.length,
      shares: [shared.length / (own.get(a) ?? 1), shared.length / (own.get(b) ?? 1)] as const,
      functions: functionsWith(shared, a, functionAt.get(a) ?? []),
    }))
    .filter(({ count, shares }) => count >= leastShared && Math.max(...shares) >= leastShare)
    .sort((x, y) => y.shares[0] + y.shares[1] - (x.shares[0] + x.shares[1]) || y.count - x.count)
    .map(({ students: names, shares, functions }) => ({ students: names, shares, functions }));
}

/** A student's answers one after another, each behind a token that no source has. */
const fileOf = ({ student, answers }: Written) => tokenized(student, answers.flatMap(withHead));

const withHead = ({ name, tokens }: Answer): string[] => [`\n${name}`, ...tokens.split("\n")];

/** For each token of a student's file the answer that it is in. */
const functionsOf = ({ answers }: Written): string[] =>
  answers.flatMap((answer) => withHead(answer).map(() => answer.name));

/** Tokens as the library takes them, each in a column of its own. */
function tokenized(name: string, tokens: readonly string[]): TokenizedFile {
  const places = tokens.map((_, k) => new Region(0, k, 0, k + 1));
  return new TokenizedFile(new File(name, ""), [...tokens], places);
}

interface Common {
  readonly students: readonly [string, string];
  readonly shared: SharedFingerprint[];
}

/** All that have a fingerprint in common which counts, with these. */
function pairsIn(index: FingerprintIndex): Common[] {
  const pairs = new Map<string, Common>();
  for (const fingerprint of index.sharedFingerprints()) {
    if (fingerprint.ignored) continue;
    const names = fingerprint.files().map(({ path }) => path);
    for (const [k, a] of names.entries())
      for (const b of names.slice(k + 1)) {
        const key = JSON.stringify([a, b]);
        const pair = pairs.get(key) ?? { students: [a, b], shared: [] };
        pair.shared.push(fingerprint);
        pairs.set(key, pair);
      }
  }
  return [...pairs.values()];
}

/** The answers in which a student has these fingerprints, in the order of the notebook. */
function functionsWith(
  shared: readonly SharedFingerprint[],
  student: string,
  functionAt: readonly string[],
): string[] {
  const starts = shared.flatMap((fingerprint) =>
    fingerprint
      .parts()
      .filter(({ file }) => file.path === student)
      .map(({ side }) => side.start),
  );
  return [...new Set(starts.sort((a, b) => a - b).map((start) => functionAt[start]))];
}
