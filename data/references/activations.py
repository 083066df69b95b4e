"""ELU, GELU and softplus with their derivatives by mpmath with 60 digits; all activations by PyTorch in float64.

Every entry under a function's name is [argument, value, residual] as in kernels.py. "extremes" gives, for each
activation, [z, value, derivative] at 0, −0, ±1000 and ±∞: at ±1000 by mpmath, rounded to float64, where −0 is a
negative number too small for it; at ±∞ the limits. "pytorch" holds values and automatic derivatives at "points".
"""

import math
import random

import mpmath
import torch
from common import write
from mpmath import mp, mpf

mp.dps = 60
generator = random.Random(5)
torch.set_default_dtype(torch.float64)


def uniform(*ranges):
    return [generator.uniform(low, high) for low, high, count in ranges for _ in range(count)]


def magnitudes(low, high, count, signs=(-1, 1)):
    return [generator.choice(signs) * 10 ** generator.uniform(low, high) for _ in range(count)]


def entry(f, x):
    exact = f(mpf(x))
    nearest = float(exact)
    return [x, nearest, round(float((exact - mpf(nearest)) / mpf(math.ulp(nearest))), 6)]


def elu(z):
    return z if z > 0 else mpmath.expm1(z)


def elu_derivative(z):
    return mpf(1) if z > 0 else mpmath.exp(z)


def gelu(z):
    return z * mpmath.erfc(-z / mpmath.sqrt(2)) / 2


def gelu_derivative(z):
    return mpmath.erfc(-z / mpmath.sqrt(2)) / 2 + z * mpmath.npdf(z)


def softplus(z):
    return mpmath.log1p(mpmath.exp(z))


def softplus_derivative(z):
    return 1 / (1 + mpmath.exp(-z))


functions = {
    "elu": (elu, uniform((-1, 0, 90), (-40, 0, 60), (-750, 10, 30)) + magnitudes(-300, 0, 30, (-1,))),
    "elu derivative": (elu_derivative, uniform((-1, 0, 70), (-40, 0, 60), (-708, 0, 60), (-745, -708, 20))),
    # the last ranges are where values are below the smallest normal number
    "gelu": (gelu, uniform((-1, 1, 90), (-6, 6, 90), (-37.4, -6, 60), (6, 100, 10), (-38.5, -37.4, 20)) + magnitudes(-300, 0, 30)),
    "gelu derivative": (gelu_derivative, uniform((-1.5, 0, 60), (0, 3, 60), (-6, -1.5, 60), (-37.4, -6, 60), (3, 40, 20), (-38.6, -37.4, 20))),
    "softplus": (softplus, uniform((-1, 1, 70), (-40, 40, 90), (-708, 708, 40), (-745, -709, 15)) + magnitudes(-300, 0, 10)),
    "softplus derivative": (softplus_derivative, uniform((-1, 1, 60), (-40, 40, 90), (-708, 708, 40), (-745, -709, 15))),
}


def rounded(exact):
    """The nearest float64, with the sign where that is 0."""
    return math.copysign(float(exact), mpmath.sign(exact)) if exact else 0.0


def sigmoid(z):
    return 1 / (1 + mpmath.exp(-z))


def at(z, f, derivative):
    return [z, rounded(f(mpf(z))), rounded(derivative(mpf(z)))]


inf, minus = "Infinity", "-Infinity"


def smooth(f, derivative, below, above):
    """below and above are [value, derivative] at −∞ and ∞; at −0 the value has the sign of f just below."""
    zero = at(0.0, f, derivative)
    negative_zero = [-0.0, -0.0 if zero[1] == 0 else zero[1], zero[2]]
    return [zero, negative_zero, at(1000.0, f, derivative), at(-1000.0, f, derivative), [minus, *below], [inf, *above]]


extremes = {
    "identity": smooth(lambda z: z, lambda z: mpf(1), [minus, 1.0], [inf, 1.0]),
    "step": [[0.0, 1.0, 0.0], [-0.0, 1.0, 0.0], [1000.0, 1.0, 0.0], [-1000.0, 0.0, 0.0], [minus, 0.0, 0.0], [inf, 1.0, 0.0]],
    "sigmoid": smooth(sigmoid, lambda z: sigmoid(z) * sigmoid(-z), [0.0, 0.0], [1.0, 0.0]),
    "tanh": smooth(mpmath.tanh, lambda z: mpmath.sech(z) ** 2, [-1.0, 0.0], [1.0, 0.0]),
    # max(0, −0) is 0
    "relu": [[0.0, 0.0, 0.0], [-0.0, 0.0, 0.0], [1000.0, 1000.0, 1.0], [-1000.0, 0.0, 0.0], [minus, 0.0, 0.0], [inf, inf, 1.0]],
    "leakyRelu": [[0.0, 0.0, 0.25], [-0.0, -0.0, 0.25], [1000.0, 1000.0, 1.0], [-1000.0, -250.0, 0.25], [minus, minus, 0.25], [inf, inf, 1.0]],
    "elu": smooth(elu, elu_derivative, [-1.0, 0.0], [inf, 1.0]),
    "gelu": smooth(gelu, gelu_derivative, [-0.0, -0.0], [inf, 1.0]),
    "softplus": smooth(softplus, softplus_derivative, [0.0, 0.0], [inf, 1.0]),
}

F = torch.nn.functional
modules = {
    "identity": lambda z: z.clone(),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leakyRelu 0.2": lambda z: F.leaky_relu(z, 0.2),
    "elu 1": F.elu,
    "elu 0.3": lambda z: F.elu(z, 0.3),
    "gelu": F.gelu,
    "softplus 1": F.softplus,
    "softplus 3": lambda z: F.softplus(z, beta=3),
}
# not beyond 6: PyTorch's softplus is exact up to βz = 20 only
points = [-30.0, -8.0, 0.0, *uniform((-6, 6, 60))]


def by_pytorch(f):
    z = torch.tensor(points, requires_grad=True)
    y = f(z)
    y.sum().backward()
    return {"value": y.tolist(), "derivative": z.grad.tolist()}


write(
    {
        "mpmath": mpmath.__version__,
        "torch": torch.__version__,
        "digits": mp.dps,
        **{name: [entry(f, x) for x in xs] for name, (f, xs) in functions.items()},
        "extremes": extremes,
        "points": points,
        "pytorch": {name: by_pytorch(f) for name, f in modules.items()},
    }
)
