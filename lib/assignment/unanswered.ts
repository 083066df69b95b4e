/** What a function throws that nobody has written yet. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  constructor(
    readonly subject: string,
    readonly equation: string,
    message = `${subject} is yours to write: ${equation}`,
  ) {
    super(message);
  }
}

/**
 * The error of a function that is still to be written: it names the function and the equation.
 * @example
 * unanswered("denseBackward", "dW = Δ Aᵀ").message // "denseBackward is yours to write: dW = Δ Aᵀ"
 */
export const unanswered = (subject: string, equation: string): Unanswered =>
  new Unanswered(subject, equation);

/**
 * Whether it is such an error. Where code is loaded twice there are two classes of this name.
 * @example
 * isUnanswered(new Error("denseBackward is yours to write")) // false
 */
export const isUnanswered = (error: unknown): error is Unanswered =>
  (error as Error | undefined)?.name === "Unanswered";
