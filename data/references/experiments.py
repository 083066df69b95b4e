"""Runs of lib/experiments, for tests/experiments.test.ts, in PyTorch with float64: autograd's gradients, its optimizers.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import copy

import numpy as np
import torch
import torch.nn.functional as F
from common import mnist, normalised, rings, standardised, stream, write
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def linear(random, inputs, outputs, weights, bias):
    """A layer whose weights, then biases are drawn row by row; each a function of (random, inputs, outputs, count)."""
    layer = nn.Linear(inputs, outputs)
    with torch.no_grad():
        drawn = weights(random, inputs, outputs, inputs * outputs)
        layer.weight.copy_(torch.from_numpy(drawn.reshape(outputs, inputs)))
        layer.bias.copy_(torch.from_numpy(bias(random, inputs, outputs, outputs)))
    return layer


def he(random, n, m, count):
    return random.normal(0, np.sqrt(2 / n), count)


def xavier(random, n, m, count):
    return random.normal(0, np.sqrt(2 / (n + m)), count)


def lecun(random, n, m, count):
    return random.normal(0, np.sqrt(1 / n), count)


def default(random, n, m, count):
    return random.uniform(-1 / np.sqrt(n), 1 / np.sqrt(n), count)


def zero(random, n, m, count):
    return np.zeros(count)


# ---- rings-momentum


def rings_run(seed, learningRate=1e-2, momentum=0.9, momentumForm="notes", decayEvery=10, order="shuffled",
              initializer="he", epochs=30):
    X, y = rings(stream(seed, "data"))
    X, y = torch.from_numpy(standardised(X)), torch.from_numpy(y)
    hidden = {"he": he, "xavier": xavier, "pytorch": default}[initializer]
    random = stream(seed, "weights")
    sizes = [(2, 32, hidden), (32, 16, hidden), (16, 2, xavier)]
    fc1, fc2, fc3 = [linear(random, n, m, weights, default) for n, m, weights in sizes]
    model = nn.Sequential(fc1, nn.ReLU(), fc2, nn.ReLU(), fc3)
    shuffling = stream(seed, "order")
    optimizer = torch.optim.SGD(model.parameters(), lr=learningRate, momentum=momentum)
    velocities = [torch.zeros_like(p) for p in model.parameters()]
    rows = []
    for epoch in range(1, epochs + 1):
        rate = learningRate * 0.5 ** ((epoch - 1) // decayEvery if decayEvery else 0)
        for group in optimizer.param_groups:
            group["lr"] = rate
        if order == "shuffled":
            indices = shuffling.permutation(2000)
        else:
            indices = np.arange(2000) if order == "fixed" else np.argsort(y.numpy(), kind="stable")
        losses = []
        for batch in np.split(indices, range(128, 2000, 128)):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            if momentumForm == "pytorch":
                optimizer.step()
            else:
                with torch.no_grad():
                    for p, v in zip(model.parameters(), velocities):
                        v.mul_(momentum).sub_(p.grad, alpha=rate)
                        p.add_(v)
            losses.append((loss.item(), len(batch)))
        with torch.no_grad():
            out = model(X)
        rows.append([
            epoch,
            sum(loss * size for loss, size in losses) / 2000,
            losses[-1][0],
            F.cross_entropy(out, y).item(),
            (out.argmax(1) == y).double().mean().item(),
        ])
    return rows


def cases(run, list_of_settings):
    """[{settings, seed, rows}]"""
    return [{"settings": s, "seed": seed, "rows": run(seed, **s)} for seed, s in list_of_settings]


A = {"learningRate": 1e-2, "momentum": 0, "decayEvery": 0}
B = {"learningRate": 5e-3, "momentum": 0.9, "decayEvery": 0}
C = {"learningRate": 1e-2, "momentum": 0.9, "decayEvery": 10}
rings = cases(rings_run, [
    (0, A),
    (0, B),
    (0, C),
    (1, {**C, "momentumForm": "pytorch"}),
    (2, {**C, "order": "sorted", "initializer": "xavier"}),
    (3, {**C, "order": "fixed", "initializer": "pytorch", "epochs": 5}),
])

# ---- xor-rumelhart, symmetry-rumelhart


class Logistic(nn.Module):
    def __init__(self, random, inputs, hidden, span, direct):
        super().__init__()

        def uniform(random, n, m, count):
            return random.uniform(-span, span, count)

        self.first = linear(random, inputs, hidden, uniform, uniform)
        self.second = linear(random, hidden, 1, uniform, uniform)
        self.direct = None
        if direct:
            self.direct = nn.Parameter(torch.from_numpy(random.uniform(-span, span, inputs)))

    def forward(self, X):
        z = self.second(torch.sigmoid(self.first(X)))
        if self.direct is not None:
            z = z + (X @ self.direct)[:, None]
        return torch.sigmoid(z)


def sweeps_run(seed, X, t, hidden, learningRate, span, maxSweeps, direct=False):
    model = Logistic(stream(seed, "weights"), X.shape[1], hidden, span, direct)
    optimizer = torch.optim.SGD(model.parameters(), lr=learningRate, momentum=0.9)
    sweeps = 0
    while True:
        y = model(X)[:, 0]
        error = 0.5 * ((y - t) ** 2).sum()
        largest = (y - t).abs().max().item()
        if largest < 0.1 or sweeps == maxSweeps:
            return model, [sweeps, int(largest < 0.1), error.item(), largest]
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        sweeps += 1


def xor_run(seed, hidden=2, direct=False, learningRate=0.25, maxSweeps=6000):
    X = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    return [sweeps_run(seed, X, torch.tensor([0.0, 1, 1, 0]), hidden, learningRate, 1, maxSweeps, direct)[1]]


def symmetry_run(seed, maxSweeps=20000):
    bits = np.array([[int(bit) for bit in f"{j:06b}"] for j in range(64)])
    t = (bits == bits[:, ::-1]).all(1).astype(float)
    model, row = sweeps_run(seed, torch.from_numpy(bits.astype(float)), torch.from_numpy(t), 2, 0.1, 0.3, maxSweeps)
    W = model.first.weight.detach().numpy()
    pairs = [(W[:, i], W[:, 5 - i]) for i in range(3)]
    asymmetry = np.max([np.abs(w + v) for w, v in pairs], 0) / np.abs(W).max(1)
    sizes = np.sort(np.array([np.abs(w - v) for w, v in pairs]), 0)
    ratios = sizes / sizes[0]
    return [[*row, asymmetry.max(), ratios[1].mean(), ratios[2].mean()]]


xor = cases(xor_run, [
    *[(seed, {"hidden": 2}) for seed in range(6)],
    *[(seed, {"hidden": 8}) for seed in range(4)],
    *[(seed, {"hidden": 1, "direct": True, "learningRate": 0.5}) for seed in range(3)],
])
symmetry = cases(symmetry_run, [(0, {}), (2, {}), (4, {}), (1, {"maxSweeps": 3000})])

# ---- mnist-mlp, mnist-gradients


def images(prefix, indices):
    pixels, labels = mnist(prefix, indices)
    return torch.from_numpy(normalised(pixels)), torch.from_numpy(labels)


def mnist_model(random, hidden, activation, initializer, batchNorm):
    layers, inputs = [], 784
    for size in hidden:
        layers.append(linear(random, inputs, size, {"he": he, "xavier": xavier, "lecun": lecun}[initializer], zero))
        if batchNorm:
            layers.append(nn.BatchNorm1d(size))
        layers.append({"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}[activation]())
        inputs = size
    layers.append(linear(random, inputs, 10, xavier, zero))
    return nn.Sequential(*layers)


def gradient_rows(epoch, model, X, y):
    model = copy.deepcopy(model).train()
    sums, z = [], X
    for layer in model:
        z = layer(z)
        if isinstance(layer, nn.Linear):
            z.retain_grad()
            sums.append((layer, z))
    model.zero_grad()
    F.cross_entropy(z, y).backward()
    return [
        [epoch, l + 1, layer.weight.grad.norm().item(), len(X) ** 0.5 * z.grad.norm().item(), z.std(correction=0).item()]
        for l, (layer, z) in enumerate(sums)
    ]


def mnist_run(seed, hidden, activation="relu", initializer="he", batchNorm=False, optimizer="adam", learningRate=1e-3,
              momentum=0.9, schedule="constant", decayEvery=2, warmUp=0, batchSize=64, epochs=3, trainingSize=600,
              testSize=200, patience=0, precision="float64"):
    chosen = stream(seed, "samples").permutation(60000)[:trainingSize]
    X, y = images("train", chosen)
    test_X, test_y = images("t10k", np.arange(testSize))
    sizes = [int(size) for size in hidden.split("-")]
    model = mnist_model(stream(seed, "weights"), sizes, activation, initializer, batchNorm)
    steps = {
        "adam": lambda p: torch.optim.Adam(p),
        "rmsprop": lambda p: torch.optim.RMSprop(p),
        "nesterov": lambda p: torch.optim.SGD(p, momentum=momentum, nesterov=True),
        "sgd": lambda p: torch.optim.SGD(p),
    }[optimizer](model.parameters())
    velocities = [torch.zeros_like(p) for p in model.parameters()]
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(
        torch.optim.SGD([torch.zeros(1)], lr=learningRate), factor=0.5, patience=patience)
    order = stream(seed, "order")
    rows, gradients, step = [], gradient_rows(0, model, X, y), 0
    batches = -(-trainingSize // batchSize)
    for epoch in range(1, epochs + 1):
        losses = []
        for batch in np.split(order.permutation(trainingSize), range(batchSize, trainingSize, batchSize)):
            step += 1
            rate = plateau.optimizer.param_groups[0]["lr"] if schedule == "plateau" else learningRate
            if schedule == "step":
                rate *= 0.5 ** ((step - 1) // (decayEvery * batches))
            if step <= warmUp:
                rate *= step / (warmUp + 1)
            for group in steps.param_groups:
                group["lr"] = rate
            model.train()
            loss = F.cross_entropy(model(X[batch]), y[batch])
            steps.zero_grad()
            loss.backward()
            if optimizer == "sgd":
                with torch.no_grad():
                    for p, v in zip(model.parameters(), velocities):
                        v.mul_(momentum).sub_(p.grad, alpha=rate)
                        p.add_(v)
            else:
                steps.step()
            losses.append((loss.item(), len(batch)))
        mean = sum(loss * size for loss, size in losses) / trainingSize
        plateau.step(mean)
        model.eval()
        with torch.no_grad():
            out = model(test_X)
        accuracy = (out.argmax(1) == test_y).double().mean().item()
        rows.append([epoch, mean, F.cross_entropy(out, test_y).item(), accuracy, rate])
        gradients += gradient_rows(epoch, model, X, y)
    return {"epochs": rows, "gradients": gradients}


small = {"batchSize": 64, "epochs": 3, "trainingSize": 600, "testSize": 200, "precision": "float64"}
mnist = cases(mnist_run, [
    (0, {**small, "hidden": "16-12"}),
    (1, {**small, "hidden": "16-12", "activation": "tanh", "initializer": "xavier", "optimizer": "sgd",
         "learningRate": 0.05, "schedule": "step", "decayEvery": 1, "warmUp": 12}),
    (2, {**small, "hidden": "20", "activation": "sigmoid", "initializer": "lecun", "optimizer": "nesterov",
         "learningRate": 0.05}),
    (3, {**small, "hidden": "16-12", "batchNorm": True, "optimizer": "rmsprop"}),
    (4, {**small, "hidden": "12", "optimizer": "sgd", "learningRate": 0.6, "schedule": "plateau", "patience": 0,
         "epochs": 6}),
])

write({
    "numpy": np.__version__,
    "torch": torch.__version__,
    "rings": rings,
    "xor": xor,
    "symmetry": symmetry,
    "mnist": mnist,
})
