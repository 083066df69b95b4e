"""Note 004's PyTorch script on the rings (momentum, halving rate), for tests/note-004-rings.test.ts.

The note seeds neither generator; here both get 42.
"""

import numpy as np
import torch
import torch.nn.functional as F
from common import write
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

np.random.seed(42)
torch.manual_seed(42)


def make_rings(n=2000, r_in=1.0, r_out=2.0, noise=0.1):
    m = n // 2
    ang1, ang2 = 2 * np.pi * np.random.rand(m), 2 * np.pi * np.random.rand(n - m)
    r1 = r_in + noise * np.random.randn(m)
    r2 = r_out + noise * np.random.randn(n - m)
    X1 = np.c_[r1 * np.cos(ang1), r1 * np.sin(ang1)]
    X2 = np.c_[r2 * np.cos(ang2), r2 * np.sin(ang2)]
    X = np.vstack([X1, X2]).astype(np.float32)
    y = np.r_[np.zeros(m, int), np.ones(n - m, int)]
    return (X - X.mean(0)) / (X.std(0) + 1e-8), y


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(2, 32), nn.Linear(32, 16), nn.Linear(16, 2)
        nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")
        nn.init.kaiming_normal_(self.fc2.weight, nonlinearity="relu")
        nn.init.xavier_normal_(self.fc3.weight)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def parameters(model):
    return [
        {"weights": layer.weight.tolist(), "bias": layer.bias.reshape(-1, 1).tolist()}
        for layer in (model.fc1, model.fc2, model.fc3)
    ]


X, y = make_rings()
loader = DataLoader(TensorDataset(torch.from_numpy(X), torch.from_numpy(y)), batch_size=128, shuffle=True)
model = MLP()
opt = torch.optim.SGD(model.parameters(), lr=1e-2, momentum=0.9)
sched = torch.optim.lr_scheduler.StepLR(opt, step_size=10, gamma=0.5)
crit = nn.CrossEntropyLoss()
start, losses, printed = parameters(model), [], []
for ep in range(1, 31):
    model.train()
    for xb, yb in loader:
        loss = crit(model(xb), yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    sched.step()
    if ep % 5 == 0:
        printed.append({"epoch": ep, "lr": opt.param_groups[0]["lr"], "loss": loss.item()})
assert X.dtype == np.float32
write(
    {
        "numpy": np.__version__,
        "torch": torch.__version__,
        "start": start,
        "firstPoints": X[:5].astype(float).tolist(),
        "lastPoints": X[-5:].astype(float).tolist(),
        "batchLosses": losses,
        "printed": printed,
        "end": parameters(model),
    }
)
