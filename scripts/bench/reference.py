"""Times the same work in NumPy and PyTorch. Reads names of works, one a line; answers each with its seconds."""

import sys
import time

import numpy as np

try:
    import torch
except ImportError:
    torch = None

rng = np.random.default_rng(0)


def product(dtype):
    A, B = (rng.standard_normal(shape).astype(dtype) for shape in ((256, 784), (784, 128)))
    return lambda: A @ B


def relu_network(sizes, X, labels, batch, epochs, update):
    """Mini-batch training of a ReLU network with softmax cross-entropy; samples are columns."""
    dtype = X.dtype
    layers = [
        [(rng.standard_normal((o, i)) * np.sqrt(2 / i)).astype(dtype), np.zeros((o, 1), dtype)]
        for i, o in zip(sizes, sizes[1:])
    ]
    T = np.eye(sizes[-1], dtype=dtype)[labels].T
    state, step = {}, 0
    for _ in range(epochs):
        order = rng.permutation(X.shape[1])
        for start in range(0, X.shape[1], batch):
            chosen = order[start : start + batch]
            A = [X[:, chosen]]
            for W, b in layers[:-1]:
                A.append(np.maximum(0, W @ A[-1] + b))
            Z = layers[-1][0] @ A[-1] + layers[-1][1]
            P = np.exp(Z - Z.max(axis=0))
            P /= P.sum(axis=0)
            dZ = (P - T[:, chosen]) / len(chosen)
            step += 1
            for k in range(len(layers) - 1, -1, -1):
                W, b = layers[k]
                gradients = dZ @ A[k].T, dZ.sum(axis=1, keepdims=True)
                if k:
                    dZ = (W.T @ dZ) * (A[k] > 0)
                update(layers[k], gradients, state.setdefault(k, {}), step)


def sgd(layer, gradients, state, step):
    for theta, g in zip(layer, gradients):
        theta -= 1e-2 * g


def adam(layer, gradients, state, step):
    for n, (theta, g) in enumerate(zip(layer, gradients)):
        m, v = state.setdefault(n, [np.zeros_like(theta), np.zeros_like(theta)])
        m += 0.1 * (g - m)
        v += 0.001 * (g * g - v)
        theta -= 1e-3 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)


def mnist_like():
    """Random numbers in the shape of MNIST: speed does not depend on what is in the images."""
    return rng.standard_normal((784, 60000)).astype(np.float32), rng.integers(0, 10, 60000)


def torch_network(sizes, X, labels, batch, epochs, optimizer):
    parts = []
    for i, o in zip(sizes, sizes[1:]):
        parts += [torch.nn.Linear(i, o, dtype=X.dtype), torch.nn.ReLU()]
    model = torch.nn.Sequential(*parts[:-1])
    rule = optimizer(model.parameters())
    loss = torch.nn.CrossEntropyLoss()
    for _ in range(epochs):
        order = torch.randperm(len(X))
        for start in range(0, len(X), batch):
            chosen = order[start : start + batch]
            rule.zero_grad()
            loss(model(X[chosen]), labels[chosen]).backward()
            rule.step()


def works():
    rings = rng.standard_normal((2, 2000)), rng.integers(0, 2, 2000)
    images = mnist_like()
    yield "numpy product float64", product(np.float64)
    yield "numpy product float32", product(np.float32)
    yield "numpy rings", lambda: relu_network([2, 32, 16, 2], *rings, 128, 50, sgd)
    yield "numpy mnist", lambda: relu_network([784, 256, 128, 10], *images, 128, 1, adam)
    if torch is None:
        return
    for name, dtype in (("float64", torch.float64), ("float32", torch.float32)):
        A, B = torch.randn(256, 784, dtype=dtype), torch.randn(784, 128, dtype=dtype)
        yield f"torch product {name}", lambda A=A, B=B: A @ B
    inputs, classes = torch.from_numpy(rings[0].T.copy()), torch.from_numpy(rings[1])
    pictures, digits = torch.from_numpy(images[0].T.copy()), torch.from_numpy(images[1])
    descent = lambda params: torch.optim.SGD(params, lr=1e-2)
    yield "torch rings", lambda: torch_network([2, 32, 16, 2], inputs, classes, 128, 50, descent)
    yield "torch mnist", lambda: torch_network([784, 256, 128, 10], pictures, digits, 128, 1, torch.optim.Adam)


known = dict(works())
versions = f"NumPy {np.__version__}" + (f", PyTorch {torch.__version__}" if torch else "")
print(versions, flush=True)
for line in sys.stdin:
    name = line.strip()
    if name not in known:
        print("unknown", flush=True)
        continue
    repeats = 200 if "product" in name else 1
    start = time.perf_counter()
    for _ in range(repeats):
        known[name]()
    print((time.perf_counter() - start) / repeats, flush=True)
