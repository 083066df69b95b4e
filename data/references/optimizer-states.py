"""Steps of momentum and Adam with their states by PyTorch in float64, for the check of assignment A5.

Starts and gradients are those of lib/assignment/cases/optimizers.ts: normal numbers of the stream of each case's name.
PyTorch keeps b ← γ b + g and moves by −α b. The notes' velocity is v = −α b where α is constant; where α falls, PyTorch is
given the gradients α g and moves by −b, which is the notes' form.
"""

import numpy as np
import torch
from common import stream, write

SIZES = (1, 1e-4, 0.5, 0.01)


def matrix(random, size=1):
    return random.randn(2, 3) * size


def walk(make, theta, gradients, state=None):
    """The parameters after each step, and PyTorch's state after the last."""
    parameter = torch.nn.Parameter(torch.tensor(theta))
    optimizer = make([parameter])
    if state:
        optimizer.state[parameter] = state
    path = []
    for gradient in gradients:
        parameter.grad = torch.tensor(gradient)
        optimizer.step()
        path.append(parameter.detach().ravel().tolist())
    return path, optimizer.state[parameter]


def momentum(name, rates, gamma):
    random = stream(2026, name)
    theta, gradients = matrix(random), [matrix(random, size) for size in SIZES]
    scaled = [rate * gradient for rate, gradient in zip(rates, gradients)]
    path, state = walk(lambda p: torch.optim.SGD(p, lr=1, momentum=gamma), theta, scaled)
    if len(set(rates)) == 1:
        plain, _ = walk(lambda p: torch.optim.SGD(p, lr=rates[0], momentum=gamma), theta, gradients)
        assert np.allclose(plain, path, rtol=1e-14, atol=1e-15)
    return {"theta": path, "v": (-state["momentum_buffer"]).ravel().tolist()}


def adam(name, sizes, steps_before=0, **settings):
    random = stream(2026, name)
    theta, gradients = matrix(random), [matrix(random, size) for size in sizes]
    state = None
    if steps_before:
        m, v = matrix(random), matrix(random) ** 2
        state = {"step": torch.tensor(float(steps_before)), "exp_avg": torch.tensor(m), "exp_avg_sq": torch.tensor(v)}
    path, last = walk(lambda p: torch.optim.Adam(p, **settings), theta, gradients, state)
    return {"theta": path, "m": last["exp_avg"].ravel().tolist(), "v": last["exp_avg_sq"].ravel().tolist()}


write(
    {
        "made by": f"data/references/optimizer-states.py, torch {torch.__version__}, numpy {np.__version__}",
        "momentum": momentum("momentum", [0.1] * 4, 0.9),
        "momentum, falling rate": momentum("momentum, falling rate", [0.4, 0.2, 0.1, 0.05], 0.5),
        "adam": adam("adam", SIZES, lr=0.02),
        "adam, small gradients": adam("adam, small gradients", [1e-8 * size for size in (1, 3, 0.5, 2)], lr=0.1),
        "adam, step 7": adam("adam, step 7", [1], steps_before=6, lr=0.1, betas=(0.8, 0.95), eps=1e-3),
    }
)
