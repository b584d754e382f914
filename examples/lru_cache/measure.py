"""Nanoseconds of a hit and of a miss, here and in functools: `python measure.py`."""

import functools
from time import perf_counter

from lru_cache import Cache

SIZE, TURNS = 1000, 4000


def nothing(n):
    return n


def nanoseconds(function, keys):
    start = perf_counter()
    for key in keys:
        function(key)
    return (perf_counter() - start) / len(keys) * 1e9


for name, keys in (
    ("hit", [n % SIZE for n in range(TURNS)]),
    ("miss", [n % (2 * SIZE) for n in range(TURNS)]),
):
    # Short runs in turn: the machine has other load.
    caches = Cache(SIZE, nothing), functools.lru_cache(SIZE)(nothing)
    times = [[nanoseconds(cache, keys) for cache in caches] for _ in range(400)]
    print("%-4s lru_cache.Cache %.0f ns, functools.lru_cache %.0f ns" % (name, *map(min, zip(*times))))
