"""Seconds of 100,000 steps of five bodies, in Rust and in Python: `python measure.py`."""

from time import perf_counter

import nbody
import pure

STEPS = 100_000


def seconds(system):
    system.advance(STEPS // 10)  # compilers warm up
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        system.advance(STEPS)
        best = min(best, perf_counter() - start)
    return best


rust, python = nbody.System(pure.solar()), pure.System(pure.solar())
a, b = seconds(rust), seconds(python)
print("Rust %.4f s, Python %.4f s, %.0f times" % (a, b, b / a))
print("energy %r and %r" % (rust.energy(), python.energy()))
