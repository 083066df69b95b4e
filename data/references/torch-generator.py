"""Draws of PyTorch's CPU generator, as a list of calls with their results, for tests/torch-generator.test.ts.

PyTorch's code for processors with AVX2; ATEN_CPU_CAPABILITY=default gives other last digits in uniform_ and normal_.
"""

import hashlib

import torch
from common import write

DTYPES = {"float32": torch.float32, "float64": torch.float64}


def digest(values):
    """SHA-256 of whole numbers as 32-bit words, for lists that are too long to print."""
    return hashlib.sha256(values.to(torch.int32).numpy().astype("<i4").tobytes()).hexdigest()


class Recorder:
    """Calls on one generator, interleaved, so that a wrong number of words drawn anywhere shows in what follows."""

    def __init__(self, seed):
        torch.manual_seed(seed)
        self.calls = []

    def record(self, name, arguments, result):
        self.calls.append({"call": name, "arguments": arguments, "result": result.flatten().tolist()})

    def fill(self, name, dtype, size, *arguments):
        tensor = torch.empty(size, dtype=DTYPES[dtype])
        self.record(name, [dtype, size, *arguments], getattr(tensor, name)(*arguments))

    def rand(self, dtype, size):
        self.record("rand", [dtype, size], torch.rand(size, dtype=DTYPES[dtype]))

    def randn(self, dtype, size):
        self.record("randn", [dtype, size], torch.randn(size, dtype=DTYPES[dtype]))

    def randint(self, low, high, size):
        self.record("randint", [low, high, size], torch.randint(low, high, (size,)))

    def randperm(self, size):
        self.record("randperm", [size], torch.randperm(size))

    def random(self):
        """The low half of a random int64."""
        value = torch.empty((), dtype=torch.int64).random_()
        self.record("random_", [], value % 2**32)


def run(seed):
    r = Recorder(seed)
    for dtype in DTYPES:
        r.rand(dtype, 5)
        r.randn(dtype, 3)  # an odd number: the second value of a pair stays behind ...
        r.rand(dtype, 2)
        r.randn(dtype, 2)  # ... and comes out here
        r.fill("uniform_", dtype, 9, -0.3, 0.3)
        r.fill("uniform_", dtype, 4, 2.0, 5.5)
        r.fill("normal_", dtype, 3, 1.5, 0.1)
        r.randn(dtype, 15)
        r.randn(dtype, 16)  # from here on sixteen at a time
        r.randn(dtype, 32)
        r.randn(dtype, 17)  # the last sixteen overlap those before
        r.fill("normal_", dtype, 41, -2.0, 0.7)
        r.fill("bernoulli_", dtype, 12, 0.3)
        r.randn(dtype, 1)
    r.fill("uniform_", "float32", 40, 1.0, 1.0 + 2.0**-22)  # what rounds up to the upper bound becomes the lower one
    r.randint(0, 10, 8)
    r.randint(-5, 6, 6)
    r.randint(7, 8, 2)
    r.randint(0, 2**28 - 1, 3)  # one word each ...
    r.randint(0, 2**28, 3)  # ... and two
    r.randint(-(2**31), 2**31, 4)
    r.randint(0, 2**31 - 7, 4)
    r.randperm(1)
    r.randperm(10)
    r.random()
    r.random()
    for dtype in DTYPES if seed in LONG else []:
        r.randn(dtype, 700)  # past the end of the state's 624 words
    r.randperm(300)
    r.rand("float64", 2)
    return r.calls


def long_permutation(seed, size):
    torch.manual_seed(seed)
    return {"seed": seed, "size": size, "sha256": digest(torch.randperm(size))}


LONG = [0, 42]
def million(name, dtype, *arguments):
    """SHA-256 of the bytes of a million draws, and some after them."""
    torch.manual_seed(11)
    drawn = getattr(torch.empty(1000001, dtype=DTYPES[dtype]), name)(*arguments).numpy()
    digest_of_bytes = hashlib.sha256(drawn.astype(f"<f{drawn.itemsize}").tobytes()).hexdigest()
    return {"call": name, "precision": dtype, "arguments": arguments, "sha256": digest_of_bytes}


SEEDS = [0, 1, 42, 2**32 - 1, 2**32 + 7, 20250101012345, -1]
write(
    {
        "torch": torch.__version__,
        "capability": "AVX2 or newer" if "AVX" in torch.backends.cpu.get_cpu_capability() else "none",
        "seeds": [{"seed": seed, "calls": run(seed)} for seed in SEEDS],
        "millions": [
            million("normal_", "float32", 0, 1),
            million("normal_", "float32", -3, 0.7),
            million("uniform_", "float32", -0.3, 0.7),
            million("uniform_", "float64", -0.3, 0.7),
        ],
        "permutations": [long_permutation(42, 60000), long_permutation(3, 1000)],
    }
)
