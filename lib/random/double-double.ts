/**
 * A number as the sum of two float64 numbers, high + low with |low| ≤ ½ ulp(high): about 106 bits. The high part is the
 * float64 number nearest to it.
 * Source: T. J. Dekker, Numer. Math. 18 (1971) 224–242.
 */
export type DoubleDouble = readonly [high: number, low: number];

/**
 * x + y − (x + y rounded), exactly.
 * @param sum x + y rounded
 * @example
 * errorOfSum(1, 1e-17, 1) // 1e-17
 */
export function errorOfSum(x: number, y: number, sum: number): number {
  const part = sum - x;
  return x - (sum - part) + (y - part);
}

/**
 * x y − (x y rounded), exactly where |x| and |y| are below 1e300 and the product is above 1e-290.
 * @param product x y rounded
 * @example
 * errorOfProduct(0.1, 10, 1) // 5.551115123125783e-17
 */
export function errorOfProduct(x: number, y: number, product: number): number {
  const [xHigh, yHigh] = [upperHalf(x), upperHalf(y)];
  const [xLow, yLow] = [x - xHigh, y - yHigh];
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/** The upper 26 bits of a float64 number. */
function upperHalf(x: number): number {
  const shifted = x * 134217729; // 2²⁷ + 1
  return shifted - (shifted - x);
}

const normalized = (high: number, low: number): DoubleDouble => {
  const sum = high + low;
  return [sum, low - (sum - high)];
};

/**
 * x + y.
 * @example
 * addPairs([1, 0], [1e-20, 0]) // [1, 1e-20]
 */
export function addPairs([x, xLow]: DoubleDouble, [y, yLow]: DoubleDouble): DoubleDouble {
  const sum = x + y;
  return normalized(sum, errorOfSum(x, y, sum) + (xLow + yLow));
}

/**
 * x y.
 * @example
 * multiplyPairs([0.1, 0], [10, 0]) // [1, 5.551115123125783e-17]
 */
export function multiplyPairs([x, xLow]: DoubleDouble, [y, yLow]: DoubleDouble): DoubleDouble {
  const product = x * y;
  return normalized(product, errorOfProduct(x, y, product) + (x * yLow + xLow * y));
}

/**
 * x / n for a float64 number n.
 * @example
 * dividePair([1, 0], 3) // [0.3333333333333333, 1.850371707708594e-17]
 */
export function dividePair([x, xLow]: DoubleDouble, n: number): DoubleDouble {
  const quotient = x / n;
  const product = quotient * n;
  return normalized(quotient, (x - product - errorOfProduct(quotient, n, product) + xLow) / n);
}
