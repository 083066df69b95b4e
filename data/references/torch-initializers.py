"""Weights by torch.nn.init and nn.Linear from PyTorch's CPU generator, for tests/torch-initializers.test.ts.

Weights of a convolution are flattened to a row for each output channel. All of a case are drawn one after another from
one seed, so that a wrong number of draws shows in what follows.
"""

import torch
from common import write
from torch import nn

DTYPES = {"float32": torch.float32, "float64": torch.float64}
SHAPES = [[3, 5], [8, 6], [6, 8], [7, 3, 2, 2], [4, 5, 3], [4, 10]]
INITIALIZERS = {
    "kaimingNormal": lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu"),
    "kaimingNormalLeakyFanOut": lambda w: nn.init.kaiming_normal_(w, a=0.2, mode="fan_out"),
    "kaimingNormalTanh": lambda w: nn.init.kaiming_normal_(w, nonlinearity="tanh"),
    "kaimingUniform": lambda w: nn.init.kaiming_uniform_(w),
    "kaimingUniformLeakyFanOut": lambda w: nn.init.kaiming_uniform_(w, a=0.2, mode="fan_out"),
    "xavierNormal": lambda w: nn.init.xavier_normal_(w),
    "xavierNormalTanh": lambda w: nn.init.xavier_normal_(w, gain=nn.init.calculate_gain("tanh")),
    "xavierUniform": lambda w: nn.init.xavier_uniform_(w),
    "xavierUniformRelu": lambda w: nn.init.xavier_uniform_(w, gain=nn.init.calculate_gain("relu")),
    "uniform": lambda w: nn.init.uniform_(w, -0.05, 0.1),
    "orthogonal": lambda w: nn.init.orthogonal_(w),
    "orthogonalGain": lambda w: nn.init.orthogonal_(w, gain=1.5),
}


def rows(tensor):
    return tensor.detach().reshape(len(tensor), -1).tolist()


def draw(shape, dtype, seed):
    torch.manual_seed(seed)
    weights = {name: rows(f(torch.empty(shape, dtype=DTYPES[dtype]))) for name, f in INITIALIZERS.items()}
    return {"seed": seed, "shape": shape, "precision": dtype, "weights": weights}


def linear(inputs, outputs, dtype, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(inputs, outputs, dtype=DTYPES[dtype]), nn.Linear(outputs, inputs, dtype=DTYPES[dtype])]
    parameters = [{"weights": rows(layer.weight), "bias": rows(layer.bias)} for layer in layers]
    return {"seed": seed, "inputs": inputs, "outputs": outputs, "precision": dtype, "layers": parameters}


def gains():
    names = {"linear": "linear", "sigmoid": "sigmoid", "tanh": "tanh", "relu": "relu", "selu": "selu"}
    values = {ours: nn.init.calculate_gain(theirs) for ours, theirs in names.items()}
    slopes = [0.01, 0.2, 1.0, 5**0.5]
    return {**values, "leakyRelu": [[a, nn.init.calculate_gain("leaky_relu", a)] for a in slopes]}


write(
    {
        "torch": torch.__version__,
        "weights": [draw(s, dtype, seed) for dtype in DTYPES for seed, s in enumerate(SHAPES, start=10)],
        "linear": [linear(i, o, dtype, 5) for dtype in DTYPES for i, o in [(2, 2), (7, 5), (3, 20)]],
        "gains": gains(),
    }
)
