import ts from "typescript";

/**
 * A source without imports, and without declarations that are not exported, that nothing exported leads to any more.
 * Statements that declare nothing stay.
 */
export function withoutUnused(text: string): string {
  const file = ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true);
  const reached = new Set<ts.Statement>();
  const uses = new Set<string>();
  const reach = (statement: ts.Statement): void => {
    if (reached.has(statement)) return;
    reached.add(statement);
    for (const name of identifiers(statement)) {
      uses.add(name);
      for (const other of file.statements) if (declaredNames(other).includes(name)) reach(other);
    }
  };
  for (const statement of file.statements)
    if (
      !ts.isImportDeclaration(statement) &&
      (isExported(statement) || declaredNames(statement).length === 0)
    )
      reach(statement);
  let result = text;
  for (const statement of [...file.statements].reverse()) {
    if (ts.isImportDeclaration(statement)) {
      const kept = keptImport(statement, uses);
      if (kept !== undefined) result = replaced(result, statement, kept);
    } else if (!reached.has(statement)) result = replaced(result, statement, "");
  }
  return result;
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** The statement, with the comment before it where nothing takes its place. */
const replaced = (text: string, statement: ts.Statement, by: string) =>
  text.slice(0, by === "" ? statement.getFullStart() : statement.getStart()) + by + text.slice(statement.end);

function declaredNames(statement: ts.Statement): string[] {
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name ? [statement.name.text] : [];
  if (!ts.isVariableStatement(statement)) return [];
  const names = statement.declarationList.declarations.map(({ name }) => name);
  return names.every(ts.isIdentifier) ? names.map(({ text }) => text) : [];
}

/** The import with what is used of it; "" if nothing is, undefined if all is. */
function keptImport(statement: ts.ImportDeclaration, uses: ReadonlySet<string>): string | undefined {
  if (!statement.importClause) return undefined;
  const { name, namedBindings, isTypeOnly } = statement.importClause;
  const isUsed = (one: ts.Identifier | undefined) => one === undefined || uses.has(one.text);
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

/** The identifiers of a statement but the names of properties. */
function identifiers(statement: ts.Statement): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isPropertyName(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isGetAccessor(parent)) &&
    parent.name === node
  );
}
