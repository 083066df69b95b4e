"""Runs of lib/experiments/rings-steadiness, and of its momentum that rises in rings-momentum too, for
tests/rings-steadiness.test.ts: PyTorch's autograd and SGD in float64. The boundary is followed in NumPy along each ray
by a fine walk and SciPy's brentq.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import numpy as np
import torch
import torch.nn.functional as F
from common import rings, stream, write
from scipy.optimize import brentq

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
N, BATCH = 2000, 128


def make_rings(random):
    X, y = rings(random, N)
    mean, scale = X.mean(0), X.std(0) + 1e-8
    return torch.from_numpy((X - mean) / scale), torch.from_numpy(y), mean, scale


def make_model(random):
    layers = []
    for n, m, variance in [(2, 32, 2 / 2), (32, 16, 2 / 32), (16, 2, 2 / 18)]:
        layer = torch.nn.Linear(n, m)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(random.normal(0, np.sqrt(variance), n * m).reshape(m, n)))
            layer.bias.copy_(torch.from_numpy(random.uniform(-1 / np.sqrt(n), 1 / np.sqrt(n), m)))
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def boundary(model, mean, scale, rays=120, limit=3.0):
    def margin(x, y):
        with torch.no_grad():
            out = model(torch.from_numpy(((np.c_[x, y]) - mean) / scale))
        return (out[:, 1] - out[:, 0]).numpy()

    distances = []
    for angle in 2 * np.pi * np.arange(rays) / rays:
        c, s = np.cos(angle), np.sin(angle)
        r = np.linspace(0, limit, 33)
        signs = margin(r * c, r * s) > 0
        changed = np.flatnonzero(signs[1:] != signs[:-1])
        if len(changed) == 0:
            distances.append(limit)
            continue
        k = changed[0]
        distances.append(brentq(lambda r: margin([r * c], [r * s])[0], r[k], r[k + 1], xtol=1e-14))
    r, angles = np.array(distances), 2 * np.pi * np.arange(rays) / rays
    x, y = r * np.cos(angles), r * np.sin(angles)
    area = 0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)
    perimeter = np.sum(np.hypot(np.roll(x, -1) - x, np.roll(y, -1) - y))
    return 4 * np.pi * area / perimeter**2, np.sqrt(np.mean((r - 1.5) ** 2))


def run(seed, learningRate=1e-2, momentum=0.9, momentumRise=0, momentumForm="notes", decayEvery=10, order="shuffled",
        epochs=30):
    X, y, mean, scale = make_rings(stream(seed, "data"))
    model = make_model(stream(seed, "weights"))
    shuffling = stream(seed, "order")
    optimizer = torch.optim.SGD(model.parameters(), lr=learningRate, momentum=momentum)
    velocities = [torch.zeros_like(p) for p in model.parameters()]

    def loss_of_all():
        with torch.no_grad():
            return F.cross_entropy(model(X), y).item()

    losses, batch_losses, printed = [loss_of_all()], [], []
    for epoch in range(1, epochs + 1):
        rate = learningRate * 0.5 ** ((epoch - 1) // decayEvery if decayEvery else 0)
        gamma = 0.5 if epoch <= momentumRise else momentum
        for group in optimizer.param_groups:
            group.update(lr=rate, momentum=gamma)
        indices = {
            "shuffled": lambda: shuffling.permutation(N),
            "fixed": lambda: np.arange(N),
            "sorted": lambda: np.argsort(y.numpy(), kind="stable"),
        }[order]()
        for batch in np.split(indices, range(BATCH, N, BATCH)):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            if momentumForm == "pytorch":
                optimizer.step()
            else:
                with torch.no_grad():
                    for p, v in zip(model.parameters(), velocities):
                        v.mul_(gamma).sub_(p.grad, alpha=rate)
                        p.add_(v)
            batch_losses.append(loss.item())
            losses.append(loss_of_all())
        printed.append(batch_losses[-1])
    moves, jumps = np.diff(losses), np.abs(np.diff(batch_losses))
    with torch.no_grad():
        accuracy = (model(X).argmax(1) == y).double().mean().item()
    roundness, offset = boundary(model, mean, scale)
    return {
        "loss": losses[-1],
        "meanLoss": np.mean(losses[1:]),
        "accuracy": accuracy,
        "upwards": moves[moves > 0].sum() / np.abs(moves).sum(),
        "batchJitter": jumps.mean() / np.mean(batch_losses),
        "printedRises": int((np.diff(printed) > 0).sum()),
        "roundness": roundness,
        "offset": offset,
    }


CASES = [
    (0, {"epochs": 12}),
    (1, {"learningRate": 0.005, "decayEvery": 0, "order": "fixed", "epochs": 10}),
    (2, {"momentumForm": "pytorch", "decayEvery": 2, "order": "sorted", "epochs": 5}),
    (3, {"momentumRise": 3, "decayEvery": 0, "epochs": 6}),
    (4, {"momentum": 0, "decayEvery": 0, "epochs": 2}),
    (5, {"momentum": 1, "decayEvery": 0, "epochs": 4}),
    (6, {"momentumRise": 2, "momentumForm": "pytorch", "decayEvery": 3, "epochs": 8}),
]
write({"runs": [{"settings": settings, "seed": seed, "row": run(seed, **settings)} for seed, settings in CASES]})
