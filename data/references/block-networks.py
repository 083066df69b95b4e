"""Runs of lib/experiments/gradient-correlation, gradient-line, input-survival and depth-training, for
tests/block-networks.test.ts: NumPy for the untrained networks, PyTorch's autograd and SGD in float64 for the trained
ones. Also arccos by mpmath, and what an infinitely wide network gives, by SciPy's quadrature, for
tests/infinite-width.test.ts.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import mpmath
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from common import small_digits, stream, write
from scipy import integrate

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Network:
    """z0 = W0 x + b0 and blocks of a kind, the statistics of a normalized one fixed by the inputs X (columns)."""

    def __init__(self, X, first, bias, blocks, kind, depth, gain=2, scale=1, bias_variance=0):
        width = len(first)
        self.sum_normalized, self.residual = kind.endswith("then normalized"), kind.startswith("residual")
        self.normalized = kind.endswith("normalized") and not self.sum_normalized
        deviation = np.sqrt(gain / width) * (scale if self.residual else 1)
        self.first, self.z, self.blocks = first, [first @ X + bias], []
        for _ in range(depth):
            W = deviation * blocks.randn(width, width)
            b = np.sqrt(bias_variance) * blocks.randn(width, 1) if bias_variance else 0
            z = self.z[-1]
            mean, variance = (z.mean(1), z.var(1, ddof=1)) if self.normalized else (np.zeros(width), np.ones(width))
            slope = 1 / np.sqrt(variance + 1e-5) if self.normalized else np.ones(width)
            block = (W, b, mean[:, None], slope[:, None])
            out = self.sums(block, z)
            mean, variance = (out.mean(1), out.var(1, ddof=1)) if self.sum_normalized else (0 * mean, 1 - 1e-5)
            self.blocks.append((*block, mean[:, None], (1 / np.sqrt(variance + 1e-5) * np.ones(width))[:, None]))
            self.z.append(self.block(-1, z))

    def sums(self, block, z):
        W, b, mean, slope = block
        return W @ np.maximum(0, slope * (z - mean)) + b + (z if self.residual else 0)

    def block(self, l, z):
        *block, mean, slope = self.blocks[l]
        return slope * (self.sums(block, z) - mean)

    def gradient(self, readout, depth):
        """d(readout . z_depth)/dx, a column for each input"""
        d = np.repeat(readout[:, None], self.z[0].shape[1], 1)
        for (W, _, mean, slope, _, behind), z in list(zip(self.blocks, self.z))[:depth][::-1]:
            d = behind * d
            d = slope * (z > mean) * (W.T @ d) + (d if self.residual else 0)
        return self.first.T @ d


def correlation(kind, scale, depth, width, inputs, seed):
    X = np.sqrt(inputs) * np.eye(inputs)
    first = np.sqrt(1 / inputs) * stream(seed, "first").randn(width, inputs)
    network = Network(X, first, 0, stream(seed, "blocks"), kind, depth, scale=scale)
    readout = stream(seed, "readout").randn(width)
    g = network.gradient(readout, depth)
    gram = g.T @ g
    others = ~np.eye(inputs, dtype=bool)
    mean = network.blocks[-1][2]
    on = (network.z[-2] > mean).astype(float)
    together = on.T @ on / width
    z = network.z[-1]
    return [gram[others].mean() / np.diag(gram).mean(), together[others].mean(), z.var(1).mean(), (z**2).mean()]


def line(kind, scale, depth, width, gain, first_variance, bias_variance, points, backward_depth, seed):
    x = -2 + 4 * np.arange(points) / points
    random = stream(seed, "first")
    w, b = (np.sqrt(first_variance) * random.randn(width, 1) for _ in range(2))
    blocks = stream(seed, "blocks")
    network = Network(x[None], w, b, blocks, kind, depth, gain, scale, bias_variance)
    readout = np.ones(width) if backward_depth else stream(seed, "readout").randn(width)
    g = network.gradient(readout, backward_depth or depth)[0]
    return autocorrelation(g, (1, 2, 4)) + [g.std() / np.sqrt((g**2).mean())]


def autocorrelation(g, lags):
    c = g - g.mean()
    return [float(c[:-k] @ c[k:] / (c @ c)) for k in lags]


def seeded_line(depth, taken, width=200):
    """Autocorrelation of the gradient that notebook 11.1 of Prince's Understanding deep learning computes from its own
    draws: RandomState(1), all of variance 1/width, first and last layer before those between. Its backward pass starts
    from ones at the sums of layer `taken`, of depth + 1 layers; ReLU'(0) is 1."""
    randn = np.random.RandomState(1).randn
    first, last, first_bias, last_bias = randn(width, 1), randn(1, width), randn(width, 1), randn(1, 1)
    between = [(randn(width, width), randn(width, 1)) for _ in range(depth - 1)]
    layers = [(W / np.sqrt(width), b / np.sqrt(width)) for W, b in [(first, first_bias), *between, (last, last_bias)]]
    sums, A = [], np.arange(-2, 2, 4 / 256)[None]
    for W, b in layers:
        sums.append(W @ A + b)
        A = np.maximum(0, sums[-1])
    d = np.ones_like(sums[taken])
    for l in range(taken, -1, -1):
        d = layers[l][0].T @ d * (sums[l - 1] >= 0 if l else 1)
    return autocorrelation(d[0], (1,))[0]


