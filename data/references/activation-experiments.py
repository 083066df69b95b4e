"""Runs of lib/experiments/activation-speed, silent-units and zigzag, for tests/activation-experiments.test.ts: PyTorch's autograd and
SGD in float64, and NumPy for the unit with its path.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import numpy as np
import torch
import torch.nn.functional as F
from common import mnist, normalised, quartered, rings, standardised, stream, write, xavier_uniform

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


# name: the function, and He's factor of the variance (0 for Xavier)
ACTIVATIONS = {
    "sigmoid": (torch.sigmoid, 0),
    "centred sigmoid": (lambda z: torch.sigmoid(z) - 0.5, 0),
    "tanh": (torch.tanh, 0),
    "raised tanh": (lambda z: torch.tanh(z) + 1, 0),
    "relu": (torch.relu, 2),
    "leaky relu": (lambda z: F.leaky_relu(z, 0.01), 2 / (1 + 0.01**2)),
    "elu": (F.elu, 2),
    "gelu": (F.gelu, 2),
}


def points(random):
    X, y = rings(random, 1000)
    return torch.tensor(standardised(X)), torch.tensor(y), [2, 32, 16, 2]


def digits(random):
    pixels, y = mnist("train", random.choice(60000, 500, False))
    return torch.tensor(quartered(normalised(pixels))), torch.tensor(y), [196, 64, 32, 10]


def speed(data, activation, rate, threshold, epochs, seed):
    X, y, sizes = {"rings": points, "digits": digits}[data](stream(seed, "data"))
    f, he = ACTIVATIONS[activation]
    weights, random = [], stream(seed, "weights")
    for k, (n, m) in enumerate(zip(sizes, sizes[1:])):
        variance = he / n if he and k < 2 else 2 / (n + m)
        W = torch.tensor(np.sqrt(variance) * random.randn(m, n), requires_grad=True)
        weights += [W, torch.zeros(m, requires_grad=True)]

    def hidden(x):
        pre = [x @ weights[0].T + weights[1]]
        pre.append(f(pre[0]) @ weights[2].T + weights[3])
        return pre

    def loss_of(x, y):
        return F.cross_entropy(f(hidden(x)[1]) @ weights[4].T + weights[5], y)

    dW2 = torch.autograd.grad(loss_of(X, y), weights[2])[0]
    change = f(hidden(X)[0]).detach() @ dW2.T
    shift = (len(X) * change.mean(0) ** 2).sum() / (change**2).sum()

    optimizer = torch.optim.SGD(weights, lr=rate)
    order, needed, reached = stream(seed, "order"), epochs, 0
    before = loss_of(X, y).item()
    for epoch in range(1, epochs + 1):
        permutation = order.permutation(len(X))
        for first in range(0, len(X), 32):
            batch = torch.tensor(permutation[first : first + 32])
            optimizer.zero_grad()
            loss_of(X[batch], y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            now = loss_of(X, y).item()
        if now < threshold:
            needed = epoch - 1 + max(0, np.log(before / threshold) / np.log(before / now))
            reached = 1
            break
        before = now
    with torch.no_grad():
        pre = hidden(X)
        out = [f(z) for z in pre]
    zeros = sum((a == 0).sum().item() for a in out) / sum(a.numel() for a in out)
    silent = sum((z < 0).all(0).sum().item() for z in pre) / sum(z.shape[1] for z in pre)
    return [needed, reached, shift.item(), zeros, silent]


def silent(activation, bias, rate, epochs, seed):
    X, y, _ = points(stream(seed, "data"))
    f, random = ACTIVATIONS[activation][0], stream(seed, "weights")
    drawn = [random.randn(32, 2) * np.sqrt(2 / 2), random.randn(16, 32) * np.sqrt(2 / 32), xavier_uniform(random, 16, 2)]
    weights = []
    for W, b in zip(drawn, (bias, 0, 0)):
        weights += [torch.tensor(W, requires_grad=True), torch.full((len(W),), float(b), requires_grad=True)]

    def awake():
        return ((X @ weights[0].T + weights[1]) > 0).any(0).double().mean().item()

    def network(x):
        return f(f(x @ weights[0].T + weights[1]) @ weights[2].T + weights[3]) @ weights[4].T + weights[5]

    before, optimizer, order = awake(), torch.optim.SGD(weights, lr=rate), stream(seed, "order")
    for _ in range(epochs):
        permutation = order.permutation(len(X))
        for first in range(0, len(X), 32):
            batch = torch.tensor(permutation[first : first + 32])
            optimizer.zero_grad()
            F.cross_entropy(network(X[batch]), y[batch]).backward()
            optimizer.step()
    return [before, awake(), (network(X).argmax(1) == y).double().mean().item()]


def zigzag(activation, inputs, rate, seed, reach=0.1, most=20000):
    def f(h):
        return 1 / (1 + np.exp(-h)) - (0.5 if activation == "centred sigmoid" else 0)

    eta = rate / (inputs * np.mean(f(stream(seed, "square").randn(4096)) ** 2))
    best = stream(seed, "best").randn(inputs)
    best /= np.linalg.norm(best)
    hidden, w = stream(seed, "hidden"), np.zeros(inputs)
    lengths, same, cosines = [], 0, []
    while len(lengths) < most and np.linalg.norm(best - w) > reach:
        a = f(hidden.randn(inputs))
        step = eta * ((best - w) @ a) * a
        lengths.append(np.linalg.norm(step))
        same += bool((step > 0).all() or (step < 0).all())
        cosines.append(step @ (best - w) / (lengths[-1] * np.linalg.norm(best - w)))
        w = w + step
    near = int(np.linalg.norm(best - w) <= reach)
    return [len(lengths), near, sum(lengths) / np.linalg.norm(w), same / len(lengths), float(np.mean(cosines))]


SPEED = [
    ("rings", "sigmoid", 3, 0.69, 6, 11),
    ("rings", "centred sigmoid", 3, 0.68, 6, 11),
    ("rings", "tanh", 0.3, 0.1, 60, 0),
    ("rings", "raised tanh", 0.3, 0.1, 60, 1),
    ("rings", "relu", 0.3, 0.1, 60, 2),
    ("rings", "leaky relu", 0.3, 0.1, 60, 2),
    ("rings", "elu", 0.1, 0.1, 60, 3),
    ("rings", "gelu", 0.3, 0.1, 60, 4),
    ("digits", "tanh", 0.3, 0.5, 60, 5),
    ("digits", "relu", 0.1, 0.1, 2, 6),
]
SILENT = [("relu", -4, 0.3, 3, 0), ("leaky relu", -4, 0.3, 5, 0), ("leaky relu", -2, 0.1, 4, 9)]
ZIGZAG = [("sigmoid", 2, 0.5, 0), ("centred sigmoid", 2, 0.5, 0), ("sigmoid", 8, 1, 7), ("centred sigmoid", 32, 0.25, 8)]
write(
    {
        "numpy": np.__version__,
        "torch": torch.__version__,
        "speed": [[*case, speed(*case)] for case in SPEED],
        "silent": [[*case, silent(*case)] for case in SILENT],
        "zigzag": [[*case, zigzag(*case)] for case in ZIGZAG],
    }
)
