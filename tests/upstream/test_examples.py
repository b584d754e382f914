"""The examples of HPy's documentation, by the same file on every interpreter. `hpy_examples` has compiled them.

Its proof of concept and the example of porting have tests of their own, which `cargo xtask upstream` runs as they are.
"""

import os
import re
import subprocess
import sys

import hpy_compiler
import hpy_examples
import pytest

EXAMPLES = os.path.join(os.environ["HPY_SDIST"], "docs", "examples")


@pytest.mark.parametrize("name", sorted(hpy_examples.MODULES))
def test_it_is_one_file_for_all(name):
    module = __import__(name, fromlist=["x"])
    assert module.__name__ == name
    assert module.__file__ == os.path.join(hpy_examples.FOLDER, name.replace(".", os.sep) + hpy_compiler.SUFFIX)


def test_simple():
    import simple

    assert simple.myabs(-42) == 42 and simple.myabs(42) == 42


def test_hpyvarargs():
    import hpyvarargs

    assert hpyvarargs.add_ints(40, 2) == 42


def test_snippets():
    import snippets

    assert snippets.test_foo_and_is_same_object(2, 2) == 1
    assert snippets.test_foo_and_is_same_object(2, 42) == 0


def test_simple_type():
    import simple_type

    point = simple_type.Point(4, 5)
    assert (point.x, point.y, point.foo(), point.z) == (4, 5, 45, 1045)
    point.z = 2000
    assert (point.y, point.z) == (960, 2000)


def test_builtin_type():
    import builtin_type

    assert builtin_type.Dummy("hello") == "hello"
    text = builtin_type.Language("hello")
    text.lang = "en"
    assert (text, text.lang) == ("hello", "en")


def test_quickstart():
    import quickstart

    assert quickstart.say_hello() == "Hello world"


def test_hpycall():
    import hpycall

    assert hpycall.EuclideanVector(4, 5)(6, 7) == 4 * 6 + 5 * 7
    assert hpycall.EuclideanVector(4, 5, use_special_call=True)(6, 7) == -(4 * 6 + 5 * 7)
    assert hpycall.Foo()() == "hello manually initialized call function"
    assert hpycall.Pack()() is None


def run(script, mode):
    path = os.pathsep.join([hpy_examples.FOLDER, os.environ["PYTHONPATH"]])
    env = dict(os.environ, HPY=mode, HPY_LOG="1", PYTHONPATH=path)
    command = [sys.executable, "-m", "hpy_host", "run", os.path.join(EXAMPLES, script)]
    process = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    return [text.decode().replace(os.linesep, "\n") for text in (process.stdout, process.stderr)]


def test_the_example_of_debug_mode():
    out, err = run("debug-example.py", "debug")
    assert out == "Loading 'snippets' in HPy universal mode with a debug context\n"
    assert "HPyLeakError: 1 unclosed handle:" in err
    assert re.search("<DebugHandle 0x[0-9a-f]+ for 42>", err)
    assert "snippets.c:" in err


def test_the_example_of_trace_mode():
    out, err = run("trace-example.py", "trace")
    assert 'get_call_counts()["ctx_Add"] == 1' in out, err
