"""50 steps of every optimizer by PyTorch, in float64 and float32, for tests/optimizer-references.

The gradients are given, not computed, so that only the optimizers' arithmetic is compared: for each step a 3×3 and a
3×1 matrix, of sizes from about 0.01 to 100. Nesterov momentum is also written out in NumPy as Sutskever et al. state it
(ICML 2013, equations 3 and 4), with a rate and a coefficient that change.
"""

import numpy as np
import torch
from common import write

STEPS = 50
KEPT = (1, 2, 10, STEPS)
random = np.random.RandomState(11)
# float32 numbers, so that both precisions start from the same
start = [random.randn(*shape).astype(np.float32).tolist() for shape in ((3, 3), (3, 1))]
gradients = [
    [(random.randn(*shape) * 10 ** random.uniform(-2, 2)).astype(np.float32).tolist() for shape in ((3, 3), (3, 1))]
    for _ in range(STEPS)
]


def sgd(**settings):
    return lambda groups: torch.optim.SGD(groups, lr=0.01, **settings)


def adam(**settings):
    return lambda groups: torch.optim.Adam(groups, lr=0.02, **settings)


def clip_value(parameters):
    torch.nn.utils.clip_grad_value_(parameters, 0.5)


def clip_norm(parameters):
    torch.nn.utils.clip_grad_norm_(parameters, 2.0)


# what each case needs: an optimizer, perhaps a clipping, perhaps settings that change with the step, perhaps a weight
# decay for the weights alone
CASES = {
    "sgd": dict(make=sgd()),
    "sgd, weight decay": dict(make=sgd(weight_decay=0.1)),
    "sgd, weight decay of the weights": dict(make=sgd(), weights_decay=0.1),
    "sgd, clipped by value": dict(make=sgd(), clip=clip_value),
    "sgd, clipped by norm": dict(make=sgd(), clip=clip_norm),
    "momentum": dict(make=sgd(momentum=0.9)),
    "momentum, weight decay": dict(make=sgd(momentum=0.9, weight_decay=0.1)),
    "momentum, dampening": dict(make=sgd(momentum=0.9, dampening=0.3)),
    "momentum, dampening and weight decay": dict(make=sgd(momentum=0.9, dampening=0.3, weight_decay=0.1)),
    "momentum, changing": dict(
        make=sgd(momentum=0.5),
        change=lambda step: {"lr": 0.02 / (1 + step), "momentum": 0.5 if step <= 20 else 0.9},
    ),
    "momentum, clipped by norm": dict(make=sgd(momentum=0.9), clip=clip_norm),
    "nesterov": dict(make=sgd(momentum=0.9, nesterov=True)),
    "nesterov, weight decay": dict(make=sgd(momentum=0.9, nesterov=True, weight_decay=0.1)),
    "rmsprop": dict(make=lambda groups: torch.optim.RMSprop(groups, lr=0.02)),
    "rmsprop, weight decay": dict(make=lambda groups: torch.optim.RMSprop(groups, lr=0.02, alpha=0.9, weight_decay=0.1)),
    "adagrad": dict(make=lambda groups: torch.optim.Adagrad(groups, lr=0.1)),
    "adagrad, weight decay": dict(
        make=lambda groups: torch.optim.Adagrad(groups, lr=0.1, weight_decay=0.1, initial_accumulator_value=0.5)
    ),
    "adagrad, rate decay": dict(make=lambda groups: torch.optim.Adagrad(groups, lr=0.1, lr_decay=0.05)),
    "adam": dict(make=adam()),
    "adam, weight decay": dict(make=adam(weight_decay=0.1)),
    "adam, small betas": dict(make=adam(betas=(0.3, 0.6), eps=1e-3)),
    "adam, beta1 = 0": dict(make=adam(betas=(0.0, 0.99))),
    "adam, changing rate": dict(make=adam(), change=lambda step: {"lr": 0.1 / (4 + step)}),
    "adam, clipped by value": dict(make=adam(), clip=clip_value),
    "amsgrad": dict(make=adam(amsgrad=True)),
    "amsgrad, weight decay": dict(make=adam(amsgrad=True, weight_decay=0.1)),
    "adamw": dict(make=lambda groups: torch.optim.AdamW(groups, lr=0.02)),
    "adamw, weight decay": dict(make=lambda groups: torch.optim.AdamW(groups, lr=0.02, weight_decay=0.5)),
    "adamw, weight decay of the weights": dict(
        make=lambda groups: torch.optim.AdamW(groups, lr=0.02, weight_decay=0.0), weights_decay=0.5
    ),
    "adamw, amsgrad": dict(make=lambda groups: torch.optim.AdamW(groups, lr=0.02, weight_decay=0.5, amsgrad=True)),
}


def path(dtype, make, clip=None, change=None, weights_decay=None):
    """The parameters after some of the steps, as two matrices each."""
    weights, bias = [torch.nn.Parameter(torch.tensor(values, dtype=dtype)) for values in start]
    decay = {} if weights_decay is None else {"weight_decay": weights_decay}
    optimizer = make([{"params": [weights], **decay}, {"params": [bias]}])
    kept = {}
    for step in range(1, STEPS + 1):
        for parameter, gradient in zip((weights, bias), gradients[step - 1]):
            parameter.grad = torch.tensor(gradient, dtype=dtype)
        if clip:
            clip((weights, bias))
        if change:
            for group in optimizer.param_groups:
                group.update(change(step))
        optimizer.step()
        if step in KEPT:
            kept[str(step)] = [weights.detach().tolist(), bias.detach().tolist()]
    return kept


def sutskever():
    """v ← γ v − α ∇E(θ + γ v), θ ← θ + v on E = ½ θᵀ H θ − cᵀ θ; where the gradient is taken, and θ, before each step."""
    A = random.randn(4, 4)
    H, c = A @ A.T / 4 + np.eye(4), random.randn(4)
    theta, v = random.randn(4), np.zeros(4)
    points, thetas = [], []
    for step in range(1, STEPS + 1):
        alpha, gamma = 0.2 / (3 + step), 0.5 if step <= 10 else 0.9
        ahead = theta + gamma * v
        points.append(ahead.tolist())
        thetas.append(theta.tolist())
        v = gamma * v - alpha * (H @ ahead - c)
        theta = theta + v
    return {"H": H.tolist(), "c": c.tolist(), "points": points, "thetas": thetas}


write(
    {
        "made by": f"data/references/optimizers.py, torch {torch.__version__}, numpy {np.__version__}",
        "start": start,
        "gradients": gradients,
        "float64": {name: path(torch.float64, **case) for name, case in CASES.items()},
        "float32": {name: path(torch.float32, **case) for name, case in CASES.items()},
        "sutskever": sutskever(),
    }
)
