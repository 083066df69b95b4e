"""Runs of the experiment contribution, from the same draws, in NumPy, rank correlations by SciPy.

Two rings of 30 points, standardised, a network 2-6-1 with tanh, Glorot's uniform weights, sigmoid output with binary
cross-entropy; full-batch gradient descent; then every parameter moved up and down by itself, set to 0, and steps along
the gradient and along 200 random directions.
"""

import numpy as np
from common import rings, standardised, stream, write, xavier_uniform
from scipy.stats import spearmanr

SAMPLES, HIDDEN = 60, 6


def unpack(w):
    """Weights row by row and bias of the first layer, then of the second: the order of the parameters."""
    h = HIDDEN
    return w[: 2 * h].reshape(h, 2), w[2 * h : 3 * h, None], w[3 * h : 4 * h][None], w[4 * h :][None]


def loss_and_gradient(w, X, t):
    W1, b1, W2, b2 = unpack(w)
    H = np.tanh(W1 @ X + b1)
    z = (W2 @ H + b2)[0]
    loss = np.mean(t * np.logaddexp(0, -z) + (1 - t) * np.logaddexp(0, z))
    D2 = ((np.exp(-np.logaddexp(0, -z)) - t) / SAMPLES)[None]
    D1 = (W2.T @ D2) * (1 - H * H)
    parts = [D1 @ X.T, D1.sum(axis=1), D2 @ H.T, D2.sum(axis=1)]
    return loss, np.concatenate([part.ravel() for part in parts])


def contribution(seed, change=1e-4, trained=0):
    X, t = rings(stream(seed, "data"), SAMPLES)
    X = standardised(X).T
    weights = stream(seed, "weights")
    W1, W2 = xavier_uniform(weights, 2, HIDDEN), xavier_uniform(weights, HIDDEN, 1)
    w = np.concatenate([W1.ravel(), np.zeros(HIDDEN), W2.ravel(), np.zeros(1)])
    for _ in range(trained):
        w = w - loss_and_gradient(w, X, t)[1]
    start, g = loss_and_gradient(w, X, t)

    def change_of_loss(step):
        return loss_and_gradient(w + step, X, t)[0] - start

    units = np.eye(w.size)
    predicted = np.array([[gi * change, -gi * change] for gi in g])
    measured = np.array([[change_of_loss(change * e), change_of_loss(-change * e)] for e in units])
    effect = np.abs(measured).mean(axis=1)
    removal = [abs(change_of_loss(-wi * e)) for wi, e in zip(w, units)]

    def along(direction):
        return change_of_loss(change * direction / np.linalg.norm(direction))

    directions = stream(seed, "directions")
    rivals = [directions.randn(w.size) for _ in range(200)]
    against = along(-g)
    return [
        float(np.mean(np.sign(predicted) == np.sign(measured))),
        float(np.median(np.abs((measured - predicted) / measured))),
        float(spearmanr(np.abs(g), effect)[0]),
        int(np.argmax(np.abs(g)) == np.argmax(effect)),
        int(all(against < along(d) and against < along(-d) for d in rivals)),
        float(spearmanr(np.abs(g), removal)[0]),
    ]


def case(seed, **settings):
    return {"settings": settings, "seed": seed, "row": contribution(seed, **settings)}


write(
    {
        "runs": [
            case(100, change=1.0),
            case(100, change=0.1, trained=20),
            case(101, change=0.1),
            case(102, change=0.01, trained=5),
        ]
    }
)
