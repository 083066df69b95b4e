/** What a function throws that nobody has written yet. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/**
 * The error of a function that is still to be written: it names the function and the equation.
 * @example
 * unanswered("denseBackward", "dW = Δ Aᵀ").message // "denseBackward is yours to write: dW = Δ Aᵀ"
 */
export const unanswered = (name: string, equation: string): Unanswered =>
  new Unanswered(`${name} is yours to write: ${equation}`);
