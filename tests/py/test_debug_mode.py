"""Debug mode of the package hpy-host: the errors that it finds in `tests/misuse`, and its reports."""

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
import threading

import pytest
from conftest import ABORTED, GRAALPY, HOST, NO_MEMORY, PYPY, SUFFIX, copy_of_the_library, text_of

pytestmark = pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")

MISUSE = os.environ["HPY_TEST_MISUSE"]


def load_in_debug_mode(name, path):
    import hpy_host

    spec = importlib.util.spec_from_file_location(name, path, loader=importlib.machinery.ExtensionFileLoader(name, path))
    return hpy_host.load(name, path, spec, mode=hpy_host.MODE_DEBUG)


@pytest.fixture(scope="module")
def misuse():
    return load_in_debug_mode("misuse", MISUSE)


@pytest.fixture
def _debug():
    import hpy_host

    yield hpy_host._debug
    hpy_host._debug.set_handle_stack_trace_limit(None)


@pytest.fixture
def reports(_debug):
    """A list of what was reported, instead of the end of the process."""
    seen = []
    _debug.set_on_invalid_handle(lambda: seen.append("handle"))
    _debug.set_on_invalid_builder_handle(lambda: seen.append("builder"))
    yield seen
    _debug.set_on_invalid_handle(None)
    _debug.set_on_invalid_builder_handle(None)


HEAD = """import importlib.machinery, importlib.util, sys
import hpy_host
loader = importlib.machinery.ExtensionFileLoader("misuse", {0!r})
spec = importlib.util.spec_from_file_location("misuse", {0!r}, loader=loader)
misuse = hpy_host.load("misuse", {0!r}, spec, mode=hpy_host.MODE_DEBUG)
""".format(MISUSE)


def run(code, folder):
    """What a process says on standard error in which `misuse` is loaded in debug mode, and how it ends."""
    command = [sys.executable, "-c", HEAD + code]
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=str(folder))
    return text_of(process.stderr), process.returncode


def test_the_context_says_its_name(misuse):
    assert misuse.name() == "HPy Debug Mode ABI (hpy-host)"


class TestLeaks:
    def test_leak_detector(self, misuse):
        from hpy_host.debug import HPyDebugError, HPyLeakError, LeakDetector

        with pytest.raises(HPyLeakError, match="^2 unclosed handles:\n") as info:
            with LeakDetector():
                misuse.leak("first")
                misuse.leak("second")
        assert isinstance(info.value, HPyDebugError)
        assert [leak.obj for leak in info.value.leaks] == ["first", "second"]
        for leak in info.value.leaks:
            leak._force_close()
        with LeakDetector():
            misuse.name()

    def test_it_says_where(self, misuse, _debug):
        from hpy_host.debug import HPyLeakError, LeakDetector, set_handle_stack_trace_limit

        set_handle_stack_trace_limit(32)
        line = sys._getframe().f_lineno + 3
        with pytest.raises(HPyLeakError) as info:
            with LeakDetector():
                misuse.leak("here")
        text = str(info.value)
        assert 'test_debug_mode.py", line %d, in test_it_says_where\n' % line in text
        assert "leak at " in text and "tests/misuse/src/lib.rs:" in text
        info.value.leaks[0]._force_close()

    def test_builders_and_trackers_that_are_never_finished(self, misuse):
        from hpy_host.debug import HPyLeakError, LeakDetector

        with pytest.raises(HPyLeakError, match="1 unfinished builder:\n    <HPyTupleBuilder of size 1>"):
            with LeakDetector():
                misuse.forget_builder("x")
        with pytest.raises(HPyLeakError, match="1 unfinished builder:\n    <HPyTracker of size 1>") as info:
            with LeakDetector():
                misuse.forget_tracker("x")
        assert [leak.obj for leak in info.value.leaks] == ["x"]
        info.value.leaks[0]._force_close()

    def test_detector_is_started_once_and_then_stopped(self):
        from hpy_host.debug import LeakDetector

        detector = LeakDetector()
        with pytest.raises(ValueError, match="not started"):
            detector.stop()
        detector.start()
        with pytest.raises(ValueError, match="already started"):
            detector.start()
        detector.stop()


