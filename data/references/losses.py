"""Losses by mpmath with 60 digits, written out from their definitions; gradients by numerical differentiation.

Every case is {loss, prediction, target, value, gradient}, matrices as lists of rows, samples as columns.
"""

import random

import mpmath
from common import write
from mpmath import mp, mpf

mp.dps = 60
generator = random.Random(2)


def columns(M):
    return list(zip(*M))


def mean_squared_error(Y, T):
    return mpmath.fsum((y - t) ** 2 for ys, ts in zip(Y, T) for y, t in zip(ys, ts)) / (2 * len(Y[0]))


def softmax_cross_entropy(Z, T):
    total = mpf(0)
    for z, t in zip(columns(Z), columns(T)):
        whole = mpmath.fsum(mpmath.exp(x) for x in z)
        total -= mpmath.fsum(p * mpmath.log(mpmath.exp(x) / whole) for x, p in zip(z, t))
    return total / len(Z[0])


def sigmoid_binary_cross_entropy(Z, T):
    def entry(z, t):
        # 1 − σ(z) = σ(−z), which keeps all digits
        return -t * mpmath.log(1 / (1 + mpmath.exp(-z))) - (1 - t) * mpmath.log(1 / (1 + mpmath.exp(z)))

    return mpmath.fsum(entry(z, t) for zs, ts in zip(Z, T) for z, t in zip(zs, ts)) / len(Z[0])


def perceptron_criterion(Z, T):
    return mpmath.fsum(max(mpf(0), -t * z) for zs, ts in zip(Z, T) for z, t in zip(zs, ts)) / len(Z[0])


def gradient(loss, P, T):
    def at(i, j, x):
        return loss([[x if (a, b) == (i, j) else p for b, p in enumerate(row)] for a, row in enumerate(P)], T)

    return [[float(mpmath.diff(lambda x: at(i, j, x), P[i][j])) for j in range(len(P[0]))] for i in range(len(P))]


def case(name, loss, P, T):
    exact_P, exact_T = ([[mpf(x) for x in row] for row in M] for M in (P, T))
    value = float(loss(exact_P, exact_T))
    return {"loss": name, "prediction": P, "target": T, "value": value, "gradient": gradient(loss, exact_P, exact_T)}


def normal(rows, cols, scale=1.0):
    return [[generator.gauss(0, scale) for _ in range(cols)] for _ in range(rows)]


def rows_of(columns_of):
    return [list(row) for row in zip(*columns_of)]


def one_hot(classes, samples):
    labels = [generator.randrange(classes) for _ in range(samples)]
    return [[1.0 if label == i else 0.0 for label in labels] for i in range(classes)]


smooth = [[0.7, 0.1, 0.1, 0.1], [0.25, 0.25, 0.25, 0.25], [0.0, 0.5, 0.5, 0.0], [0.125, 0.125, 0.25, 0.5]]
extreme = [[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -1000.5], [30.0, -40.0, 3.0], [0.0, 0.0, 1000.0]]
probabilities = [[generator.choice([0.0, 1.0, generator.random()]) for _ in range(6)] for _ in range(2)]
signs = [[generator.choice([-1.0, 1.0]) for _ in range(6)] for _ in range(2)]

write(
    {
        "mpmath": mpmath.__version__,
        "digits": mp.dps,
        "cases": [
            case("meanSquaredError", mean_squared_error, normal(3, 5), normal(3, 5)),
            case("meanSquaredError", mean_squared_error, normal(1, 1, 1e3), normal(1, 1)),
            case("softmaxCrossEntropy", softmax_cross_entropy, normal(4, 6, 2.0), one_hot(4, 6)),
            case("softmaxCrossEntropy", softmax_cross_entropy, normal(4, 4, 2.0), rows_of(smooth)),
            case("softmaxCrossEntropy", softmax_cross_entropy, rows_of(extreme), one_hot(3, 4)),
            case("softmaxCrossEntropy", softmax_cross_entropy, [[2.0], [1.0], [0.1]], [[1.0], [0.0], [0.0]]),
            case("sigmoidBinaryCrossEntropy", sigmoid_binary_cross_entropy, normal(2, 6, 3.0), probabilities),
            case("sigmoidBinaryCrossEntropy", sigmoid_binary_cross_entropy, [[1000.0, -1000.0, 40.0]], [[0.0, 1.0, 1.0]]),
            case("perceptronCriterion", perceptron_criterion, normal(2, 6), signs),
        ],
    }
)
