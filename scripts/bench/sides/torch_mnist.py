"""One epoch of note 004's MNIST training in PyTorch: through a DataLoader as there, and with all data in memory.

The argument is a folder with the pixels (60000×784 bytes) and the labels (bytes).
"""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from serve import serve
from torch import nn
from torch.utils.data import DataLoader, Dataset

MEAN, DEVIATION = (0.1307,), (0.3081,)
BATCH = 128


class Images(Dataset):
    """What torchvision's MNIST gives with ToTensor and Normalize, by the same operations of torch on each image."""

    def __init__(self, pixels, labels):
        self.pixels, self.labels = pixels, labels

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, index):
        image, label = self.pixels[index].numpy(), int(self.labels[index])
        x = torch.from_numpy(image.copy()).view(28, 28, 1)
        x = x.permute((2, 0, 1)).contiguous().to(torch.get_default_dtype()).div(255)
        mean, deviation = (torch.as_tensor(v, dtype=x.dtype).view(-1, 1, 1) for v in (MEAN, DEVIATION))
        return x.clone().sub_(mean).div_(deviation), label


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(784, 256), nn.Linear(256, 128), nn.Linear(128, 10)
        nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")
        nn.init.kaiming_normal_(self.fc2.weight, nonlinearity="relu")
        nn.init.xavier_normal_(self.fc3.weight)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


def epoch(batches):
    model = Network().train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()

    def work():
        losses = []
        for x, y in batches():
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    return work


def through_loader(pixels, labels):
    # the note's pin_memory does nothing without a GPU
    loader = DataLoader(Images(pixels, labels), batch_size=BATCH, shuffle=True, num_workers=2)
    return epoch(lambda: loader)


def in_memory(images, labels):
    def batches():
        for chosen in torch.randperm(len(images)).split(BATCH):
            yield images[chosen], labels[chosen]

    return epoch(batches)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    pixels, labels = (
        torch.frombuffer(bytearray((folder / name).read_bytes()), dtype=torch.uint8) for name in ("pixels.u8", "labels.u8")
    )
    pixels, labels = pixels.view(-1, 28, 28), labels.long()
    images = pixels.view(-1, 784).float().div(255).sub_(MEAN[0]).div_(DEVIATION[0])
    torch.manual_seed(42)
    serve(
        {"PyTorch": f"{torch.__version__}, {torch.get_num_threads()} threads"},
        {"loader": lambda: through_loader(pixels, labels), "memory": lambda: in_memory(images, labels)},
    )
