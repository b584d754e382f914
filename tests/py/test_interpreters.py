"""A file works in one interpreter of a process: in others its import is an ImportError, and the first goes on."""

import os
import subprocess
import sys

import pytest
from conftest import CPYTHON, HOST, LIBRARY, MODE

LOAD = """
import importlib.machinery, importlib.util
loader = importlib.machinery.ExtensionFileLoader("modules", LIBRARY)
module = importlib.util.module_from_spec(importlib.util.spec_from_file_location("modules", LIBRARY, loader=loader))
loader.exec_module(module)
print("loaded", module.ANSWER, flush=True)
"""
PROGRAM = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

def create():
    if sys.version_info >= (3, 13):
        return interpreters.create("isolated" if ISOLATED else "legacy")
    return interpreters.create(isolated=ISOLATED) if sys.version_info >= (3, 10) else interpreters.create()

def attempt():
    other = create()
    code = "LIBRARY = %r\\ntry:\\n    exec(%r)\\nexcept ImportError as error:\\n    print(error, flush=True)"
    interpreters.run_string(other, code % (LIBRARY, LOAD))
    interpreters.destroy(other)

exec(LOAD)
attempt()
attempt()
exec(LOAD)
"""


@pytest.mark.skipif(not CPYTHON or HOST != "embedded" or MODE != "universal", reason="other hosts have rules of their own")
@pytest.mark.parametrize("isolated", [False, True])
def test_another_interpreter(isolated):
    code = "ISOLATED, LIBRARY, LOAD = %r, %r, %r\n%s" % (isolated, LIBRARY, LOAD, PROGRAM)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        env=dict(os.environ, PYTHONUTF8="1"),
        timeout=100,
    )
    first, *refused, last = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr[-2000:]
    assert first == last == "loaded 42"
    assert len(refused) == 2
    ours = "modules: it is in use by another interpreter of this process, and works in one only; import it in the main"
    # Interpreters with a GIL of their own, and Python without one, refuse modules that don't say that they can be shared.
    theirs = "module modules does not support loading in subinterpreters"
    for text in refused:
        assert text.startswith(ours) or text == theirs and (isolated or hasattr(sys, "_is_gil_enabled"))