def digits(random, train, test):
    X, y = small_digits(random, train, test)
    return X[:train], y[:train], X[train:], y[train:]


def survival(kind, depth, width, samples, tested, seed):
    X, y, Xt, yt = digits(stream(seed, "data"), samples, tested)
    first = np.sqrt(1 / 196) * stream(seed, "first").randn(width, 196)
    network = Network(X.T, first, 0, stream(seed, "blocks"), kind, depth)
    zt = first @ Xt.T
    for l in range(depth):
        zt = network.block(l, zt)
    Z, Zt = network.z[-1].T, zt.T
    covariance = np.cov(Z.T, bias=True)
    T = np.eye(10)[y]
    ridge = 1e-3 * np.trace(covariance) / width * np.eye(width)
    weights = np.linalg.solve(covariance + ridge, (Z - Z.mean(0)).T @ (T - T.mean(0)) / samples)
    right = ((Zt - Z.mean(0)) @ weights + T.mean(0)).argmax(1) == yt
    pairs = np.triu_indices(tested, 1)
    distances = [np.linalg.norm(A[pairs[0]] - A[pairs[1]], axis=1) for A in (Xt, Zt)]
    unit = Zt / np.linalg.norm(Zt, axis=1, keepdims=True)
    return [right.mean(), np.corrcoef(*distances)[0, 1], (unit @ unit.T)[pairs].mean()]


class Block(nn.Module):
    def __init__(self, linear, kind):
        super().__init__()
        norm = [nn.BatchNorm1d(linear.in_features)] if kind.endswith("normalized") else []
        self.branch, self.residual = nn.Sequential(*norm, nn.ReLU(), linear), kind.startswith("residual")

    def forward(self, z):
        return self.branch(z) + z if self.residual else self.branch(z)


def training(kind, depth, trained, rate, samples, tested, epochs, seed, width=32):
    X, y, Xt, yt = map(torch.tensor, digits(stream(seed, "data"), samples, tested))
    random = stream(seed, "weights")

    def linear(inputs, outputs, variance):
        layer = nn.Linear(inputs, outputs)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(np.sqrt(variance) * random.randn(outputs, inputs)))
            layer.bias.zero_()
        return layer

    first = linear(196, width, 1 / 196)
    blocks = [Block(linear(width, width, 2 / width), kind) for _ in range(depth)]
    norm = [nn.BatchNorm1d(width)] if kind.endswith("normalized") else []
    last = linear(width, 10, 1 / width)
    half = (depth + 1) // 2
    parts = {"early": [first, *blocks[:half]], "late": [*blocks[half:], *norm, last]}
    learning = parts["early"] + parts["late"] if trained == "all" else parts[trained]
    network = nn.Sequential(first, *blocks, *norm, nn.ReLU(), last)
    parameters = [p for part in learning for p in part.parameters()]
    start = [p.detach().clone() for p in parameters]
    optimizer, order = torch.optim.SGD(parameters, lr=rate), stream(seed, "order")
    losses, squares = [], 0.0
    for _ in range(epochs):
        network.train()
        permutation = order.permutation(samples)
        for at in range(0, samples, 50):
            batch = torch.tensor(permutation[at : at + 50])
            network.zero_grad()
            loss = F.cross_entropy(network(X[batch]), y[batch])
            loss.backward()
            losses.append(loss.item())
            squares += sum((rate * p.grad).square().sum().item() for p in parameters)
            optimizer.step()
    network.eval()
    means = [np.mean(losses[k - 9 : k + 1]) for k in range(9, len(losses))]
    left = next((k + 10 for k, mean in enumerate(means) if mean < 0.9 * np.log(10)), len(losses))
    with torch.no_grad():
        away = sum((p - q).square().sum().item() for p, q in zip(parameters, start))
        loss = F.cross_entropy(network(X), y).item()
        return [loss, (network(Xt).argmax(1) == yt).double().mean().item(), left, away / squares]


