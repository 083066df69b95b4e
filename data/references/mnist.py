"""Facts of the four MNIST files read by NumPy, and normalised pixels after the steps of torchvision's transforms."""

import numpy as np
from common import idx, write

MEAN, DEVIATION = 0.1307, 0.3081


def normalised(images, dtype):
    pixels = images.reshape(len(images), -1).astype(dtype)
    return (((pixels / dtype(255)) - dtype(MEAN)) / dtype(DEVIATION)).T


def facts(prefix):
    images, labels = idx(f"{prefix}-images-idx3-ubyte"), idx(f"{prefix}-labels-idx1-ubyte")
    chosen = [0, 7, len(images) - 1]
    return {
        "shape": list(images.shape),
        "inkOfAllImages": int(images.sum(dtype=np.int64)),
        "mean": float(images.mean(dtype=np.float64) / 255),
        "standardDeviation": float(images.std(dtype=np.float64) / 255),
        "labelCounts": np.bincount(labels).tolist(),
        "firstLabels": labels[:20].tolist(),
        "chosen": chosen,
        "inkOfChosen": images[chosen].sum(axis=(1, 2), dtype=np.int64).tolist(),
        "rowsOfChosen": [350, 406, 407, 408],
        "float64": normalised(images[chosen], np.float64)[[350, 406, 407, 408]].tolist(),
        "float32": normalised(images[chosen], np.float32)[[350, 406, 407, 408]].astype(float).tolist(),
    }


write({"numpy": np.__version__, "train": facts("train"), "test": facts("t10k")})
