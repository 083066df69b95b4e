/** The TypeScript transformation that lets an interrupt stop a loop (see interrupt.ts). */
import type * as ts from "@tslab/typescript-for-tslab";
import { LOOP_CHECK } from "./interrupt";
import { typescript } from "./tslab";

/**
 * Every loop of a cell is checked. In lib/ only loops that await are: the others end by themselves, and a check would
 * slow the hot ones.
 */
export function loopChecks(inCell: boolean): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      const loop = innermostUnlabelled(node);
      if (!loop || (!inCell && !awaits(loop))) {
        return typescript.visitEachChild(node, visit, context);
      }
      return checked(node as ts.Statement, context.factory, visit, context);
    };
    return typescript.visitNode(file, visit) as ts.SourceFile;
  };
}

function innermostUnlabelled(node: ts.Node): ts.IterationStatement | undefined {
  const inner = typescript.isLabeledStatement(node) ? node.statement : node;
  if (typescript.isLabeledStatement(inner)) {
    return innermostUnlabelled(inner);
  }
  return typescript.isIterationStatement(inner, false) ? inner : undefined;
}

function awaits(node: ts.Node): boolean {
  const isAwait =
    typescript.isAwaitExpression(node) ||
    (typescript.isForOfStatement(node) && node.awaitModifier !== undefined);
  return (
    isAwait ||
    typescript.forEachChild(node, (child) => !typescript.isFunctionLike(child) && awaits(child)) === true
  );
}

/** `{ const since = check(); label: while (…) { check(since); … } }` */
function checked(
  statement: ts.Statement,
  factory: ts.NodeFactory,
  visit: (node: ts.Node) => ts.Node,
  context: ts.TransformationContext,
): ts.Statement {
  const since = factory.createUniqueName("since");
  const check = (args: ts.Expression[]) =>
    factory.createCallExpression(factory.createIdentifier(LOOP_CHECK), undefined, args);
  const withCheck = (node: ts.Statement): ts.Statement => {
    if (typescript.isLabeledStatement(node)) {
      return factory.updateLabeledStatement(node, node.label, withCheck(node.statement));
    }
    const loop = typescript.visitEachChild(node, visit, context) as ts.IterationStatement;
    const body = factory.createBlock(
      [factory.createExpressionStatement(check([since])), loop.statement],
      true,
    );
    return replaceBody(loop, body, factory);
  };
  const begin = factory.createVariableDeclaration(since, undefined, undefined, check([]));
  const declaration = factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([begin], typescript.NodeFlags.Const),
  );
  return factory.createBlock([declaration, withCheck(statement)], true);
}

function replaceBody(loop: ts.IterationStatement, body: ts.Block, factory: ts.NodeFactory): ts.Statement {
  if (typescript.isForStatement(loop)) {
    return factory.updateForStatement(loop, loop.initializer, loop.condition, loop.incrementor, body);
  }
  if (typescript.isForOfStatement(loop)) {
    return factory.updateForOfStatement(loop, loop.awaitModifier, loop.initializer, loop.expression, body);
  }
  if (typescript.isForInStatement(loop)) {
    return factory.updateForInStatement(loop, loop.initializer, loop.expression, body);
  }
  if (typescript.isWhileStatement(loop)) {
    return factory.updateWhileStatement(loop, loop.expression, body);
  }
  return factory.updateDoStatement(loop as ts.DoStatement, body, (loop as ts.DoStatement).expression);
}
