import ts from "typescript";
import { type Asked, declared, parse } from "./strip";

/** Members whose formulas stand beside another one, which stays: a forward. */
const derived = new Set(["backward", "derivative", "derivativeAt"]);

/** What tells a sentence about a derivative from one about a value. */
const aboutDerivatives = /[∂∇′Δ←]|\bd[A-Z]\w*\b|derivative|[Bb]ackward|gradient/;

/**
 * A source whose doc comments give nothing of the answers away: neither formulas nor examples of what is asked for. Of a
 * function that is asked for stay parameters, errors and sources; where its backward alone is, what is about derivatives
 * goes, there and in the file's other comments. To be called before `strip`, which needs no comments.
 * @throws if a name is not in the source
 */
export function withoutFormulas(source: string, asked: readonly Asked[], file: string): string {
  const parsed = parse(source);
  const whole = new Map<ts.Node, string[]>();
  for (const { name, equation } of asked) {
    const [top, ...members] = name.split(".");
    const statement = parsed.statements.find((one) => declared(one, top));
    if (!statement) throw new Error(`${file}: there is no function ${name}`);
    const last = members.at(-1);
    if (last === undefined || !derived.has(last))
      whole.set(statement, [...(whole.get(statement) ?? []), `${name} is yours to write: ${equation}.`]);
  }
  const onlyComments = asked.length === 0;
  const someDerived = onlyComments || asked.some(({ name }) => derived.has(name.split(".").at(-1) as string));
  let text = source;
  for (const { pos, end, owner, inside } of docComments(parsed).reverse()) {
    const comment = source.slice(pos, end);
    const instead = whole.get(owner);
    let changed = comment;
    if (instead) changed = inside ? "" : rewritten(comment, () => instead);
    else if (someDerived)
      changed = rewritten(comment, (paragraphs) => paragraphs.flatMap(withoutDerivatives));
    text = text.slice(0, pos) + changed + text.slice(end);
  }
  return text;
}

interface DocComment {
  readonly pos: number;
  readonly end: number;
  /** The statement that it belongs to, or is in. */
  readonly owner: ts.Statement;
  /** Whether it stands in the statement, at a member of it. */
  readonly inside: boolean;
}

/** The doc comments of a file, in their order; those of types stay as they are. */
function docComments(file: ts.SourceFile): DocComment[] {
  const text = file.getFullText();
  const found = new Map<number, DocComment>();
  for (const owner of file.statements) {
    if (ts.isInterfaceDeclaration(owner) || ts.isTypeAliasDeclaration(owner)) continue;
    const visit = (node: ts.Node): void => {
      for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
        if (text.startsWith("/**", pos) && !found.has(pos))
          found.set(pos, { pos, end, owner, inside: node !== owner && pos >= owner.getStart() });
      ts.forEachChild(node, visit);
    };
    visit(owner);
  }
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}

/** A doc comment with other prose, without its examples. */
function rewritten(comment: string, prose: (paragraphs: readonly string[]) => readonly string[]): string {
  const lines = comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const sections: string[][] = [[]];
  for (const line of lines) {
    if (/^(@|Source:)/.test(line.trim())) sections.push([]);
    sections.at(-1)?.push(line);
  }
  const [first, ...rest] = sections;
  const kept = [
    prose(first.join("\n").split(/\n\s*\n/))
      .join("\n\n")
      .trim(),
    ...rest.map((section) => section.join("\n").trim()).filter((section) => !section.startsWith("@example")),
  ].filter((section) => section !== "");
  if (kept.length === 0) return "";
  const indent = "\n * ";
  return `/**${indent}${kept.join("\n").split("\n").join(indent)}\n */`.replaceAll(/ +\n/g, "\n");
}

/**
 * A paragraph without what it says about derivatives: of a sentence stay the parts before the first such one. An indented
 * paragraph is a formula, and stays or goes.
 */
function withoutDerivatives(paragraph: string): string[] {
  if (/^ {4}/.test(paragraph)) return aboutDerivatives.test(paragraph) ? [] : [paragraph];
  const sentences = paragraph.split(/(?<=\.)\s+/).map((sentence) => {
    const parts = sentence.split(/(?<=[;:])\s+/);
    const first = parts.findIndex((part) => aboutDerivatives.test(part));
    return first < 0 ? sentence : parts.slice(0, first).join(" ").replace(/[;:]$/, ".");
  });
  const kept = sentences.filter((sentence) => sentence !== "").join(" ");
  return kept === "" ? [] : [wrapped(kept)];
}

const width = 115;

function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= width) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join("\n");
}
