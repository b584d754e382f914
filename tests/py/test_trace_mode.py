"""Trace mode of the package hpy-host: counts and durations."""

import importlib.machinery
import importlib.util
import io
import os
import subprocess
import sys
import time

import pytest
from conftest import HOST, SUFFIX, copy_of_the_library, text_of

pytestmark = pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")

MISUSE = os.environ["HPY_TEST_MISUSE"]


def load_in_trace_mode(name, path):
    import hpy_host

    spec = importlib.util.spec_from_file_location(name, path, loader=importlib.machinery.ExtensionFileLoader(name, path))
    return hpy_host.load(name, path, spec, mode=hpy_host.MODE_TRACE)


@pytest.fixture(scope="module")
def misuse():
    return load_in_trace_mode("misuse", MISUSE)


@pytest.fixture
def trace():
    import hpy_host.trace

    yield hpy_host.trace
    hpy_host.trace.set_trace_functions(None, None)


def counted(trace, call):
    before = trace.get_call_counts()
    call()
    return {name: count - before[name] for name, count in trace.get_call_counts().items() if count != before[name]}


def test_calls_are_counted(misuse, trace):
    assert misuse.name() == "HPy Trace Mode ABI (hpy-host)"
    assert counted(trace, misuse.name) == {"ctx_Unicode_FromString": 1}
    assert counted(trace, lambda: misuse.close_argument.__name__) == {}
    assert len(trace.get_call_counts()) == len(trace.get_durations()) == 188
    assert set(trace.get_call_counts()) == set(trace.get_durations())


def test_time_is_measured(misuse, trace):
    before = trace.get_durations()["ctx_CallTupleDict"]
    misuse.keep_context_and_call(lambda: time.sleep(0.05))
    assert trace.get_durations()["ctx_CallTupleDict"] - before >= 0.05 * trace.get_frequency()


def test_functions_around_each_call(misuse, trace):
    seen = []
    trace.set_trace_functions(on_enter=lambda name: seen.append("enter " + name))
    misuse.name()
    trace.set_trace_functions(on_exit=lambda name: seen.append("exit " + name))
    misuse.name()
    trace.set_trace_functions(on_enter=None)
    misuse.name()
    trace.set_trace_functions(None, None)
    misuse.name()
    name = "ctx_Unicode_FromString"
    assert seen == ["enter " + name, "enter " + name, "exit " + name, "exit " + name]
    for wrong in ({"on_enter": 1}, {"on_exit": "x"}):
        with pytest.raises(TypeError, match="Expected a callable object or None"):
            trace.set_trace_functions(**wrong)


def test_functions_that_raise(misuse, trace, monkeypatch):
    if hasattr(sys, "unraisablehook"):
        monkeypatch.setattr(sys, "unraisablehook", lambda info: None)
    trace.set_trace_functions(lambda name: 1 // 0, lambda name: 1 // 0)
    assert misuse.name().startswith("HPy Trace")
    with pytest.raises(KeyError, match="mine"):
        misuse.keep_context_and_call(lambda: {}["mine"])


def test_what_hpy_makes(trace, tmp_path):
    """Code written with `hpy` works as it does elsewhere."""
    functions = load_in_trace_mode("functions", copy_of_the_library(tmp_path))
    numbers = counted(trace, lambda: functions.sum_all(1, 2, 3))
    assert numbers and all(name.startswith("ctx_") for name in numbers)
    with pytest.raises(TypeError, match="argument"):
        functions.positional_only("x", 1)


def test_report(misuse, trace):
    misuse.name()
    text = io.StringIO()
    trace.report(text)
    lines = text.getvalue().splitlines()
    assert lines[0].split() == ["function", "calls", "ms", "us", "a", "call"]
    assert any(line.startswith("ctx_Unicode_FromString ") for line in lines[1:])


def test_a_program(tmp_path):
    """`HPY=trace python -m hpy_host run` prints the report at its end."""
    (tmp_path / ("misuse" + SUFFIX)).write_bytes(open(MISUSE, "rb").read())
    (tmp_path / "app.py").write_text("import misuse\nfor i in range(7):\n    misuse.name()\n")
    command = [sys.executable, "-m", "hpy_host", "run", "app.py"]
    process = subprocess.run(command, env=dict(os.environ, HPY="trace"), cwd=str(tmp_path), stderr=subprocess.PIPE)
    text = text_of(process.stderr)
    assert process.returncode == 0, text
    assert [line.split()[:2] for line in text.splitlines() if "ctx_" in line] == [["ctx_Unicode_FromString", "7"]]
