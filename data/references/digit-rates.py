"""Runs of lib/experiments/digit-rates in its settings, for tests/digit-rates.test.ts: PyTorch's autograd, optimizers and
schedulers in float64.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import math
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from common import small_digits, stream, write
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
warnings.simplefilter("ignore")
TRAIN, HELD_OUT, TEST = 64, 20, 30


def digits(random):
    X, y = map(torch.tensor, small_digits(random, TRAIN, HELD_OUT + TEST))
    ends = (TRAIN, TRAIN + HELD_OUT)
    return list(zip(torch.tensor_split(X, ends), torch.tensor_split(y, ends)))


def scheduler(name, optimizer, steps):
    """Steps once a batch; but plateau, once an epoch."""
    rate = optimizer.param_groups[0]["lr"]
    if name == "step":
        return lr_scheduler.StepLR(optimizer, math.ceil(steps / 6), 0.5)
    if name == "several-steps":
        return lr_scheduler.MultiStepLR(optimizer, [math.ceil(steps / 2), math.ceil(0.75 * steps)], 0.1)
    if name == "exponential":
        return lr_scheduler.ExponentialLR(optimizer, 2 ** (-5 / steps))
    if name == "hyperbolic":
        return lr_scheduler.LambdaLR(optimizer, lambda done: (steps / 10 + 1) / (steps / 10 + done + 1))
    if name == "cosine":
        return lr_scheduler.CosineAnnealingLR(optimizer, steps)
    if name == "warm-up-cosine":
        warm_up = math.ceil(steps / 10)
        rise = lr_scheduler.LinearLR(optimizer, 1 / (warm_up + 1), total_iters=warm_up)
        return lr_scheduler.ChainedScheduler([lr_scheduler.CosineAnnealingLR(optimizer, steps), rise])
    if name == "restarts":
        return lr_scheduler.CosineAnnealingWarmRestarts(optimizer, math.ceil(steps / 7), 2)
    if name in ("cyclical", "triangular2"):
        mode, length = "triangular" if name == "cyclical" else name, math.ceil(steps / 8)
        return lr_scheduler.CyclicLR(optimizer, rate / 10, rate, length, mode=mode, cycle_momentum=False)
    if name == "one-cycle":
        return lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, cycle_momentum=False)
    return lr_scheduler.ConstantLR(optimizer, 1)


def run(seed, hidden, activation, kind, momentum, rate, schedule, warm_up, batch, epochs):
    (X, y), *others = digits(stream(seed, "data"))
    sizes, weights, random = [196, *map(int, hidden.split("-")), 10], [], stream(seed, "weights")
    for k, (n, m) in enumerate(zip(sizes, sizes[1:])):
        he = activation == "relu" and k < len(sizes) - 2
        W = np.sqrt(2 / n if he else 2 / (n + m)) * random.randn(m, n)
        weights += [torch.tensor(W, requires_grad=True), torch.zeros(m, requires_grad=True)]
    f = {"relu": torch.relu, "tanh": torch.tanh}[activation]

    def network(A):
        for l in range(len(sizes) - 2):
            A = f(A @ weights[2 * l].T + weights[2 * l + 1])
        return A @ weights[-2].T + weights[-1]

    def loss_of(X, y):
        return F.cross_entropy(network(X), y)

    # The notes' form of momentum: the velocity holds the rate; PyTorch's own form holds it outside.
    optimizer = torch.optim.Adam(weights, lr=rate) if kind == "adam" else torch.optim.SGD(weights, lr=rate)
    batches = math.ceil(TRAIN / batch)
    on_plateau = lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=0, threshold=0.01)
    by_step = scheduler(schedule, optimizer, epochs * batches)
    velocity = [torch.zeros_like(w) for w in weights]
    order, step, rows = stream(seed, "order"), 0, []
    for epoch in range(1, epochs + 1):
        permutation = order.permutation(TRAIN)
        for first in range(0, TRAIN, batch):
            step += 1
            group = optimizer.param_groups[0]
            plain = group["lr"]
            used = plain * min(1, step / (warm_up + 1))
            chosen = torch.tensor(permutation[first : first + batch])
            optimizer.zero_grad()
            loss_of(X[chosen], y[chosen]).backward()
            if kind == "sgd":
                with torch.no_grad():
                    for w, v in zip(weights, velocity):
                        v.mul_(momentum).sub_(used * w.grad)
                        w.add_(v)
            else:
                group["lr"] = used
                optimizer.step()
                group["lr"] = plain
            if schedule != "plateau" and step < epochs * batches:
                by_step.step()
        with torch.no_grad():
            losses = [loss_of(*part).item() for part in [(X, y), *others]]
            right = (network(others[1][0]).argmax(1) == others[1][1]).double().mean().item()
        rows.append([epoch, *losses, right, used])
        if schedule == "plateau":
            on_plateau.step(losses[1])
    return rows


# seed, hidden, activation, optimizer, momentum, rate, schedule, warm-up, batch size, epochs
CASES = [
    (0, "6", "relu", "sgd", 0, 0.1, "constant", 0, 16, 3),
    (1, "6-5", "tanh", "adam", 0, 0.02, "constant", 5, 16, 3),
    (2, "6", "relu", "sgd", 0.9, 0.01, "cosine", 4, 10, 3),
    (3, "6", "relu", "sgd", 0, 0.1, "step", 0, 8, 3),
    (4, "6", "relu", "sgd", 0, 0.1, "exponential", 0, 8, 3),
    (5, "6", "relu", "sgd", 0, 0.1, "hyperbolic", 0, 8, 3),
    (6, "6", "tanh", "sgd", 0, 0.5, "plateau", 0, 8, 12),
    (7, "6", "relu", "sgd", 0, 0.1, "restarts", 0, 8, 7),
    (8, "6", "relu", "sgd", 0, 0.1, "cyclical", 0, 8, 3),
    (9, "6", "relu", "sgd", 0, 0.1, "one-cycle", 0, 8, 3),
    (10, "6", "relu", "sgd", 0, 0.1, "several-steps", 0, 8, 3),
    (11, "6", "relu", "sgd", 0, 0.1, "warm-up-cosine", 0, 8, 3),
    (12, "6", "relu", "sgd", 0, 0.1, "triangular2", 0, 8, 3),
]
write({"numpy": np.__version__, "torch": torch.__version__, "runs": [[*case, run(*case)] for case in CASES]})
