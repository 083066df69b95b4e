"""Runs of lib/experiments/depth-signal, mnist-batches and weight-scale in PyTorch with float64, and the variances of
infinitely wide networks by mpmath, for tests/initialization.test.ts.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import mpmath
import numpy as np
import torch
import torch.nn.functional as F
from common import mnist, normalised, stream, write
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
mpmath.mp.dps = 30


# ---- infinitely wide networks


def mean(f):
    """E f(z) of z ~ N(0, 1), from both sides of 0, where f may have a kink."""
    points = [-16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16]
    return mpmath.quad(lambda z: f(z) * mpmath.npdf(z), points)


def logistic(z):
    return 1 / (1 + mpmath.exp(-z))


# name: the function and its derivative
FUNCTIONS = {
    "tanh": (mpmath.tanh, lambda z: mpmath.sech(z) ** 2),
    "sigmoid": (logistic, lambda z: logistic(z) * logistic(-z)),
    "relu": (lambda z: max(z, mpmath.mpf(0)), lambda z: mpmath.mpf(z > 0)),
    "leaky": (lambda z: max(z, z / 5), lambda z: mpmath.mpf(1) if z > 0 else mpmath.mpf(1) / 5),
}


def wide(name, depth, weight, bias, given):
    f, slope = FUNCTIONS[name]
    q = [mpmath.mpf(weight) * given + bias]
    for _ in range(depth - 1):
        d = mpmath.sqrt(q[-1])
        q.append(weight * mean(lambda z: f(d * z) ** 2) + bias)
    back = [mpmath.mpf(1)]
    for l in range(depth - 2, -1, -1):
        d = mpmath.sqrt(q[l])
        back.insert(0, weight * mean(lambda z: slope(d * z) ** 2) * back[0])
    return {"forward": [float(x) for x in q], "backward": [float(x) for x in back]}


WIDE = [
    ("tanh", 6, 1, 0, 1),
    ("tanh", 4, 2.5, 0.1, 2),
    ("sigmoid", 5, 1, 0, 1),
    ("relu", 5, 2, 0, 1),
    ("relu", 4, 1, 0.25, 3),
    ("leaky", 4, 1.9, 0, 1),
]

# ---- depth-signal

ACTIVATIONS = {
    "linear": nn.Identity(),
    "tanh": nn.Tanh(),
    "sigmoid": nn.Sigmoid(),
    "relu": nn.ReLU(),
    "leaky relu": nn.LeakyReLU(0.2),
}


def drawn(initializer, random, n):
    if initializer in ("pytorch", "xavier-uniform"):
        bound = {"pytorch": 1 / np.sqrt(n), "xavier-uniform": np.sqrt(6 / (2 * n))}[initializer]
        return random.uniform(-bound, bound, (n, n))
    G = random.randn(n, n)
    if initializer in ("orthogonal", "lsuv"):
        Q, R = np.linalg.qr(G)
        return Q * np.sign(np.diag(R))
    deviation = {"small": 0.01, "lecun": np.sqrt(1 / n), "xavier": np.sqrt(2 / (2 * n)), "he": np.sqrt(2 / n),
                 "he leaky": np.sqrt(2 / (1.04 * n))}[initializer]
    return deviation * G


def depth_signal(seed, activation="tanh", initializer="xavier", gain=1, depth=30, width=256, samples=64):
    f = ACTIVATIONS[activation]
    a = torch.tensor(stream(seed, "inputs").randn(width, samples))
    random, sums = stream(seed, "weights"), []
    for layer in range(depth):
        W = torch.tensor(drawn(initializer, random, width))
        if initializer == "lsuv":
            for _ in range(10):
                variance = (W @ a).detach().var(correction=0)
                if abs(variance - 1) < 0.1:
                    break
                W = W / variance.sqrt()
        z = (gain * W @ a).requires_grad_() if layer == 0 else gain * W @ a
        z.retain_grad()
        sums.append(z)
        a = f(z)
    sums[-1].backward(torch.tensor(stream(seed, "gradients").randn(width, samples)))
    return [[l + 1, (z**2).mean().item(), (z.grad**2).mean().item()] for l, z in enumerate(sums)]


SMALL = {"depth": 5, "width": 20, "samples": 12}
DEPTH = [
    (0, {**SMALL}),
    (1, {**SMALL, "activation": "relu", "initializer": "he", "gain": 1.5}),
    (2, {**SMALL, "activation": "sigmoid", "initializer": "pytorch"}),
    (3, {**SMALL, "activation": "leaky relu", "initializer": "he leaky"}),
    (4, {**SMALL, "activation": "linear", "initializer": "orthogonal"}),
    (5, {**SMALL, "activation": "relu", "initializer": "lsuv"}),
    (6, {**SMALL, "initializer": "small"}),
    (7, {**SMALL, "initializer": "lecun"}),
    (8, {**SMALL, "initializer": "xavier-uniform"}),
]

# ---- MNIST


def images(prefix, indices):
    pixels, labels = mnist(prefix, indices)
    return torch.tensor(normalised(pixels)), torch.tensor(labels)


def network(seed, sizes, deviation, activation, normalization="none", outputFactor=1):
    random, layers, n = stream(seed, "weights"), [], 784
    for size in [*sizes, 10]:
        layer, last = nn.Linear(n, size), size == 10
        factor = outputFactor * np.sqrt(2 / (n + 10)) if last else deviation(n, size)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(factor * random.randn(size, n)))
            layer.bias.zero_()
        layers.append(layer)
        if not last:
            if normalization != "none":
                layers.append({"batch": nn.BatchNorm1d, "layer": nn.LayerNorm}[normalization](size))
            layers.append(activation())
        n = size
    return nn.Sequential(*layers)


def epochs_of(seed, model, optimizer, X, y, epochs, batch_size):
    """The losses of each epoch's batches."""
    order = stream(seed, "order")
    for _ in range(epochs):
        losses = []
        for batch in np.split(order.permutation(len(X)), range(batch_size, len(X), batch_size)):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append((loss.item(), len(batch)))
        yield losses


