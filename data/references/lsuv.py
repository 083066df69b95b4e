"""LSUV in NumPy, written again from what Mishkin and Matas describe, for tests/lsuv.test.ts: layer after layer the
weights are divided by the standard deviation of the outputs. Networks of dense layers, samples as columns."""

import numpy as np
from common import write

ACTIVATIONS = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}


def lsuv(weights, biases, activation, X, tolerance, most):
    done, A = [], X
    for W, b in zip(weights, biases):
        variances = [np.var(W @ A + b)]
        while abs(variances[-1] - 1) >= tolerance and len(variances) <= most:
            W = W / np.sqrt(variances[-1])
            variances.append(np.var(W @ A + b))
        done.append({"weights": W.tolist(), "variances": variances})
        A = ACTIVATIONS[activation](W @ A + b)
    return done


def case(seed, sizes, activation, bias, tolerance=0.1, most=10):
    random = np.random.RandomState(seed)
    X = random.randn(sizes[0], 20) * 3 + 1
    weights = [random.randn(m, n) * 0.3 for n, m in zip(sizes, sizes[1:])]
    biases = [random.randn(m, 1) * bias for m in sizes[1:]]
    return {
        "activation": activation,
        "tolerance": tolerance,
        "maxIterations": most,
        "X": X.tolist(),
        "start": [{"weights": W.tolist(), "bias": b.tolist()} for W, b in zip(weights, biases)],
        "layers": lsuv(weights, biases, activation, X, tolerance, most),
    }


write(
    {
        "numpy": np.__version__,
        "cases": [
            case(1, [5, 8, 6, 3], "relu", 0),
            case(2, [5, 8, 6, 3], "tanh", 0.8, tolerance=1e-6),  # with biases it takes several steps ...
            case(3, [4, 6, 6, 6, 2], "tanh", 0.9, tolerance=1e-9, most=3),  # ... and more than are allowed
        ],
    }
)