class TestHandles:
    def test_generations(self, misuse, _debug):
        first = _debug.new_generation()
        misuse.leak("old")
        second = _debug.new_generation()
        assert second > first
        misuse.leak("young")
        handles = _debug.get_open_handles(first)
        assert [handle.obj for handle in handles] == ["old", "young"]
        assert [handle.obj for handle in _debug.get_open_handles(second)] == ["young"]
        for handle in handles:
            handle._force_close()
        assert _debug.get_open_handles(first) == []

    def test_handle(self, misuse, _debug):
        generation = _debug.new_generation()
        misuse.leak("x")
        (handle,) = _debug.get_open_handles(generation)
        (same,) = _debug.get_open_handles(generation)
        assert handle == same and handle is not same and hash(handle) == hash(same)
        assert not handle != same and handle != "x"
        with pytest.raises(TypeError):
            handle < same
        assert not handle.is_closed
        assert repr(handle).startswith("<DebugHandle 0x%x for 'x'>\nTo see where" % handle.id)
        handle._force_close()
        assert handle.is_closed and handle in _debug.get_closed_handles()
        assert repr(handle).startswith("<DebugHandle 0x%x CLOSED>" % handle.id)
        with pytest.raises(ValueError, match="closed"):
            handle.obj

    def test_repr_that_raises(self, misuse, _debug):
        class Bad:
            def __repr__(self):
                raise KeyError("repr")

        generation = _debug.new_generation()
        misuse.leak(Bad())
        (handle,) = _debug.get_open_handles(generation)
        assert "for a Bad whose repr raises KeyError>" in repr(handle)
        handle._force_close()

    def test_queue_of_closed_handles(self, misuse, _debug):
        old = _debug.get_closed_handles_queue_max_size()
        try:
            for size in (0, 2, 5):
                _debug.set_closed_handles_queue_max_size(size)
                for _ in range(old):
                    misuse.name()
                assert len(_debug.get_closed_handles()) == size
        finally:
            _debug.set_closed_handles_queue_max_size(old)
        for wrong in (-1, "1", None):
            with pytest.raises((TypeError, OverflowError)):
                _debug.set_closed_handles_queue_max_size(wrong)
        assert _debug.get_closed_handles_queue_max_size() == old

    def test_text_of_closed_handles_is_kept_up_to_a_size(self, misuse, _debug):
        old = _debug.get_protected_raw_data_max_size()
        before = sum(max(handle.raw_data_size, 0) for handle in _debug.get_closed_handles())
        try:
            _debug.set_protected_raw_data_max_size(before + 10)
            generation = _debug.new_generation()
            for text in ("short", "much too long for it", "abc"):
                misuse.keep_text(text)
            sizes = [handle.raw_data_size for handle in _debug.get_closed_handles(generation)]
            assert sorted(size for size in sizes if size != -1) == [4, 6]
        finally:
            _debug.set_protected_raw_data_max_size(old)