def mnist_batches(seed, trainingSize, batchSize, epochs, activation, initializer, **_):
    X, y = images("train", stream(seed, "samples").permutation(60000)[:trainingSize])
    deviation = {"he": lambda n, m: np.sqrt(2 / n), "xavier": lambda n, m: np.sqrt(2 / (n + m))}[initializer]
    model = network(seed, [16, 12], deviation, {"tanh": nn.Tanh, "relu": nn.ReLU}[activation])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses = [loss for each in epochs_of(seed, model, optimizer, X, y, epochs, batchSize) for loss, _ in each]
    return [[k + 1, loss] for k, loss in enumerate(losses)]


BATCHES = {"hidden": "16-12", "trainingSize": 250, "testSize": 10, "batchSize": 100, "epochs": 2, "precision": "float64"}
MNIST = [
    (0, {**BATCHES, "activation": "tanh", "initializer": "he"}),
    (1, {**BATCHES, "activation": "relu", "initializer": "xavier"}),
]


def weight_scale(seed, normalization="none", factor=1, outputFactor=1, learningRate=0.1):
    X, y = images("train", stream(seed, "samples").permutation(60000)[:600])
    test_X, test_y = images("t10k", np.arange(200))
    model = network(seed, [20, 12], lambda n, m: factor * np.sqrt(2 / n), nn.ReLU, normalization, outputFactor)
    model.train()
    for layer in model:
        if normalization == "batch" and isinstance(layer, nn.BatchNorm1d):
            layer.track_running_stats = False
    with torch.no_grad():
        out = model(X[:500])
    first = F.cross_entropy(out, y[:500]).item()
    saturated = (F.softmax(out, 1).max(1).values > 0.9).double().mean().item()
    for layer in model:
        if isinstance(layer, nn.BatchNorm1d):
            layer.track_running_stats = True
            layer.reset_running_stats()
    optimizer = torch.optim.SGD(model.parameters(), lr=learningRate)
    epochs = list(epochs_of(seed, model, optimizer, X, y, 2, 50))
    early = sum(loss * size for loss, size in epochs[0]) / len(X)
    model.eval()
    with torch.no_grad():
        out = model(test_X)
    return [first, saturated, early, F.cross_entropy(out, test_y).item(), (out.argmax(1) == test_y).double().mean().item()]


SCALE = [
    (0, {}),
    (1, {"normalization": "batch", "factor": 0.1}),
    (2, {"normalization": "layer", "factor": 3}),
    (3, {"outputFactor": 5, "learningRate": 0.02}),
]


def cases(run, given):
    """[{settings, seed, rows}]"""
    return [{"settings": s, "seed": seed, "rows": run(seed, **s)} for seed, s in given]


write(
    {
        "numpy": np.__version__,
        "torch": torch.__version__,
        "mpmath": mpmath.__version__,
        "tanhSquare": float(mean(lambda z: mpmath.tanh(z) ** 2)),
        "reluMean": float(mean(FUNCTIONS["relu"][0])),
        "wide": [[*case, wide(*case)] for case in WIDE],
        "depth": cases(depth_signal, DEPTH),
        "batches": cases(mnist_batches, MNIST),
        "scale": cases(lambda seed, **s: [weight_scale(seed, **s)], SCALE),
    }
)
