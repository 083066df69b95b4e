"""The error function by mpmath with 60 digits: values, limits, and the polynomials of lib/kernels/assembly/error-function.ts.

Entries under "erf" and "erfc" are [argument, value, residual] and those under "limits" [argument, value] as in
kernels.py. The polynomials interpolate at Chebyshev points, so that they are within a few times the least possible
error; "largest relative errors" are those of the rounded coefficients, evaluated exactly.
"""

import math
import random

import mpmath
from common import write
from mpmath import mp, mpf

mp.dps = 60
generator = random.Random(4)

NEAR = mpf(1) / 2  # up to here erf(x)/x is a polynomial in x²
TAIL = mpf(15) / 32  # from here (1 + 2x) e^(x²) erfc(x) is one in u
END = mpf("27.4")  # erfc and Φ(−x√2) are 0 in float64 beyond
K = mpf(7) / 2  # u = (x − K)/(x + K)


def chebyshev_interpolation(f, low, high, degree):
    """Coefficients, by rising power, of the polynomial that equals f at the degree + 1 Chebyshev points."""
    count = degree + 1
    nodes = [mpmath.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    points = [(low + high) / 2 + (high - low) / 2 * node for node in nodes]
    system = mpmath.matrix(count, count)
    for i, x in enumerate(points):
        for j in range(count):
            system[i, j] = x**j
    return list(mpmath.lu_solve(system, mpmath.matrix([f(x) for x in points])))


def rounded(coefficients, exact_part):
    """To float64, the first one less the exact part to which the polynomial is added last."""
    return [float(c - (exact_part if i == 0 else 0)) for i, c in enumerate(coefficients)]


def largest_error(f, coefficients, exact_part, low, high):
    points = [low + (high - low) * i / 500 for i in range(501)]
    values = [mpf(exact_part) + mpmath.fsum(mpf(c) * x**i for i, c in enumerate(coefficients)) for x in points]
    return float(max(abs(value / f(x) - 1) for value, x in zip(values, points)))


def near(s):
    return mpmath.erf(mpmath.sqrt(s)) / mpmath.sqrt(s) if s else 2 / mpmath.sqrt(mp.pi)


def tail(u):
    x = K * (1 + u) / (1 - u)
    return (1 + 2 * x) * mpmath.exp(x * x) * mpmath.erfc(x)


near_range = (mpf(0), NEAR**2)
tail_range = ((TAIL - K) / (TAIL + K), (END - K) / (END + K))
near_coefficients = rounded(chebyshev_interpolation(near, *near_range, 8), 1)
tail_coefficients = rounded(chebyshev_interpolation(tail, *tail_range, 21), mpf("1.25"))


def entry(f, x):
    exact = f(mpf(x))
    nearest = float(exact)
    return [x, nearest, round(float((exact - mpf(nearest)) / mpf(math.ulp(nearest))), 6)]


def uniform(low, high, count):
    return [generator.uniform(low, high) for _ in range(count)]


def magnitudes(low, high, count):
    return [generator.choice((-1, 1)) * 10 ** generator.uniform(low, high) for _ in range(count)]


arguments = {
    "erf": uniform(-0.5, 0.5, 100) + uniform(-1, 1, 60) + uniform(-6, 6, 60) + magnitudes(-300, 0, 30),
    # the last ones have values below the smallest normal number
    "erfc": uniform(-0.46875, 0.46875, 50) + uniform(-6, 1, 60) + uniform(0.46875, 6, 100) + uniform(6, 26.5, 90)
    + magnitudes(-300, 0, 20) + uniform(26.55, 27.2, 30),
}
inf, minus, nan = "Infinity", "-Infinity", "NaN"
limits = {
    "erf": [[0.0, 0.0], [-0.0, -0.0], [6.0, 1.0], [-6.0, -1.0], [1000.0, 1.0], [-1000.0, -1.0], [inf, 1.0], [minus, -1.0], [nan, nan]],
    "erfc": [[0.0, 1.0], [-0.0, 1.0], [27.3, 0.0], [-6.0, 2.0], [1000.0, 0.0], [-1000.0, 2.0], [inf, 0.0], [minus, 2.0], [nan, nan]],
}

write(
    {
        "mpmath": mpmath.__version__,
        "digits": mp.dps,
        "near": near_coefficients,
        "tail": tail_coefficients,
        "largest relative errors": {
            "near": largest_error(near, near_coefficients, 1, *near_range),
            "tail": largest_error(tail, tail_coefficients, 1.25, *tail_range),
        },
        "erf": [entry(mpmath.erf, x) for x in arguments["erf"]],
        "erfc": [entry(mpmath.erfc, x) for x in arguments["erfc"]],
        "limits": limits,
    }
)
