"""What PyTorch (float64) sees inside networks by forward and backward hooks, its Hessian products, and NumPy's
statistics, for lib/diagnostics/. Samples are columns in the JSON, rows in PyTorch."""

import numpy as np
import torch
from common import write

torch.set_default_dtype(torch.float64)


class Residual(torch.nn.Module):
    def __init__(self, branch, projection=None):
        super().__init__()
        self.branch = branch
        self.projection = projection

    def forward(self, x):
        return (x if self.projection is None else self.projection(x)) + self.branch(x)


def fill(model, seed, scale=0.8):
    random = np.random.RandomState(seed)
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.tensor(scale * random.randn(*p.shape)))
    return model


def as_matrices(tensors):
    return [t.detach().reshape(len(t), -1).tolist() for t in tensors]


def columns(t):
    return t.detach().T.tolist()


def layers_of(model):
    """The modules that compute something, each before its last use: the trace's order."""
    if isinstance(model, torch.nn.Sequential):
        return [leaf for child in model for leaf in layers_of(child)]
    if isinstance(model, Residual):
        projection = [] if model.projection is None else layers_of(model.projection)
        return [*layers_of(model.branch), *projection, model]
    return [model]


def watched(model, X, T):
    """Output and both gradients of every layer, by hooks, and the statistics that NumPy makes of them."""
    seen = {}
    for layer in layers_of(model):
        layer.register_forward_hook(lambda m, i, o: seen.setdefault(m, {}).update(output=o))
        layer.register_full_backward_hook(lambda m, gi, go: seen[m].update(dInput=gi[0], dOutput=go[0]))
    x = torch.tensor(X.T.copy(), requires_grad=True)
    E = torch.nn.functional.cross_entropy(model(x), torch.tensor(T))
    E.backward()
    layers = []
    for layer in layers_of(model):
        output = seen[layer]["output"].detach().numpy()
        dOutput = seen[layer]["dOutput"].numpy()
        counts, edges = np.histogram(output, bins=7)
        layers.append(
            {
                "output": columns(seen[layer]["output"]),
                "dOutput": columns(seen[layer]["dOutput"]),
                "dInput": columns(seen[layer]["dInput"]),
                "mean": output.mean(),
                "standardDeviation": output.std(),
                "rms": float(np.sqrt(np.mean(output**2))),
                "quantiles": np.quantile(output, [0, 0.02, 0.3, 0.5, 0.98, 1]).tolist(),
                "counts": counts.tolist(),
                "edges": edges.tolist(),
                "countsFixedRange": np.histogram(output, bins=5, range=(-0.5, 1.5))[0].tolist(),
                "signalNorm": float(np.linalg.norm(dOutput)),
                "dead": np.flatnonzero((output == 0).all(axis=0)).tolist(),
                "beyond": [float(np.mean(output <= 0.03)), float(np.mean(output >= 0.97))],
                "beyondTanh": float((torch.tensor(output).abs() >= 0.97).double().mean()),
            }
        )
    return {
        "parameters": as_matrices(model.parameters()),
        "X": X.tolist(),
        "labels": T.tolist(),
        "loss": E.item(),
        "layers": layers,
        "gradients": as_matrices([p.grad for p in model.parameters()]),
        "gradientNorms": [p.grad.norm().item() for p in model.parameters()],
        "gradientLargest": [p.grad.abs().max().item() for p in model.parameters()],
        "gradientDeviations": [p.grad.std(unbiased=False).item() for p in model.parameters()],
        "dX": columns(x.grad),
    }


def nested():
    return torch.nn.Sequential(
        torch.nn.Linear(3, 5),
        torch.nn.Tanh(),
        Residual(torch.nn.Sequential(torch.nn.Linear(5, 6), torch.nn.ReLU(), torch.nn.Linear(6, 5))),
        torch.nn.Sequential(Residual(torch.nn.Linear(5, 4), torch.nn.Linear(5, 4)), torch.nn.BatchNorm1d(4)),
        torch.nn.Sigmoid(),
        torch.nn.Linear(4, 2),
    )


def small(activation):
    return torch.nn.Sequential(torch.nn.Linear(2, 3), activation(), torch.nn.Linear(3, 2))


