"""Runs of lib/experiments/approximation, for tests/approximation.test.ts: PyTorch's autograd, Adam and cosine in float64.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import numpy as np
import torch
from common import write

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}


def wave(x):
    return torch.sin(np.pi * x) + 0.5 * torch.sin(3 * np.pi * x)


def run(activation, width, steps, seed, spread=8, rate=0.02):
    random = np.random.RandomState([seed, *b"weights"])
    W = torch.tensor(random.uniform(-spread, spread, (width, 1)), requires_grad=True)
    b = torch.tensor(random.uniform(-spread, spread, (width, 1)), requires_grad=True)
    V = torch.tensor(np.sqrt(2 / width) * random.randn(1, width), requires_grad=True)
    c = torch.zeros(1, 1, requires_grad=True)
    f = ACTIVATIONS[activation]

    def network(x):
        return V @ f(W @ x + b) + c

    x = torch.linspace(-1, 1, 101).reshape(1, -1)
    optimizer = torch.optim.Adam([W, b, V, c], lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(steps):
        optimizer.zero_grad()
        (0.5 * (network(x) - wave(x)) ** 2).mean().backward()
        optimizer.step()
        schedule.step()
    with torch.no_grad():
        grid = torch.linspace(-1, 1, 1001).reshape(1, -1)
        error = (network(grid) - wave(grid)).abs()
    return [error.max().item(), error.square().mean().sqrt().item()]


CASES = [("tanh", 8, 150, 0), ("sigmoid", 5, 150, 1), ("relu", 16, 100, 2), ("tanh", 1, 60, 3)]
write(
    {
        "numpy": np.__version__,
        "torch": torch.__version__,
        "runs": [[*case, run(*case)] for case in CASES],
    }
)
