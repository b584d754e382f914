"""Repeats the tests of every topic in debug mode: of the package hpy-host, and of a native HPy host that has one.

And in the package's trace mode, where they must not notice it.
"""

import glob
import os
import subprocess
import sys

import pytest
from conftest import GRAALPY, HOST, PYPY, text_of

HERE = os.path.dirname(os.path.abspath(__file__))

# Such an error is leaked: the thread that drops it does not run Python at that time. The first looks at memory only; the type of
# the last is leaked by the test's own Rust code, as no constant of the context is a type that is no exception.
LEFT_OUT = (
    "not keep_memory_flat and not error_that_outlives_its_thread and not error_that_is_dropped_detached"
    " and not a_type_that_is_no_exception"
)


# GraalPy takes ten minutes for all topics, of which handles are counted by the same code everywhere: some of each kind.
SOME = ("calls", "classes", "errors", "fields", "functions", "iterators", "objects", "texts")


def topics(classes):
    """The files whose topic is one of the library's; those with classes, too?"""
    files = []
    for file in sorted(glob.glob(os.path.join(HERE, "test_*.py"))):
        if GRAALPY and os.path.basename(file)[len("test_") : -len(".py")] not in SOME:
            continue
        source = os.path.join(os.path.dirname(HERE), "ext", "src", os.path.basename(file)[len("test_") : -2] + "rs")
        if os.path.exists(source):
            with open(source, encoding="utf-8") as text:
                if classes or "#[class" not in text.read():
                    files.append(file)
    return files


# One process each, so that none takes long even where everything does.
PARTS = pytest.mark.parametrize("part", range(1 if GRAALPY else 3))


def run(part, mode, host, left_out, classes=True):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", HERE]
    command += ["-k", left_out] + topics(classes)[part :: 1 if GRAALPY else 3]
    env = dict(os.environ, HPY_TEST_MODE=mode, HPY_HOST=host)
    process = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = text_of(process.stdout)
    assert process.returncode == 0, output
    assert int(output.split(" passed")[0].split()[-1]) > 60, output


@pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")
@PARTS
def test_no_handle_is_leaked(part):
    # The package itself needs the GIL.
    run(part, "debug", "package", LEFT_OUT + " and not gil_stays_off")


@pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")
@pytest.mark.skipif(GRAALPY, reason="takes a minute there, and shows nothing that the others don't")
@PARTS
def test_nothing_changes_in_trace_mode(part):
    run(part, "trace", "package", "not keep_memory_flat and not gil_stays_off")


@pytest.mark.skipif(HOST != "native" or GRAALPY, reason="needs a native HPy host that can load the library twice")
@PARTS
def test_no_handle_is_leaked_in_a_native_host(part):
    # PyPy's debug mode does not survive a full stack; the other two need processes or modules without that mode.
    left_out = LEFT_OUT + " and not recursion and not loaded_twice and not without_a_gil"
    # Nor does it a call of the library inside of another one, as those of methods are.
    run(part, "debug", "native", left_out, classes=not PYPY)
