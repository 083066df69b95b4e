"""Batch and layer normalization, dropout and residual networks in PyTorch float64: outputs, gradients, running
statistics and training steps, for tests/layers-references.

A network is a nested list, e.g. ["residual", ["serial", ["dense", 2, 3], ["tanh"]], ["dense", 2, 3]]. Samples are
columns in the JSON, rows in PyTorch. Masks of dropout are drawn by NumPy from the seed that stands beside them.
"""

import numpy as np
import torch
import torch.nn.functional as F
from common import write

torch.set_default_dtype(torch.float64)
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}


def draw(layer, random):
    """Parameters of generic size; weights small enough for deep networks."""
    kind, *args = layer
    if kind == "dense":
        inputs, outputs = args
        return {"weights": random.randn(outputs, inputs) / np.sqrt(inputs), "bias": 0.3 * random.randn(outputs, 1)}
    if kind in ("batchNorm", "layerNorm"):
        learned = {"gain": 1 + 0.3 * random.randn(args[0], 1), "shift": 0.5 * random.randn(args[0], 1)}
        running = {"runningMean": random.randn(args[0], 1), "runningVariance": 0.5 + random.rand(args[0], 1)}
        return {**learned, **running} if kind == "batchNorm" else learned
    if kind == "serial":
        return [draw(inner, random) for inner in args]
    if kind == "residual":
        branch, shortcut = args
        return {"branch": draw(branch, random), "shortcut": draw(shortcut, random) if shortcut else {}}
    return {}


def over(tree, f, path=""):
    """f(leaf, name) at every leaf of a tree of parameters."""
    if isinstance(tree, dict):
        return {name: over(branch, f, name) for name, branch in tree.items()}
    if isinstance(tree, list):
        return [over(branch, f) for branch in tree]
    return f(tree, path)


def tensors(tree):
    """Leaves as tensors, of which PyTorch differentiates all but the running statistics, its buffers."""
    leaf = lambda value, name: torch.tensor(value, requires_grad=not name.startswith("running"))
    return over(tree, leaf)


def arrays(tree):
    return over(tree, lambda value, _: value.detach().numpy().copy())


def lists(tree):
    return over(tree, lambda value, _: value.tolist())


def gradients(tree):
    return over(tree, lambda value, _: (torch.zeros_like(value) if value.grad is None else value.grad).tolist())


def forward(layer, params, A, random, training):
    """The output for columns A. In training batch_norm moves the running statistics in place."""
    kind, *args = layer
    if kind == "dense":
        return F.linear(A.T, params["weights"], params["bias"][:, 0]).T
    if kind == "batchNorm":
        mean, variance, gain, shift = (
            params[name].view(-1) for name in ("runningMean", "runningVariance", "gain", "shift")
        )
        return F.batch_norm(A.T, mean, variance, gain, shift, training, momentum=0.1, eps=1e-5).T
    if kind == "layerNorm":
        return F.layer_norm(A.T, (args[0],), params["gain"][:, 0], params["shift"][:, 0], 1e-5).T
    if kind == "dropout":
        if not training:
            return F.dropout(A, args[0], training=False)
        return A * torch.tensor((random.rand(*A.shape) >= args[0]) / (1 - args[0]))
    if kind == "serial":
        for inner, own in zip(args, params):
            A = forward(inner, own, A, random, training)
        return A
    if kind == "residual":
        branch, shortcut = args
        around = forward(branch, params["branch"], A, random, training)
        return around + (forward(shortcut, params["shortcut"], A, random, training) if shortcut else A)
    return ACTIVATIONS[kind](A)


def differentiate(layer, params, X, R, seed, training):
    """Output, and the gradients of Σ R ⊙ output; afterwards params holds the moved running statistics."""
    x = torch.tensor(X, requires_grad=True)
    output = forward(layer, params, x, np.random.RandomState(seed), training)
    (output * torch.tensor(R)).sum().backward()
    return {"output": output.tolist(), "gradients": gradients(params), "dX": x.grad.tolist()}


def case(name, layer, X, seed):
    random = np.random.RandomState(seed)
    start = draw(layer, random)
    X = np.asarray(X if X is not None else random.randn(3, 5))
    rows = forward(layer, tensors(start), torch.tensor(X), np.random.RandomState(seed), True).shape[0]
    R = random.randn(rows, X.shape[1])
    params = tensors(start)
    training = differentiate(layer, params, X, R, seed, True)
    observed = arrays(params)
    inference = differentiate(layer, tensors(observed), X, R, seed, False)
    given = {"name": name, "layer": layer, "seed": seed, "parameters": lists(start), "X": X.tolist(), "R": R.tolist()}
    return {**given, "training": training, "observed": lists(observed), "inference": inference}


