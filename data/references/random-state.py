"""Draws of NumPy's legacy RandomState, as a list of calls with their results, for tests/random.test.ts.

The file is not called random.py, because NumPy would then import it in place of Python's own module of that name.
"""

import numpy as np
from common import write


def plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


def run(seed):
    """Interleaved calls on one generator, so that a wrong number of words drawn anywhere shows in what follows."""
    random = np.random.RandomState(seed)
    calls = []

    def call(name, *arguments):
        calls.append({"call": name, "arguments": list(arguments), "result": plain(getattr(random, name)(*arguments))})

    call("rand", 3)
    call("randn", 3)  # an odd number: the second value of a pair stays behind ...
    call("rand", 2)
    call("randn", 2)  # ... and comes out here
    call("randint", 0, 10, 8)
    call("randint", -5, 6, 6)
    call("randint", 7, 8, 2)  # one possible value: no word is drawn
    call("randint", 0, 2**31 - 1, 4)
    call("randint", -(2**31), 2**31, 4)  # all of 32 bits
    call("permutation", 1)
    call("permutation", 10)
    call("choice", 20, 6)
    call("choice", 20, 6, False)
    call("randn", 1)
    shuffled = [f"item {i}" for i in range(9)]
    random.shuffle(shuffled)
    calls.append({"call": "shuffle", "arguments": [[f"item {i}" for i in range(9)]], "result": shuffled})
    call("randn", 700)  # past the end of the state's 624 words
    call("permutation", 300)
    call("rand", 2)
    call("uniform", -0.3, 0.7, 5)
    call("normal", 1.5, 0.1, 5)
    call("permutation", [f"item {i}" for i in range(9)])
    call("choice", 5, 8, True, [0.5, 0.0, 0.25, 0.125, 0.125])
    call("choice", 6, 4, False, [0.75, 0.05, 0.05, 0.0, 0.1, 0.05])
    call("choice", 6, 5, False, [0.75, 0.05, 0.05, 0.0, 0.1, 0.05])
    call("choice", 40, 20, False, (np.arange(40) / 780).tolist())
    call("rand", 1)
    return calls


def key(seed, *names):
    """The key of a stream: the seed, then the bytes of the names, a 256 between two names."""
    words = [seed]
    for position, name in enumerate(names):
        words += ([256] if position else []) + list(name.encode())
    return words


STREAMS = [(42, ["layer1/weights"]), (42, ["layer1/bias"]), (0, ["ü"]), (7, ["a", "b"]), (42, ["x" * 700])]

write(
    {
        "numpy": np.__version__,
        "seeds": [{"seed": seed, "calls": run(seed)} for seed in [0, 1, 42, 20250101, 2**32 - 1]],
        "streams": [{"seed": seed, "names": names, "calls": run(key(seed, *names))[:6]} for seed, names in STREAMS],
    }
)
