"""Learning rates of torch.optim.lr_scheduler over 300 epochs, for tests/schedules.

Entry k of a list is the rate at the scheduler's epoch k, which is our step k + 1. Where PyTorch computes a rate from
the one before, which gathers rounding errors, a closed form of the same class is recorded if it has one.
"""

import math
import warnings

import torch
from common import write
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)
warnings.simplefilter("ignore")
COUNT = 300


def optimizer(rate=0.1, **settings):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, **settings)


def rates(scheduler, count=COUNT, key="lr"):
    found = []
    for _ in range(count):
        found.append(float(scheduler.optimizer.param_groups[0][key]))
        scheduler.optimizer.step()
        scheduler.step()
    return found


def closed(make, count=COUNT):
    """Rates by the class's closed form."""
    scheduler = make(optimizer())
    found = []
    for epoch in range(count):
        scheduler.last_epoch = epoch
        found.append(float(scheduler._get_closed_form_lr()[0]))
    return found


def cycle(shape, key):
    scheduler = lr_scheduler.OneCycleLR(
        optimizer(momentum=0.9), max_lr=0.1, total_steps=COUNT, pct_start=0.25, anneal_strategy=shape
    )
    return rates(scheduler, COUNT, key)


def cyclical(mode):
    return rates(
        lr_scheduler.CyclicLR(
            optimizer(), base_lr=0.001, max_lr=0.006, step_size_up=20, mode=mode, cycle_momentum=False
        )
    )


def warm_up():
    """A linear warm-up chained with a cosine."""
    inner = optimizer()
    schedulers = [
        lr_scheduler.LinearLR(inner, start_factor=0.125, total_iters=40),
        lr_scheduler.CosineAnnealingLR(inner, T_max=COUNT),
    ]
    chained = lr_scheduler.ChainedScheduler(schedulers, optimizer=inner)
    found = []
    for _ in range(COUNT):
        found.append(float(inner.param_groups[0]["lr"]))
        inner.step()
        chained.step()
    return found


def in_sequence():
    inner = optimizer()
    return rates(
        lr_scheduler.SequentialLR(
            inner,
            [
                lr_scheduler.ConstantLR(inner, factor=0.1, total_iters=1000),
                lr_scheduler.ExponentialLR(inner, gamma=0.97),
            ],
            milestones=[50],
        )
    )


def metric(epoch):
    """A loss that falls, stays, falls again and trembles."""
    stairs = 1 / (1 + epoch) if epoch < 40 else 0.02 if epoch < 120 else 0.02 / (1 + 0.1 * (epoch - 120))
    return round(stairs * (1 + 0.05 * math.sin(7 * epoch)), 6)


def plateau(sign=1, **settings):
    inner = optimizer()
    scheduler = lr_scheduler.ReduceLROnPlateau(inner, factor=0.5, **settings)
    found = []
    for epoch in range(COUNT):
        scheduler.step(sign * metric(epoch))
        found.append(float(inner.param_groups[0]["lr"]))
    return found


write(
    {
        "made by": f"data/references/schedules.py, torch {torch.__version__}",
        "StepLR": closed(lambda o: lr_scheduler.StepLR(o, step_size=25, gamma=0.5)),
        "MultiStepLR": rates(lr_scheduler.MultiStepLR(optimizer(), milestones=[40, 100, 250], gamma=0.1)),
        "ExponentialLR": closed(lambda o: lr_scheduler.ExponentialLR(o, gamma=0.98)),
        "LambdaLR": rates(lr_scheduler.LambdaLR(optimizer(2.0), lambda epoch: 1 / (19 + epoch + 1))),
        "CosineAnnealingLR": closed(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=COUNT, eta_min=0.001)),
        "CosineAnnealingWarmRestarts": rates(
            lr_scheduler.CosineAnnealingWarmRestarts(optimizer(), T_0=20, T_mult=2, eta_min=0.001)
        ),
        "CosineAnnealingWarmRestarts, equal": rates(lr_scheduler.CosineAnnealingWarmRestarts(optimizer(), T_0=35)),
        "LinearLR": closed(lambda o: lr_scheduler.LinearLR(o, start_factor=0.25, total_iters=60)),
        "ChainedScheduler": warm_up(),
        "SequentialLR": in_sequence(),
        "CyclicLR, triangular": cyclical("triangular"),
        "CyclicLR, triangular2": cyclical("triangular2"),
        "OneCycleLR, cos": cycle("cos", "lr"),
        "OneCycleLR, linear": cycle("linear", "lr"),
        "OneCycleLR, momentum": cycle("cos", "momentum"),
        "metrics": [metric(epoch) for epoch in range(COUNT)],
        "ReduceLROnPlateau": plateau(patience=5),
        "ReduceLROnPlateau, absolute": plateau(patience=3, threshold=0.001, threshold_mode="abs", cooldown=8),
        "ReduceLROnPlateau, max": plateau(sign=-1, mode="max", patience=0, threshold=0, min_lr=0.002),
        "ReduceLROnPlateau, max, absolute": plateau(
            sign=-1, mode="max", patience=2, threshold=1e-4, threshold_mode="abs", min_lr=0.001
        ),
    }
)
