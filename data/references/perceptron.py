"""The perceptron on Iris (setosa, versicolor; sepal and petal length) and the largest margin, for lib/linear-units.ts.

The largest margin is found twice: SciPy's SLSQP solves the primal problem min ½‖v‖², yⱼ v·(xⱼ, 1) ≥ 1, and mpmath
solves the optimality conditions of its active set with 50 digits and checks them on every sample, which proves the
result. Both are written down; they agree to SLSQP's accuracy.
"""

import csv

import mpmath
import numpy as np
from common import ROOT, write
from scipy.optimize import minimize

mpmath.mp.dps = 50


def flowers():
    with open(ROOT / "data" / "iris.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:100]
    X = np.array([[float(row["sepal_length_cm"]), float(row["petal_length_cm"])] for row in rows])
    return X, np.array([int(row["species"] == "versicolor") for row in rows])


def perceptron(X, t, rate, epochs):
    """Rows are samples here. Corrects misclassified samples only; stops after an epoch without error."""
    w, b = np.zeros(X.shape[1]), 0.0
    errors, path = [], []
    while len(errors) < epochs and (not errors or errors[-1]):
        errors.append(0)
        for j, (x, target) in enumerate(zip(X, t)):
            y = int(np.dot(w, x) + b >= 0)
            if y != target:
                w, b = w + rate * (target - y) * x, b + rate * (target - y)
                errors[-1] += 1
                path.append({"epoch": len(errors), "sample": j, "weights": w.tolist(), "bias": float(b)})
    return {"errors": errors, "mistakes": sum(errors), "weights": w.tolist(), "bias": float(b), "path": path}


def largest_margin(X, t):
    P = (2 * t - 1)[:, None] * np.c_[X, np.ones(len(X))]
    primal = minimize(
        lambda v: v @ v / 2,
        np.linalg.lstsq(P, np.ones(len(P)), rcond=None)[0],
        jac=lambda v: v,
        constraints={"type": "ineq", "fun": lambda v: P @ v - 1, "jac": lambda v: P},
        method="SLSQP",
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    active = np.flatnonzero(P @ primal.x < 1 + 1e-6)

    points = [[mpmath.mpf(float(value)) for value in p] for p in P]
    inner = lambda p, q: mpmath.fsum(a * b for a, b in zip(p, q))  # noqa: E731
    gram = mpmath.matrix([[inner(points[i], points[j]) for j in active] for i in active])
    multipliers = mpmath.lu_solve(gram, mpmath.ones(len(active), 1))
    assert all(value > 0 for value in multipliers)  # dual feasible
    v = [mpmath.fsum(m * points[i][k] for m, i in zip(multipliers, active)) for k in range(P.shape[1])]
    assert all(inner(p, v) > 1 - mpmath.mpf(10) ** -40 for p in points)  # primal feasible
    length = mpmath.sqrt(inner(v, v))
    radius = max(mpmath.sqrt(inner(p, p)) for p in points)
    return {
        "support": active.tolist(),
        "direction": [float(value / length) for value in v],
        "margin": float(1 / length),
        "radius": float(radius),
        "bound": float((radius * length) ** 2),
        "marginBySLSQP": float(1 / np.linalg.norm(primal.x)),
    }


def cloud(features, samples):
    """Separable at random: no sample closer than 0.2 to a random hyperplane."""
    random = np.random.RandomState(features)
    normal = random.randn(features + 1)
    normal[-1] /= 4  # keeps the hyperplane inside the cloud
    X = random.randn(samples, features)
    z = X @ normal[:-1] + normal[-1]
    X, z = X[abs(z) > 0.2], z[abs(z) > 0.2]
    return {"X": X.T.tolist(), "labels": (z > 0).astype(int).tolist(), **largest_margin(X, (z > 0).astype(int))}


X, t = flowers()
uci = X.copy()
uci[37] = [4.9, 1.5]  # UCI's file has 4.9, 3.1, 1.5, 0.1 here, Fisher's paper 4.9, 3.6, 1.4, 0.1
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
gates = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "nand": [1, 1, 1, 0]}
write(
    {
        "iris": {"learningRate": 0.1, **perceptron(X, t, 0.1, 20), **{"largestMargin": largest_margin(X, t)}},
        "irisUCI": {
            "mistakes": perceptron(uci, t, 0.1, 20)["mistakes"],
            "errors": perceptron(uci, t, 0.1, 20)["errors"],
            "largestMargin": largest_margin(uci, t),
        },
        "gates": {
            name: {**perceptron(corners, outputs, 1, 100), "largestMargin": largest_margin(corners, np.array(outputs))}
            for name, outputs in gates.items()
        },
        "clouds": [cloud(features, 60) for features in [1, 2, 3, 5, 8]],
        "xor": {"errors": perceptron(corners, [0, 1, 1, 0], 1, 10)["errors"]},
    }
)
