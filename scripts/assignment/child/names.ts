import ts from "@tslab/typescript-for-tslab";

/** The names that a cell defines at its top level, and those that it uses anywhere. */
export interface Names {
  readonly defines: readonly string[];
  readonly uses: readonly string[];
}

/** Reads the names off a cell's source; a source with errors has those that can be made out. */
export function namesOf(source: string): Names {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const defines = new Set<string>();
  const uses = new Set<string>();
  for (const statement of file.statements) defined(statement, defines);
  visit(file, uses);
  return { defines: [...defines], uses: [...uses] };
}

function defined(statement: ts.Statement, names: Set<string>): void {
  if (ts.isVariableStatement(statement))
    for (const { name } of statement.declarationList.declarations) bound(name, names);
  else if (ts.isImportDeclaration(statement)) imported(statement.importClause, names);
  else if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  )
    if (statement.name) names.add(statement.name.text);
}

/** The names of a pattern such as { a, b: [c] }. */
function bound(name: ts.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) names.add(name.text);
  else for (const element of name.elements) if (ts.isBindingElement(element)) bound(element.name, names);
}

function imported(clause: ts.ImportClause | undefined, names: Set<string>): void {
  if (clause?.name) names.add(clause.name.text);
  const bindings = clause?.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) names.add(bindings.name.text);
  else for (const { name } of bindings.elements) names.add(name.text);
}

/** Every identifier but the names of properties; one that is local to a function is among them. */
function visit(node: ts.Node, names: Set<string>): void {
  if (ts.isIdentifier(node) && !isPropertyName(node)) names.add(node.text);
  ts.forEachChild(node, (child) => visit(child, names));
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node)
  );
}
