"""Weights drawn by NumPy after the formulas of lib/initializers.ts; Generator: RandomState(7), 3 outputs, 5 inputs."""

import numpy as np
from common import write

FAN_OUT, FAN_IN = 3, 5


def normal(deviation):
    return np.random.RandomState(7).randn(FAN_OUT, FAN_IN) * deviation


def uniform(low, high):
    return np.random.RandomState(7).uniform(low, high, (FAN_OUT, FAN_IN))


xavier, he = np.sqrt(6 / (FAN_IN + FAN_OUT)), np.sqrt(6 / FAN_IN)
weights = {
    "uniformInit": uniform(-0.3, 0.3),
    "lecunNormal": normal(np.sqrt(1 / FAN_IN)),
    "xavierUniform": uniform(-xavier, xavier),
    "xavierNormal": normal(np.sqrt(2 / (FAN_IN + FAN_OUT))),
    "heUniform": uniform(-he, he),
    "lecunUniform": uniform(-np.sqrt(3 / FAN_IN), np.sqrt(3 / FAN_IN)),
    "heUniformLeaky": uniform(-np.sqrt(6 / (1 + 0.2**2) / FAN_IN), np.sqrt(6 / (1 + 0.2**2) / FAN_IN)),
    "heNormal": normal(np.sqrt(2.0 / FAN_IN)),
    "heNormalLeaky": normal(np.sqrt(2.0 / (1 + 0.2**2) / FAN_IN)),
}
write(
    {
        "numpy": np.__version__,
        "seed": 7,
        "fanOut": FAN_OUT,
        "fanIn": FAN_IN,
        **{name: W.tolist() for name, W in weights.items()},
        "heNormalFloat32": weights["heNormal"].astype(np.float32).astype(float).tolist(),
    }
)
