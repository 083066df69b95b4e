import { createHash } from "node:crypto";
import { createConverter } from "tslab/dist/converter";
import type * as typescript from "typescript";
import type { Cell } from "./cells";
import { facts } from "./facts";

// the compiler that comes with tslab
const ts: typeof typescript = require("@tslab/typescript-for-tslab");

/** What can be said of a notebook without running it. */
export interface Findings {
  /** Answers as they were given, or with nothing before the error that stands for an answer. */
  readonly unwritten: readonly string[];
  /** Cells that were given and are not there. */
  readonly deleted: readonly string[];
  readonly errors: readonly { readonly cell: string; readonly message: string }[];
}

/** Looks at the cells of a notebook; runs nothing. */
export function look(cells: readonly Cell[]): Findings {
  const sources = new Map(cells.map(({ name, source }) => [name, source]));
  const answers = Object.entries(facts.answers);
  const expected = [...answers.map(([name]) => name), ...Object.keys(facts.checks), ...facts.given];
  return {
    unwritten: answers.filter(([name, hash]) => isUnwritten(sources.get(name), hash)).map(([name]) => name),
    deleted: expected.filter((name) => !sources.has(name)),
    errors: compileErrors(cells),
  };
}

function isUnwritten(source: string | undefined, hash: string): boolean {
  if (source === undefined) return false; // told as deleted
  if (createHash("sha256").update(source).digest("hex") === hash) return true;
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  return someNode(file, throwsOnly);
}

/** A function that throws `unanswered(…)` and has no return of its own. */
function throwsOnly(node: typescript.Node): boolean {
  if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return false;
  const body = node.body as typescript.Node;
  const throws = someNode(
    body,
    (inner) => ts.isThrowStatement(inner) && /^unanswered\(/.test(inner.expression.getText()),
  );
  return throws && !ownReturn(body);
}

function someNode(node: typescript.Node, test: (node: typescript.Node) => boolean): boolean {
  return test(node) || (ts.forEachChild(node, (child) => someNode(child, test) || undefined) ?? false);
}

function ownReturn(node: typescript.Node): boolean {
  if (ts.isReturnStatement(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => ownReturn(child) || undefined) ?? false;
}

/** Each cell with what those before it define, as in the notebook; a cell with errors defines nothing. */
function compileErrors(cells: readonly Cell[]): { cell: string; message: string }[] {
  const converter = createConverter();
  let before = "";
  const errors: { cell: string; message: string }[] = [];
  for (const { name, source } of cells) {
    const { diagnostics, declOutput } = converter.convert(before, source);
    if (diagnostics.length === 0) before = declOutput ?? "";
    else {
      const [{ start, messageText }] = diagnostics;
      errors.push({ cell: name, message: `line ${start.line + 1}: ${messageText}` });
    }
  }
  converter.close();
  return errors;
}
