/**
 * The error of a check that did not hold.
 * @example
 * checkFailed("loss falls", "the condition is false").name // "CheckFailed"
 */
export function checkFailed(name: string, detail: string): Error {
  const error = new Error(`check "${name}" failed: ${detail}`);
  error.name = "CheckFailed";
  return error;
}

/**
 * What is wrong with a count, if anything, and the remedy.
 * @example
 * miscounted("check", 1, 2) // ["declared 1 checks, executed 2: change openNotebook({ checks: 2 })"]
 * miscounted("check", 2, 2) // []
 */
export function miscounted(kind: string, declared: number, executed: number): string[] {
  if (executed === declared) return [];
  const remedy =
    executed > declared
      ? `change openNotebook({ ${kind}s: ${executed} })`
      : "one was not reached or has the name of another";
  return [`declared ${declared} ${kind}s, executed ${executed}: ${remedy}`];
}
