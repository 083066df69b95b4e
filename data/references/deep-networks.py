"""Runs of lib/experiments/deep-gradients, deep-training and nielsen-gradients, for tests/deep-networks.test.ts: PyTorch's
autograd and optimizers in float64.

The draws are those of lib/random: stream(name) of seed s is NumPy's RandomState([s, *name.encode()]).
"""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from common import mnist, normalised, stream, write

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

DRAWS = {
    "uniform": lambda random, n, m: random.uniform(-np.sqrt(1 / n), np.sqrt(1 / n), (m, n)),
    "lecun": lambda random, n, m: np.sqrt(1 / n) * random.randn(m, n),
    "xavier": lambda random, n, m: np.sqrt(2 / (n + m)) * random.randn(m, n),
    "he": lambda random, n, m: np.sqrt(2 / n) * random.randn(m, n),
    "small": lambda random, n, m: 0.01 * random.randn(m, n),
}
ACTIVATIONS = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky relu": lambda: nn.LeakyReLU(0.01),
    "gelu": nn.GELU,
}


def images(prefix, indices):
    pixels, labels = mnist(prefix, indices)
    return torch.tensor(normalised(pixels)), torch.tensor(labels)


def linear(weights, bias):
    layer = nn.Linear(weights.shape[1], weights.shape[0])
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(weights))
        layer.bias.copy_(torch.tensor(bias))
    return layer


class Hidden(nn.Module):
    def __init__(self, random, inputs, around, width=32, activation="sigmoid", initializer="uniform", gain=1,
                 normalization="none"):
        super().__init__()
        self.sums = linear(gain * DRAWS[initializer](random, inputs, width), np.zeros(width))
        self.normalize = {"none": nn.Identity, "batch": nn.BatchNorm1d, "layer": nn.LayerNorm}[normalization](width)
        self.activation = ACTIVATIONS[activation]()
        self.around = around

    def forward(self, x):
        self.z = self.sums(x)
        self.active = self.normalize(self.z)
        a = self.activation(self.active)
        return x + a if self.around else a


def network(random, depth=20, width=32, residual=False, **rest):
    layers = [Hidden(random, 784, False, width, **rest)]
    layers += [Hidden(random, width, residual, width, **rest) for _ in range(depth - 1)]
    return nn.Sequential(*layers, linear(DRAWS["xavier"](random, width, 10), np.zeros(10)))


def gradients_run(seed, images_=200, **settings):
    X, y = images("train", stream(seed, "samples").permutation(60000)[:images_])
    model = network(stream(seed, "weights"), **settings)
    output = model(X)
    hidden = list(model)[:-1]
    for layer in hidden:
        layer.z.retain_grad()
    F.cross_entropy(output, y).backward()
    rows = []
    largest = 0.25 if settings.get("activation", "sigmoid") == "sigmoid" else 1
    for l, layer in enumerate(hidden):
        v = layer.active.detach().requires_grad_()
        slope = torch.autograd.grad(layer.activation(v).sum(), v)[0]
        rows.append([
            l + 1,
            len(X) ** 0.5 * layer.z.grad.norm().item(),
            layer.sums.weight.grad.norm().item(),
            layer.z.std(correction=0).item(),
            slope.mean().item(),
            slope.square().mean().sqrt().item(),
            slope.log().mean().exp().item(),
            (slope < largest / 10).double().mean().item(),
        ])
    return rows


def training_run(seed, optimizer="sgd", learningRate=0.1, batchSize=50, epochs=5, trainingSize=2000, testSize=1000,
                 precision="float64", **settings):
    X, y = images("train", stream(seed, "samples").permutation(60000)[:trainingSize])
    test_X, test_y = images("t10k", np.arange(testSize))
    model = network(stream(seed, "weights"), **settings)
    rule = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](model.parameters(), lr=learningRate)
    order, rows = stream(seed, "order"), []
    for epoch in range(1, epochs + 1):
        total = 0
        model.train()
        for batch in np.split(order.permutation(trainingSize), range(batchSize, trainingSize, batchSize)):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            rule.zero_grad()
            loss.backward()
            rule.step()
            total += len(batch) * loss.item()
        model.eval()
        with torch.no_grad():
            right = (model(test_X).argmax(1) == test_y).double().mean().item()
        rows.append([epoch, total / trainingSize, right])
    return rows


def nielsen_run(seed, hiddenLayers=2, width=30, images=1000):
    pixels, labels = mnist("train", np.arange(images))
    random, layers, inputs = stream(seed, "weights"), [], 784
    for size in [width] * hiddenLayers + [10]:
        weights = np.sqrt(1 / inputs) * random.randn(size, inputs)
        layers += [linear(weights, random.randn(size)), nn.Sigmoid()]
        inputs = size
    output = nn.Sequential(*layers)(torch.tensor(pixels))
    F.binary_cross_entropy(output, F.one_hot(torch.tensor(labels), 10).double(), reduction="sum").div(images).backward()
    dense = layers[:-2:2]
    return [[l + 1, layer.bias.grad.norm().item()] for l, layer in enumerate(dense)]


def cases(run, settings, rename=None):
    rename = rename or {}
    return [
        {"settings": one, "seed": seed, "rows": run(seed, **{rename.get(key, key): v for key, v in one.items()})}
        for seed, one in settings
    ]


small = {"batchSize": 50, "epochs": 2, "trainingSize": 230, "testSize": 150, "precision": "float64"}
write({
    "numpy": np.__version__,
    "torch": torch.__version__,
    "gradients": cases(gradients_run, [
        (0, {"depth": 12}),
        (1, {"depth": 6, "width": 20, "activation": "tanh", "initializer": "lecun", "gain": 2, "images": 60}),
        (2, {"depth": 8, "activation": "relu", "initializer": "he", "images": 50}),
        (3, {"depth": 5, "activation": "leaky relu", "initializer": "xavier", "normalization": "batch", "images": 50}),
        (4, {"depth": 5, "activation": "sigmoid", "residual": True, "images": 50}),
        (5, {"depth": 4, "activation": "relu", "initializer": "small", "normalization": "layer", "residual": True,
             "images": 30}),
    ], {"images": "images_"}),
    "training": cases(training_run, [
        (0, {**small, "depth": 3, "activation": "relu", "initializer": "he"}),
        (1, {**small, "depth": 5, "activation": "sigmoid", "normalization": "batch", "residual": True}),
        (2, {**small, "depth": 4, "activation": "tanh", "initializer": "xavier", "optimizer": "adam",
             "learningRate": 0.01}),
    ]),
    "nielsen": cases(nielsen_run, [
        (0, {"images": 200}), (1, {"hiddenLayers": 4, "images": 150}), (2, {"hiddenLayers": 3, "width": 8, "images": 60})
    ]),
})
