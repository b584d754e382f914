"""Nanoseconds of a hit and of a miss, here and in functools: `python measure.py`."""

import functools
from time import perf_counter

from lru_cache import Cache

SIZE, TURNS = 1000, 200_000


def nothing(n):
    return n


def nanoseconds(function, keys):
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        for key in keys:
            function(key)
        best = min(best, perf_counter() - start)
    return best / len(keys) * 1e9


for name, keys in (
    ("hit", [n % SIZE for n in range(TURNS)]),
    ("miss", [n % (2 * SIZE) for n in range(TURNS)]),
):
    ours = nanoseconds(Cache(SIZE, nothing), keys)
    theirs = nanoseconds(functools.lru_cache(SIZE)(nothing), keys)
    print("%-4s lru_cache.Cache %.0f ns, functools.lru_cache %.0f ns" % (name, ours, theirs))
