import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "../../setup/paths";
import { filesIn } from "./folder";
import type { LeftOut } from "./same-work";
import { readSource, sourceOf } from "./source-notebook";
import { parse, placesOf } from "./strip";

/** Code that must not be found in an edition. */
export interface Answer {
  /** As "layers.ts dense.backward". */
  readonly name: string;
  readonly tokens: readonly Token[];
}

/** A piece of code; the name of a variable may be any other one, if it is so everywhere. */
interface Token {
  readonly text: string;
  readonly isVariable: boolean;
}

/** Shorter bodies, as `return f(x)`, are in every file. */
const shortest = 8;
/** From here on code is the same whatever its variables are called. */
const longEnough = 20;

/**
 * The bodies of lib's functions that an edition leaves out; but for those that are word for word what another function
 * does, which is given.
 */
export function answersIn(left: LeftOut, gives: readonly string[]): Answer[] {
  const given = gives.flatMap((place) => {
    const [file, ...name] = place.split(" ");
    return bodiesOf(file, name.join(" "));
  });
  const isGiven = ({ tokens }: Answer) =>
    given.some((other) => other.tokens.length === tokens.length && standsAt(other.tokens, 0, tokens));
  return [...left]
    .flatMap(([file, asked]) => asked.flatMap(({ name }) => bodiesOf(file, name)))
    .filter((answer) => answer.tokens.length >= shortest && !isGiven(answer));
}

/** The numeric core's bodies are not looked for: what is compiled has no such text. */
function bodiesOf(file: string, name: string): Answer[] {
  if (file.includes("assembly")) return [];
  const source = readFileSync(path.join(root, "lib", file), "utf8");
  return placesOf(parse(source), name, file).map(({ start, end }) =>
    answerOf(`${file} ${name}`, source.slice(start, end)),
  );
}

/** A body of a function, or an expression, as what is searched for. */
export function answerOf(name: string, body: string): Answer {
  const isBlock = body.startsWith("{");
  const tokens = tokensOf(isBlock ? `function f() ${body}` : `(${body})`);
  // without what was put around it: `function f ( ) {` and `}`, or the parentheses
  return { name, tokens: isBlock ? tokens.slice(5, -1) : tokens.slice(1, -2) };
}

/** Which of the answers a source has, in whatever layout and with whatever names of variables. */
export function answersFound(source: string, answers: readonly Answer[]): string[] {
  const tokens = tokensOf(source);
  const found = answers.filter((answer) => tokens.some((_, at) => standsAt(tokens, at, answer.tokens)));
  return found.map(({ name }) => name);
}

/** The same in every file of a folder that holds code; of a notebook in all its cells. */
export function answersInFolder(folder: string, answers: readonly Answer[]): string[] {
  return filesIn(folder).flatMap((file) => {
    if (!/\.(ts|js|cjs|mjs|ipynb)$/.test(file) || /(^|\/)node_modules\//.test(file)) return [];
    const place = path.join(folder, file);
    const text = file.endsWith(".ipynb")
      ? readSource(place).cells.map(sourceOf).join("\n")
      : readFileSync(place, "utf8");
    return answersFound(text, answers).map((name) => `${file}: ${name}`);
  });
}

function standsAt(tokens: readonly Token[], at: number, wanted: readonly Token[]): boolean {
  if (at + wanted.length > tokens.length) return false;
  const [names, back] = [new Map<string, string>(), new Map<string, string>()];
  return wanted.every(({ text, isVariable }, k) => {
    const other = tokens[at + k];
    if (other.isVariable !== isVariable) return false;
    if (!isVariable || wanted.length < longEnough) return other.text === text;
    if (!names.has(text) && !back.has(other.text)) {
      names.set(text, other.text);
      back.set(other.text, text);
    }
    return names.get(text) === other.text;
  });
}

/** The tokens of a source without its types and comments. */
function tokensOf(source: string): Token[] {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  const file = parse(outputText);
  const tokens: Token[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getChildCount(file) > 0) {
      for (const child of node.getChildren(file)) visit(child);
      return;
    }
    const text = node.getText(file);
    if (text === "" || text === ",") return;
    // { a } is { a: a }: only the second one can have another name
    if (isShorthand(node)) tokens.push({ text, isVariable: false }, { text: ":", isVariable: false });
    tokens.push({ text, isVariable: isVariable(node) });
  };
  visit(file);
  return tokens;
}

function isShorthand({ parent }: ts.Node): boolean {
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    ts.isBindingElement(parent) &&
    ts.isObjectBindingPattern(parent.parent) &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined &&
    ts.isIdentifier(parent.name)
  );
}

function isVariable(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const isKey =
    (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent)) &&
    parent.name === node;
  return !isMember && !isKey;
}
