"""Values and automatic gradients of the losses in PyTorch float64, where PyTorch has the loss, by its own function.

Samples are columns in the JSON, rows in PyTorch. Every case is {loss, prediction, target, value, gradient} and, where
the loss has some, settings, as in losses.json. PyTorch's means are over entries; ours are over samples.
"""

import numpy as np
import torch
from common import write

torch.set_default_dtype(torch.float64)
F = torch.nn.functional
random = np.random.RandomState(8)

SAMPLES, CLASSES = 6, 4
logits = 2 * random.randn(CLASSES, SAMPLES)
labels = random.randint(CLASSES, size=(1, SAMPLES))
one_hot = np.eye(CLASSES)[labels[0]].T
distributions = random.dirichlet(np.ones(CLASSES), SAMPLES).T
probabilities = np.where(random.rand(CLASSES, SAMPLES) < 0.7, one_hot, random.rand(CLASSES, SAMPLES))
signs = random.choice([-1.0, 1.0], size=(CLASSES, SAMPLES))
numbers = random.randn(CLASSES, SAMPLES)
weights = [0.5, 2.0, 1.0, 0.25]
positive = [3.0, 0.2, 1.0, 1.5]
w, p = torch.tensor(weights), torch.tensor(positive)


def case(name, f, T, **settings):
    z = torch.tensor(logits.T.copy(), requires_grad=True)
    E = f(z, torch.tensor(T.T.copy()))
    E.backward()
    record = {"loss": name, "prediction": logits.tolist(), "target": T.tolist(), "value": E.item(), "gradient": z.grad.T.tolist()}
    return {**record, "settings": settings} if settings else record


def squared_error(activation):
    return lambda z, t: F.mse_loss(activation(z), t, reduction="sum") / 2 / len(z)


def labelled(**options):
    return lambda z, t: F.cross_entropy(z, t[:, 0], **options)


def hinge(z, t):
    return torch.clamp(1 - t * z, min=0)


def crammer_singer(z, t):
    rivals = z.masked_fill(t == 1, -torch.inf).amax(1)
    return torch.clamp(1 + rivals - (t * z).sum(1), min=0).mean()


def weighted_sigmoid(z, t):
    return F.binary_cross_entropy_with_logits(z, t, weight=w, pos_weight=p, reduction="sum") / len(z)


by_samples = {"weights": weights, "normalization": "samples"}
by_weights = {"weights": weights, "normalization": "weights"}

write(
    {
        "made by": f"data/references/torch-losses.py, torch {torch.__version__}, numpy {np.__version__}",
        "cases": [
            case("meanSquaredError", squared_error(lambda z: z), numbers),
            case("sigmoidMeanSquaredError", squared_error(torch.sigmoid), numbers),
            case("tanhMeanSquaredError", squared_error(torch.tanh), numbers),
            case("reluMeanSquaredError", squared_error(torch.relu), numbers),
            case("leakyReluMeanSquaredError", squared_error(lambda z: F.leaky_relu(z, 0.2)), numbers),
            case("eluMeanSquaredError", squared_error(lambda z: F.elu(z, 0.3)), numbers),
            case("geluMeanSquaredError", squared_error(F.gelu), numbers),
            case("softplusMeanSquaredError", squared_error(lambda z: F.softplus(z, 2)), numbers),
            case("softmaxMeanSquaredError", squared_error(lambda z: torch.softmax(z, 1)), distributions),
            case("softmaxCrossEntropy", F.cross_entropy, one_hot),
            case("softmaxCrossEntropy", F.cross_entropy, distributions),
            case("softmaxCrossEntropyWithLabels", labelled(), labels),
            # for probabilities PyTorch divides by the number of samples, for labels by the sum of their weights
            case("weightedSoftmaxCrossEntropy", lambda z, t: F.cross_entropy(z, t, weight=w), distributions, **by_samples),
            case("weightedSoftmaxCrossEntropy", lambda z, t: F.cross_entropy(z, t, weight=w), one_hot, **by_samples),
            case("weightedSoftmaxCrossEntropyWithLabels", labelled(weight=w), labels, **by_weights),
            case("sigmoidBinaryCrossEntropy", lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="sum") / len(z), probabilities),
            case("weightedSigmoidBinaryCrossEntropy", weighted_sigmoid, probabilities, weights=weights, positiveWeights=positive),
            case("perceptronCriterion", lambda z, t: torch.clamp(-t * z, min=0).sum() / len(z), signs),
            case("hinge", lambda z, t: hinge(z, t).sum() / len(z), signs),
            case("squaredHinge", lambda z, t: (hinge(z, t) ** 2).sum() / len(z), signs),
            case("multiclassHinge", crammer_singer, one_hot),
        ],
    }
)
