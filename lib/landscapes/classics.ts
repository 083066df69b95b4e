import { landscape } from "./landscape";

/**
 * Beale's function f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: a long flat valley between steep
 * corners; minimum 0 at (3, ½).
 * Source: E. M. L. Beale, "On an iterative method for finding a local minimum of a function of more than one variable",
 * Technical Report 25, Statistical Techniques Research Group, Princeton University (1958).
 * @example
 * beale.value(column([3, 0.5])) // 0
 * beale.gradient(column([0, 0])) // column([-12.75, 0])
 */
export const beale = landscape("Beale", 2, [[3, 0.5]], 0, {
  value: (x) => bealeTerms(x).reduce((sum, { r }) => sum + r * r, 0),
  gradient(x, g) {
    for (const { r, rx, ry } of bealeTerms(x)) {
      g[0] += 2 * r * rx;
      g[1] += 2 * r * ry;
    }
  },
  hessian(x, add) {
    for (const { r, rx, ry, rxy, ryy } of bealeTerms(x)) {
      add(0, 0, 2 * rx * rx);
      add(0, 1, 2 * (rx * ry + r * rxy));
      add(1, 1, 2 * (ry * ry + r * ryy));
    }
  },
});

/** r = c − x + x yᵏ for k = 1, 2, 3 with its derivatives. */
function bealeTerms([x, y]: Float64Array) {
  return [1.5, 2.25, 2.625].map((c, index) => {
    const k = index + 1;
    const power = (exponent: number) => (exponent < 0 ? 0 : [1, y, y * y, y * y * y][exponent]);
    return {
      r: c - x + x * power(k),
      rx: power(k) - 1,
      ry: k * x * power(k - 1),
      rxy: k * power(k - 1),
      ryy: k * (k - 1) * x * power(k - 2),
    };
  });
}

/**
 * Himmelblau's function f(x, y) = (x² + y − 11)² + (x + y² − 7)²: four minima of value 0, one of them at (3, 2).
 * Source: D. M. Himmelblau, Applied Nonlinear Programming (1972).
 * @example
 * himmelblau.value(column([3, 2])) // 0
 * himmelblau.hessian(column([3, 2])) // matrix([[74, 20], [20, 34]])
 * himmelblau.minima.length // 4
 */
export const himmelblau = landscape(
  "Himmelblau",
  2,
  [
    [3, 2],
    [-2.805118086952745, 3.131312518250573],
    [-3.779310253377747, -3.2831859912861696],
    [3.5844283403304917, -1.8481265269644036],
  ],
  0,
  {
    value: ([x, y]) => square(x * x + y - 11) + square(x + y * y - 7),
    gradient([x, y], g) {
      const [p, q] = [x * x + y - 11, x + y * y - 7];
      g.set([4 * x * p + 2 * q, 2 * p + 4 * y * q]);
    },
    hessian([x, y], add) {
      const [p, q] = [x * x + y - 11, x + y * y - 7];
      add(0, 0, 4 * p + 8 * x * x + 2);
      add(0, 1, 4 * x + 4 * y);
      add(1, 1, 4 * q + 8 * y * y + 2);
    },
  },
);

/**
 * The saddle f(x, y) = x² − y²: the gradient is 0 at the origin, which is a minimum along x and a maximum along y.
 * @example
 * saddle.gradient(column([0, 0])) // column([0, -0])
 * saddle.hessian(column([0, 0])) // matrix([[2, 0], [0, -2]])
 */
export const saddle = landscape("saddle", 2, [], Number.NEGATIVE_INFINITY, {
  value: ([x, y]) => x * x - y * y,
  gradient: ([x, y], g) => g.set([2 * x, -2 * y]),
  hessian(_x, add) {
    add(0, 0, 2);
    add(1, 1, -2);
  },
});

const square = (x: number) => x * x;
