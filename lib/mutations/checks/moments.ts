import type { Initializer } from "../../initializers";
import { sum } from "../../matrix-entries";
import { randomState } from "../../random";
import type { InitializerSubject, Subject } from "../subject";
import type { Judge } from "./check";

/**
 * Many weights of an initializer have mean 0, within five standard errors, and the standard deviation that they should
 * have, within a tolerance; undefined for anything but an initializer.
 * @example
 * import { subjects } from "../subjects"
 * momentsOf(subjects.heNormal, 150, 150, 0.03)((right) => right) // true
 * momentsOf(subjects.dense, 150, 150, 0.03) // undefined
 */
export function momentsOf(
  subject: Subject,
  rows: number,
  cols: number,
  tolerance: number,
): Judge | undefined {
  if (subject.kind !== "initializer") return undefined;
  return (make) => {
    const W = (make(subject.right) as Initializer)(randomState(25), rows, cols);
    const count = rows * cols;
    const mean = sum(W) / count;
    let squares = 0;
    for (const w of W.data) squares += (w - mean) * (w - mean);
    const deviation = Math.sqrt(squares / count);
    const expected = subject.deviation(cols, rows);
    const centered = Math.abs(mean) <= (5 * expected) / Math.sqrt(count);
    return centered && Math.abs(deviation / expected - 1) <= tolerance;
  };
}

/**
 * The moments of wide and of tall weights within 3 %, and no two rows alike.
 * @example
 * import { subjects } from "../subjects"
 * wideAndTall(subjects.xavierUniform)((right) => right) // true
 */
export function wideAndTall(subject: InitializerSubject): Judge {
  const shapes = [momentsOf(subject, 20, 1000, 0.03), momentsOf(subject, 1000, 20, 0.03)];
  return (make) => {
    const W = (make(subject.right) as Initializer)(randomState(25), 20, 5);
    const rows = Array.from({ length: W.rows }, (_, i) => W.data.slice(i * W.cols, (i + 1) * W.cols).join());
    return new Set(rows).size === W.rows && shapes.every((judge) => judge?.(make));
  };
}
