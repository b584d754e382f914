"""The tests of every topic once more, in debug mode: of the package hpy-host, and of a native HPy host that has one."""

import glob
import os
import subprocess
import sys

import pytest
from conftest import GRAALPY, HOST

# The first needs a process of its own that is bounded in memory, not in handles; an error that outlives its call keeps
# its handle, which is what the second are about.
LEFT_OUT = "not keep_memory_flat and not error_that"


def run_under_debug_mode(host, left_out):
    here = os.path.dirname(os.path.abspath(__file__))
    # The loader's tests have processes of their own.
    others = {"test_debug.py", "test_debug_mode.py", "test_loader.py"}
    files = sorted(f for f in glob.glob(os.path.join(here, "test_*.py")) if os.path.basename(f) not in others)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", here]
    command += ["-k", left_out] + files
    env = dict(os.environ, HPY_TEST_MODE="debug", HPY_HOST=host)
    process = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.decode()
    assert process.returncode == 0, output
    assert int(output.split(" passed")[0].split()[-1]) > 300, output


@pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")
def test_no_handle_is_leaked():
    # The package itself needs the GIL.
    run_under_debug_mode("package", LEFT_OUT + " and not gil_stays_off")


@pytest.mark.skipif(HOST != "native" or GRAALPY, reason="needs a native HPy host that can load the library twice")
def test_no_handle_is_leaked_in_a_native_host():
    # PyPy's debug mode does not survive a full stack; the other two need processes or modules without that mode.
    run_under_debug_mode("native", LEFT_OUT + " and not recursion and not loaded_twice and not without_a_gil")