def block(width):
    """Seven layers: a residual block with both normalizations and dropout."""
    inside = [["dense", width, width], ["batchNorm", width], ["relu"], ["dropout", 0.2], ["dense", width, width]]
    return ["residual", ["serial", *inside, ["layerNorm", width], ["tanh"]], None]


NESTED = [
    "serial",
    ["dense", 3, 4],
    ["batchNorm", 4],
    ["tanh"],
    ["residual", ["serial", ["dense", 4, 4], ["layerNorm", 4], ["relu"], ["dropout", 0.25], ["dense", 4, 4]], None],
    ["residual", ["serial", ["residual", ["serial", ["batchNorm", 4], ["sigmoid"]], None], ["dense", 4, 2]], ["dense", 4, 2]],
]
CONSTANT_ROW = [[0.5, -1.0, 2.0, 0.25, 1.5], [2.0] * 5, [1.0, 1.0, 1.0, 1.0, 1.0078125]]

CASES = [
    ("batch normalization", ["batchNorm", 3], None),
    ("batch normalization of two samples", ["batchNorm", 2], [[1.0, 4.0], [-2.0, 0.5]]),
    ("batch normalization of a constant and an almost constant feature", ["batchNorm", 3], CONSTANT_ROW),
    ("layer normalization", ["layerNorm", 3], None),
    ("layer normalization of a constant and an almost constant sample", ["layerNorm", 5], np.transpose(CONSTANT_ROW)),
    ("dropout", ["dropout", 0.4], None),
    ("a residual layer", ["residual", ["serial", ["dense", 3, 3], ["tanh"]], None], None),
    ("a residual layer with a projection", ["residual", ["serial", ["dense", 3, 2], ["tanh"]], ["dense", 3, 2]], None),
    ("a nested network", NESTED, None),
    ("a network of 51 layers", ["serial", ["dense", 3, 4], *[block(4) for _ in range(7)], ["dense", 4, 2]], None),
]


def running_statistics():
    """The running statistics after each of six batches of different sizes."""
    random = np.random.RandomState(11)
    params = tensors({**draw(["batchNorm", 2], random), "runningMean": np.zeros((2, 1)), "runningVariance": np.ones((2, 1))})
    steps = []
    for m in (5, 3, 2, 8, 4, 7):
        X = 3 * random.randn(2, m) + [[1], [-20]]
        forward(["batchNorm", 2], params, torch.tensor(X), None, True)
        steps.append({"X": X.tolist(), **{name: params[name].tolist() for name in ("runningMean", "runningVariance")}})
    return steps


def training():
    """Three epochs of SGD with momentum in batches of four of eleven samples; one generator orders and drops."""
    layer = ["serial", ["dense", 2, 5], ["batchNorm", 5], ["relu"], ["dropout", 0.3], block(5), ["dense", 5, 3]]
    random = np.random.RandomState(12)
    start = draw(layer, random)
    X, labels = random.randn(2, 11), random.randint(0, 3, 11)
    params = tensors(start)
    learned = []
    over(params, lambda value, _: learned.append(value) if value.requires_grad else None)
    optimizer = torch.optim.SGD(learned, lr=0.05, momentum=0.9)
    random = np.random.RandomState(13)
    losses = []
    for _ in range(3):
        order = random.permutation(11)
        for at in range(0, 11, 4):
            batch = order[at : at + 4]
            optimizer.zero_grad()
            output = forward(layer, params, torch.tensor(X[:, batch]), random, True)
            loss = F.cross_entropy(output.T, torch.tensor(labels[batch]))
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    trained = {"losses": losses, "parameters": lists(params)}
    trained["inference"] = forward(layer, params, torch.tensor(X), None, False).tolist()
    given = {"layer": layer, "seed": 13, "rate": 0.05, "momentum": 0.9, "epochs": 3, "batchSize": 4}
    return {**given, "start": lists(start), "X": X.tolist(), "labels": labels.tolist(), **trained}


write(
    {
        "made by": f"data/references/normalization.py, torch {torch.__version__}, numpy {np.__version__}",
        "cases": [case(name, layer, X, seed) for seed, (name, layer, X) in enumerate(CASES, start=1)],
        "runningStatistics": running_statistics(),
        "training": training(),
    }
)
