import { add, fromData, type Matrix, zeros } from "../matrix";
import { full } from "../matrix-entries";
import type { WitnessName } from "./check-layer";
import { relativeError, type Witness } from "./compare";
import { cubeRootOfEpsilon, type Kink } from "./finite-differences";
import type { Testimony } from "./testimony";

/**
 * Rounding may be so many times what was measured of it; in 68,000 gradients of random networks it was up to 6 times.
 */
const roundingMargin = 25;

/**
 * What the witnesses say of one gradient in the light of what the dual numbers know, if they were asked:
 * - what rounding does to it, in the precision of the hand-written one or of the witness, is excused;
 * - on a kink there is no derivative, but one on either side, and a layer's convention may be any number between them:
 *   the dual numbers agree with such a number, and from a library that keeps to another convention nothing is heard.
 * @param hand the hand-written gradient
 * @example
 * const dual = { gradient: matrix([[1]]), sides: [{ path: "input", entry: 0, left: 0, right: 1 }] }
 * const tensorflow = { gradient: matrix([[1]]), floor: 1 }
 * const heard = new Map([["TensorFlow", tensorflow], ["dual numbers", dual]])
 * const tolerances = { TensorFlow: 1e-5, "dual numbers": 1e-12 }
 * const [first, second] = crossExamine(matrix([[0]]), heard, tolerances)
 * first.kinks // [0]
 * second.gradient // matrix([[0]])
 */
export function crossExamine(
  hand: Matrix,
  heard: ReadonlyMap<WitnessName, Testimony>,
  tolerances: { readonly [name: string]: number },
): Witness[] {
  const known: Partial<Testimony> = heard.get("dual numbers") ?? {};
  const { rounding = 0, roundingOfValue = 0, sides = [], moreKinks = false } = known;
  return [...heard].map(([name, testimony]) => {
    const tolerance = tolerances[name];
    const single = name === "TensorFlow" || hand.data instanceof Float32Array;
    const unit = single ? 2 ** -24 : 2 ** -53;
    // below it digits are missing
    const smallestNormal = single ? 2 ** -126 : 2 ** -1022;
    const ofDifference = name === "finite differences" ? (2 ** -53 * roundingOfValue) / cubeRootOfEpsilon : 0;
    const excused = roundingMargin * (unit * rounding + ofDifference) + smallestNormal;
    const { gradient, floor, entries, kinks, uncertainty } = testimony;
    const witness = {
      name,
      tolerance,
      gradient,
      floor,
      entries,
      kinks,
      uncertainty: add(uncertainty ?? zeros(hand.rows, hand.cols), full(hand.rows, hand.cols, excused)),
    };
    if (name === "finite differences") return witness;
    if (name === "dual numbers")
      return {
        ...witness,
        gradient: nearestBetween(sides, gradient, hand),
        kinks: sides.filter(({ left, right }) => Number.isNaN(left + right)).map(({ entry }) => entry),
      };
    const differs = (entry: number) =>
      relativeError(hand.data[entry], gradient.data[entry], floor ?? 0) > tolerance;
    return {
      ...witness,
      entries: moreKinks ? known.entries : entries,
      kinks: sides.map(({ entry }) => entry).filter(differs),
    };
  });
}

/**
 * The gradient, on kinks with the number between the derivatives on both sides that is nearest to the hand-written one.
 */
function nearestBetween(sides: readonly Kink[], gradient: Matrix, hand: Matrix): Matrix {
  const data = gradient.data.slice();
  for (const { entry, left, right } of sides) {
    const [low, high] = [Math.min(left, right), Math.max(left, right)];
    data[entry] = Math.min(Math.max(hand.data[entry], low), high);
  }
  return fromData(gradient.rows, gradient.cols, data);
}
