"""Functions of one number, softmax and log-softmax by mpmath with 60 digits.

Every entry under a function's name is [arguments…, value, residual]: the float64 nearest to the exact value, and what is
missing to the exact value in units in the last place of that float64, so an error can be stated in such units. Every
entry under "limits" is [arguments…, value]. Numbers that JSON lacks are written as strings.
"""

import math
import random

import mpmath
from common import write
from mpmath import mp, mpf

mp.dps = 60
generator = random.Random(1)


def points(*ranges):
    """Numbers drawn evenly from ranges (low, high, count), and 0.0 never."""
    return [generator.uniform(low, high) for low, high, count in ranges for _ in range(count)]


def magnitudes(low, high, count, signs=(1,)):
    """Numbers whose decimal logarithm is drawn evenly."""
    return [generator.choice(signs) * 10 ** generator.uniform(low, high) for _ in range(count)]


def entry(f, *arguments):
    exact = f(*map(mpf, arguments))
    nearest = float(exact)
    return [*arguments, nearest, round(float((exact - mpf(nearest)) / mpf(math.ulp(nearest))), 6)]


def sigmoid(z):
    return 1 / (1 + mpmath.exp(-z))


def sigmoid_derivative(z):
    return mpmath.exp(-z) / (1 + mpmath.exp(-z)) ** 2


def tanh_derivative(z):
    return mpmath.sech(z) ** 2


both = (-1, 1)
arguments = {
    "exp": points((-1, 1, 70), (-700, 700, 90)) + points((-745, -708, 30)) + magnitudes(-300, -1, 20, both),
    "log": points((0.5, 2, 70)) + magnitudes(-320, 308, 100) + points((0.99, 1.01, 30)),
    "log1p": points((-0.99, 1, 90)) + magnitudes(-300, 0, 60, (1,)) + magnitudes(-16, -0.1, 30, both) + magnitudes(0, 300, 20),
    # the last ones are where AssemblyScript's own expm1 is 1.6 and 1.9 ulp off
    "expm1": points((-1, 1, 90), (-40, 700, 60)) + magnitudes(-300, 0, 50, both) + [3.8611012438007375, 37.98072984613904],
    "sin": points((-1, 1, 60), (-10, 10, 70), (-1e6, 1e6, 50)) + magnitudes(-300, 300, 20, both),
    "cos": points((-1, 1, 60), (-10, 10, 70), (-1e6, 1e6, 50)) + magnitudes(-300, 300, 20, both),
    "tanh": points((-1, 1, 90), (-20, 20, 60)) + magnitudes(-300, 2, 50, both),
    "sigmoid": points((-1, 1, 60), (-40, 40, 90), (-708, 708, 40), (-745, -709, 15)) + magnitudes(-300, 0, 10, both),
    "sigmoid derivative": points((-1, 1, 60), (-40, 40, 90), (-708, 708, 40), (-745, -709, 15)) + magnitudes(-300, 0, 10, both),
    "tanh derivative": points((-1, 1, 60), (-20, 20, 90), (-350, 350, 40), (-372, -354, 15)) + magnitudes(-300, 0, 10, both),
}
formulas = {
    **{name: getattr(mpmath, name) for name in ("exp", "log", "log1p", "expm1", "sin", "cos", "tanh")},
    "sigmoid": sigmoid,
    "sigmoid derivative": sigmoid_derivative,
    "tanh derivative": tanh_derivative,
}
powers = [(generator.uniform(0, 10), generator.uniform(-20, 20)) for _ in range(100)]
powers += [(10 ** generator.uniform(-100, 100), generator.uniform(-3, 3)) for _ in range(70)]
powers += [(-generator.uniform(0, 10), float(generator.randint(-20, 20))) for _ in range(30)]
powers += [(0.999, 1.0), (0.999, 10000.0), (0.9, 37.5), (2.0, -1074.0)]