def second_order(activation, seed):
    """hvp and Hessian by double backward; a gradient step's predicted and measured change of the loss."""
    model = fill(small(activation), seed)
    random = np.random.RandomState(seed + 50)
    X, T = random.randn(2, 7), random.randint(0, 2, 7)
    shapes = [p.shape for p in model.parameters()]
    sizes = [p.numel() for p in model.parameters()]

    def E(flat):
        parts = [part.reshape(shape) for part, shape in zip(torch.split(flat, sizes), shapes)]
        names = [name for name, _ in model.named_parameters()]
        output = torch.func.functional_call(model, dict(zip(names, parts)), torch.tensor(X.T.copy()))
        return torch.nn.functional.cross_entropy(output, torch.tensor(T))

    theta = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
    v = torch.tensor(random.randn(len(theta)))
    g = torch.autograd.functional.jacobian(E, theta)
    Hv = torch.autograd.functional.hvp(E, theta, v)[1]
    Hg = torch.autograd.functional.hvp(E, theta, g)[1]
    H = torch.autograd.functional.hessian(E, theta)
    step = -0.7 * g + 0.1 * v
    Hs = torch.autograd.functional.hvp(E, theta, step)[1]
    split = lambda flat: as_matrices([part.reshape(shape) for part, shape in zip(torch.split(flat, sizes), shapes)])  # noqa: E731
    return {
        "activation": activation.__name__.lower(),
        "parameters": split(theta),
        "X": X.tolist(),
        "labels": T.tolist(),
        "direction": split(v),
        "Hv": split(Hv),
        "curvatureOfGradient": ((g @ Hg) / (g @ g)).item(),
        "curvatureOfDirection": ((v @ Hv) / (v @ v)).item(),
        "hessian": H.tolist(),
        "eigenvalues": torch.linalg.eigvalsh(H).flip(0).tolist(),
        "step": split(step),
        "linear": (g @ step).item(),
        "quadratic": (g @ step + step @ Hs / 2).item(),
        "measured": (E(theta + step) - E(theta)).item(),
        "curvatureOfStep": ((step @ Hs) / (step @ step)).item(),
        "descent": (-(g @ step) / (g.norm() * step.norm())).item(),
    }


def shattered(depth, width, points):
    """df/dx of a ReLU network of one input along a line, and how it correlates."""
    sizes = [1] + [width] * depth + [1]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = fill(torch.nn.Sequential(*layers[:-1]), depth)
    x = torch.linspace(-2, 2, points).reshape(-1, 1).requires_grad_()
    model(x).sum().backward()
    series = x.grad.reshape(-1).numpy()
    centred = series - series.mean()
    full = np.correlate(centred, centred, "full")[points - 1 :]
    return {
        "depth": depth,
        "width": width,
        "parameters": as_matrices(model.parameters()),
        "x": x.detach().reshape(-1).tolist(),
        "gradients": series.tolist(),
        "autocorrelation": (full / full[0])[:9].tolist(),
    }


def correlations():
    random = np.random.RandomState(4)
    G = random.randn(30, 6) + random.randn(30, 1)
    unit = G / np.linalg.norm(G, axis=0)
    return {"G": G.tolist(), "pearson": np.corrcoef(G, rowvar=False).tolist(), "cosine": (unit.T @ unit).tolist()}


def noise():
    """Gradients of three batches of two samples, against the gradient of all six."""
    model = fill(small(torch.nn.Tanh), 9)
    random = np.random.RandomState(8)
    X, T = random.randn(2, 6), random.randint(0, 2, 6)

    def gradient(samples):
        model.zero_grad()
        output = model(torch.tensor(X.T[samples].copy()))
        torch.nn.functional.cross_entropy(output, torch.tensor(T[samples])).backward()
        return torch.nn.utils.parameters_to_vector([p.grad for p in model.parameters()]).numpy().copy()

    batches = [[0, 1], [2, 3], [4, 5]]
    g = np.array([gradient(batch) for batch in batches])
    full = gradient(list(range(6)))
    return {
        "parameters": as_matrices(model.parameters()),
        "X": X.tolist(),
        "labels": T.tolist(),
        "batches": batches,
        "meanNorm": float(np.linalg.norm(g.mean(axis=0))),
        "variance": float(np.trace(np.cov(g, rowvar=False))),
        "cosines": [float(b @ full / np.linalg.norm(b) / np.linalg.norm(full)) for b in g],
        "biasOfTwo": float(np.linalg.norm(g[:2].mean(axis=0) - full) / np.linalg.norm(full)),
    }


def updates():
    model = fill(small(torch.nn.Tanh), 3)
    before = as_matrices(model.parameters())
    old = [p.detach().clone() for p in model.parameters()]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    torch.nn.functional.cross_entropy(model(torch.randn(4, 2)), torch.tensor([0, 1, 1, 0])).backward()
    optimizer.step()
    return {
        "before": before,
        "after": as_matrices(model.parameters()),
        "ratios": [((p.detach() - o).norm() / o.norm()).item() for p, o in zip(model.parameters(), old)],
    }


def samples(seed, features, m):
    random = np.random.RandomState(seed)
    return random.randn(features, m), random.randint(0, 2, m)


torch.manual_seed(0)
write(
    {
        "made by": f"data/references/diagnostics.py, torch {torch.__version__}, numpy {np.__version__}",
        "nested": watched(fill(nested(), 1), *samples(1, 3, 6)),
        "saturated": watched(
            fill(torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.Tanh(), torch.nn.Linear(8, 8), torch.nn.ReLU(), torch.nn.Linear(8, 8), torch.nn.Sigmoid(), torch.nn.Linear(8, 2)), 4, 2.5),
            *samples(2, 3, 3),
        ),
        "secondOrder": [second_order(torch.nn.Tanh, 1), second_order(torch.nn.Sigmoid, 2), second_order(torch.nn.ReLU, 3)],
        "shattered": [shattered(2, 5, 40), shattered(6, 8, 40)],
        "correlations": correlations(),
        "noise": noise(),
        "updates": updates(),
    }
)
