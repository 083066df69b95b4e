import { errorOfProduct, errorOfSum } from "./double-double";

/**
 * a b + c of float32 numbers with one rounding, to float32, as processors compute it in one instruction.
 * Source: IEEE 754-2019, section 5.4.1, fusedMultiplyAdd.
 * @example
 * const a = 1 + 2 ** -23
 * Math.fround(Math.fround(a * a) - a) === fusedMultiplyAdd32(a, a, -a) // false
 * fusedMultiplyAdd32(a, a, -a) // 1.1920930376163597e-7
 */
export function fusedMultiplyAdd32(a: number, b: number, c: number): number {
  const product = a * b; // exact: 24 + 24 bits
  const sum = product + c;
  const nearest = Math.fround(sum);
  const rest = sum - nearest;
  const neighbour = sum + rest;
  const halfway = rest !== 0 && Math.fround(neighbour) === neighbour;
  if (!halfway) return nearest;
  // what the float64 sum lost decides between the two float32 numbers beside it
  const lost = errorOfSum(product, c, sum);
  if (lost === 0) return nearest;
  return lost > 0 === rest > 0 ? neighbour : nearest;
}

/**
 * a b + c of float64 numbers with one rounding, in nearly all cases: the two parts of the exact result are added at the
 * end, which may round wrongly where they lie within 1e-16 of the middle between two numbers.
 * Source: T. J. Dekker, Numer. Math. 18 (1971) 224–242 (products without error); IEEE 754-2019, section 5.4.1.
 * @example
 * fusedMultiplyAdd64(0.1, 10, -1) // 5.551115123125783e-17
 */
export function fusedMultiplyAdd64(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  return sum + (errorOfSum(product, c, sum) + errorOfProduct(a, b, product));
}
