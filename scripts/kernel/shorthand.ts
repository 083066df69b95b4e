/** The TypeScript transformation that mends `{ X }` in a cell where X was declared by an earlier cell. */
import type * as ts from "@tslab/typescript-for-tslab";
import { typescript } from "./tslab";

/**
 * Variables of earlier cells are properties of `exports`, and tslab rewrites each use of one, but overlooks the
 * shorthand `{ X }`, which then fails with "X is not defined". A shorthand name that no scope of the cell declares
 * becomes `X: "X" in exports ? exports.X : X`, the last for globals such as `{ console }`.
 */
export const completeShorthand: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const { factory } = context;
  const exported = (name: string) =>
    factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name);

  const visit = (node: ts.Node, declared: ReadonlySet<string>, isTarget: boolean): ts.Node => {
    if (typescript.isShorthandPropertyAssignment(node) && !declared.has(node.name.text)) {
      const name = node.name.text;
      const value = isTarget
        ? exported(name)
        : factory.createConditionalExpression(
            factory.createBinaryExpression(
              factory.createStringLiteral(name),
              typescript.SyntaxKind.InKeyword,
              factory.createIdentifier("exports"),
            ),
            undefined,
            exported(name),
            undefined,
            factory.createIdentifier(name),
          );
      return factory.createPropertyAssignment(name, value);
    }
    const inner = typescript.isFunctionLike(node)
      ? new Set([...declared, ...namesDeclaredIn(node)])
      : declared;
    const target = isAssignment(node) ? node.left : undefined;
    return typescript.visitEachChild(
      node,
      (child) => visit(child, inner, child === target || (isTarget && isPattern(child))),
      context,
    );
  };
  return visit(file, new Set(namesDeclaredIn(file)), false) as ts.SourceFile;
};

const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  typescript.isBinaryExpression(node) && node.operatorToken.kind === typescript.SyntaxKind.EqualsToken;

/** What may stand inside `({ a: { X } } = …)` on the way to X. */
const isPattern = (node: ts.Node): boolean =>
  typescript.isObjectLiteralExpression(node) ||
  typescript.isArrayLiteralExpression(node) ||
  typescript.isPropertyAssignment(node) ||
  typescript.isShorthandPropertyAssignment(node) ||
  typescript.isParenthesizedExpression(node);

/** Names declared in a function or file, in blocks too, but not those of the functions in it. */
function namesDeclaredIn(scope: ts.Node): string[] {
  const names: string[] = [];
  const add = (name: ts.Node | undefined): void => {
    if (!name) return;
    if (typescript.isIdentifier(name)) names.push(name.text);
    else name.forEachChild((part) => (typescript.isBindingElement(part) ? add(part.name) : undefined));
  };
  const look = (node: ts.Node): void => {
    if (
      typescript.isVariableDeclaration(node) ||
      typescript.isParameter(node) ||
      typescript.isFunctionDeclaration(node) ||
      typescript.isClassDeclaration(node)
    )
      add(node.name);
    if (typescript.isImportSpecifier(node) || typescript.isNamespaceImport(node)) names.push(node.name.text);
    if (typescript.isImportClause(node)) add(node.name);
    if (node === scope || !typescript.isFunctionLike(node)) node.forEachChild(look);
  };
  look(scope);
  return names;
}
