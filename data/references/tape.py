"""Automatic differentiation by PyTorch in float64, for tests/tape.

Every operation of the tape: its value, the adjoints of its inputs for a seed (vector-Jacobian products) and the tangent
along a direction (Jacobian-vector product, torch.func.jvp). Then whole computations with the derivative by every variable.
Matrices are lists of rows.
"""

import numpy as np
import torch
from common import write

torch.set_default_dtype(torch.float64)
random = np.random.RandomState(11)


def normal(rows, cols):
    return torch.tensor(random.randn(rows, cols))


def positive(rows, cols):
    return torch.tensor(0.5 + random.rand(rows, cols))


def case(operation, f, inputs, arguments=()):
    """`arguments` are what the tape's function takes besides the inputs."""
    inputs = [x.clone().requires_grad_() for x in inputs]
    value = f(*inputs)
    seed = normal(*value.shape)
    adjoints = torch.autograd.grad(value, inputs, seed)
    direction = tuple(normal(*x.shape) for x in inputs)
    _, tangent = torch.func.jvp(f, tuple(x.detach() for x in inputs), direction)
    return {
        "operation": operation,
        "arguments": list(arguments),
        "inputs": [x.tolist() for x in inputs],
        "value": value.tolist(),
        "seed": seed.tolist(),
        "adjoints": [d.tolist() for d in adjoints],
        "direction": [d.tolist() for d in direction],
        "tangent": tangent.tolist(),
    }


tied = torch.tensor([[1.0, -2.0, 0.5]])
kinked = torch.tensor([[-1.5, 0.0, 2.5]])

operations = [
    case("add", torch.add, [normal(2, 3), normal(2, 3)]),
    case("subtract", torch.sub, [normal(2, 3), normal(2, 3)]),
    case("hadamard", torch.mul, [normal(2, 3), normal(2, 3)]),
    case("divide", torch.div, [normal(2, 3), positive(2, 3)]),
    case("maximum", torch.maximum, [normal(3, 4), normal(3, 4)]),
    case("maximum", torch.maximum, [tied, torch.tensor([[1.0, -1.0, -1.0]])]),
    case("scale", lambda x: -2.5 * x, [normal(2, 3)], [-2.5]),
    case("multiply", torch.matmul, [normal(2, 3), normal(3, 4)]),
    case("transpose", lambda x: x.T, [normal(2, 3)]),
    case("addColumn", torch.add, [normal(3, 4), normal(3, 1)]),
    case("broadcast", lambda x: x.expand(2, 3), [normal(1, 1)], [2, 3]),
    case("broadcast", lambda x: x.expand(2, 3), [normal(2, 1)], [2, 3]),
    case("broadcast", lambda x: x.expand(2, 3), [normal(1, 3)], [2, 3]),
    case("sum", lambda x: x.sum().reshape(1, 1), [normal(3, 4)]),
    case("rowSums", lambda x: x.sum(1, keepdim=True), [normal(3, 4)]),
    case("columnSums", lambda x: x.sum(0, keepdim=True), [normal(3, 4)]),
    case("exp", torch.exp, [normal(2, 3)]),
    case("log", torch.log, [positive(2, 3)]),
    case("sin", torch.sin, [normal(2, 3)]),
    case("cos", torch.cos, [normal(2, 3)]),
    case("sqrt", torch.sqrt, [positive(2, 3)]),
    case("abs", torch.abs, [kinked]),
    case("power", lambda x: x**3, [normal(2, 3)], [3]),
    case("power", lambda x: x**2, [kinked], [2]),
    case("power", lambda x: x**1, [kinked], [1]),
    case("power", lambda x: x**0, [kinked], [0]),
    case("power", lambda x: x**-2, [positive(2, 3)], [-2]),
    case("softmax", lambda x: torch.softmax(x, 0), [normal(4, 3)]),
    case("logSoftmax", lambda x: torch.log_softmax(x, 0), [normal(4, 3)]),
    case("tanh", torch.tanh, [normal(2, 3)]),
    case("sigmoid", torch.sigmoid, [normal(2, 3)]),
    case("relu", torch.relu, [kinked]),
]


def trace(f, **inputs):
    """Every named value of a computation with scalars, and the derivative of the last one by it."""
    variables = {name: torch.tensor(x, requires_grad=True) for name, x in inputs.items()}
    variables.update(f(**variables))
    for v in variables.values():
        v.retain_grad()
    list(variables.values())[-1].backward()
    return {
        "values": {name: v.item() for name, v in variables.items()},
        "adjoints": {name: v.grad.item() for name, v in variables.items()},
    }


def baydin(x1, x2):
    """Baydin et al. 2018, figure 4: f(x1, x2) = ln(x1) + x1 x2 - sin(x2), by its own intermediate variables."""
    v1 = torch.log(x1)
    v2 = x1 * x2
    v3 = torch.sin(x2)
    v4 = v1 + v2
    v5 = v4 - v3
    return {"v1": v1, "v2": v2, "v3": v3, "v4": v4, "v5": v5}


def micrograd(a, b):
    """The expression of micrograd's README (A. Karpathy, github.com/karpathy/micrograd, MIT), with its names."""
    c = a + b
    d = a * b + b**3
    c = c + (c + 1)
    c = c + (1 + c + (-a))
    d = d + (d * 2 + (b + a).relu())
    d = d + (3 * d + (b - a).relu())
    e = c - d
    f = e**2
    g = f / 2.0
    g = g + 10.0 / f
    return {"c": c, "d": d, "e": e, "f": f, "g": g}


def fan_out():
    """E = 1ᵀ (softmax(X Wᵀ) ⊙ sin(X)) 1, X and W used twice."""
    X, W = normal(3, 3).requires_grad_(), normal(3, 3).requires_grad_()
    E = (torch.softmax(X @ W.T, 0) * torch.sin(X) + W * W).sum()
    E.backward()
    return {"X": X.tolist(), "W": W.tolist(), "E": E.item(), "dX": X.grad.tolist(), "dW": W.grad.tolist()}


write(
    {
        "made by": f"data/references/tape.py, torch {torch.__version__}, numpy {np.__version__}",
        "operations": operations,
        "baydin": trace(baydin, x1=2.0, x2=5.0),
        "micrograd": trace(micrograd, a=-4.0, b=2.0),
        "fanOut": fan_out(),
    }
)
