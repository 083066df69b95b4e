import { derivative, type MathNode, parse, simplify } from "mathjs";

/** Values of an expression's variables. */
export type Scope = { readonly [variable: string]: number };

/** A derivative as mathjs derives it. */
export interface SymbolicDerivative {
  /** The derivative as an expression. */
  readonly text: string;
  /** The same for LaTeX. */
  readonly tex: string;
  /** Its value in float64, by JavaScript's Math: the last digit may differ between engines. */
  at(scope: Scope): number;
}

/**
 * The derivative of an expression by one of its variables, derived by mathjs.
 * @param options.simplify whether mathjs shortens the result, which takes a second where the expression has a few
 * lines; default true
 * @throws if the expression does not parse, or holds a function that mathjs cannot differentiate
 * Source: mathjs.org/docs/reference/functions/derivative.html
 * @example
 * symbolicDerivative("1 / (1 + exp(-z))", "z").text // "exp(-z) / (exp(-z) + 1) ^ 2"
 * symbolicDerivative("tanh(z)", "z").at({ z: 0.5 }) // ≈ 0.78644773
 * symbolicDerivative("x * y", "x").at({ x: 2, y: 5 }) // 5
 * symbolicDerivative("erf(z)", "z").at({ z: 0 }) // ≈ 1.12837917
 * symbolicDerivative("sign(z)", "z") // throws /function "sign"/
 */
export function symbolicDerivative(
  expression: string | MathNode,
  variable: string,
  options: { simplify?: boolean } = {},
): SymbolicDerivative {
  const node = differentiate(expression, variable, options.simplify ?? true);
  const compiled = node.compile();
  return {
    text: node.toString(),
    tex: node.toTex(),
    at: (scope) => Number(compiled.evaluate({ ...scope })),
  };
}

/**
 * mathjs has erf but not its derivative. So sinh stands in for it, whose derivative is another function, and afterwards
 * sinh(u) is read as erf(u) and cosh(u) as erf′(u) = 2/√π e^(−u²).
 */
function differentiate(expression: string | MathNode, variable: string, shorten: boolean): MathNode {
  const node = typeof expression === "string" ? parse(expression) : expression;
  if (!calls(node, "erf")) return derivative(node, variable, { simplify: shorten });
  if (calls(node, "sinh") || calls(node, "cosh"))
    throw new Error(
      "symbolicDerivative: erf beside sinh or cosh (mathjs cannot differentiate erf, for which sinh stands in)",
    );
  const standIn = replaceCalls(node, { erf: parse("sinh(u)") });
  const result = replaceCalls(derivative(standIn, variable, { simplify: false }), {
    sinh: parse("erf(u)"),
    cosh: parse("2 / sqrt(pi) * exp(-u^2)"),
  });
  return shorten ? simplify(result) : result;
}

const nameOf = (call: MathNode) => (call as MathNode & { fn: { name: string } }).fn.name;

const calls = (node: MathNode, name: string): boolean =>
  node.filter((part) => part.type === "FunctionNode" && nameOf(part) === name).length > 0;

/** The expression with calls of these functions replaced by expressions in their argument u. */
function replaceCalls(node: MathNode, by: { readonly [name: string]: MathNode }): MathNode {
  const inside = node.map((child) => replaceCalls(child, by));
  if (inside.type !== "FunctionNode" || !Object.hasOwn(by, nameOf(inside))) return inside;
  const [argument] = (inside as MathNode & { args: MathNode[] }).args;
  return by[nameOf(inside)].transform((part) => ((part as { name?: string }).name === "u" ? argument : part));
}

/**
 * The value of an expression.
 * @throws if it does not parse or a variable has no value
 * @example
 * evaluateExpression("a^2 + b", { a: 3, b: 1 }) // 10
 * evaluateExpression("a + c", { a: 3 }) // throws /Undefined symbol c/
 */
export function evaluateExpression(expression: string, scope: Scope): number {
  return Number(parse(expression).evaluate({ ...scope }));
}

/**
 * An expression with the names that have a definition replaced by it, again and again, so that only free variables
 * remain: a network written line by line becomes one formula.
 * @throws if a definition leads back to itself
 * @example
 * expand("a^2", { a: "tanh(z)", z: "w * x" }) // "tanh(w * x) ^ 2"
 * expand("a", { a: "b", b: "a" }) // throws /a is defined by itself: a, b, a/
 */
export function expand(expression: string, definitions: { readonly [name: string]: string }): string {
  const within = (text: string, open: readonly string[]): MathNode =>
    parse(text).transform((node) => {
      const name = (node as { name?: string }).name;
      if (node.type !== "SymbolNode" || name === undefined || !Object.hasOwn(definitions, name)) return node;
      if (open.includes(name))
        throw new Error(`expand: ${name} is defined by itself: ${[...open, name].join(", ")}`);
      return within(definitions[name], [...open, name]);
    });
  return within(expression, []).toString();
}
