// Checks that the schedules share.

/**
 * Checks a learning rate, or another number that must be finite and ≥ 0.
 * @throws if it is not
 * @example
 * expectRate("cosine: minimum", 0) // undefined
 * expectRate("cosine: minimum", -1) // throws /cosine: minimum is -1 \(it must be a finite number ≥ 0\)/
 */
export function expectRate(what: string, value: number): void {
  if (!Number.isFinite(value) || value < 0)
    throw new Error(`${what} is ${value} (it must be a finite number ≥ 0)`);
}

/**
 * Checks a number of steps.
 * @throws if it is not a whole number ≥ 1
 * @example
 * expectSteps("stepDecay: every", 10) // undefined
 * expectSteps("stepDecay: every", 0.5) // throws /stepDecay: every is 0.5 \(it must be a whole number ≥ 1\)/
 */
export function expectSteps(what: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${what} is ${value} (it must be a whole number ≥ 1)`);
}

/**
 * Checks that a setting is one of the names there are.
 * @throws if it is not, naming them
 * @example
 * expectOneOf("cyclical: mode", "triangular", ["triangular", "triangular2"]) // undefined
 * expectOneOf("cyclical: mode", "square", ["triangular", "triangular2"]) // throws /cyclical: mode is "square" \(it must be "triangular" or "triangular2"\)/
 */
export function expectOneOf(what: string, value: string, names: readonly string[]): void {
  if (names.includes(value)) return;
  const given = typeof value === "string" ? `"${value}"` : String(value);
  throw new Error(`${what} is ${given} (it must be ${names.map((name) => `"${name}"`).join(" or ")})`);
}

/**
 * Checks a factor by which a learning rate falls.
 * @throws if it is not in (0, 1]
 * @example
 * expectFactor("stepDecay: factor", 0.5) // undefined
 * expectFactor("stepDecay: factor", 2) // throws /stepDecay: factor is 2 \(it must be in \(0, 1\]\)/
 */
export function expectFactor(what: string, value: number): void {
  if (!(value > 0 && value <= 1)) throw new Error(`${what} is ${value} (it must be in (0, 1])`);
}
