"""Gradients and 50 optimizer steps of small networks in PyTorch float64, for tests/layers, optimizers and training.

Samples are columns in the JSON, rows in PyTorch. The inputs stand in the JSON too, so that only arithmetic is compared.
"""

import numpy as np
import torch
from common import write

torch.set_default_dtype(torch.float64)
STEPS = 50
RATES = {"sgd": 0.1, "momentum": 0.05, "adam": 0.02}


def network(kind):
    activation = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid}[kind]
    return torch.nn.Sequential(torch.nn.Linear(3, 4), activation(), torch.nn.Linear(4, 2))


def set_parameters(model, values):
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), values):
            parameter.copy_(torch.tensor(value).reshape(parameter.shape))


def as_matrices(tensors):
    """Weights as they are (outputs × inputs), biases as columns."""
    return [t.detach().reshape(len(t), -1).tolist() for t in tensors]


def draw(seed):
    random = np.random.RandomState(seed)
    parameters = [random.randn(4, 3), random.randn(4, 1), random.randn(2, 4), random.randn(2, 1)]
    return [p.tolist() for p in parameters], random.randn(3, 5)


def loss_of(kind, output, target):
    if kind == "softmaxCrossEntropy":
        return torch.nn.functional.cross_entropy(output, target)
    return ((output - target) ** 2).sum() / 2 / len(output)


def targets(kind):
    """Five samples: class probabilities or numbers, as columns."""
    if kind == "softmaxCrossEntropy":
        return np.array([[1, 0, 0, 1, 0.25], [0, 1, 1, 0, 0.75]])
    return np.random.RandomState(7).randn(2, 5)


def gradients(activation, loss, seed):
    values, X = draw(seed)
    T = targets(loss)
    model = network(activation)
    set_parameters(model, values)
    x = torch.tensor(X.T.copy(), requires_grad=True)
    E = loss_of(loss, model(x), torch.tensor(T.T.copy()))
    E.backward()
    return {
        "activation": activation,
        "loss": loss,
        "parameters": values,
        "X": X.tolist(),
        "T": T.tolist(),
        "value": E.item(),
        "gradients": as_matrices([p.grad for p in model.parameters()]),
        "dX": x.grad.T.tolist(),
    }


def path(name):
    """The loss before each step and the parameters after some of them, on the tanh network, all samples at once."""
    values, X = draw(1)
    T = targets("softmaxCrossEntropy")
    model = network("tanh")
    set_parameters(model, values)
    optimizer = {
        "sgd": lambda p: torch.optim.SGD(p, lr=RATES["sgd"]),
        "momentum": lambda p: torch.optim.SGD(p, lr=RATES["momentum"], momentum=0.9),
        "adam": lambda p: torch.optim.Adam(p, lr=RATES["adam"]),
    }[name](model.parameters())
    x, t = torch.tensor(X.T.copy()), torch.tensor(T.T.copy())
    losses, parameters = [], {}
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        E = loss_of("softmaxCrossEntropy", model(x), t)
        E.backward()
        optimizer.step()
        losses.append(E.item())
        if step in (1, 2, 10, STEPS):
            parameters[str(step)] = as_matrices(model.parameters())
    return {"rate": RATES[name], "losses": losses, "parameters": parameters}


def mini_batches():
    """Four epochs of SGD in batches of two; of five samples the last batch has one. One permutation for each epoch."""
    values, X = draw(1)
    T = targets("softmaxCrossEntropy")
    model = network("tanh")
    set_parameters(model, values)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    random = np.random.RandomState(3)
    losses = []
    for _ in range(4):
        order = random.permutation(5)
        for start in range(0, 5, 2):
            batch = order[start : start + 2]
            optimizer.zero_grad()
            E = loss_of("softmaxCrossEntropy", model(torch.tensor(X.T[batch])), torch.tensor(T.T[batch]))
            E.backward()
            optimizer.step()
            losses.append(E.item())
    return {"rate": 0.1, "batchSize": 2, "seed": 3, "losses": losses, "parameters": as_matrices(model.parameters())}


write(
    {
        "made by": f"data/references/layers.py, torch {torch.__version__}, numpy {np.__version__}",
        "gradients": [
            gradients(activation, loss, seed)
            for seed, (activation, loss) in enumerate(
                [
                    ("tanh", "softmaxCrossEntropy"),
                    ("relu", "softmaxCrossEntropy"),
                    ("sigmoid", "meanSquaredError"),
                    ("relu", "meanSquaredError"),
                ],
                start=1,
            )
        ],
        "paths": {name: path(name) for name in RATES},
        "miniBatches": mini_batches(),
    }
)
