import type { Schedule } from "../schedules";
import { expectRate, expectSteps } from "./checks";

/**
 * One value after another: values[k] while t ≤ ends[k], the last value from then on. Serves for learning rates
 * (PyTorch's MultiStepLR) and for the momentum of the notes, 0.5 until convergence is steady and 0.9 from then on.
 * @throws if there is not one value more than there are ends, a value is not a finite number ≥ 0, or the ends are not
 * whole numbers ≥ 1 that rise
 * Source: note 004, "Momentum".
 * @example
 * const momentum = piecewise([0.5, 0.9], [300])
 * momentum(300) // 0.5
 * momentum(301) // 0.9
 * piecewise([0.5], [300]) // throws /1 values and 1 ends/
 */
export function piecewise(values: readonly number[], ends: readonly number[]): Schedule {
  if (values.length !== ends.length + 1)
    throw new Error(
      `piecewise: ${values.length} values and ${ends.length} ends (one value more than ends is needed)`,
    );
  values.forEach((value, k) => {
    expectRate(`piecewise: value ${k}`, value);
  });
  ends.forEach((end, k) => {
    expectSteps(`piecewise: end ${k}`, end);
    if (k > 0 && end <= ends[k - 1])
      throw new Error(`piecewise: end ${k} is ${end}, the one before ${ends[k - 1]} (ends must rise)`);
  });
  return (step) => {
    let k = 0;
    while (k < ends.length && step > ends[k]) k++;
    return values[k];
  };
}
