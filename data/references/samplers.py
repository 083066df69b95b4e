"""Batches of lib/samplers with NumPy's RandomState: the same draws, the orders by argsort and slicing."""

import numpy as np
from common import write

EPOCHS = 3


def cut(order, size, drop_last=False):
    batches = [order[start : start + size].tolist() for start in range(0, len(order), size)]
    return [batch for batch in batches if len(batch) == size or not drop_last]


def epochs(seed, sampler):
    random = np.random.RandomState(seed)
    return {"seed": seed, "epochs": [sampler(epoch, random) for epoch in range(1, EPOCHS + 1)]}


def stratified(labels, size):
    def sample(_epoch, random):
        cards = np.concatenate([random.permutation(np.flatnonzero(labels == c)) for c in np.unique(labels)])
        count = -(-len(labels) // size)
        return [cards[batch::count].tolist() for batch in random.permutation(count)]

    return sample


def bucketed(keys, size, parts, drop_last=False):
    order = np.argsort(keys, kind="stable")
    if isinstance(parts, int):
        edges = [k * len(keys) // parts for k in range(1, parts)]
        members = np.split(order, edges)
    else:
        bucket = np.searchsorted(parts, keys[order], side="right")
        members = [order[bucket == k] for k in np.unique(bucket)]

    def sample(_epoch, random):
        batches = [batch for m in members for batch in cut(m[random.permutation(len(m))], size, drop_last)]
        return [batches[k] for k in random.permutation(len(batches))]

    return sample


def curriculum(difficulty, size, share):
    order = np.argsort(difficulty, kind="stable")

    def sample(epoch, random):
        taken = order[: int(np.floor(share[epoch - 1] * len(order) + 0.5))]
        return cut(taken[random.permutation(len(taken))], size)

    return sample


def drifting(keys, size, spread):
    def sample(_epoch, random):
        order = random.permutation(len(keys))
        noise = random.randn(len(keys))
        ranked = order[np.argsort(keys[order], kind="stable")]
        place = np.arange(len(keys)) / len(keys) + spread * noise
        return cut(ranked[np.argsort(place, kind="stable")], size)

    return sample


data = np.random.RandomState(0)
labels = data.choice([0, 1, 2], size=47, p=[0.6, 0.3, 0.1])
lengths = data.randint(3, 30, 47)
difficulty = np.round(data.rand(47), 1)
shares = [0.2, 0.5, 1]
write(
    {
        "labels": labels.tolist(),
        "lengths": lengths.tolist(),
        "difficulty": difficulty.tolist(),
        "shares": shares,
        "boundaries": [8, 15, 16, 40],
        "shuffled": epochs(1, lambda _, random: cut(random.permutation(47), 10)),
        "shuffledDropLast": epochs(1, lambda _, random: cut(random.permutation(47), 10, True)),
        "sortedByClass": epochs(1, lambda _, random: cut(np.argsort(labels, kind="stable"), 10)),
        "stratified": epochs(2, stratified(labels, 10)),
        "bucketedInFour": epochs(3, bucketed(lengths, 5, 4)),
        "bucketedAtBoundaries": epochs(4, bucketed(lengths, 5, np.array([8, 15, 16, 40]))),
        "bucketedDropLast": epochs(5, bucketed(lengths, 5, np.array([8, 15, 16, 40]), True)),
        "curriculum": epochs(6, curriculum(difficulty, 10, shares)),
        "drifting": epochs(7, drifting(labels, 10, 0.2)),
        "driftingSorted": epochs(8, drifting(labels, 10, 0)),
    }
)
