import ts from "typescript";
import { type NotebookCell, sourceOf } from "./source-notebook";
import { parse } from "./strip";

/** The languages in which an edition speaks. */
export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** Cells in which `openAssignment(id, questions, { language })` asks for a language. */
export function inLanguage(cells: readonly NotebookCell[], language: Language): NotebookCell[] {
  return cells.map((cell) => {
    if (cell.cell_type !== "code") return cell;
    const source = sourceOf(cell);
    const changed = withLanguage(source, language);
    return changed === source ? cell : { ...cell, source: changed };
  });
}

function withLanguage(source: string, language: Language): string {
  const call = callOf(parse(source), "openAssignment");
  if (!call || call.arguments.length < 2) return source;
  const [, questions, options] = call.arguments;
  const asked = `language: ${JSON.stringify(language)}`;
  if (options === undefined)
    return language === "en" ? source : splice(source, questions.end, questions.end, `, { ${asked} }`);
  if (!ts.isObjectLiteralExpression(options)) return source;
  const present = options.properties.find((property) => property.name?.getText() === "language");
  if (present) return splice(source, present.getStart(), present.end, asked);
  const at = options.getStart() + 1;
  return splice(source, at, at, options.properties.length > 0 ? ` ${asked},` : ` ${asked} `);
}

const splice = (text: string, from: number, to: number, by: string) =>
  text.slice(0, from) + by + text.slice(to);

function callOf(node: ts.Node, name: string): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === name) return node;
  return ts.forEachChild(node, (child) => callOf(child, name));
}
