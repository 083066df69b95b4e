"""Losses by mpmath with 60 digits, written out from their definitions; gradients by numerical differentiation.

Every case is {loss, prediction, target, value, gradient}, matrices as lists of rows, samples as columns; some have
settings besides: the weights of a loss.
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


def hinge(Z, T):
    return mpmath.fsum(max(mpf(0), 1 - t * z) for zs, ts in zip(Z, T) for z, t in zip(zs, ts)) / len(Z[0])


def squared_hinge(Z, T):
    return mpmath.fsum(max(mpf(0), 1 - t * z) ** 2 for zs, ts in zip(Z, T) for z, t in zip(zs, ts)) / len(Z[0])


def multiclass_hinge(Z, T):
    def sample(z, t):
        own = t.index(1)
        return max(mpf(0), 1 + max(x for i, x in enumerate(z) if i != own) - z[own])

    return mpmath.fsum(map(sample, columns(Z), columns(T))) / len(Z[0])


def with_labels(loss):
    """The target is one row of labels."""
    return lambda Z, T: loss(Z, [[mpf(label == i) for label in T[0]] for i in range(len(Z))])


def weighted_softmax_cross_entropy(weights, normalization):
    def loss(Z, T):
        total = mpf(0)
        for z, t in zip(columns(Z), columns(T)):
            whole = mpmath.fsum(mpmath.exp(x) for x in z)
            total -= mpmath.fsum(w * p * mpmath.log(mpmath.exp(x) / whole) for x, p, w in zip(z, t, weights))
        by_weights = mpmath.fsum(w * t for ts, w in zip(T, weights) for t in ts)
        return total / (by_weights if normalization == "weights" else len(Z[0]))

    return loss


def weighted_sigmoid_binary_cross_entropy(weights, positive):
    def entry(z, t, w, p):
        return -w * (p * t * mpmath.log(1 / (1 + mpmath.exp(-z))) + (1 - t) * mpmath.log(1 / (1 + mpmath.exp(z))))

    def loss(Z, T):
        rows = zip(Z, T, weights, positive)
        return mpmath.fsum(entry(z, t, w, p) for zs, ts, w, p in rows for z, t in zip(zs, ts)) / len(Z[0])

    return loss


def after(activation):
    """The mean squared error of activation(z)."""
    return lambda Z, T: mean_squared_error([[activation(z) for z in row] for row in Z], T)


def softmax_mean_squared_error(Z, T):
    def softmax(z):
        whole = mpmath.fsum(mpmath.exp(x) for x in z)
        return [mpmath.exp(x) / whole for x in z]

    return mean_squared_error(rows_of(map(softmax, columns(Z))), T)


def gradient(loss, P, T):
    def at(i, j, x):
        return loss([[x if (a, b) == (i, j) else p for b, p in enumerate(row)] for a, row in enumerate(P)], T)

    return [[float(mpmath.diff(lambda x: at(i, j, x), P[i][j])) for j in range(len(P[0]))] for i in range(len(P))]


def case(name, loss, P, T, **settings):
    exact_P, exact_T = ([[mpf(x) for x in row] for row in M] for M in (P, T))
    value = float(loss(exact_P, exact_T))
    record = {"loss": name, "prediction": P, "target": T, "value": value, "gradient": gradient(loss, exact_P, exact_T)}
    return {**record, "settings": settings} if settings else record


def weighted_softmax(P, T, weights, normalization):
    loss = weighted_softmax_cross_entropy(weights, normalization)
    return case("weightedSoftmaxCrossEntropy", loss, P, T, weights=weights, normalization=normalization)


def weighted_sigmoid(P, T, weights, positive):
    loss = weighted_sigmoid_binary_cross_entropy(weights, positive)
    return case("weightedSigmoidBinaryCrossEntropy", loss, P, T, weights=weights, positiveWeights=positive)


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
            case("hinge", hinge, normal(2, 6), signs),
            case("squaredHinge", squared_hinge, normal(2, 6), signs),
            case("multiclassHinge", multiclass_hinge, normal(4, 6), one_hot(4, 6)),
            case("multiclassHinge", multiclass_hinge, rows_of(extreme[:1] + extreme[2:3]), one_hot(3, 2)),
            case("softmaxCrossEntropyWithLabels", with_labels(softmax_cross_entropy), normal(3, 4, 2.0), [[2.0, 0.0, 1.0, 2.0]]),
            weighted_softmax(normal(4, 6, 2.0), one_hot(4, 6), [0.5, 2.0, 1.0, 0.25], "samples"),
            weighted_softmax(normal(4, 4, 2.0), rows_of(smooth), [0.5, 2.0, 1.0, 0.0], "weights"),
            weighted_softmax(rows_of(extreme), one_hot(3, 4), [3.0, 0.1, 1.5], "weights"),
            weighted_sigmoid(normal(2, 6, 3.0), probabilities, [0.5, 2.0], [3.0, 0.25]),
            weighted_sigmoid([[1000.0, -1000.0, 40.0]], [[0.0, 1.0, 1.0]], [0.3], [7.0]),
            case("softmaxMeanSquaredError", softmax_mean_squared_error, normal(4, 4, 2.0), rows_of(smooth)),
            case("softmaxMeanSquaredError", softmax_mean_squared_error, rows_of(extreme), one_hot(3, 4)),
            case("sigmoidMeanSquaredError", after(lambda z: 1 / (1 + mpmath.exp(-z))), normal(2, 6, 2.0), normal(2, 6)),
            case("geluMeanSquaredError", after(lambda z: z * mpmath.ncdf(z)), normal(2, 6, 2.0), normal(2, 6)),
            case("tanhMeanSquaredError", after(mpmath.tanh), [[1000.0, -1000.0, 20.0]], [[-1.0, 1.0, 0.5]]),
        ],
    }
)
