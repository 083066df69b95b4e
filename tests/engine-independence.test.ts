import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import ts from "typescript";
import { exceptions } from "../scripts/hash/exceptions";
import { documentedExports } from "./support/doc-comments";

const library = path.join(__dirname, "..", "lib");
const sectionsFolder = path.join(__dirname, "..", "scripts", "hash", "sections");
const files = readdirSync(library, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith(path.join("kernels", "assembly")))
  .sort();

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);

/** The exports of lib that the sections import, as "matrix.ts#multiply". */
function namedBySections(): Set<string> {
  const named = new Set<string>();
  for (const file of readdirSync(sectionsFolder))
    for (const statement of parse(path.join(sectionsFolder, file)).statements) {
      if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) continue;
      const module = (statement.moduleSpecifier as ts.StringLiteral).text;
      const imported = path.relative(library, path.resolve(sectionsFolder, module));
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      for (const { propertyName, name, isTypeOnly } of bindings.elements)
        if (!isTypeOnly) named.add(`${imported}.ts#${(propertyName ?? name).text}`);
    }
  return named;
}

test("every export of lib is hashed, or there is a reason why not", () => {
  const named = namedBySections();
  const excepted = exceptions.flatMap(({ of }) => of);
  assert.equal(new Set(excepted).size, excepted.length, "a name is excepted twice");
  const needed = new Set<string>();
  const forgotten: string[] = [];
  for (const file of files)
    for (const { name, isValue } of documentedExports(path.join(library, file)).exports) {
      if (!isValue || named.has(`${file}#${name}`)) continue;
      const exception = excepted.find((one) =>
        one.endsWith("/") ? file.startsWith(one) : one === file || one === `${file}#${name}`,
      );
      if (exception) needed.add(exception);
      else forgotten.push(`${file}#${name}`);
    }
  const advice = "compute them in scripts/hash/sections, or give a reason in scripts/hash/exceptions.ts";
  assert.deepEqual(forgotten, [], `no section names ${forgotten.join(", ")}: ${advice}`);
  const superfluous = excepted.filter((one) => !needed.has(one));
  assert.deepEqual(superfluous, [], `superfluous exceptions: ${superfluous.join(", ")}`);
});

/** Of Math what IEEE 754 or the definition of the language fixes to the bit. */
const exact = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2".split(
    " ",
  ),
);
/** What depends on the time, the machine or its language. */
const globals = new Set(["Date", "Intl", "performance"]);
const methods = new Set([
  "localeCompare",
  "toLocaleString",
  "toLocaleLowerCase",
  "toLocaleUpperCase",
  "normalize",
]);

/** Where lib may do so all the same, since no result hangs on it. */
const allowed = [
  "training.ts: Date", // lets the event loop run now and then
  "notebook/progress.ts: Date", // shows the time left
  "datasets/mnist.ts: toString(16)", // of a whole number, in a message
];

/** What a file uses that may differ between engines, as "tape.ts: Math.exp". */
function engineDependent(file: string, source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const what = dependence(node);
    if (what && !found.includes(`${file}: ${what}`)) found.push(`${file}: ${what}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function dependence(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node) && !isName(node)) {
    if (globals.has(node.text)) return node.text;
    if (node.text !== "Math") return undefined;
    const { parent } = node;
    const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : "as a value";
    return exact.has(member) ? undefined : `Math.${member}`;
  }
  if (ts.isPropertyAccessExpression(node) && methods.has(node.name.text)) return node.name.text;
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const [base] = node.arguments;
    if (
      node.expression.name.text === "toString" &&
      base &&
      base.getText() !== "10" &&
      !/^"/.test(base.getText())
    )
      return `toString(${base.getText()})`;
  }
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return "**=";
    // powers of two alone are the same in all engines: 0.013 ** 3 is not
    const ofTwo = /^2 \*\* -?\d+$/.test(node.getText());
    if (operator === ts.SyntaxKind.AsteriskAsteriskToken && !ofTwo) return node.getText();
  }
  return undefined;
}

/** Whether an identifier only names a property or a type. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) ? parent.name === node : ts.isTypeReferenceNode(parent);
}

test("nothing in lib hangs on the engine's own functions, the time or the language", () => {
  const found = files.flatMap((file) => engineDependent(file, parse(path.join(library, file))));
  assert.deepEqual(found, [...allowed].sort(), "take functions from lib/kernels/functions");
});

test("what differs between engines is found", () => {
  const code = `const { exp } = Math; Math.tanh(Math.sqrt(2)); x ** 3; 2 ** -26; 2 ** n; y **= 2; new Date(); Math["log"];
    a.localeCompare(b); (12).toString(36); bytes.toString("hex"); const o = { Date: 1, Math: o.Math.max };`;
  const source = ts.createSourceFile("x.ts", code, ts.ScriptTarget.ES2022, true);
  const expected = [
    "Math.as a value",
    "Math.tanh",
    "x ** 3",
    "2 ** n",
    "**=",
    "Date",
    "localeCompare",
    "toString(36)",
  ];
  assert.deepEqual(
    engineDependent("x.ts", source),
    expected.map((what) => `x.ts: ${what}`),
  );
});
