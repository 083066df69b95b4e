"""Experiment A of the note "implementation from scratch" (two rings, 2-32-16-2, ReLU, softmax, cross-entropy, SGD).

The draws are those of the note's script in the note's order, all from NumPy's global generator with seed 42:
angles of the inner ring, angles of the outer ring, radii of the inner ring, radii of the outer ring, the shuffling of
the samples, the three weight matrices, and one permutation for every epoch. The arithmetic is the note's as well:
population standard deviation with 1e-8 added, 1e-12 added inside the logarithm, 1/m in the parameter gradients, the
loss of an epoch's last batch printed beside the accuracy over all samples. Tests compare the TypeScript run with it.
"""

import numpy as np
from common import rings, write

SAMPLES, NOISE = 2000, 0.1
SIZES = [2, 32, 16, 2]
RATE, BATCH, EPOCHS = 1e-2, 128, 50


def draw_layers():
    """One (weights, bias) pair for each layer; He's standard deviation √(2 / fan-in)."""
    return [
        (np.random.randn(fan_out, fan_in) * np.sqrt(2.0 / fan_in), np.zeros((fan_out, 1)))
        for fan_in, fan_out in zip(SIZES, SIZES[1:])
    ]


def forward(layers, X):
    """The activations A0 = X, A1, A2 and the class probabilities."""
    activations = [X]
    for weights, bias in layers[:-1]:
        activations.append(np.maximum(0, weights @ activations[-1] + bias))
    weights, bias = layers[-1]
    logits = weights @ activations[-1] + bias
    exponentials = np.exp(logits - logits.max(axis=0, keepdims=True))
    return activations, exponentials / exponentials.sum(axis=0, keepdims=True)


def cross_entropy(P, T):
    return -np.mean(np.sum(T * np.log(P + 1e-12), axis=0))


def gradients(layers, activations, dZ):
    """From the last layer to the first: (1/m) ΔAᵀ and (1/m) Δ1."""
    m = dZ.shape[1]
    result = []
    for (weights, _), A in zip(reversed(layers), reversed(activations)):
        result.insert(0, ((dZ @ A.T) / m, np.sum(dZ, axis=1, keepdims=True) / m))
        dZ = (weights.T @ dZ) * (A > 0)  # A = max(0, Z), so A > 0 exactly where Z > 0; unused below the first layer
    return result


np.random.seed(42)
raw, labels = rings(np.random, SAMPLES, NOISE)
raw = raw.T
T = np.eye(2)[labels].T
mean, deviation = raw.mean(axis=1, keepdims=True), raw.std(axis=1, keepdims=True)
X = (raw - mean) / (deviation + 1e-8)
layers = draw_layers()
initial = [weights.tolist() for weights, _ in layers]

epochs, printed, permutations = [], [], []
for epoch in range(1, EPOCHS + 1):
    order = np.random.permutation(SAMPLES)
    permutations.append(order[:5].tolist())
    for start in range(0, SAMPLES, BATCH):
        batch = order[start : start + BATCH]
        activations, P = forward(layers, X[:, batch])
        last_loss = cross_entropy(P, T[:, batch])
        steps = gradients(layers, activations, P - T[:, batch])
        layers = [(W - RATE * dW, b - RATE * db) for (W, b), (dW, db) in zip(layers, steps)]
    _, P = forward(layers, X)
    accuracy = float(np.mean(P.argmax(axis=0) == labels))
    epochs.append({"lastBatchLoss": float(last_loss), "loss": float(cross_entropy(P, T)), "accuracy": accuracy})
    if epoch == 1 or epoch % 5 == 0:
        printed.append(f"Epoch {epoch:02d}: loss={last_loss:.4f}, acc={accuracy * 100:.2f}%")

write(
    {
        "numpy": np.__version__,
        "printed": printed,
        "epochs": epochs,
        "mean": mean.ravel().tolist(),
        "standardDeviation": deviation.ravel().tolist(),
        "initialWeights": initial,
        "finalWeights": [weights.tolist() for weights, _ in layers],
        "finalBiases": [bias.ravel().tolist() for _, bias in layers],
        "permutationHeads": permutations,
        "labels": labels.tolist(),
        "rawX": raw.tolist(),
    }
)