def kernel(degree, rho):
    """2 E[relu'(u) relu'(v)] and 2 E[relu(u) relu(v)] of standard normal u, v with correlation rho: a double integral."""
    s = np.sqrt(1 - rho**2)

    def given(u):
        m = rho * u
        z = m / s
        above = 0.5 * (1 + mpmath.erf(z / mpmath.sqrt(2)))
        if degree == 0:
            return float(above)
        return float(u * (m * above + s * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)))

    density = lambda u: np.exp(-u * u / 2) / np.sqrt(2 * np.pi)
    return 2 * integrate.quad(lambda u: density(u) * given(u), 0, 12, epsabs=1e-13, epsrel=1e-13)[0]


def plain(rho, depth):
    product = 1.0
    for _ in range(depth):
        product, rho = product * kernel(0, rho), kernel(1, rho)
    return product


def line_wide(points, depth, lags):
    """Autocorrelation of df/dx from its covariance; the first layer's by a sum over the directions of (w, b)."""
    angles = (np.arange(200_000) + 0.5) * 2 * np.pi / 200_000
    on = np.array([x * np.cos(angles) + np.sin(angles) > 0 for x in points])
    C = 4 * (on * np.cos(angles) ** 2) @ on.T / 200_000
    for i, x in enumerate(points):
        for j, y in enumerate(points):
            rho = (x * y + 1) / np.sqrt((x * x + 1) * (y * y + 1))
            if i != j:
                for _ in range(depth - 1):
                    rho = kernel(1, rho)
                    C[i, j] *= kernel(0, rho)
    centre = np.eye(len(points)) - 1 / len(points)
    C = centre @ C @ centre
    return [np.trace(C, lag) / np.trace(C) for lag in range(1, lags + 1)]


mpmath.mp.dps = 40
LINE_POINTS = [-2, -1.25, -0.5, 0.25, 1, 1.75]
ARCCOS = [-1, -0.999, -0.7, -1e-9, 0, 1e-9, 0.3, 0.70710678, 0.999, 0.999999, 1 - 2**-52, 1]
CORRELATION = [
    ("plain", 1, 5, 30, 12, 0),
    ("normalized", 1, 3, 30, 12, 1),
    ("residual", 0.5, 5, 30, 12, 2),
    ("residual normalized", 2, 3, 30, 12, 3),
    ("residual then normalized", 0.7, 5, 30, 12, 4),
]
LINE = [
    ("plain", 1, 6, 40, 1, 0.005, 0.005, 32, 0, 0),
    ("normalized", 1, 5, 40, 2, 1, 0, 32, 0, 1),
    ("residual normalized", 0.1, 4, 40, 2, 1, 0.01, 64, 0, 2),
    ("normalized", 1, 6, 40, 2, 1, 0.01, 64, 2, 3),
]
SEEDED = [(1, 1), (24, 1), (24, 3), (24, 24), (50, 1), (50, 50)]
SURVIVAL = [("plain", 3, 20, 150, 60, 0), ("normalized", 5, 16, 120, 50, 1), ("residual normalized", 2, 20, 150, 60, 2)]
TRAINING = [
    ("plain", 5, "all", 0.1, 200, 100, 3, 0),
    ("normalized", 4, "all", 0.1, 200, 100, 3, 1),
    ("residual", 3, "early", 0.03, 200, 100, 4, 2),
    ("residual normalized", 4, "late", 0.1, 200, 100, 3, 3),
    ("residual normalized", 3, "all", 0.1, 200, 100, 4, 4),
]
write(
    {
        "numpy": np.__version__,
        "torch": torch.__version__,
        "arccos": [[x, float(mpmath.acos(mpmath.mpf(x)))] for x in ARCCOS],
        "kernels": [[rho, kernel(0, rho), kernel(1, rho)] for rho in (-0.9, -0.3, 0, 0.31830988618, 0.8, 0.99)],
        "plain": [[rho, depth, plain(rho, depth)] for rho, depth in ((0, 5), (0.5, 3), (-0.4, 2))],
        "wideLine": [[depth, line_wide(LINE_POINTS, depth, 2)] for depth in (1, 3)],
        "correlation": [[*case, correlation(*case)] for case in CORRELATION],
        "line": [[*case, line(*case)] for case in LINE],
        "seededLine": [[*case, seeded_line(*case)] for case in SEEDED],
        "survival": [[*case, survival(*case)] for case in SURVIVAL],
        "training": [[*case, training(*case)] for case in TRAINING],
    }
)
