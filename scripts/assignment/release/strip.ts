import ts from "typescript";
import { withoutUnused } from "./unused";

/** A function whose body the students' edition leaves out, and the equation that its error names. */
export interface Asked {
  /**
   * The function, a member of what it returns, or a case of a switch in it: "softmaxJacobian", "dense.backward",
   * "evaluate case Operation.tanh + 1".
   */
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
    for (const { start, end, gives } of placesOf(parse(text), name, file).reverse()) {
      const trap = gives ? "{ return unreachable(); }" : "{ unreachable(); }";
      text = text.slice(0, start) + (assembly ? trap : `{ throw new Error(${error}); }`) + text.slice(end);
    }
  }
  return withoutUnused(text);
}

export const parse = (text: string) => ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true);

/** Where a body is, and whether its function gives a value. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly gives: boolean;
}

type WithBody = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;

const hasBody = (node: ts.Node): node is WithBody =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node);

/** Where the bodies of a function are, or of all members of that name, in their order. */
export function placesOf(file: ts.SourceFile, asked: string, where: string): Place[] {
  const [name, label] = asked.split(" case ");
  const [top, ...members] = name.split(".");
  let nodes = file.statements.flatMap((statement) => declared(statement, top) ?? []);
  for (const member of members) nodes = nodes.flatMap((node) => membersOf(node, member));
  const places = label
    ? nodes.flatMap((node) => clausesOf(node, label))
    : nodes.flatMap(bodiesOf).map(placeOf);
  if (places.length === 0) throw new Error(`${where}: there is no function ${asked}`);
  return places;
}

/** A function's body; of a value that a call makes, those of the functions that the call is given. */
function bodiesOf(node: ts.Node): ts.Node[] {
  if (ts.isCallExpression(node)) return node.arguments.flatMap(bodiesOf);
  return hasBody(node) && node.body ? [node.body] : [];
}

function placeOf(body: ts.Node): Place {
  const { type } = body.parent as WithBody;
  return {
    start: body.getStart(),
    end: body.end,
    gives: type !== undefined && type.kind !== ts.SyntaxKind.VoidKeyword,
  };
}

/** What a statement declares under a name: a function, or the value of a constant. */
export function declared(statement: ts.Statement, name: string): ts.Node | undefined {
  if (ts.isFunctionDeclaration(statement) && statement.name?.text === name && statement.body)
    return statement;
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.find(({ name: own }) => own.getText() === name)?.initializer;
}

/** The properties, methods and constants of this name below a node; where one is `name: value`, the value. */
function membersOf(node: ts.Node, name: string): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isMethodDeclaration(child) && child.name.getText() === name) found.push(child);
    else if (ts.isPropertyAssignment(child) && child.name.getText() === name) found.push(child.initializer);
    else if (ts.isVariableDeclaration(child) && child.name.getText() === name && child.initializer)
      found.push(child.initializer);
    else found.push(...membersOf(child, name));
  });
  return found;
}

/** Where the statements of a case are. */
function clausesOf(node: ts.Node, label: string): Place[] {
  const found: Place[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isCaseClause(child) && child.expression.getText() === label && child.statements.length > 0)
      found.push({ start: child.statements[0].getStart(), end: child.end, gives: true });
    else found.push(...clausesOf(child, label));
  });
  return found;
}
