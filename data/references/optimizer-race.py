"""Optimizers by PyTorch, in float64, for notebook 11 and tests/optimizer-race.test.ts.

Their default settings; their paths over two landscapes along autograd's gradients; the example of Reddi, Kale and Kumar
(ICLR 2018, section 3) with x put back into [-1, 1] after each step; runs of lib/experiments/optimizer-race, whose draws
are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import inspect
import math

import numpy as np
import torch
import torch.nn.functional as F
from common import optimizer as make_optimizer
from common import rings, standardised, stream, write
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

NAMES = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "amsgrad"]


def defaults(optimizer):
    parameters = inspect.signature(optimizer).parameters
    return {name: parameters[name].default for name in ("lr", "betas", "eps") if name in parameters}


# ---- paths

c, s = math.cos(math.pi / 6), math.sin(math.pi / 6)  # the ravine's axes are turned by 30°
LANDSCAPES = {
    "ravine": (lambda x: ((c * x[0] + s * x[1]) ** 2 + 20 * (c * x[1] - s * x[0]) ** 2) / 2, [-3.0, 1.0]),
    "rosenbrock": (lambda x: 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2, [-1.2, 1.0]),
}
RATES = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0]
STEPS, KEPT = {"ravine": 60, "rosenbrock": 200}, 20


def path(f, start, name, rate, steps):
    x = torch.tensor(start, requires_grad=True)
    optimizer = make_optimizer(name, [x], rate)
    points = [x.tolist()]
    for step in range(1, steps + 1):
        optimizer.zero_grad()
        value = f(x)
        if not math.isfinite(value.item()):
            return None
        value.backward()
        optimizer.step()
        if step % KEPT == 0:
            points.append(x.tolist())
    return {"value": f(x).item(), "points": points} if math.isfinite(f(x).item()) else None


def race(name):
    """Of every optimizer the rate with the least value after the steps, and the path with it."""
    f, start = LANDSCAPES[name]
    best = {}
    for optimizer in NAMES:
        runs = [(rate, path(f, start, optimizer, rate, STEPS[name])) for rate in RATES]
        rate, found = min(((rate, run) for rate, run in runs if run), key=lambda pair: pair[1]["value"])
        best[optimizer] = {"rate": rate, **found}
    return {"start": start, "steps": STEPS[name], "kept": KEPT, "rates": RATES, "best": best}


# ---- Reddi, Kale and Kumar


def reddi(optimizer, steps=30000, C=3.0):
    x = torch.tensor([0.0], requires_grad=True)
    rule = optimizer([x])
    kept = {}
    for t in range(1, steps + 1):
        for group in rule.param_groups:
            group["lr"] = 0.1 / math.sqrt(t)
        x.grad = torch.tensor([C if t % 3 == 1 else -1.0])
        rule.step()
        with torch.no_grad():
            x.clamp_(-1, 1)
        if t in (1, 2, 3, 10, 100, 1000, 10000, steps):
            kept[str(t)] = x.item()
    return kept


beta2 = 1 / (1 + 3.0**2)

# ---- runs


def layer(random, inputs, outputs, he):
    made = nn.Linear(inputs, outputs)
    bound = 1 / np.sqrt(inputs)
    with torch.no_grad():
        if he:
            weights, bias = random.normal(0, np.sqrt(2 / inputs), outputs * inputs), np.zeros(outputs)
        else:
            weights = random.uniform(-bound, bound, outputs * inputs)
            bias = random.uniform(-bound, bound, outputs)
        made.weight.copy_(torch.from_numpy(weights.reshape(outputs, inputs)))
        made.bias.copy_(torch.from_numpy(bias))
    return made


def run(seed, task="rings", optimizer="sgd", learningRate=1e-2, epochs=50, goal=0.1):
    if task == "example":
        X, y = torch.tensor([[1.0, 2.0]]), torch.tensor([0])
        random = stream(seed, "weights")
        model = nn.Sequential(layer(random, 2, 2, False), nn.Tanh(), layer(random, 2, 2, False))
        size = 1
    else:
        X, y = rings(stream(seed, "data"))
        X, y = torch.from_numpy(standardised(X)), torch.from_numpy(y)
        random = stream(seed, "weights")
        sizes = [(2, 32), (32, 16), (16, 2)]
        first, second, third = [layer(random, n, m, True) for n, m in sizes]
        model = nn.Sequential(first, nn.ReLU(), second, nn.ReLU(), third)
        size = 128
    order = stream(seed, "order")
    rule = make_optimizer(optimizer, model.parameters(), learningRate)
    flat = lambda: torch.cat([p.detach().flatten() for p in model.parameters()]).clone()
    total = lambda: F.cross_entropy(model(X), y).item()
    start, places, losses, ends = flat(), [flat()], [total()], [total()]
    early = -(-epochs // 10)
    steps = 0
    for epoch in range(1, epochs + 1):
        indices = order.permutation(2000) if task == "rings" else np.array([0])
        for batch in np.split(indices, range(size, len(indices), size)):
            rule.zero_grad()
            F.cross_entropy(model(X[batch]), y[batch]).backward()
            rule.step()
            places.append(flat())
            if epoch <= early:
                losses.append(total())
        ends.append(total())
    changes = torch.diff(torch.stack(places), dim=0)
    with torch.no_grad():
        accuracy = (model(X).argmax(1) == y).double().mean().item()
    reached = [epoch for epoch, loss in enumerate(ends) if epoch > 0 and loss <= goal]
    return [[
        reached[0] if reached else epochs + 1,
        float(np.mean(np.diff(losses) > 0)),
        (changes[1:] * changes[:-1] < 0).double().mean().item(),
        int(np.sum(np.diff(ends) > 0)),
        (places[-1] - start).norm().item(),
        ends[-1],
        accuracy,
    ]]


RUNS = [
    *[(seed, {"task": "example", "optimizer": name, "learningRate": 0.1, "epochs": 40})
      for seed, name in enumerate(NAMES)],
    (0, {"optimizer": "sgd", "learningRate": 0.1, "epochs": 6}),
    (1, {"optimizer": "momentum", "learningRate": 0.03, "epochs": 4}),
    (2, {"optimizer": "adam", "learningRate": 0.003, "epochs": 6}),
    (3, {"optimizer": "rmsprop", "learningRate": 0.003, "epochs": 3}),
]

write({
    "made by": f"data/references/optimizer-race.py, torch {torch.__version__}, numpy {np.__version__}",
    "defaults": {name: defaults(getattr(torch.optim, name)) for name in ("SGD", "Adagrad", "RMSprop", "Adam")},
    **{name: race(name) for name in LANDSCAPES},
    "reddi": {
        "adam": reddi(lambda p: torch.optim.Adam(p, betas=(0.0, beta2), eps=0.0)),
        "amsgrad": reddi(lambda p: torch.optim.Adam(p, betas=(0.0, beta2), eps=0.0, amsgrad=True)),
        "sgd": reddi(lambda p: torch.optim.SGD(p)),
        "adagrad": reddi(lambda p: torch.optim.Adagrad(p, eps=0.0)),
    },
    "runs": [{"settings": settings, "seed": seed, "rows": run(seed, **settings)} for seed, settings in RUNS],
})
