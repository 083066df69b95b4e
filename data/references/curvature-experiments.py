"""Runs of the experiments ravine-race, valley-clipping and hessian-spectrum, by PyTorch in float64.

Draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]). Gradients are written
out for the ravine and Rosenbrock's valley; those of the network, and its Hessian, are autograd's.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from common import optimizer as make_optimizer
from common import rings, stream, write

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def ravine_race(optimizer, condition, turned, seed, goal=1e-4, most=300):
    start = stream(seed, "start").randn(2)
    angle = stream(seed, "angle").rand() * math.pi if turned else 0.0
    c, s = math.cos(angle), math.sin(angle)
    axes = np.array([[c, s], [-s, c]])
    H = torch.tensor(axes.T @ np.diag([1.0, condition]) @ axes)

    def value(x):
        return (x @ H @ x).item() / 2

    first, best = value(torch.tensor(start)), [most, 0, math.nan, math.nan]
    for k in range(41):
        rate = 10 ** ((k - 32) / 8)
        x = torch.tensor(start, requires_grad=True)
        rule, crossed = make_optimizer(optimizer, [x], rate), 0
        for step in range(1, most + 1):
            before = axes[1] @ x.detach().numpy()
            x.grad = H @ x.detach()
            rule.step()
            crossed += before * (axes[1] @ x.detach().numpy()) < 0
            now = value(x.detach())
            if now <= goal * first:
                if best[1] == 0 or step < best[0]:
                    best = [step, 1, rate, crossed / step]
                break
            if not now <= 1e8 * first:
                break
    return best


def valley_clipping(clipping, seed, bound=1.0, rate=1e-3, reach=4.0, steps=1000):
    draw = stream(seed, "start")
    x = torch.tensor(reach * (2 * draw.rand(2) - 1))

    def value():
        return (100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2).item()

    def gradient():
        off = x[1] - x[0] ** 2
        return torch.stack([-400 * x[0] * off - 2 * (1 - x[0]), 200 * off])

    norm, done = gradient().norm().item(), 0
    while done < steps and math.isfinite(value()):
        x.grad = gradient()
        if clipping == "norm":
            # torch.nn.utils.clip_grad_norm_ divides by the norm plus 1e-6, which is not the formula
            x.grad *= min(1.0, bound / x.grad.norm().item())
        if clipping == "value":
            torch.nn.utils.clip_grad_value_([x], bound)
        x = x - rate * x.grad
        done += 1
    finite = math.isfinite(value())
    return [0 if finite else 1, value() if finite else math.nan, norm, done]


def hessian_spectrum(kind, blocks, width, samples, steps, seed, rate=0.05):
    X, y = map(torch.tensor, rings(stream(seed, "data"), samples, noise=0.08))
    normalized, residual = kind.endswith("normalized"), kind.startswith("residual")
    random, shapes, values = stream(seed, "weights"), [], []

    def make(*arrays):
        for array in arrays:
            shapes.append(array.shape)
            values.append(torch.tensor(array).reshape(-1))

    def dense(n, m):
        make(math.sqrt(2 / (n + m)) * random.randn(m, n), np.zeros(m))

    dense(2, width)
    for _ in range(blocks):
        if normalized:
            make(np.ones(width), np.zeros(width))
        dense(width, width)
    dense(width, 2)
    theta = torch.cat(values)

    def loss(theta):
        parts, at = [], 0
        for shape in shapes:
            size = int(np.prod(shape))
            parts.append(theta[at : at + size].reshape(shape))
            at += size
        parts = iter(parts)
        z = X @ next(parts).T + next(parts)
        for _ in range(blocks):
            around = z
            if normalized:
                z = (z - z.mean(0)) / torch.sqrt(z.var(0, unbiased=False) + 1e-5) * next(parts) + next(parts)
            z = torch.tanh(z) @ next(parts).T + next(parts)
            z = z + around if residual else z
        return F.cross_entropy(torch.tanh(z) @ next(parts).T + next(parts), y)

    def measure(step):
        values = torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, theta))
        sizes = values.abs().sort().values
        n = len(sizes)
        median = ((sizes[(n - 1) // 2] + sizes[n // 2]) / 2).item()
        return [step, loss(theta).item(), values[-1].item(), values[0].item(), median, sizes[-1].item() / median]

    rows, velocity = [measure(0)], torch.zeros_like(theta)
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(loss(theta.requires_grad_()), theta)
        velocity = 0.9 * velocity - rate * gradient
        theta = (theta + velocity).detach()
    return [*rows, measure(steps)]


def nullable(rows):
    """JSON has no NaN."""
    return [[None if math.isnan(entry) else entry for entry in row] for row in rows]


races = [
    {"settings": {"optimizer": optimizer, "condition": condition, "turned": turned, "mostSteps": 300}, "seed": seed}
    for seed, (optimizer, condition, turned) in enumerate(
        [
            ("sgd", 10, False),
            ("momentum", 100, True),
            ("nesterov", 20, True),
            ("adagrad", 5, False),
            ("rmsprop", 5, False),
            ("adam", 10, True),
            ("sgd", 1000, True),
        ]
    )
]
clippings = [
    {"settings": {"clipping": clipping, "steps": 1000}, "seed": seed}
    for clipping, seed in (("none", 3), ("none", 4), ("norm", 3), ("value", 5))
]
spectra = [
    {"settings": {"kind": kind, "blocks": 2, "width": 4, "samples": 24, "steps": 10}, "seed": seed}
    for seed, kind in enumerate(("plain", "normalized", "residual", "residual normalized"))
]
write(
    {
        "torch": torch.__version__,
        "numpy": np.__version__,
        "ravine-race": [
            {
                **run,
                "rows": nullable(
                    [
                        ravine_race(
                            run["settings"]["optimizer"],
                            run["settings"]["condition"],
                            run["settings"]["turned"],
                            run["seed"],
                        )
                    ]
                ),
            }
            for run in races
        ],
        "valley-clipping": [
            {**run, "rows": nullable([valley_clipping(run["settings"]["clipping"], run["seed"])])} for run in clippings
        ],
        "hessian-spectrum": [
            {**run, "rows": hessian_spectrum(**run["settings"], seed=run["seed"])} for run in spectra
        ],
    }
)
