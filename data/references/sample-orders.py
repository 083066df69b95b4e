"""Runs of lib/experiments/sample-order, order-bias, batch-composition, turning-boundary and margin-curriculum, for
tests/sample-orders.test.ts: NumPy in float64, gradients of the digits' networks by PyTorch's autograd.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import numpy as np
import torch
import torch.nn.functional as F
from common import idx, quartered, scaled, stream, write

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def cut(order, size):
    return [np.asarray(order[k : k + size]) for k in range(0, len(order), size)]


# ---- orders of an epoch


def deal(random, labels, size):
    cards = np.concatenate([random.permutation(np.flatnonzero(labels == c)) for c in np.unique(labels)])
    count = -(-len(labels) // size)
    return [cards[batch::count] for batch in random.permutation(count)]


def drift(random, labels, size, spread=0.1):
    m = len(labels)
    ranked = random.permutation(m)
    ranked = ranked[np.argsort(labels[ranked], kind="stable")]
    place = np.arange(m) / m + spread * random.randn(m)
    return cut(ranked[np.argsort(place, kind="stable")], size)


def in_buckets(random, lengths, size, parts=10):
    n = len(lengths)
    order = np.argsort(lengths, kind="stable")
    members = np.split(order, [k * n // parts for k in range(1, parts)])
    batches = [batch for m in members for batch in cut(m[random.permutation(len(m))], size)]
    return [batches[k] for k in random.permutation(len(batches))]


def epoch_of(order, random, labels, size, lengths=None):
    if order == "shuffled":
        return cut(random.permutation(len(labels)), size)
    if order == "fixed":
        return cut(np.arange(len(labels)), size)
    if order == "sorted":
        return cut(np.argsort(labels, kind="stable"), size)
    if order == "by length":
        return cut(np.argsort(lengths, kind="stable"), size)
    if order == "bucketed":
        return in_buckets(random, lengths, size)
    return {"drifting": drift, "stratified": deal}[order](random, labels, size)


# ---- digits


def digits(random, train, test):
    chosen = random.choice(60000, train + test, replace=False)
    X = scaled(quartered(idx("train-images-idx3-ubyte")[chosen]), train)
    y = idx("train-labels-idx1-ubyte")[chosen].astype(int)
    return X[:train], y[:train], X[train:], y[train:]


class Digits:
    def __init__(self, seed, hidden, samples, tested):
        self.X, self.y, self.testX, self.testY = digits(stream(seed, "images"), samples, tested)
        random = stream(seed, "weights")
        sizes = [196, hidden, 10] if hidden else [196, 10]
        self.start = []
        for k, (n, out) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            deviation = np.sqrt(2 / (n + out) if last else 2 / n)
            self.start += [torch.tensor(random.normal(0, deviation, (out, n))), torch.zeros(out)]

    def scores(self, theta, X):
        A = torch.tensor(X)
        for k in range(0, len(theta), 2):
            A = A @ theta[k].T + theta[k + 1]
            A = torch.relu(A) if k + 2 < len(theta) else A
        return A

    def loss(self, theta, mine=slice(None)):
        return F.cross_entropy(self.scores(theta, self.X[mine]), torch.tensor(self.y[mine]))

    def gradient(self, theta, batch=slice(None)):
        leaves = [p.clone().requires_grad_() for p in theta]
        return list(torch.autograd.grad(self.loss(leaves, batch), leaves))

    def accuracy(self, theta):
        return (self.scores(theta, self.testX).argmax(1).numpy() == self.testY).mean()


def step(theta, rate, gradient):
    return [p - rate * g for p, g in zip(theta, gradient)]


def sample_order(seed, order, learningRate, hidden, batchSize, samples, epochs, testSamples):
    net = Digits(seed, hidden, samples, testSamples)
    theta, draws, rows = net.start, stream(seed, "order"), []
    for epoch in range(1, epochs + 1):
        batches = epoch_of(order, draws, net.y, batchSize)
        n = len(batches)
        for k, batch in enumerate(batches, 1):
            theta = step(theta, learningRate, net.gradient(theta, batch))
            # half a batch rounds up, as in JavaScript
            ends = [i for i in range(1, 11) if int(np.floor(i * n / 10 + 0.5)) == k and (i == 10 or epoch == epochs)]
            for i in ends:
                losses = [net.loss(theta, mine).item() for mine in (slice(None), net.y == 0, net.y == 9)]
                rows.append([(10 * (epoch - 1) + i) / 10, *losses, net.accuracy(theta)])
    return rows


def flat(tree):
    return torch.cat([p.flatten() for p in tree]).numpy()


def order_bias(seed, order, learningRate, hidden, batchSize, samples, warmEpochs, repeats):
    net = Digits(seed, hidden, samples, 1)
    theta, warm = net.start, stream(seed, "warm")
    for _ in range(warmEpochs):
        for batch in epoch_of("shuffled", warm, net.y, batchSize):
            theta = step(theta, learningRate, net.gradient(theta, batch))
    G = flat(net.gradient(theta))

    def way(batches):
        at, places = theta, []
        for batch in batches:
            at = step(at, learningRate, net.gradient(at, batch))
            places.append(flat(at) - flat(theta))
        return np.array(places)

    draws, other = stream(seed, "order"), stream(seed, "reference")
    gradients, ways, others = [], [], []
    for _ in range(repeats):
        batches = epoch_of(order, draws, net.y, batchSize)
        gradients.append([flat(net.gradient(theta, batch)) for batch in batches])
        ways.append(way(batches))
        others.append(way(epoch_of("shuffled", other, net.y, batchSize)))
    gradients, norm = np.array(gradients), np.linalg.norm
    cosine = (gradients @ G / norm(gradients, axis=2) / norm(G)).mean(0)
    bias = norm(gradients.mean(0) - G, axis=1) / norm(G)
    D, R = np.mean(ways, 0), np.mean(others, 0)
    path = norm(D - R, axis=1) / norm(R, axis=1)
    return [[k + 1, cosine[k], bias[k], path[k]] for k in range(len(bias))]


# ---- a sigmoid unit


def unit_gradient(w, b, X, t):
    d = (1 / (1 + np.exp(-(X @ w + b))) - t) / len(t)
    return np.append(d @ X, d.sum())


def unit_loss(w, b, X, t):
    z = X @ w + b
    return np.mean(np.logaddexp(0, z) - t * z)


def batch_composition(seed, order, share, samples, batchSize, learningRate, epochs):
    random = stream(seed, "data")
    X = random.randn(2, samples).T
    noise = random.randn(samples)
    labels = (np.arange(samples) < round(share * samples)).astype(int)
    X = X + np.sqrt(2) * labels[:, None]
    lengths = 1 + np.floor(np.exp(3 + (0.8 * X[:, 0] + 0.6 * noise) / 2))
    pi = labels.mean()
    points = [(np.zeros(2), 0.0), (np.sqrt([2.0, 2.0]), np.log(pi / (1 - pi)) - 2)]
    theta, draws = np.zeros(3), stream(seed, "order")
    shares, missing, variances, filled, padded, losses = [], [], [[], []], 0, 0, []
    for _ in range(epochs):
        for batch in epoch_of(order, draws, labels, batchSize, lengths):
            x, t, n = X[batch], labels[batch], lengths[batch]
            shares.append((t.mean() - pi) ** 2)
            missing.append(t.sum() == 0)
            for list_, (w, b) in zip(variances, points):
                list_.append(np.sum((unit_gradient(w, b, x, t) - unit_gradient(w, b, X, labels)) ** 2))
            filled += n.max() * len(n)
            padded += (n.max() - n).sum()
            theta = theta - learningRate * unit_gradient(theta[:2], theta[2], x, t)
        losses.append(unit_loss(theta[:2], theta[2], X, labels))
    means = [np.mean(x) for x in (shares, missing, *variances)]
    return [[*means, padded / filled, np.mean(losses[-5:])]]


def turning_boundary(seed, turn, order, past, learningRate, batchSize, epochs):
    total = past + round(past / 4)
    random = stream(seed, "data")
    X = random.randn(2, total).T
    chances = random.rand(total)
    angle = np.radians(turn / past * np.arange(total))
    side = np.cos(angle) * X[:, 0] + np.sin(angle) * X[:, 1]
    labels = (chances < np.where(side > 0, 0.95, 0.05)).astype(int)
    mixed, held = stream(seed, "split").permutation(past), round(past / 5)
    known = np.arange(past)
    splits = {
        "shuffledSplit": (np.sort(mixed[held:]), np.sort(mixed[:held])),
        "timeSplit": (known[: past - held], known[past - held :]),
        "future": (known, np.arange(past, total)),
    }
    row = []
    for name, (learned, judged) in splits.items():
        x, t, theta = X[learned], labels[learned], np.zeros(3)
        draws = stream(seed, f"order of {name}")
        for _ in range(epochs):
            for batch in epoch_of("shuffled" if order == "shuffled" else "fixed", draws, t, batchSize):
                theta = theta - learningRate * unit_gradient(theta[:2], theta[2], x[batch], t[batch])
        row.append(np.mean((X[judged] @ theta[:2] + theta[2] > 0) == (labels[judged] == 1)))
    return [row]


def margin_curriculum(seed, order, inputs, samples, every):
    teacher = stream(seed, "teacher").randn(inputs)
    X = stream(seed, "data").randn(samples, inputs)
    margins = X @ teacher
    key = np.abs(margins)
    sequence = {
        "shuffled": lambda: stream(seed, "order").permutation(samples),
        "easy first": lambda: np.argsort(-key, kind="stable"),
        "hard first": lambda: np.argsort(key, kind="stable"),
    }[order]()
    w, rows = np.zeros(inputs), []
    for k, j in enumerate(sequence, 1):
        t = 1 if margins[j] > 0 else -1
        if t * (w @ X[j]) <= 0:
            w = w + t * X[j]
        if k % every == 0 or k == samples:
            cosine = w @ teacher / np.linalg.norm(w) / np.linalg.norm(teacher)
            rows.append([k, np.arccos(cosine) / np.pi])
    return rows


def cases(run, list_):
    return [{"settings": s, "seed": seed, "rows": np.array(run(seed, **s), float).tolist()} for seed, s in list_]


ORDERS = ["shuffled", "fixed", "sorted", "drifting", "stratified"]
TRAINING = dict(learningRate=0.1, hidden=5, batchSize=7, samples=100, epochs=3, testSamples=40)
BIAS = dict(learningRate=0.1, hidden=0, batchSize=16, samples=80, warmEpochs=1, repeats=3)
BATCHES = dict(share=0.1, samples=120, batchSize=12, learningRate=0.3, epochs=6)
TURNING = dict(turn=120, past=200, learningRate=0.1, batchSize=10, epochs=3)
MARGIN = dict(inputs=8, samples=43, every=5)

write(
    {
        "numpy": np.__version__,
        "torch": torch.__version__,
        "sampleOrder": cases(sample_order, [(3 + k, {"order": o, **TRAINING}) for k, o in enumerate(ORDERS)]),
        "orderBias": cases(order_bias, [(8 + k, {"order": o, **BIAS}) for k, o in enumerate(ORDERS)]),
        "batchComposition": cases(
            batch_composition,
            [
                (k, {"order": o, **BATCHES})
                for k, o in enumerate(["shuffled", "stratified", "bucketed", "by length"])
            ],
        ),
        "turningBoundary": cases(turning_boundary, [(k, {"order": o, **TURNING}) for k, o in enumerate(["shuffled", "time"])]),
        "marginCurriculum": cases(
            margin_curriculum, [(k, {"order": o, **MARGIN}) for k, o in enumerate(["shuffled", "easy first", "hard first"])]
        ),
    }
)
