"""The tests of every topic once more, in the debug mode of a native HPy host."""

import glob
import os
import subprocess
import sys

import pytest
from conftest import GRAALPY, HOST

pytestmark = pytest.mark.skipif(
    HOST != "native" or GRAALPY, reason="debug mode needs a native HPy host that can load the library twice"
)


def test_no_handle_is_leaked():
    here = os.path.dirname(os.path.abspath(__file__))
    others = {"test_debug.py", "test_loader.py"}  # the loader's tests have processes of their own
    files = sorted(f for f in glob.glob(os.path.join(here, "test_*.py")) if os.path.basename(f) not in others)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", here]
    # PyPy's debug mode does not survive a full stack; the other three need processes or modules without that mode.
    command += ["-k", "not recursion and not keep_memory_flat and not loaded_twice and not without_a_gil"] + files
    env = dict(os.environ, HPY_TEST_MODE="debug")
    process = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.decode()
    assert process.returncode == 0, output
    assert int(output.split(" passed")[0].split()[-1]) > 300, output
