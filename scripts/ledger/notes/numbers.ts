// The numbers in a part of a note.

/** How a number stands there. */
export type Role = "front matter" | "code" | "prose" | "marker" | "formula" | "index" | "exponent";

/** A number as it is printed, with a few signs around it. */
export interface FoundNumber {
  readonly literal: string;
  readonly at: number;
  readonly role: Role;
}

/** Digits that follow a letter belong to a name, as in fc1. */
const IN_TEXT = /(?<![A-Za-z_\d])(?<!\d\.)\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?: ?%(?![A-Za-z]))?/g;
const SIGN_BEFORE = /(?:^|[\s(,[=:~\u3000-\u9fff])([-+−])$/;

/** A heading's or an item's number: at the line's start before a point or a blank, or after a word that is numbered. */
const BEFORE_MARKER =
  /^[\s•#>-]*(?:\d+\. +)?(?:[一二三四五六七八九十]、)?(?:[A-Z]\) )?(实验|练习|例子|对比|深度学习模型训练技巧)?$/;

function isMarker(text: string, at: number, digits: string): boolean {
  const before = BEFORE_MARKER.exec(text.slice(0, at));
  if (before === null) return false;
  return (
    before[1] !== undefined ||
    (!/^\d+\. +\S/.test(text.slice(0, at)) && /^(?:\.| )/.test(text.slice(at + digits.length)))
  );
}

/** The numbers of prose, code or front matter. A sign belongs to its number where nothing stands before it. */
export function numbersInText(text: string, role: Role, isLineStart = false): FoundNumber[] {
  return [...text.matchAll(IN_TEXT)].map(({ 0: digits, index }) => {
    const sign = SIGN_BEFORE.exec(text.slice(0, index))?.[1] ?? "";
    // A minus between blanks subtracts.
    const own = /\d\s*[-+−]$/.test(text.slice(0, index)) ? "" : sign;
    const marker = role === "prose" && isLineStart && isMarker(text, index, digits);
    return { literal: `${own}${digits}`, at: index - own.length, role: marker ? "marker" : role };
  });
}

/** The numbers of TeX, with what they are: an index, an exponent, or a number of the formula. */
export function numbersInTex(tex: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  const roles: Role[] = ["formula"];
  let script: Role | undefined;
  for (let at = 0; at < tex.length; ) {
    const [word] = /^\\(?:begin|end)\{[a-z]+\*?\}|^\\(?:[A-Za-z]+|.)|^\d+(?:\.\d+)?/.exec(tex.slice(at)) ?? [
      tex[at],
    ];
    const here = script ?? roles[roles.length - 1];
    if (/^\d/.test(word)) {
      // As in TeX, only one digit is lifted or lowered without braces.
      const digits = script === undefined ? word : word[0];
      const minus = here === "index" || !isSign(tex.slice(0, at)) ? "" : "-";
      found.push({ literal: `${minus}${digits}`, at, role: here });
      script = undefined;
      at += digits.length;
      continue;
    }
    if (word === "_" || word === "^") script = scriptRole(word, tex.slice(at + 1), roles[roles.length - 1]);
    else if (word === "{") {
      roles.push(here);
      script = undefined;
    } else if (word === "}") roles.pop();
    else if (word.trim() !== "") script = undefined;
    at += word.length;
  }
  return found;
}

/** A raised [1] or (l) names a layer; anything else that is raised is an exponent, and what is lowered an index. */
function scriptRole(sign: string, rest: string, outer: Role): Role {
  if (sign === "_" || outer === "index") return "index";
  return /^\{?\s*[[(]/.test(rest) || /^\{[a-zA-Z]+[-+]\d\}/.test(rest) ? "index" : "exponent";
}

/** Whether the text ends in a minus that subtracts from nothing. */
function isSign(before: string): boolean {
  const trimmed = before.trimEnd();
  if (!trimmed.endsWith("-")) return false;
  const left = trimmed.slice(0, -1).trimEnd();
  return left === "" || /(?:[{[(=,&<>|/]|\\\\?|\\end\{[a-z]+\}|\\begin\{[a-z]+\}|\\[a-zA-Z]+)$/.test(left);
}
