"""NULL passed by a C module: raises an exception on every interpreter if CPython raises one."""

import os
import subprocess
import sys

import pytest
from conftest import CPYTHON

import hpy_host

FOREIGN = os.environ["HPY_TEST_FOREIGN"]


class Spec:
    name = "nulls"


def load():
    return hpy_host.load("nulls", FOREIGN, Spec())


def print_all():
    """Runs in a process of its own, which a call that fails ends."""
    nulls = load()
    for name in nulls.names(None).split(","):
        if CPYTHON and name.startswith("+"):
            continue
        print(name, end=": ", flush=True)
        try:
            nulls.call(name)
            print("nothing", flush=True)
        except Exception as error:
            print(type(error).__name__, flush=True)


def test_every_call():
    done = subprocess.run(
        [sys.executable, "-c", "import test_nulls; test_nulls.print_all()"],
        cwd=os.path.dirname(os.path.abspath(__file__)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        timeout=300,
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, (lines[-1:], done.stderr[-2000:])
    assert len(lines) >= (24 if CPYTHON else 48)
    assert [line for line in lines if not line.endswith(": SystemError")] == []


def test_attributes_with_one_function():
    thing = load().make(None)()
    assert thing.both == thing.read == 42
    thing.both = thing.written = 1
    for name in ("written", "neither"):
        with pytest.raises(AttributeError, match=name):
            getattr(thing, name)
    for name in ("read", "neither"):
        with pytest.raises(AttributeError):
            setattr(thing, name, 1)
        with pytest.raises(AttributeError):
            delattr(thing, name)
