"""Runs of the experiments saturated-output and class-weights, from the same draws, in NumPy.

saturated-output: two rings of 100 points, standardised (population standard deviation with 1e-8 added), a network
2-16-1 with tanh, weights from Glorot's uniform distribution, sigmoid output, batches of 20, plain gradient descent
until 99 % of the samples are right. class-weights: two normal clouds, a sigmoid unit from zero weights, gradient
descent with momentum 0.9 over all samples. Streams are RandomState([seed, *name]).
"""

import numpy as np
from common import rings, standardised, stream, write, xavier_uniform


def sigmoid(Z):
    return np.exp(-np.logaddexp(0, -Z))


def saturated_output(seed, loss="cross-entropy", saturation=0, learningRate=1, mostEpochs=2000):
    X, t = rings(stream(seed, "data"), 200)
    X = standardised(X).T
    weights = stream(seed, "weights")
    W1, b1 = xavier_uniform(weights, 2, 16), np.zeros((16, 1))
    W2, b2 = xavier_uniform(weights, 16, 1), np.full((1, 1), float(saturation))
    order = stream(seed, "order")

    def output(A):
        H = np.tanh(W1 @ A + b1)
        return H, W2 @ H + b2

    def accuracy():
        return np.mean((output(X)[1][0] > 0) == (t == 1))

    epochs = 0
    while accuracy() < 0.99 and epochs < mostEpochs:
        permutation = order.permutation(200)
        for start in range(0, 200, 20):
            batch = permutation[start : start + 20]
            A = X[:, batch]
            H, Z = output(A)
            a = sigmoid(Z)
            D2 = (a - t[batch]) / 20
            if loss == "squared error":
                D2 = D2 * a * (1 - a)
            D1 = (W2.T @ D2) * (1 - H * H)
            W2, b2 = W2 - learningRate * D2 @ H.T, b2 - learningRate * D2.sum(axis=1, keepdims=True)
            W1, b1 = W1 - learningRate * D1 @ A.T, b1 - learningRate * D1.sum(axis=1, keepdims=True)
        epochs += 1
    solved = accuracy() >= 0.99
    error = np.mean(np.abs(sigmoid(output(X)[1][0]) - t))
    return [epochs if solved else mostEpochs, int(solved), float(accuracy()), float(error)]


def two_normals(random, samples):
    X = random.randn(2 * samples).reshape(2, samples)
    positives = round(0.05 * samples)
    X[:, :positives] += 2 / np.sqrt(2)
    return X, (np.arange(samples) < positives).astype(float)


def class_weights(seed, positiveWeight=1, threshold=0.5):
    X, t = two_normals(stream(seed, "training"), 2000)
    theta, velocity = np.zeros(3), np.zeros(3)
    inputs = np.vstack([X, np.ones(2000)])
    for _ in range(300):
        a = sigmoid(theta @ inputs)
        gradient = inputs @ ((1 - t) * a - positiveWeight * t * (1 - a)) / 2000
        velocity = 0.9 * velocity - gradient
        theta = theta + velocity
    X, t = two_normals(stream(seed, "test"), 20000)
    answer = theta @ np.vstack([X, np.ones(20000)]) >= np.log(threshold / (1 - threshold))
    found = np.sum(answer & (t == 1))
    shares = [found / 1000, found / np.sum(answer), np.mean(answer == (t == 1))]
    return [float(x) for x in [*shares, *theta]]


def case(run, seed, **settings):
    return {"settings": settings, "seed": seed, "row": run(seed, **settings)}


write(
    {
        "saturatedOutput": [
            case(saturated_output, 100),
            case(saturated_output, 100, loss="squared error"),
            case(saturated_output, 101, saturation=6, learningRate=0.3),
            case(saturated_output, 101, saturation=6, loss="squared error"),
            case(saturated_output, 102, saturation=8, loss="squared error", mostEpochs=3),
        ],
        "classWeights": [
            case(class_weights, 100),
            case(class_weights, 100, positiveWeight=19),
            case(class_weights, 101, threshold=0.05),
        ],
    }
)
