"""Note 003's PyTorch script from manual_seed(0): one step of SGD, then one of Adam, for tests/note-003-steps.test.ts."""

import torch
from common import write
from torch import nn, optim

torch.manual_seed(0)


class SimpleNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 2)
        self.fc2 = nn.Linear(2, 2)

    def forward(self, x):
        return self.fc2(torch.tanh(self.fc1(x)))


x_data = torch.tensor([[1.0, 2.0]], dtype=torch.float32)
y_data = torch.tensor([[1.0, 0.0]], dtype=torch.float32)
model = SimpleNN()
criterion = nn.CrossEntropyLoss()
optimizer_sgd = optim.SGD(model.parameters(), lr=0.1)
optimizer_adam = optim.Adam(model.parameters(), lr=0.1)


def parameters():
    return [
        {"weights": layer.weight.tolist(), "bias": layer.bias.reshape(-1, 1).tolist()}
        for layer in (model.fc1, model.fc2)
    ]


def step(optimizer):
    optimizer.zero_grad()
    loss = criterion(model(x_data), torch.argmax(y_data, dim=1))
    loss.backward()
    optimizer.step()
    return {"loss": loss.item(), "parameters": parameters()}


write({"torch": torch.__version__, "start": parameters(), "sgd": step(optimizer_sgd), "adam": step(optimizer_adam)})
