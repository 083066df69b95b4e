import { checkSeed } from "../experiments/experiment";

/** More are a slip of the finger. */
const most = 100_000;

/**
 * Seeds written as numbers and ranges: "0..19", "1,2,40..42"; the ends of a range belong to it.
 * @throws if the text is of another form, a range falls, or a seed stands twice or is out of range
 * @example
 * parseSeeds("0..3") // [0, 1, 2, 3]
 * parseSeeds("7,1..2") // [7, 1, 2]
 * parseSeeds("3..1") // throws /seeds: "3\.\.1" falls/
 * parseSeeds("1-5") // throws /seeds: "1-5" is neither a whole number nor a range/
 * parseSeeds("1,0..2") // throws /seeds: 1 stands twice/
 */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(",").flatMap((part) => {
    const found = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part);
    if (!found)
      throw new Error(`seeds: "${part}" is neither a whole number nor a range (as 0..19 or 1,2,40..42)`);
    const first = Number(found[1]);
    const last = found[2] === undefined ? first : Number(found[2]);
    if (last < first) throw new Error(`seeds: "${part.trim()}" falls (the smaller number comes first)`);
    checkSeed("seeds", last);
    if (last - first >= most) throw new Error(`seeds: "${part.trim()}" are more than ${most}`);
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  });
  const seen = new Set<number>();
  for (const seed of seeds) {
    if (seen.has(seed)) throw new Error(`seeds: ${seed} stands twice in "${text}"`);
    seen.add(seed);
  }
  return seeds;
}
