"""Note 004's MNIST script from manual_seed(42), for tests/note-004-mnist.test.ts; some minutes on two cores.

As in the note, but for torchvision: the files are read here, and the pixels normalised in float32 as ToTensor and
Normalize do. The data set gives each sample's index too, so that the order can be recorded.

After about 700 steps the path depends on how sums are rounded, hence on the processor and the number of threads. So the
accuracies are recorded of further runs of this script, which differ in nothing else; on another machine all differ.
"""

import hashlib
import json
import os
import subprocess
import sys

import numpy as np
import torch
import torch.nn.functional as F
from common import idx, write
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

RUNS = [
    {"OMP_NUM_THREADS": "1"},
    {"OMP_NUM_THREADS": "1", "MKL_ENABLE_INSTRUCTIONS": "AVX2"},
    {"OMP_NUM_THREADS": "1", "MKL_ENABLE_INSTRUCTIONS": "SSE4_2"},
    {"OMP_NUM_THREADS": "1", "MKL_ENABLE_INSTRUCTIONS": "SSE4_2", "ATEN_CPU_CAPABILITY": "avx2"},
    {"OMP_NUM_THREADS": "1", "ATEN_CPU_CAPABILITY": "avx2"},
    {"OMP_NUM_THREADS": "2", "MKL_CBWR": "COMPATIBLE"},
]
FURTHER = os.environ.get("FURTHER_RUN") == "1"
WORKERS = 0 if FURTHER else 2  # no difference to any number, only faster


def dataset(prefix):
    files = (f"{prefix}-images-idx3-ubyte", f"{prefix}-labels-idx1-ubyte")
    images, labels = (torch.from_numpy(idx(name).copy()) for name in files)
    images = images.unsqueeze(1).to(torch.float32).div(255)
    images = images.sub_(torch.as_tensor(0.1307)).div_(torch.as_tensor(0.3081))
    return TensorDataset(images, labels.to(torch.int64), torch.arange(len(labels)))


def digest(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(28 * 28, 256)
        self.fc2 = nn.Linear(256, 128)
        self.fc3 = nn.Linear(128, 10)
        nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")
        nn.init.kaiming_normal_(self.fc2.weight, nonlinearity="relu")
        nn.init.xavier_normal_(self.fc3.weight)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


torch.manual_seed(42)
train_loader = DataLoader(dataset("train"), batch_size=128, shuffle=True, num_workers=WORKERS)
test_loader = DataLoader(dataset("t10k"), batch_size=256, shuffle=False, num_workers=WORKERS)
model = MLP()
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
crit = nn.CrossEntropyLoss()


def start(parameter):
    values = parameter.detach().numpy()
    return {"first": values.flatten()[:8].astype(float).tolist(), "sha256": digest(values)}


def evaluate():
    model.eval()
    correct, total, loss_sum = 0, 0, 0.0
    with torch.no_grad():
        for x, y, _ in test_loader:
            logits = model(x)
            loss_sum += crit(logits, y).item() * x.size(0)
            correct += (logits.argmax(dim=1) == y).sum().item()
            total += x.size(0)
    return loss_sum / total, correct / total


def epoch():
    model.train()
    losses, order = [], []
    for x, y, indices in train_loader:
        loss = crit(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
        order.append(indices)
    order = torch.cat(order).to(torch.int32).numpy()
    test_loss, test_accuracy = evaluate()
    return losses, {
        "firstSamples": order[:10].tolist(),
        "order": digest(order.astype("<i4")),
        "lastBatchLoss": losses[-1],
        "testLoss": test_loss,
        "testAccuracy": test_accuracy,
    }


def accuracies(settings):
    environment = {**os.environ, **settings, "FURTHER_RUN": "1"}
    done = subprocess.run([sys.executable, *sys.argv], env=environment, check=True, stdout=subprocess.PIPE)
    return {"settings": settings, "testAccuracies": json.loads(done.stdout)}


initial = {name: start(parameter) for name, parameter in model.named_parameters()}
epochs = [epoch() for _ in range(8)]
if FURTHER:
    print(json.dumps([facts["testAccuracy"] for _, facts in epochs]))
else:
    write(
        {
            "torch": torch.__version__,
            "start": initial,
            "firstBatchLosses": epochs[0][0][:10],
            "epochs": [facts for _, facts in epochs],
            "furtherRuns": [accuracies(settings) for settings in RUNS],
        }
    )
