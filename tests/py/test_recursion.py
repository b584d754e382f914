"""Endless recursion through Rust raises RecursionError, as the same class in Python does: for each operation, on each
stack, with each limit. Each limit has a process of its own, as one that fails ends it."""

import ast
import os
import subprocess
import sys
import threading

import pytest
from conftest import GRAALPY, HOST, PYPY

KIB = 1024
OPERATIONS = {
    "repr": repr,
    "str": str,
    "hash": hash,
    "bool": bool,
    "len": len,
    "getitem": lambda x: x[1],
    "setitem": lambda x: x.__setitem__(1, 1),
    "delitem": lambda x: x.__delitem__(1),
    "contains": lambda x: 1 in x,
    "iter": iter,
    "next": next,
    "call": lambda x: x(),
    "add": lambda x: x + 1,
    "radd": lambda x: 1 + x,
    "iadd": lambda x: x.__iadd__(1),
    "neg": lambda x: -x,
    "pow": lambda x: x**1,
    "lt": lambda x: x < x,
    "index": lambda x: [1][x],
    "float": float,
    "getter": lambda x: x.value,
    "setter": lambda x: setattr(x, "value", 1),
    "getattr": lambda x: x.nothing,
    "method": lambda x: x.method(),
    "make": lambda x: type(x).make(),
    "descriptor": lambda x: type("Owner", (), {"knot": x}).knot,
}


class Twin:
    """The class in Python."""

    value = property(lambda self: self.x.value, lambda self, value: setattr(self.x, "value", value))
    method = lambda self: self.x.method()
    make = classmethod(lambda cls: cls.make())
    __repr__ = lambda self: repr(self.x)
    __str__ = lambda self: str(self.x)
    __hash__ = lambda self: hash(self.x)
    __bool__ = lambda self: bool(self.x)
    __len__ = lambda self: len(self.x)
    __getitem__ = lambda self, key: self.x[key]
    __setitem__ = lambda self, key, value: self.x.__setitem__(key, value)
    __delitem__ = lambda self, key: self.x.__delitem__(key)
    __contains__ = lambda self, value: value in self.x
    __iter__ = lambda self: iter(self.x)
    __next__ = lambda self: next(self.x)
    __call__ = lambda self: self.x()
    __add__ = lambda self, other: self.x + other
    __radd__ = lambda self, other: other + self.x
    __iadd__ = lambda self, other: self.x.__iadd__(other)
    __neg__ = lambda self: -self.x
    __pow__ = lambda self, other: self.x**other
    __lt__ = lambda self, other: self.x < other
    __index__ = lambda self: [1][self.x]
    __float__ = lambda self: float(self.x)
    __getattr__ = lambda self, name: getattr(self.x, name)
    __get__ = lambda self, instance, owner: owner.knot


def outcome(make, name):
    knot = make()
    knot.x = knot
    try:
        OPERATIONS[name](knot)
    except Exception as error:
        return type(error).__name__
    finally:
        knot.x = None
    return "nothing"


def in_thread(size, call, *args):
    """What a call gives, in a thread with a stack of that size; 0 is this thread."""
    if size == 0:
        return call(*args)
    results = []
    threading.stack_size(size)
    thread = threading.Thread(target=lambda: results.append(call(*args)))
    thread.start()
    thread.join()
    return results[0]


# PyPy's and GraalPy's own recursion does not survive a stack of less.
SIZES = [0, 2048 * KIB] if PYPY or GRAALPY else [0, 512 * KIB, 1024 * KIB, 2048 * KIB]
# One is enough for GraalPy, where the limit is that of Java's stack and a process takes minutes.
LIMITS = {"default": None} if GRAALPY else {"default": None, "150": 150, "50": 50}


def table(limit):
    """Runs in a process of its own: prints what each operation gives."""
    from conftest import module

    ext = module("recursion")
    if limit:
        sys.setrecursionlimit(limit)
    for size in SIZES:
        for name in OPERATIONS:
            print(size // KIB, name, end=" ", flush=True)
            print(in_thread(size, outcome, ext.Knot, name), flush=True)
    for name in OPERATIONS:
        print("Python", name, outcome(Twin, name), flush=True)


def run(code):
    here = os.path.dirname(os.path.abspath(__file__))
    return subprocess.run(
        # Python without a GIL says so when the package turns it on.
        [sys.executable, "-W", "ignore::RuntimeWarning", "-c", code],
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        timeout=300,
    )


@pytest.mark.skipif(GRAALPY and HOST == "native", reason="GraalPy's own host ends the process, without a call that could look")
@pytest.mark.parametrize("limit", LIMITS)
def test_every_operation(limit):
    done = run("import test_recursion; test_recursion.table({})".format(LIMITS[limit]))
    lines = done.stdout.splitlines()
    assert done.returncode == 0, (lines[-1:], done.stderr[-2000:])
    assert len(lines) == len(OPERATIONS) * (len(SIZES) + 1)
    assert [line for line in lines if line.split()[2:] != ["RecursionError"]] == []
    assert done.stderr == ""


@pytest.mark.skipif(HOST == "native", reason="a Rust function that calls itself is not entered by a host of others")
def test_conversions(ext):
    nested = []
    nested.append(nested)
    with pytest.raises(RecursionError):
        ext.depth(nested)
    assert ext.depth([[[1]]]) == 3


@pytest.mark.skipif(PYPY or GRAALPY, reason="their own limits are lower")
def test_depth_is_bounded_by_the_stack_only(ext):
    """As in C, and unlike Python code, a structure deeper than `sys.getrecursionlimit()` is no error."""
    first = ext.Knot()
    last = first
    for _ in range(600):
        knot = ext.Knot()
        last.x = knot
        last = knot
    last.x = 5
    hashes = []
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    # The stack that Windows gives a program is too small for a library with debug information.
    size = threading.stack_size(16 << 20)
    try:
        thread = threading.Thread(target=lambda: hashes.append(hash(first)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    assert hashes == [5]


def frames(limit):
    """Runs in a process of its own: exceptions that pass through Rust below many frames of Python."""
    from conftest import module

    ext = module("recursion")
    sys.setrecursionlimit(limit)

    def fail():
        raise ValueError

    def below(levels):
        return below(levels - 1) if levels else ext.call(fail)

    def endless():
        return ext.call(endless)

    class Equal:
        __eq__ = lambda self, other: ext.equal(Equal(), Equal())

    outcomes = []
    steps = [lambda levels=levels: below(limit * levels // 100) for levels in range(10, 150, 10)]
    for step in steps + [endless, lambda: ext.equal(Equal(), Equal())]:
        try:
            step()
        except (ValueError, RecursionError) as error:
            outcomes.append(type(error).__name__)
    print(outcomes)


@pytest.mark.skipif(GRAALPY, reason="the limit is that of Java's stack there")
@pytest.mark.parametrize("limit", [1000, 3000])
def test_exceptions_below_many_frames(limit):
    """On PyPy, fetching an exception takes stack for each of its frames."""
    done = run("import test_recursion; test_recursion.frames({})".format(limit))
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes = ast.literal_eval(done.stdout)
    assert len(outcomes) == 16 and outcomes[:4] == ["ValueError"] * 4, outcomes
    assert outcomes[-2:] == ["RecursionError"] * 2
    assert done.stderr == ""
