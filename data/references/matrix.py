"""Matrix operations by NumPy on random matrices, in float64 and float32; every matrix as a list of its rows."""

import numpy as np
from common import write

random = np.random.default_rng(5)


def normal(rows, cols):
    return random.standard_normal((rows, cols))


A, B, A2, b = normal(7, 5), normal(5, 9), normal(7, 5), normal(7, 1)
C32 = normal(6, 11).astype(np.float32)
D32 = normal(11, 3).astype(np.float32)
results = {
    "multiply": A @ B,
    "multiplyTransposeLeft": A.T @ A2,
    "multiplyTransposeRight": A @ A2.T,
    "transpose": A.T,
    "add": A + A2,
    "subtract": A - A2,
    "hadamard": A * A2,
    "scale": A * 0.3,
    "addColumn": A + b,
    "rowSums": A.sum(axis=1, keepdims=True),
    "columnSums": A.sum(axis=0, keepdims=True),
    "sum": A.sum(),
    "frobeniusNorm": np.linalg.norm(A),
    "argmaxColumns": A.argmax(axis=0),
    "takeColumns": A[:, [4, 0, 0, 2]],
    "multiplyFloat32": (C32.astype(np.float64) @ D32.astype(np.float64)),
    "scaleFloat32": C32 * np.float32(0.3),
    "toFloat32": A.astype(np.float32).astype(np.float64),
}
inputs = {"A": A, "B": B, "A2": A2, "b": b, "C32": C32.astype(np.float64), "D32": D32.astype(np.float64)}
write(
    {
        "numpy": np.__version__,
        **{name: value.tolist() for name, value in inputs.items()},
        **{name: np.asarray(value, dtype=np.float64).tolist() for name, value in results.items()},
    }
)
