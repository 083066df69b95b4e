import { readFileSync } from "node:fs";
import ts from "typescript";

/** One export of a file. */
export interface DocumentedExport {
  name: string;
  /** false for interfaces and types */
  isValue: boolean;
  /** A function, or a record of functions such as an activation; false for plain data. */
  isFunction: boolean;
  comment: string;
  examples: string[];
}

/** The exports of a TypeScript file with their doc comments, and the value names that it imports from beside it. */
export function documentedExports(path: string) {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
  const exports: DocumentedExport[] = [];
  const imports = new Map<string, readonly string[]>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const module = (statement.moduleSpecifier as ts.StringLiteral).text;
      const bindings = statement.importClause?.namedBindings;
      if (
        !module.startsWith(".") ||
        statement.importClause?.isTypeOnly ||
        !bindings ||
        !ts.isNamedImports(bindings)
      )
        continue;
      const values = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
      imports.set(
        module,
        values.map(({ name }) => name.text),
      );
      continue;
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const isClass = ts.isClassDeclaration(statement);
    const comment = docComment(statement);
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : [(statement as ts.FunctionDeclaration).name?.getText() ?? "default"];
    for (const name of names)
      exports.push({
        name,
        isValue: !isType,
        isFunction: !isType && !isClass && (!ts.isVariableStatement(statement) || holdsFunctions(statement)),
        comment,
        examples: examplesOf(comment),
      });
  }
  return { exports, imports };
}

/** Whether an exported constant is a function, is made by one, or is a record with functions in it. */
function holdsFunctions(statement: ts.VariableStatement): boolean {
  return statement.declarationList.declarations.some(({ initializer }) => {
    let found = false;
    const visit = (node: ts.Node): void => {
      if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node))
        found = true;
      ts.forEachChild(node, visit);
    };
    if (initializer) visit(initializer);
    return found || (initializer !== undefined && ts.isCallExpression(initializer));
  });
}

/** The text of the doc comment that ends right before a statement, without its asterisks. */
function docComment(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const last = comments.at(-1);
  if (!last) return "";
  return last
    .getText()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();
}

/** The blocks after @example, each to the next tag or the end. */
function examplesOf(comment: string): string[] {
  return comment
    .split(/^(?=@\w|Source:)/m)
    .filter((block) => block.startsWith("@example"))
    .map((block) => block.slice("@example".length).trim());
}
