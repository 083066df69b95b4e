"""Orders in which PyTorch's DataLoader gives the samples, for tests/data-loader.test.ts.

The samples are their own indices. Between two epochs of training there is one of another loader without shuffling.
"""

import hashlib

import torch
from common import write
from torch.utils.data import DataLoader


def order_of(loader):
    return torch.cat(list(loader))


def summary(order):
    """All of a short order; of a long one the first samples, and SHA-256 of all as 32-bit words."""
    words = order.to(torch.int32).numpy().astype("<i4").tobytes()
    return {"first": order[:40].tolist(), "sha256": hashlib.sha256(words).hexdigest()}


def epochs(seed, size, batch_size, workers=0, passed=False, **options):
    if passed:
        options["generator"] = torch.Generator().manual_seed(seed)
        torch.manual_seed(12345)
    else:
        torch.manual_seed(seed)
    train = DataLoader(range(size), batch_size=batch_size, shuffle=True, num_workers=workers, **options)
    test = DataLoader(range(7), batch_size=3, num_workers=workers)
    orders = []
    for _ in range(3):
        orders.append(summary(order_of(train)))
        if not passed:
            order_of(test)
    generator = options.get("generator") or torch.default_generator
    return {
        "seed": seed,
        "size": size,
        "workers": workers,
        "passed": passed,
        "epochs": orders,
        "then": torch.randint(0, 1000, (5,), generator=generator).tolist(),
    }


if __name__ == "__main__":
    write(
        {
            "torch": torch.__version__,
            "runs": [
                epochs(42, 60000, 128, workers=2),
                epochs(0, 10, 3),
                epochs(0, 10, 3, workers=2),
                epochs(7, 12, 4),
                epochs(42, 2000, 128),
                epochs(3, 10, 3, passed=True),
                epochs(3, 10, 3, workers=1, passed=True),
                epochs(3, 12, 4, passed=True),
            ],
        }
    )
