"""Makes 100,000 calls that fail, after as many or more to warm up; prints their number and the growth of memory in kB."""

import gc
import sys

from conftest import module
from resident import resident_bytes

errors, texts, functions = module("errors"), module("texts"), module("functions")


def fail():
    raise ZeroDivisionError


CALLS = [
    lambda: texts.to_str(1),
    lambda: texts.to_str("\ud800"),
    lambda: errors.index_out_of_bounds("no", 0),
    lambda: errors.index_out_of_bounds([1, "2"], 3),
    lambda: errors.throw("ValueError", "x"),
    lambda: errors.raise_custom("x"),
    lambda: errors.catch(fail),
    lambda: functions.plain(1, 2, 3, wrong=1),
]


def run(times):
    made = 0
    for _ in range(times // len(CALLS)):
        for call in CALLS:
            try:
                call()
            except Exception:
                made += 1
    return made


def resident_kilobytes():
    gc.collect()
    return resident_bytes() // 1024


run(400_000 if sys.implementation.name == "pypy" else 100_000)  # PyPy compiles for a while
before = resident_kilobytes()
calls = run(100_000)
print(calls, resident_kilobytes() - before)
