"""The maximum-likelihood logistic regression of Iris versicolor and virginica on petal length and width, standardised, by
Newton's method with 40 digits, for notebook 05 and tests/logistic-regression.test.ts."""

import csv

import mpmath
from common import ROOT, write
from mpmath import mp, mpf

mp.dps = 40
with (ROOT / "data" / "iris.csv").open() as file:
    rows = list(csv.reader(file))[51:]
assert [row[4] for row in rows] == ["versicolor"] * 50 + ["virginica"] * 50
targets = [0] * 50 + [1] * 50


def standardised(values):
    mean = mpmath.fsum(values) / len(values)
    deviation = mpmath.sqrt(mpmath.fsum((x - mean) ** 2 for x in values) / len(values))
    return [(x - mean) / (deviation + mpf("1e-8")) for x in values]


length, width = (standardised([mpf(row[k]) for row in rows]) for k in (2, 3))
samples = [(x, y, mpf(1)) for x, y in zip(length, width)]


def probability(theta, sample):
    return 1 / (1 + mpmath.exp(-mpmath.fdot(theta, sample)))


def loss(theta):
    terms = []
    for sample, t in zip(samples, targets):
        p = probability(theta, sample)
        terms.append(-mpmath.log(p if t else 1 - p))
    return mpmath.fsum(terms) / len(terms)


def gradient(theta):
    errors = [probability(theta, sample) - t for sample, t in zip(samples, targets)]
    return [mpmath.fsum(e * s[k] for e, s in zip(errors, samples)) / len(samples) for k in range(3)]


theta = [mpf(0)] * 3
start = {"loss": float(loss(theta)), "gradient": [float(g) for g in gradient(theta)]}
for _ in range(60):
    p = [probability(theta, sample) for sample in samples]
    H = mpmath.matrix(3, 3)
    for i in range(3):
        for j in range(3):
            H[i, j] = mpmath.fsum(q * (1 - q) * s[i] * s[j] for q, s in zip(p, samples)) / len(samples)
    step = mpmath.lu_solve(H, mpmath.matrix(gradient(theta)))
    theta = [a - b for a, b in zip(theta, step)]
assert max(abs(g) for g in gradient(theta)) < mpf(10) ** -35
right = sum((probability(theta, s) >= 0.5) == (t == 1) for s, t in zip(samples, targets))
eigenvalues = sorted((float(x) for x in mpmath.eigsy(H, eigvals_only=True)), reverse=True)
write(
    {
        "mpmath": mpmath.__version__,
        "digits": mp.dps,
        "atZero": start,
        "weights": [float(x) for x in theta[:2]],
        "bias": float(theta[2]),
        "loss": float(loss(theta)),
        "right": int(right),
        "hessianEigenvalues": eigenvalues,
    }
)