inf, nan = "Infinity", "NaN"
minus = "-Infinity"
# Values fixed by IEEE 754 and the functions' limits; log1p and expm1 keep the sign of a zero.
limits = {
    "exp": [[0.0, 1.0], [-0.0, 1.0], [1000.0, inf], [-1000.0, 0.0], [709.79, inf], [-745.14, 0.0], [inf, inf], [minus, 0.0], [nan, nan]],
    "log": [[1.0, 0.0], [0.0, minus], [-0.0, minus], [-1.0, nan], [inf, inf], [minus, nan], [nan, nan]],
    "log1p": [[0.0, 0.0], [-0.0, -0.0], [-1.0, minus], [-2.0, nan], [inf, inf], [minus, nan], [nan, nan]],
    "expm1": [[0.0, 0.0], [-0.0, -0.0], [1000.0, inf], [-1000.0, -1.0], [inf, inf], [minus, -1.0], [nan, nan]],
    "sin": [[0.0, 0.0], [-0.0, -0.0], [inf, nan], [minus, nan], [nan, nan]],
    "cos": [[0.0, 1.0], [-0.0, 1.0], [inf, nan], [minus, nan], [nan, nan]],
    "tanh": [[0.0, 0.0], [-0.0, -0.0], [1000.0, 1.0], [-1000.0, -1.0], [inf, 1.0], [minus, -1.0], [nan, nan]],
    "sigmoid": [[0.0, 0.5], [1000.0, 1.0], [-1000.0, 0.0], [inf, 1.0], [minus, 0.0], [nan, nan]],
    "sigmoid derivative": [[0.0, 0.25], [1000.0, 0.0], [-1000.0, 0.0], [inf, 0.0], [minus, 0.0], [nan, nan]],
    "tanh derivative": [[0.0, 1.0], [1000.0, 0.0], [-1000.0, 0.0], [inf, 0.0], [minus, 0.0], [nan, nan]],
    "pow": [
        [nan, 0.0, 1.0], [2.0, nan, nan], [nan, 1.0, nan], [0.0, 0.5, 0.0], [0.0, -0.5, inf], [-0.0, 3.0, -0.0],
        [-0.0, -3.0, minus], [-2.0, 0.5, nan], [inf, 0.5, inf], [inf, -0.5, 0.0], [2.0, inf, inf], [0.5, inf, 0.0],
        [2.0, minus, 0.0], [10.0, 400.0, inf], [10.0, -400.0, 0.0], [minus, 3.0, minus],
    ],
}


def softmax(column):
    powers_of_e = [mpmath.exp(mpf(z)) for z in column]
    return [p / mpmath.fsum(powers_of_e) for p in powers_of_e]


columns = [
    [2.0, 1.0, 0.1],
    [1000.0, 1000.0, 999.0],
    [-1000.0, -1001.0, -1000.5],
    [1000.0, 0.0, -1000.0],
    [0.0, 0.0, 0.0],
    [-745.0, 0.0, 30.0],
    *[[generator.gauss(0, 3) for _ in range(3)] for _ in range(14)],
]

# ∂aᵢ/∂zⱼ by numerical differentiation with 60 digits, not by the formula that is to be tested
small = [columns[0], columns[4], *columns[6:10]]
jacobians = [
    [[mpmath.diff(lambda x: softmax([*z[:j], x, *z[j + 1 :]])[i], mpf(z[j])) for j in range(3)] for i in range(3)]
    for z in small
]
upstream = [[generator.gauss(0, 1) for _ in range(3)] for _ in small]

write(
    {
        "mpmath": mpmath.__version__,
        "digits": mp.dps,
        **{name: [entry(formulas[name], x) for x in xs] for name, xs in arguments.items()},
        "pow": [entry(lambda x, y: mpmath.re(x**y), x, y) for x, y in powers],
        "limits": limits,
        "columns": columns,
        "softmax": [[float(p) for p in softmax(column)] for column in columns],
        "logSoftmax": [[float(mpmath.log(p)) for p in softmax(column)] for column in columns],
        "jacobianColumns": small,
        "jacobians": [[[float(d) for d in row] for row in J] for J in jacobians],
        "upstream": upstream,
        "backward": [
            [float(mpmath.fsum(mpf(d) * row[j] for d, row in zip(dP, J))) for j in range(3)]
            for dP, J in zip(upstream, jacobians)
        ],
    }
)
