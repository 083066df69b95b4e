import type { Schedule } from "../schedules";
import { expectSteps } from "./checks";

/**
 * A momentum that rises from ½ in stairs: γ(t) = min(1 − 1/(2(⌊t/n⌋ + 1)), γ_max), which is 0.5, 0.75, 0.833, …. For
 * one change, 0.5 until the loss falls steadily and 0.9 from then on as in the notes, take piecewise([0.5, 0.9],
 * [step]).
 * @throws if n is not a whole number ≥ 1 or γ_max is not in [½, 1]
 * Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, ICML 2013, equation 5 (min(1 − 2^(−1 − log₂(⌊t/250⌋ + 1)),
 * μ_max)).
 * @example
 * [1, 249, 250, 500, 1000, 5000].map(risingMomentum({ maximum: 0.9 })) // ≈ [0.500, 0.500, 0.750, 0.833, 0.900, 0.900]
 * risingMomentum({ maximum: 2 }) // throws /risingMomentum: maximum is 2/
 */
export function risingMomentum({
  every = 250,
  maximum = 0.9,
}: {
  every?: number;
  maximum?: number;
} = {}): Schedule {
  expectSteps("risingMomentum: every", every);
  if (!(maximum >= 0.5 && maximum <= 1))
    throw new Error(`risingMomentum: maximum is ${maximum} (it must be in [0.5, 1])`);
  return (step) => Math.min(1 - 0.5 / (Math.floor(step / every) + 1), maximum);
}
