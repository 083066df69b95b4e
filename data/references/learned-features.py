"""Runs of lib/experiments/learned-features, for tests/learned-features.test.ts: PyTorch's autograd and Adam in float64.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import numpy as np
import torch
import torch.nn.functional as F
from common import rings, standardised, stream, write, xavier_uniform

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def parameter(values):
    return torch.tensor(values, requires_grad=True)


def output_layer(random, n):
    return [parameter(xavier_uniform(random, n, 2)), parameter(np.zeros(2))]


def train(function, parameters, X, y, order, rate, epochs):
    optimizer = torch.optim.Adam(parameters, lr=rate)
    for _ in range(epochs):
        permutation = order.permutation(len(X))
        for first in range(0, len(X), 30):
            batch = torch.tensor(permutation[first : first + 30])
            optimizer.zero_grad()
            F.cross_entropy(function(X[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        return (function(X).argmax(1) == y).double().mean().item()


def run(width, samples, epochs, seed, rate=0.03):
    X, y = rings(stream(seed, "data"), samples)
    X, y = torch.tensor(standardised(X)), torch.tensor(y)
    random = stream(seed, "weights")
    hidden = [parameter(random.uniform(-2, 2, (width, 2))), parameter(random.uniform(-2, 2, width))]
    output = output_layer(random, width)

    def features(x):
        return torch.tanh(x @ hidden[0].T + hidden[1])

    def regression(x, name):
        draws = stream(seed, name)
        W, b = output_layer(draws, x.shape[1])
        return train(lambda x: x @ W.T + b, [W, b], x, y, draws, rate, epochs)

    untrained = features(X).detach()
    of_network = train(
        lambda x: features(x) @ output[0].T + output[1], hidden + output, X, y, stream(seed, "order"), rate, epochs
    )
    return [
        regression(X, "inputs"),
        regression(untrained, "random features"),
        regression(features(X).detach(), "learned features"),
        of_network,
    ]


CASES = [(4, 200, 8, 0), (8, 150, 12, 1), (2, 91, 20, 2)]
write({"numpy": np.__version__, "torch": torch.__version__, "runs": [[*case, run(*case)] for case in CASES]})
