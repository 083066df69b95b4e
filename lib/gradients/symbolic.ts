import { derivative, type MathNode, parse } from "mathjs";

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
 * @param simplify whether mathjs shortens the result, which takes a second where the expression has a few lines
 * @throws if the expression does not parse, or holds a function that mathjs cannot differentiate
 * Source: mathjs.org/docs/expressions/syntax.html
 * @example
 * symbolicDerivative("1 / (1 + exp(-z))", "z").text // "exp(-z) / (exp(-z) + 1) ^ 2"
 * symbolicDerivative("tanh(z)", "z").at({ z: 0.5 }) // ≈ 0.78644773
 * symbolicDerivative("x * y", "x").at({ x: 2, y: 5 }) // 5
 * symbolicDerivative("sign(z)", "z") // throws /function "sign"/
 */
export function symbolicDerivative(
  expression: string | MathNode,
  variable: string,
  { simplify = true }: { simplify?: boolean } = {},
): SymbolicDerivative {
  const node = derivative(expression, variable, { simplify });
  const compiled = node.compile();
  return {
    text: node.toString(),
    tex: node.toTex(),
    at: (scope) => Number(compiled.evaluate({ ...scope })),
  };
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
