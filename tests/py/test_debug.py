"""The tests of every topic once more, in debug mode: of the package hpy-host, and of a native HPy host that has one.

And in the package's trace mode, where they must not notice it.
"""

import glob
import os
import subprocess
import sys

import pytest
from conftest import GRAALPY, HOST, PYPY

HERE = os.path.dirname(os.path.abspath(__file__))

# Such an error is leaked: the thread that drops it does not run Python at that time. The first looks at memory only.
LEFT_OUT = "not keep_memory_flat and not error_that_outlives_its_thread and not error_that_is_dropped_detached"


def topics():
    """The files whose topic is one of the library's."""
    files = sorted(glob.glob(os.path.join(HERE, "test_*.py")))
    sources = os.path.join(os.path.dirname(HERE), "ext", "src")
    return [f for f in files if os.path.exists(os.path.join(sources, os.path.basename(f)[len("test_") : -2] + "rs"))]


def run_all(mode, host, left_out):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", HERE]
    command += ["-k", left_out] + topics()
    env = dict(os.environ, HPY_TEST_MODE=mode, HPY_HOST=host)
    process = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.decode()
    assert process.returncode == 0, output
    assert int(output.split(" passed")[0].split()[-1]) > 300, output


@pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")
def test_no_handle_is_leaked():
    # The package itself needs the GIL.
    run_all("debug", "package", LEFT_OUT + " and not gil_stays_off")


@pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")
@pytest.mark.skipif(GRAALPY, reason="takes a minute there, and shows nothing that the others don't")
def test_nothing_changes_in_trace_mode():
    run_all("trace", "package", "not keep_memory_flat and not gil_stays_off")


@pytest.mark.skipif(HOST != "native" or GRAALPY, reason="needs a native HPy host that can load the library twice")
def test_no_handle_is_leaked_in_a_native_host():
    # PyPy's debug mode does not survive a full stack; the other two need processes or modules without that mode.
    left_out = LEFT_OUT + " and not recursion and not loaded_twice and not without_a_gil"
    if PYPY:  # nor a call of the library inside of another one, as it has one context for all
        left_out += " and not test_classes and not test_fields"
    run_all("debug", "native", left_out)
