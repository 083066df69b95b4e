import ts from "@tslab/typescript-for-tslab";

/** The tokens of a cell, for comparison with other people's; it is cut where nobody writes on by hand. */
export type CellTokens = readonly string[];

const mostTokens = 20_000;

/**
 * The tokens of a source in order, without what can be changed and changes nothing: comments, layout, types, semicolons
 * and last commas are left out, a name that the source defines is `name`, a text `text`. What lib and others define
 * keeps its name, and so do properties and numbers.
 */
export function tokensOf(source: string): CellTokens {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const own = new Set<string>();
  namesDefinedIn(file, own);
  const tokens: string[] = [];
  gather(file, file, own, tokens);
  return tokens.filter((token, k) => token !== "," || !/^[)\]}]$/.test(tokens[k + 1] ?? ""));
}

/** Everything that a declaration in the source binds, at whatever depth. */
function namesDefinedIn(node: ts.Node, names: Set<string>): void {
  const { name } = node as ts.Node & { name?: ts.Node };
  if (name && ts.isIdentifier(name) && binds(node)) names.add(name.text);
  ts.forEachChild(node, (child) => namesDefinedIn(child, names));
}

const binds = (node: ts.Node) =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isClassDeclaration(node) ||
  ts.isClassExpression(node);

function gather(node: ts.Node, file: ts.SourceFile, own: ReadonlySet<string>, tokens: string[]): void {
  if (tokens.length >= mostTokens || isForTypes(node)) return;
  const children = node.getChildren(file).filter((child) => !ts.isJSDoc(child));
  if (children.length > 0) for (const child of children) gather(child, file, own, tokens);
  else if (node.kind !== ts.SyntaxKind.SyntaxList) {
    const token = tokenOf(node, file, own);
    if (token !== "") tokens.push(token);
  }
}

const isForTypes = (node: ts.Node) =>
  ts.isTypeNode(node) ||
  ts.isTypeParameterDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  isPunctuationOfTypes(node);

/** The colon before a type, the brackets around some, `as`: all where no expression has them. */
function isPunctuationOfTypes({ kind, parent }: ts.Node): boolean {
  if (kind === ts.SyntaxKind.ColonToken)
    return ts.isVariableDeclaration(parent) || ts.isFunctionLike(parent) || ts.isParameter(parent);
  if (kind === ts.SyntaxKind.LessThanToken || kind === ts.SyntaxKind.GreaterThanToken)
    return !ts.isBinaryExpression(parent);
  return kind === ts.SyntaxKind.AsKeyword || kind === ts.SyntaxKind.SemicolonToken;
}

function tokenOf(node: ts.Node, file: ts.SourceFile, own: ReadonlySet<string>): string {
  if (ts.isIdentifier(node)) return own.has(node.text) && !isProperty(node) ? "name" : node.text;
  if (ts.isNumericLiteral(node)) return String(Number(node.text));
  if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node)) return "text";
  const text = node.getText(file);
  return text === "const" || text === "var" ? "let" : text;
}

function isProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
}
