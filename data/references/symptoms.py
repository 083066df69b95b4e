"""Runs of lib/experiments/symptoms in its settings, for tests/symptoms.test.ts: PyTorch's autograd, optimizers and
schedulers in float64.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import math
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from common import rings, stream, write
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
warnings.simplefilter("ignore")
TRAIN, TEST, NOISE = 1000, 500, 0.2


def run(seed, changes):
    s = {
        "labelShift": 0,
        "order": "shuffled",
        "hidden": "32-16",
        "activation": "relu",
        "initializer": "he",
        "lossFunction": "cross-entropy",
        "optimizer": "sgd",
        "momentum": 0,
        "learningRate": 0.1,
        "schedule": "constant",
        "warmUp": 0,
        "batchSize": 32,
        "epochs": 30,
        **changes,
    }
    points, own = rings(stream(seed, "data"), TRAIN, NOISE)
    others, test_labels = rings(stream(seed, "test"), TEST, NOISE)
    mean, deviation = points.mean(0), points.std(0) + 1e-8
    X, others = (torch.tensor((p - mean) / deviation) for p in (points, others))
    labels = np.roll(own, s["labelShift"])
    y = torch.tensor(labels)

    sizes, random, weights = [2, *map(int, s["hidden"].split("-")), 2], stream(seed, "weights"), []
    for k, (n, m) in enumerate(zip(sizes, sizes[1:])):
        he = s["initializer"] == "he" and k < len(sizes) - 2
        W = np.sqrt(2 / n if he else 2 / (n + m)) * random.randn(m, n)
        weights += [torch.tensor(W, requires_grad=True), torch.zeros(m, requires_grad=True)]
    f = {"relu": torch.relu, "leaky relu": lambda Z: F.leaky_relu(Z, 0.01), "tanh": torch.tanh}[s["activation"]]

    def layers(A):
        for l in range(len(sizes) - 2):
            A = f(A @ weights[2 * l].T + weights[2 * l + 1])
            yield A
        yield A @ weights[-2].T + weights[-1]

    def network(A):
        return list(layers(A))[-1]

    def loss_of(A, t):
        if s["lossFunction"] == "cross-entropy":
            return F.cross_entropy(network(A), t)
        return ((network(A).softmax(1) - F.one_hot(t, 2)) ** 2).sum(1).mean() / 2

    # PyTorch's momentum keeps the rate outside the velocity; the same path as the notes' while the rate is constant
    rate = s["learningRate"]
    if s["optimizer"] == "adam":
        optimizer = torch.optim.Adam(weights, lr=rate)
    else:
        optimizer = torch.optim.SGD(weights, lr=rate, momentum=s["momentum"])
    batches = math.ceil(TRAIN / s["batchSize"])
    steps = s["epochs"] * batches
    by_step = {
        "step": lambda: lr_scheduler.StepLR(optimizer, math.ceil(steps / 6), 0.5),
        "cosine": lambda: lr_scheduler.CosineAnnealingLR(optimizer, steps),
    }.get(s["schedule"], lambda: lr_scheduler.ConstantLR(optimizer, 1))()
    on_plateau = lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=0, threshold=0.01)

    order, step, rows, earlier = stream(seed, "order"), 0, [], None
    for epoch in range(1, s["epochs"] + 1):
        # the points themselves come in mixed order
        kept = np.argsort(labels, kind="stable") if s["order"] == "sorted" else np.arange(TRAIN)
        indices = order.permutation(TRAIN) if s["order"] == "shuffled" else kept
        losses = []
        for first in range(0, TRAIN, s["batchSize"]):
            step += 1
            group = optimizer.param_groups[0]
            plain = group["lr"]
            chosen = torch.tensor(indices[first : first + s["batchSize"]])
            optimizer.zero_grad()
            E = loss_of(X[chosen], y[chosen])
            E.backward()
            losses.append(E.item())
            before = [w.detach().clone() for w in weights]
            group["lr"] = plain * min(1, step / (s["warmUp"] + 1))
            optimizer.step()
            group["lr"] = plain
            if s["schedule"] != "plateau" and step < steps:
                by_step.step()
        with torch.no_grad():
            norm = math.sqrt(sum((w.grad**2).sum().item() for w in weights))
            moved = [((w - b).norm() / b.norm()).item() for w, b in zip(weights[::2], before[::2])]
            E = loss_of(X, y).item()
            right = (network(X).argmax(1) == y).double().mean().item()
            right_test = (network(others).argmax(1) == torch.tensor(test_labels)).double().mean().item()
            hidden = torch.cat(list(layers(X))[:-1], 1)
            dead = (hidden == 0).all(0).double().mean().item() if s["activation"] == "relu" else 0
        again = 0.0 if earlier is None else float(np.corrcoef(earlier, losses)[0, 1])
        earlier = losses
        rows.append([epoch, E, right, right_test, float(np.std(losses)), dead, max(moved), norm, again])
        if s["schedule"] == "plateau":
            on_plateau.step(E)
    return [rows, optimizer.param_groups[0]["lr"]]


def outcome(rows):
    """The columns of symptoms-outcomes: what the rows of a training come to."""
    table = np.array(rows)
    losses, learned, early = table[:, 1], table[:, 2] >= 0.95, table[1:10]
    rises = np.flatnonzero(np.diff(losses) >= 0)
    return [
        *table[-1, [1, 2, 3, 5]],
        losses.mean(),
        table[:, 4].mean(),
        1 + (int(learned.argmax()) if learned.any() else len(rows)),
        1 + int(rises[0]) if len(rises) else len(rows),
        table[:10][-1, 1],
        *np.median(early[:, [4, 8]], axis=0),
        table[:10][-1, 6],
    ]


CASES = [
    (0, {"epochs": 3}),
    (1, {"labelShift": 1, "epochs": 3}),
    (2, {"order": "sorted", "momentum": 0.9, "learningRate": 0.02, "epochs": 3}),
    (3, {"order": "fixed", "lossFunction": "squared error", "epochs": 3}),
    (4, {"learningRate": 4, "epochs": 3}),
    (5, {"learningRate": 2, "activation": "leaky relu", "warmUp": 50, "epochs": 3}),
    (6, {"hidden": "8-8-8", "activation": "tanh", "initializer": "xavier", "schedule": "cosine", "epochs": 3}),
    (7, {"optimizer": "adam", "learningRate": 0.001, "schedule": "step", "batchSize": 100, "epochs": 3}),
    (8, {"learningRate": 0.64, "schedule": "plateau", "epochs": 15}),
]
runs = [[*case, *run(*case)] for case in CASES]
outcomes = [outcome(rows) for _, _, rows, _ in runs]
write({"numpy": np.__version__, "torch": torch.__version__, "runs": runs, "outcomes": outcomes})
