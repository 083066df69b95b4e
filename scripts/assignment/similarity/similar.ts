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

/**
 * How many students at most may have a fingerprint that counts: what more than a fifth of a class has is the task's one
 * form, or how it was explained. In a small class it is three, as long as they are not more than half of it, or two.
 */
const mostHolders = (students: number): number =>
  Math.max(2, Math.min(3, Math.floor(students / 2)), Math.floor(students / 5));

/** A pair is told from so many common fingerprints on, if one of the two has hardly any others. */
const leastShared = 8;
const leastShare = 0.6;

/**
 * Pairs of suspiciously similar answers, by winnowing: of all hashes of k tokens in a row the least one in each window
 * is kept as a fingerprint. Not counted are the fingerprints of what was handed out, and those that more than a fifth
 * of the class has, or more than two or three students of a small one. The most similar pair comes first.
 * @param handedOut the tokens of the code that all students got
 * Source: S. Schleimer, D. S. Wilkerson, A. Aiken, Winnowing: local algorithms for document fingerprinting, SIGMOD
 * 2003, as the library of Dolos computes it (R. Maertens et al., J. Comput. Assist. Learn. 38, 2022).
 */
export function similarPairs(
  students: readonly Written[],
  handedOut: readonly (readonly string[])[],
): SimilarPair[] {
  const index = new FingerprintIndex(tokensInFingerprint, window);
  index.addFiles(students.flatMap(filesOf));
  // behind the others: it takes from those that are there what it holds itself
  for (const tokens of handedOut) index.addIgnoredFile(tokenized({}, tokens));
  const most = mostHolders(students.length);
  const fingerprints = index
    .sharedFingerprints()
    .filter(({ ignored }) => !ignored)
    .map(holdersOf)
    .filter((holders) => holders.size <= most);
  const own = new Map<string, number>();
  for (const student of fingerprints.flatMap((holders) => [...holders.keys()]))
    own.set(student, (own.get(student) ?? 0) + 1);
  return pairsIn(fingerprints)
    .map(({ students: [a, b], count, functions }) => ({
      students: [a, b] as const,
      count,
      shares: [count / (own.get(a) ?? 1), count / (own.get(b) ?? 1)] as const,
      functions: [...functions].sort(),
    }))
    .filter(({ count, shares }) => count >= leastShared && Math.max(...shares) >= leastShare)
    .sort((x, y) => y.shares[0] + y.shares[1] - (x.shares[0] + x.shares[1]) || y.count - x.count)
    .map(({ students: names, shares, functions }) => ({ students: names, shares, functions }));
}

/** Whose an answer is. */
interface Origin {
  readonly student?: string;
  readonly answer?: string;
}

/** Each answer is a file of its own: what stands before and behind it is no part of it. */
const filesOf = ({ student, answers }: Written) =>
  answers.map(({ name, tokens }) => tokenized({ student, answer: name }, tokens.split("\n")));

/** Tokens as the library takes them, each in a column of its own. */
function tokenized(origin: Origin, tokens: readonly string[]): TokenizedFile {
  const places = tokens.map((_, k) => new Region(0, k, 0, k + 1));
  return new TokenizedFile(new File(JSON.stringify(origin), ""), [...tokens], places);
}

/** Who has a fingerprint, and in which answers. */
type Holders = ReadonlyMap<string, ReadonlySet<string>>;

function holdersOf(fingerprint: SharedFingerprint): Holders {
  const holders = new Map<string, Set<string>>();
  for (const { path } of fingerprint.files()) {
    const { student = "", answer = "" } = JSON.parse(path) as Origin;
    holders.set(student, (holders.get(student) ?? new Set()).add(answer));
  }
  return holders;
}

interface Common {
  readonly students: readonly [string, string];
  count: number;
  readonly functions: Set<string>;
}

/** All that have fingerprints in common, with how many, and in which answers of the first. */
function pairsIn(fingerprints: readonly Holders[]): Common[] {
  const pairs = new Map<string, Common>();
  for (const holders of fingerprints) {
    const names = [...holders.keys()].sort();
    for (const [k, a] of names.entries())
      for (const b of names.slice(k + 1)) {
        const key = JSON.stringify([a, b]);
        const pair = pairs.get(key) ?? { students: [a, b], count: 0, functions: new Set<string>() };
        pair.count += 1;
        for (const answer of holders.get(a) ?? []) pair.functions.add(answer);
        pairs.set(key, pair);
      }
  }
  return [...pairs.values()];
}
