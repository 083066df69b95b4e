"""a b + c rounded once, from exact fractions, for tests/fused-multiply-add.test.ts; and sums and cosines in 50 digits.

Among the float32 cases are sums that lie so near the middle between two float32 numbers that float64 rounds them there.
"""

from fractions import Fraction

import mpmath
import numpy as np
from common import write

mpmath.mp.dps = 50


def nearest32(exact):
    """The float32 number nearest to a fraction, of two equally near ones the even one; normal numbers only."""
    if exact == 0:
        return 0.0
    exponent = 0
    while abs(exact) / Fraction(2) ** exponent >= 2:
        exponent += 1
    while abs(exact) / Fraction(2) ** exponent < 1:
        exponent -= 1
    unit = Fraction(2) ** (exponent - 23)
    return float(round(exact / unit) * unit)  # round() takes the even one


def case32(a, b, c):
    a, b, c = (float(np.float32(x)) for x in (a, b, c))
    return [a, b, c, nearest32(Fraction(a) * Fraction(b) + Fraction(c))]


def case64(a, b, c):
    return [a, b, c, float(Fraction(a) * Fraction(b) + Fraction(c))]  # Fraction rounds correctly


def near_halfway(random):
    """c + half its unit ± much less: a b = 2⁻²⁴ (1 ± 2⁻ᵏ), c an odd or even multiple of 2⁻²³ in [1, 2)."""
    sign, k = random.choice([-1, 1]), int(random.randint(1, 13))
    a, b = 2.0**-12 * (1 + sign * 2.0**-k), 2.0**-12 * (1 + 2.0 ** -int(random.randint(12, 24)))
    return a, b, 1 + int(random.randint(0, 2**23)) * 2.0**-23


def halfway_but(random):
    """The product is half a unit of c and something below float64's last digit of the sum."""
    c = 1 + int(random.randint(0, 2**23)) * 2.0**-23
    sign = random.choice([-1, 1])
    return 2.0**-12 * (1 + 2.0**-23), 2.0**-12 * (1 + sign * 2.0**-23) * (1 - 2.0**-22 if sign > 0 else 1), c


def angles(random):
    values = [*(2 * np.pi * random.rand(30)), 2 * np.pi, np.pi, np.pi / 2, 3 * np.pi / 2, 1e-9, np.pi / 4]
    return [[float(x), float(mpmath.cos(mpmath.mpf(x))), float(mpmath.sin(mpmath.mpf(x)))] for x in values]


random = np.random.RandomState(5)
cases32 = [case32(*random.randn(3)) for _ in range(30)]
cases32 += [case32(*near_halfway(random)) for _ in range(60)] + [case32(*halfway_but(random)) for _ in range(20)]
cases32 += [case32(3.0, -(2.0**-25), 1.0 + 2.0**-23), case32(1.5, 2.0, -3.0)]
cases64 = [case64(*map(float, random.randn(3))) for _ in range(30)]
cases64 += [case64(a, b, -a * b) for a, b in random.randn(20, 2).tolist()]
write({"numpy": np.__version__, "float32": cases32, "float64": cases64, "angles": angles(random)})
