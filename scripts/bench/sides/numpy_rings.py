"""Note 004's training on the rings (experiment 1) in NumPy, operation by operation as there; without its evaluation.

The argument is a folder with X (2×N, float64) and the labels (int32).
"""

import sys
from pathlib import Path

import numpy as np
from serve import serve

SIZES = (2, 32, 16, 2)
RATE, BATCH, EPOCHS = 1e-2, 128, 50


def relu(Z):
    return np.maximum(0, Z)


def relu_derivative(Z):
    return (Z > 0).astype(Z.dtype)


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def cross_entropy(P, T):
    return -np.mean(np.sum(T * np.log(P + 1e-12), axis=0))


def one_hot(labels, classes):
    T = np.zeros((labels.size, classes))
    T[np.arange(labels.size), labels] = 1
    return T.T


def training(X, T):
    W1, W2, W3 = (np.random.randn(n, m) * np.sqrt(2 / m) for m, n in zip(SIZES, SIZES[1:]))
    b1, b2, b3 = (np.zeros((n, 1)) for n in SIZES[1:])
    N = X.shape[1]
    for _ in range(EPOCHS):
        order = np.random.permutation(N)
        Xs, Ts = X[:, order], T[:, order]
        for i in range(0, N, BATCH):
            A0, t = Xs[:, i : i + BATCH], Ts[:, i : i + BATCH]
            m = A0.shape[1]

            Z1 = W1 @ A0 + b1
            A1 = relu(Z1)
            Z2 = W2 @ A1 + b2
            A2 = relu(Z2)
            P = softmax(W3 @ A2 + b3)
            loss = cross_entropy(P, t)

            dZ3 = P - t
            dW3 = (dZ3 @ A2.T) / m
            db3 = np.sum(dZ3, axis=1, keepdims=True) / m
            dZ2 = (W3.T @ dZ3) * relu_derivative(Z2)
            dW2 = (dZ2 @ A1.T) / m
            db2 = np.sum(dZ2, axis=1, keepdims=True) / m
            dZ1 = (W2.T @ dZ2) * relu_derivative(Z1)
            dW1 = (dZ1 @ A0.T) / m
            db1 = np.sum(dZ1, axis=1, keepdims=True) / m

            W3 -= RATE * dW3
            b3 -= RATE * db3
            W2 -= RATE * dW2
            b2 -= RATE * db2
            W1 -= RATE * dW1
            b1 -= RATE * db1
    return loss


def facts():
    blas = np.show_config(mode="dicts").get("Build Dependencies", {}).get("blas", {})
    return {"NumPy": np.__version__, "NumPy's BLAS": f"{blas.get('name')} {blas.get('version')}"}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    # the note's X is the transpose of points in rows
    X = np.asfortranarray(np.fromfile(folder / "X.f64").reshape(2, -1))
    T = one_hot(np.fromfile(folder / "labels.i32", np.int32), 2)
    np.random.seed(42)
    serve(facts(), {"training": lambda: lambda: training(X, T)})
