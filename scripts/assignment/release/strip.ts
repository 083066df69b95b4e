import ts from "typescript";

/** A function whose body the students' edition leaves out, and the equation that its error names. */
export interface Asked {
  /** The function, or a member of what it returns: "softmaxJacobian", "dense.backward". */
  readonly name: string;
  /** For the error: which equation is to be written. Not needed in AssemblyScript. */
  readonly equation?: string;
}

/**
 * A source without the bodies of some functions: each throws an error that names it and its equation; in AssemblyScript
 * it is `unreachable()`. What only they needed, imports and functions that are not exported, goes too.
 * @throws if a name is not in the source
 */
export function strip(source: string, asked: readonly Asked[], file: string): string {
  const assembly = file.includes("assembly");
  let text = source;
  for (const { name, equation } of asked) {
    const error = JSON.stringify(`${name} is yours to write: ${equation}`);
    const instead = assembly ? "{ unreachable(); }" : `{ throw new Error(${error}); }`;
    for (const body of bodiesOf(parse(text), name, file).reverse())
      text = text.slice(0, body.getStart()) + instead + text.slice(body.end);
  }
  return withoutUnused(text);
}

const parse = (text: string) => ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true);

type WithBody = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;

const hasBody = (node: ts.Node): node is WithBody =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node);

/** The bodies of a function, or of all members of that name, in their order. */
function bodiesOf(file: ts.SourceFile, name: string, where: string): ts.Node[] {
  const [top, ...members] = name.split(".");
  let nodes = file.statements.flatMap((statement) => declared(statement, top) ?? []);
  for (const member of members) nodes = nodes.flatMap((node) => membersOf(node, member));
  const bodies = nodes.flatMap((node) => (hasBody(node) && node.body ? [node.body] : []));
  if (bodies.length === 0) throw new Error(`${where}: there is no function ${name}`);
  return bodies;
}

function declared(statement: ts.Statement, name: string): ts.Node | undefined {
  if (ts.isFunctionDeclaration(statement) && statement.name?.text === name && statement.body)
    return statement;
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.find(({ name: own }) => own.getText() === name)?.initializer;
}

/** The properties and methods of this name below a node; where one is `name: value`, the value. */
function membersOf(node: ts.Node, name: string): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isMethodDeclaration(child) && child.name.getText() === name) found.push(child);
    else if (ts.isPropertyAssignment(child) && child.name.getText() === name) found.push(child.initializer);
    else found.push(...membersOf(child, name));
  });
  return found;
}

/** The text without imports, and without declarations that are not exported, that nothing in it uses; repeatedly. */
function withoutUnused(text: string): string {
  const file = parse(text);
  const uses = identifiers(file);
  const isUsed = (name: ts.Identifier | undefined) => name === undefined || (uses.get(name.text) ?? 0) > 1;
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) && statement.importClause) {
      const kept = keptImport(statement, isUsed);
      if (kept !== undefined) return withoutUnused(replaced(text, statement, kept));
    }
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported && declaredNames(statement).length > 0 && !declaredNames(statement).some(isUsed))
      return withoutUnused(replaced(text, statement, ""));
  }
  return text;
}

/** The statement with what stands before it that belongs to it, replaced. */
const replaced = (text: string, statement: ts.Statement, by: string) =>
  text.slice(0, by === "" ? statement.getFullStart() : statement.getStart()) + by + text.slice(statement.end);

function declaredNames(statement: ts.Statement): ts.Identifier[] {
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name ? [statement.name] : [];
  if (!ts.isVariableStatement(statement)) return [];
  const names = statement.declarationList.declarations.map(({ name }) => name);
  return names.every(ts.isIdentifier) ? (names as ts.Identifier[]) : [];
}

/** The import with what is used of it; "" if nothing is, undefined if all is. */
function keptImport(
  statement: ts.ImportDeclaration,
  isUsed: (name: ts.Identifier | undefined) => boolean,
): string | undefined {
  const { name, namedBindings, isTypeOnly } = statement.importClause as ts.ImportClause;
  const elements = namedBindings && ts.isNamedImports(namedBindings) ? [...namedBindings.elements] : [];
  const kept = elements.filter((element) => isUsed(element.name));
  const all = namedBindings && ts.isNamespaceImport(namedBindings) ? namedBindings.name : undefined;
  if (kept.length === elements.length && isUsed(name) && isUsed(all)) return undefined;
  const parts = [
    ...(name && isUsed(name) ? [name.text] : []),
    ...(all && isUsed(all) ? [`* as ${all.text}`] : []),
    ...(kept.length > 0 ? [`{ ${kept.map((element) => element.getText()).join(", ")} }`] : []),
  ];
  if (parts.length === 0) return "";
  return `import ${isTypeOnly ? "type " : ""}${parts.join(", ")} from ${statement.moduleSpecifier.getText()};`;
}

/** How often each identifier stands in a file. */
function identifiers(file: ts.SourceFile): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return counts;
}