class TestReports:
    @pytest.mark.parametrize(
        "function, seen",
        [
            ("close_twice", ["handle"]),
            ("use_closed", ["handle"]),
            ("close_argument", ["handle"]),
            ("close_constant", ["handle"]),
            ("return_argument", ["handle"]),
            ("return_constant", ["handle"]),
            ("close_tracked", ["handle"]),
            ("set_outside_of_builder", ["builder"]),
            ("leak", []),
        ],
    )
    def test_the_process_goes_on(self, misuse, _debug, reports, function, seen):
        generation = _debug.new_generation()
        for _ in range(100):  # nothing is given back too often
            del reports[:]
            argument = ["an", "argument"]
            getattr(misuse, function)(argument)
            assert reports == seen
            assert argument == ["an", "argument"]
        for handle in _debug.get_open_handles(generation):
            assert function == "leak"
            handle._force_close()

    def test_builders_that_are_closed(self, misuse, reports):
        for function in (misuse.build_twice, misuse.build_cancelled):
            del reports[:]
            with pytest.raises(MemoryError):
                function("x")
            assert reports == ["builder"]

    def test_a_handle_of_another_call(self, misuse, reports):
        text = "kept".upper()
        misuse.keep_argument(text)
        assert reports == []
        assert misuse.use_kept_handle() == "'KEPT'"
        assert reports == ["handle"]

    def test_an_exception_in_the_report(self, misuse, _debug, reports, monkeypatch):
        unraisable = []
        if hasattr(sys, "unraisablehook"):
            monkeypatch.setattr(sys, "unraisablehook", lambda info: unraisable.append(info.exc_type))
        _debug.set_on_invalid_handle(lambda: 1 // 0)
        assert misuse.close_twice("x") is None
        if not PYPY and not GRAALPY:
            assert unraisable == [ZeroDivisionError]

    def test_only_functions_can_be_set(self, _debug):
        for function in (_debug.set_on_invalid_handle, _debug.set_on_invalid_builder_handle):
            with pytest.raises(TypeError, match="Expected a callable object"):
                function(1)


# Each ends the process: the function, its argument, and what is said.
CLOSED = "Invalid usage of already closed handle"
CONTEXT = "Error: Wrong HPy Context!"
FATAL = [
    ("close_twice", [CLOSED, "HPy_Close: the handle is closed", "It was made at:", "It was closed at:"]),
    ("use_kept_context", [CONTEXT, "HPy_Dup: its call is over"]),
    ("return_nonsense", [CLOSED, "this is no handle of the debug context"]),
    ("use_behind_arguments", [CLOSED, "HPy_Repr: the function read behind its last argument", "HPyArg_ParseKeywordsDict"]),
    ("build_twice", ["Invalid usage of already closed builder", "HPyListBuilder_Build"]),
    ("use_closed", [CLOSED, "HPy_Repr: the handle is closed"]),
    ("close_argument", [CLOSED, "HPy_Close: an argument is closed by the caller"]),
    ("close_constant", [CLOSED, "HPy_Close: a constant of the context must not be closed"]),
    ("return_argument", [CLOSED, "a function's result: an argument can't be returned"]),
    ("return_constant", [CLOSED, "a function's result: a constant of the context can't be returned"]),
    ("keep_context_and_call", [CONTEXT, "HPy_Dup: it belongs to another call"]),
    ("use_context_in_another_thread", [CONTEXT, "HPy_Dup: it belongs to a call on another thread"]),
    ("use_context_without_python", [CONTEXT, "HPy_Dup: after HPy_LeavePythonExecution"]),
    ("reenter_without_leaving", [CONTEXT, "HPy_ReenterPythonExecution: HPy_LeavePythonExecution was not called"]),
    ("set_outside_of_builder", ["HPyListBuilder_Set: there is no place 7 in a builder of size 1"]),
    ("use_closed_tracker", ["Invalid usage of already closed tracker"]),
    ("no_type", ["HPy_TypeCheck arg 2 must be a type"]),
    ("name_of_no_type", ["HPyType_GetName arg must be a type"]),
    ("substring_of_no_text", ["HPyUnicode_Substring arg 1 must be a Unicode object"]),
    ("struct_of_none", ["Invalid usage of _HPy_AsStruct_Type. Expected shape HPyType_BuiltinShape_Type but got"]),
]
if GRAALPY:
    FATAL = FATAL[:4]  # a process takes five seconds to start


@pytest.mark.parametrize("function, said", FATAL, ids=[case[0] for case in FATAL])
def test_the_end_of_the_process(tmp_path, function, said):
    argument = "misuse.use_kept_context" if function == "keep_context_and_call" else "'x'"
    code = "hpy_host.debug.set_handle_stack_trace_limit(16)\nmisuse.keep_context()\n"
    text, status = run(code + "misuse.%s(%s)\nprint('it came back', file=sys.stderr)\n" % (function, argument), tmp_path)
    assert status in ABORTED, text
    assert "it came back" not in text
    for part in said:
        assert part in text
    if said[0] is CLOSED:
        assert 'File "<string>", line 8, in <module>' in text


TEXTS = ["write_to_text('x')", "read_text_of_closed('x')", "keep_text('x'); misuse.read_kept_text()"]


@pytest.mark.skipif(GRAALPY, reason="the virtual machine has its own way to end on a signal")
@pytest.mark.parametrize("call", TEXTS)
def test_memory_that_must_not_be_touched(tmp_path, call):
    text, status = run("misuse.%s\nprint('it came back', file=sys.stderr)\n" % call, tmp_path)
    assert status in NO_MEMORY, text


def test_threads(misuse, _debug, tmp_path):
    """Each call has its own context, however many threads there are."""
    generation = _debug.new_generation()
    functions = load_in_debug_mode("functions", copy_of_the_library(tmp_path))
    failed = []

    def work(number):
        try:
            for i in range(300):
                assert misuse.name().startswith("HPy Debug Mode")
                assert functions.sum_all(1, 2) == 3
                misuse.leak((number, i))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    leaks = _debug.get_open_handles(generation)
    assert sorted(leak.obj for leak in leaks) == [(number, i) for number in range(8) for i in range(300)]
    for leak in leaks:
        leak._force_close()


def test_deep_calls(misuse, reports):
    """A context is not used again while its call goes on, however many calls there are."""

    def deeper(depth):
        return lambda: misuse.keep_context_and_call(deeper(depth - 1)) if depth else misuse.name()

    depth = 18 if GRAALPY else 40  # there the virtual machine's stack is full sooner; 16 contexts are there at first
    assert deeper(depth)() == "HPy Debug Mode ABI (hpy-host)"
    assert reports == []


def test_a_program(tmp_path):
    """`HPY=debug python -m hpy_host run` says at its end what was leaked, and where."""
    (tmp_path / ("misuse" + SUFFIX)).write_bytes(open(MISUSE, "rb").read())
    (tmp_path / "app.py").write_text("import misuse\ndef work():\n    misuse.leak('text')\nwork()\n")
    command = [sys.executable, "-m", "hpy_host", "run", "app.py"]
    env = dict(os.environ, HPY="debug")
    process = subprocess.run(command, env=env, cwd=str(tmp_path), stderr=subprocess.PIPE)
    text = text_of(process.stderr)
    assert process.returncode == 0, text
    assert "hpy_host: 1 unclosed handle:\n    <DebugHandle 0x" in text
    assert 'app.py", line 3, in work\n' in text
    assert "leak at " in text and "tests/misuse/src/lib.rs:" in text
