import type { Schedule } from "../schedules";
import { expectRate } from "./checks";

/**
 * α(t) = a/(b + t): about a/b for t well below b, and about a/t well above it. Its sum over all steps is infinite and
 * that of its squares finite, as Robbins and Monro ask. PyTorch's Adagrad with lr = α and lr_decay = d takes the rate
 * α/(1 + (t − 1) d): a = α/d and b = 1/d − 1.
 * @throws if a is not a finite number ≥ 0 or b not a finite number > −1
 * Source: note 004, "learning rate" (α_t = a/(b + t)); H. Robbins, S. Monro, Ann. Math. Stat. 22 (1951) 400.
 * @example
 * hyperbolicDecay(10, 99)(1) // 0.1
 * hyperbolicDecay(10, 99)(101) // 0.05
 * hyperbolicDecay(10, -1) // throws /hyperbolicDecay: b is -1/
 */
export function hyperbolicDecay(a: number, b: number): Schedule {
  expectRate("hyperbolicDecay: a", a);
  if (!(b > -1 && b < Number.POSITIVE_INFINITY))
    throw new Error(`hyperbolicDecay: b is ${b} (it must be a finite number > −1)`);
  return (step) => a / (b + step);
}
