"""Tells facts, then does the works that are named on standard input, one a line, and answers each with its seconds."""

import json
import sys
import time


def serve(facts, works):
    """`works` maps a name to a function that prepares the work and returns the function that is timed."""
    print(json.dumps(facts), flush=True)
    for line in sys.stdin:
        work = works[line.strip()]()
        start = time.perf_counter()
        work()
        print(json.dumps(time.perf_counter() - start), flush=True)
