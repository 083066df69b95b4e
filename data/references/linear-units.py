"""ADALINE on Iris and XOR in NumPy, with the eigenvalues, the least-squares floor, thresholds by trying every one, and
polynomial features, for lib/linear-units/. Rows are samples here."""

import csv
import itertools

import numpy as np
from common import ROOT, write

EPOCHS = 25


def flowers():
    with open(ROOT / "data" / "iris.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:100]
    X = np.array([[float(row["sepal_length_cm"]), float(row["petal_length_cm"])] for row in rows])
    return X, np.array([int(row["species"] == "versicolor") for row in rows])


def loss(w, b, X, t):
    return float(np.mean((t - X @ w - b) ** 2) / 2)


def digits(x, n=10):
    """What is ill-conditioned, to the digits that do not depend on the order of NumPy's sums."""
    return float(f"{x:.{n}g}")


def batch(X, t, rate, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    losses, path = [loss(w, b, X, t)], []
    for _ in range(epochs):
        error = t - X @ w - b
        w, b = w + rate * X.T @ error / len(X), b + rate * error.mean()
        losses.append(loss(w, b, X, t))
        path.append([*w.tolist(), float(b)])
    return {"rate": rate, "losses": losses, "path": path}


def online(X, t, rate, epochs, seed=None):
    """In the order of the samples, or with a seed in one permutation of RandomState(seed) for each epoch."""
    random = None if seed is None else np.random.RandomState(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    losses, path = [loss(w, b, X, t)], []
    for _ in range(epochs):
        for j in range(len(X)) if random is None else random.permutation(len(X)):
            error = t[j] - w @ X[j] - b
            w, b = w + rate * error * X[j], b + rate * error
        losses.append(loss(w, b, X, t))
        path.append([*w.tolist(), float(b)])
    return {"rate": rate, "seed": seed, "losses": losses, "path": path}


def stability(X):
    extended = np.c_[X, np.ones(len(X))]
    values = np.linalg.eigvalsh(extended.T @ extended / len(X))[::-1]
    return {"eigenvalues": values.tolist(), "limit": float(2 / values[0]), "conditionNumber": digits(values[0] / values[-1])}


def floor(X, t):
    solution = np.linalg.lstsq(np.c_[X, np.ones(len(X))], t, rcond=None)[0]
    return {"weights": solution[:-1].tolist(), "bias": float(solution[-1]), "loss": loss(solution[:-1], solution[-1], X, t)}


def thresholds(seed, m, digits):
    """Scores rounded to few digits, so that some are equal; the metrics of every rule "score >= one of the scores"."""
    random = np.random.RandomState(seed)
    t = (random.rand(m) < 0.3).astype(int)
    scores = np.round(random.randn(m) + 1.2 * t, digits)
    rules = []
    for threshold in [*np.unique(scores), np.inf]:
        y = (scores >= threshold).astype(int)
        tp, fp = int(np.sum(y & t)), int(np.sum(y & (1 - t)))
        fn, tn = int(np.sum((1 - y) & t)), int(np.sum((1 - y) & (1 - t)))
        rules.append(
            {
                "counts": [tp, fp, tn, fn],
                "accuracy": float(np.mean(y == t)),
                "balancedAccuracy": float((np.mean(y[t == 1] == 1) + np.mean(y[t == 0] == 0)) / 2),
                "f1": 0.0 if tp == 0 else 2 / (1 / (tp / (tp + fp)) + 1 / (tp / (tp + fn))),
            }
        )
    return {"scores": scores.tolist(), "labels": t.tolist(), "rules": rules}


def polynomial(X, degree, interaction_only):
    combine = itertools.combinations if interaction_only else itertools.combinations_with_replacement
    columns = [c for n in range(1, degree + 1) for c in combine(range(X.shape[1]), n)]
    return {
        "degree": degree,
        "interactionOnly": interaction_only,
        "X": X.T.tolist(),
        "values": [np.prod(X[:, c], axis=1).tolist() for c in columns],
    }


def symmetric(seed, n, rank):
    random = np.random.RandomState(seed)
    A = random.randn(n, rank)
    A = A @ A.T if rank < n else random.randn(n, n)
    A = (A + A.T) / 2
    return {"A": A.tolist(), "values": np.linalg.eigvalsh(A)[::-1].tolist()}


X, t = flowers()
standard = (X - X.mean(axis=0)) / X.std(axis=0)
uci = X.copy()
uci[37] = [4.9, 1.5]  # UCI's file has 4.9, 3.1, 1.5, 0.1 here, Fisher's paper 4.9, 3.6, 1.4, 0.1
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
xor = np.array([0, 1, 1, 0])
phi = np.c_[corners, corners[:, 0] * corners[:, 1]]
signs = 2 * t - 1
limit = stability(X)["limit"]


def every(step, run):
    """The losses and points after every so many epochs only."""
    return {**run, "every": step, "losses": run["losses"][::step], "path": run["path"][step - 1 :: step]}


write(
    {
        "batch": {"raw": batch(X, signs, 0.02, EPOCHS), "standardised": batch(standard, signs, 0.5, EPOCHS)},
        "online": {
            "fixed": online(standard, signs, 0.01, EPOCHS),
            "shuffled": online(standard, signs, 0.01, EPOCHS, seed=1),
        },
        "limits": {
            "raw": stability(X),
            "standardised": stability(standard),
            "rawUCI": stability(uci),
            "standardisedUCI": stability((uci - uci.mean(axis=0)) / uci.std(axis=0)),
            "xorFeatures": stability(phi),
        },
        "atTheLimit": {
            name: {"first": run["losses"][0], "last": digits(run["losses"][-1])}
            for name, run in [(f"{share}", batch(X, signs, share * limit, 2000)) for share in (0.99, 1.01)]
        },
        "floors": {
            "iris": floor(X, signs),
            "irisStandardised": floor(standard, signs),
            "irisLabels": floor(X, t),
            "xor": floor(corners, xor),
            "xorFeatures": floor(phi, xor),
            "dependentFeature": floor(np.c_[X, X[:, 0] + 5.3 * X[:, 1]], t),
        "repeatedFeature": floor(np.c_[X[:, 0], X[:, 0]], t),
        },
        "xor": {"batch": every(40, batch(phi, xor, 0.8, 400)), "online": every(40, online(phi, xor, 0.3, 400))},
        "thresholds": [thresholds(seed, m, digits) for seed, m, digits in [(1, 40, 1), (2, 60, 2), (3, 25, 0)]],
        "polynomials": [
            polynomial(np.random.RandomState(d).randn(4, d), degree, only)
            for d, degree, only in [(1, 4, False), (2, 3, False), (3, 3, False), (4, 4, True), (2, 2, True)]
        ],
        "symmetric": [symmetric(seed, n, rank) for seed, n, rank in [(1, 1, 1), (2, 2, 2), (3, 5, 5), (4, 12, 12), (5, 8, 3), (6, 40, 40)]],
    }
)
