"""Values, gradients and Hessians of test functions for optimizers, and where they are lowest.

Rosenbrock by SciPy (rosen, rosen_der, rosen_hess); the others by PyTorch's automatic differentiation in float64 of their
definitions; Himmelblau's minima by mpmath with 40 digits. A path of gradient descent with NumPy.
"""

import mpmath
import numpy as np
import scipy
import torch
from common import write
from scipy.optimize import rosen, rosen_der, rosen_hess

torch.set_default_dtype(torch.float64)
random = np.random.RandomState(5)


def scipy_case(x):
    x = np.array(x)
    return {"x": x.tolist(), "value": rosen(x), "gradient": rosen_der(x).tolist(), "hessian": rosen_hess(x).tolist()}


def torch_case(f, x):
    x = torch.tensor(x)
    return {
        "x": x.tolist(),
        "value": f(x).item(),
        "gradient": torch.func.grad(f)(x).tolist(),
        "hessian": torch.func.hessian(f)(x).tolist(),
    }


def rosenbrock_general(a, b):
    return lambda x: b * (x[1] - x[0] ** 2) ** 2 + (a - x[0]) ** 2


def beale(x):
    return sum((c - x[0] + x[0] * x[1] ** k) ** 2 for k, c in enumerate([1.5, 2.25, 2.625], start=1))


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


def saddle(x):
    return x[0] ** 2 - x[1] ** 2


def ravine(curvatures, angle):
    """One half of the squared coordinates along turned axes, each times its curvature."""
    axes = torch.tensor([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return lambda x: (torch.tensor(curvatures) * (axes @ x) ** 2).sum() / 2


def himmelblau_minima():
    mpmath.mp.dps = 40
    equations = lambda x, y: (x**2 + y - 11, x + y**2 - 7)  # noqa: E731
    starts = [(3, 2), (-2.8, 3.1), (-3.8, -3.3), (3.6, -1.8)]
    return [[float(c) for c in mpmath.findroot(equations, start)] for start in starts]


def descent(curvatures, rate, start, steps):
    """Gradient descent on the ravine along the axes: every coordinate shrinks by 1 - rate * curvature."""
    x = np.array(start)
    path = [x.tolist()]
    for _ in range(steps):
        x = x - rate * (np.array(curvatures) * x)
        path.append(x.tolist())
    return {"curvatures": curvatures, "rate": rate, "path": path}


points = [[-1.2, 1.0], [0.0, 0.0], [1.0, 1.0], [3.0, 0.5], *random.uniform(-3, 3, (4, 2)).tolist()]

write(
    {
        "made by": f"data/references/landscapes.py, scipy {scipy.__version__}, torch {torch.__version__}, mpmath {mpmath.__version__}",
        "rosenbrock": [scipy_case(x) for x in points + [random.randn(3).tolist(), random.randn(5).tolist()]],
        "rosenbrock a b": [
            {"a": a, "b": b, **torch_case(rosenbrock_general(a, b), x)} for a, b in [(2.0, 100.0), (-0.5, 4.0)] for x in points
        ],
        "beale": [torch_case(beale, x) for x in points],
        "himmelblau": [torch_case(himmelblau, x) for x in points],
        "saddle": [torch_case(saddle, x) for x in points],
        "ravine": [
            {"curvatures": curvatures, "rotation": angle, **torch_case(ravine(curvatures, angle), x)}
            for curvatures, angle in [([0.2, 4.0], 0.0), ([1.0, 100.0], 0.5), ([3.0, 0.5], -2.0)]
            for x in points
        ],
        "himmelblau minima": himmelblau_minima(),
        "descent": descent([0.2, 4.0], 0.4, [-3.0, 1.0], 20),
    }
)
