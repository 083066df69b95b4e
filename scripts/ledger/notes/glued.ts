// Note 004 is a web export: each formula stands there twice, as the text that a browser shows, without its
// operators, and right after that as TeX. "t-z=1" is "tz=1t-z=1".
import { plainLetters, texToken } from "./letters";

/** A formula in a line: from where to where, and its TeX. */
export interface FoundFormula {
  readonly from: number;
  readonly to: number;
  readonly tex: string;
}

/** Neither form of a formula reaches over Chinese text, a bullet or a quotation mark. */
const NO_FORMULA = /[\u3000-\u9fff•“”]/;

/** The formulas of a line, each taken once, from left to right. */
export function gluedFormulas(line: string): FoundFormula[] {
  // A browser shows y^{(2)}_k with the lower index first; the two are as long either way.
  const ordered = line.replace(/(\^\{[^{}]*\})(_(?:\{[^{}]*\}|[A-Za-z0-9]))/g, "$2$1");
  const found: FoundFormula[] = [];
  for (let from = 0; from < line.length; from++) {
    const place = startsWord(line, from, found.at(-1)?.to) ? gluedAt(ordered, from) : undefined;
    if (place === undefined) continue;
    found.push({ from, to: place.to, tex: line.slice(place.split, place.to).trim() });
    from = place.to - 1;
  }
  return found;
}

/** A formula does not begin inside a word or a number, but it may follow another formula. */
function startsWord(line: string, at: number, lastEnd: number | undefined): boolean {
  if (!/[A-Za-z0-9\u0370-\u03ff([{]/.test(line[at])) return false;
  return at === lastEnd || at === 0 || !/[A-Za-z0-9_.\\]/.test(line[at - 1]);
}

/** The longest text from here on that is followed by TeX of the same letters. */
function gluedAt(line: string, from: number): { split: number; to: number } | undefined {
  const limit = from + line.slice(from).search(NO_FORMULA);
  for (let split = limit < from ? line.length - 1 : limit; split > from; split--) {
    const shown = line.slice(from, split);
    const letters = plainLetters(shown);
    if (letters === "" || /\\[A-Za-z]|[-([]$/.test(shown)) continue;
    const end = endOfTex(line, split, letters);
    if (end === undefined) continue;
    const to = shown.endsWith("+") && line[end] === "+" ? end + 1 : end;
    const tex = line.slice(split, to);
    if (!/^(?:[A-Za-z0-9\\([]|-\S)[^*]*$/.test(tex)) continue;
    if (/^[A-Za-z0-9.+]*$/.test(tex) && (shown.trim() !== tex || isPartOfWord(tex, line[to]))) continue;
    return { split, to };
  }
  return undefined;
}

/** "Zn" begins no formula in "ZZn", but 0 does in "000.50.5", which is 0 and 0.5. */
const isPartOfWord = (tex: string, next = "") =>
  /[A-Za-z]/.test(next) || (/\D$/.test(tex) && /\d/.test(next));

/** The shortest piece of TeX from here on that sets the letters and closes what it opens; undefined if there is none. */
function endOfTex(line: string, from: number, letters: string): number | undefined {
  let set = "";
  let braces = 0;
  let brackets = 0;
  for (let at = from; at < line.length; ) {
    if (NO_FORMULA.test(line[at])) return undefined;
    const token = texToken(line, at);
    const sign = line.slice(at, token.end);
    set += token.letters;
    if (!letters.startsWith(set)) return undefined;
    if (sign === "{") braces++;
    if (sign === "}") braces--;
    // Half-open intervals mix the kinds of brackets.
    if (["(", "[", "\\{"].includes(sign)) brackets++;
    if ([")", "]", "\\}"].includes(sign)) brackets--;
    if (braces < 0) return undefined;
    at = token.end;
    if (set === letters && braces === 0 && brackets <= 0) return withTrailing(line, at);
  }
  return undefined;
}

/** With the marks behind the last letter that set none themselves: a transposition, a prime, an environment's end. */
function withTrailing(line: string, at: number): number {
  const trailing = /(?:\^\\top|'|\^\\prime|\s*\\end\{[a-z]+\}|\\right[)\]])*/y;
  trailing.lastIndex = at;
  trailing.test(line);
  return trailing.lastIndex;
}
