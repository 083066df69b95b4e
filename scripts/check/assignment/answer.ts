import ts from "typescript";

const MARK = /^[ \t]*\/\/ (BEGIN|END) SOLUTION[ \t]*$/gm;

/** What stands behind the answer, for messages. */
const THROW = 'throw unanswered("name", "equation");';

/**
 * What is wrong with an answer cell, with its remedy: between one BEGIN SOLUTION and one END SOLUTION stands what students
 * do not get, and behind them, in the same function, what theirs throws instead. What the answer alone imports may stand
 * before the function in a pair of its own.
 */
export function answerProblems(source: string, gradeId: string): [string, string][] {
  const marks = [...source.matchAll(MARK)];
  const words = marks.map(([, word]) => word).join(" ");
  const mentions = source.match(/(BEGIN|END) SOLUTION/g)?.length;
  const hasImports = marks.length === 4 && isImports(source.slice(marks[0].index, marks[1].index));
  if (words !== (hasImports ? "BEGIN END BEGIN END" : "BEGIN END") || mentions !== marks.length) {
    const what = "does not hold one answer between BEGIN SOLUTION and END SOLUTION";
    return [
      [what, "write // BEGIN SOLUTION and // END SOLUTION once each, in this order, on lines of their own"],
    ];
  }
  const last = marks[marks.length - 1];
  const end = last.index + last[0].length;
  const [own, another] = throwsIn(source).filter(({ start }) => start > end);
  if (!own || another || source.slice(end, own.start).trim() !== "")
    return [["does not throw right behind END SOLUTION, and nowhere else", `write ${THROW} there`]];
  return [...nameProblems(own, gradeId), ...equationProblem(own)];
}

const parse = (source: string) => ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);

function isImports(source: string): boolean {
  const { statements } = parse(source);
  return statements.length > 0 && statements.every(ts.isImportDeclaration);
}

function nameProblems({ name, inside }: Thrown, gradeId: string): [string, string][] {
  if (inside === undefined)
    return [["throws outside of a function", `write ${THROW} at the end of the function that is asked for`]];
  if (name !== inside)
    return [
      [`says ${JSON.stringify(name ?? null)} is to be written, and defines ${inside}`, `name ${inside}`],
    ];
  if (gradeId === kebab(name)) return [];
  return [[`has the grade_id "${gradeId}", and defines ${name}`, `name it "${kebab(name)}"`]];
}

function equationProblem({ equation }: Thrown): [string, string][] {
  if (equation?.trim()) return [];
  return [["names no equation for the student", `write ${THROW}`]];
}

/** "dense-backward" of "denseBackward". */
const kebab = (name: string) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

interface Thrown {
  readonly start: number;
  /** Both as they are written; undefined where they are no texts. */
  readonly name?: string;
  readonly equation?: string;
  /** The function of the cell's top level in which it is thrown. */
  readonly inside?: string;
}

/** Every `throw unanswered(…)` of a source. */
function throwsIn(source: string): Thrown[] {
  const found: Thrown[] = [];
  for (const statement of parse(source).statements) visit(statement, functionName(statement));
  return found;

  function visit(node: ts.Node, inside: string | undefined): void {
    if (ts.isThrowStatement(node) && ts.isCallExpression(node.expression)) {
      const { expression, arguments: given } = node.expression;
      if (expression.getText() === "unanswered")
        found.push({ start: node.getStart(), name: text(given[0]), equation: text(given[1]), inside });
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  }
}

function text(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The function that a statement defines: by declaration, or as a constant. */
function functionName(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [{ name, initializer }] = statement.declarationList.declarations;
  const isFunction = initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
  return isFunction ? name.getText() : undefined;
}
