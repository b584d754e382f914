import builtins
import collections.abc
import os
import subprocess
import sys
import threading

import pytest
from conftest import CPYTHON, GRAALPY, HOST, NATIVE_GRAALPY, text_of


def run(*lines):
    """Runs lines in a process of their own, in which `load` loads a module; whether that process ends well is the test."""
    here = os.path.dirname(os.path.abspath(__file__))
    start = ["import sys", "sys.path.insert(0, %r)" % here, "from conftest import load"]
    process = subprocess.run(
        [sys.executable, "-c", "\n".join(start + list(lines))], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.returncode == 0, (process.returncode, process.stdout, process.stderr)
    return text_of(process.stdout).split()


def test_next_of_the_object_itself_makes_no_iterator(ext):
    class Thing:
        pass

    def function():
        pass

    for thing in (Thing(), function):
        thing.__next__ = lambda: 1
        with pytest.raises(TypeError, match=r"argument 'iterator' must be Iterator, not "):
            ext.items(thing)
    assert ext.items(iter([1, 2])) == [1, 2]


def test_next_of_the_metaclass_makes_no_iterator(ext):
    class Meta(type):
        def __next__(cls):
            return 1

    class Thing(metaclass=Meta):
        pass

    with pytest.raises(TypeError):
        ext.items(Thing())


def test_next_that_is_removed(ext):
    class Counter:
        def __iter__(self):
            return self

        def __next__(self):
            del Counter.__next__
            return 1

    with pytest.raises((TypeError, SystemError) if GRAALPY else (TypeError, AttributeError)):
        ext.items(Counter())


def test_metaclass_that_makes_no_class(ext):
    class Meta(type):
        def __new__(cls, name, bases, namespace):
            return 42 if name == "New" else super().__new__(cls, name, bases, namespace)

    class Base(Exception, metaclass=Meta):
        pass

    with pytest.raises((TypeError, AttributeError)):
        ext.derive(Base)
    assert ext.derive(Exception) is True


def test_other_class_in_the_place_of_slice(ext, monkeypatch):
    class Other:
        def __new__(cls, *args):
            return 5

    monkeypatch.setattr(builtins, "slice", Other)
    assert ext.count_new() == 3
    with pytest.raises(TypeError):
        ext.count(Other())


def test_other_class_in_the_place_of_slice_before_the_import():
    if NATIVE_GRAALPY:  # one more process with the LLVM language takes its time, and the host is not ours
        return
    counts = run(
        "import builtins",
        "class Other: pass",
        "slice, builtins.slice = builtins.slice, Other",
        "ext = load('hostile')",
        "print(ext.count_new(), ext.count(slice(2)))",
        "try: ext.count(Other())",
        "except TypeError: print('refused')",
    )
    assert counts == ["3", "2", "refused"]


def test_no_class_in_collections_abc(ext, monkeypatch):
    assert ext.found_types() is True
    monkeypatch.setattr(collections.abc, "Iterator", 5)
    with pytest.raises(TypeError, match="must be type, not int"):
        ext.found_types()


def fail():
    raise KeyError("kept")


def test_error_that_outlives_its_call(ext):
    for _ in range(3):
        assert ext.keep(fail)
        assert ext.call(lambda: 7) == 7
        assert ext.drop_kept()
        assert not ext.drop_kept()
        assert ext.call(lambda: 8) == 8


def test_error_that_is_dropped_detached(ext):
    assert ext.keep(fail)
    assert ext.drop_kept_detached()
    assert ext.call(lambda: 7) == 7


def test_error_that_outlives_its_thread(ext):
    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        return
    seen = []
    thread = threading.Thread(target=lambda: seen.append(ext.keep(fail)))
    thread.start()
    thread.join()
    assert seen == [True]
    assert not ext.drop_kept()


def test_error_that_is_dropped_detached_after_a_sub_interpreter():
    if not CPYTHON:  # the others have none
        return
    assert run(
        "try: import _interpreters as interpreters",
        "except ImportError: import _xxsubinterpreters as interpreters",
        "other = interpreters.create()",
        "ext = load('hostile')",
        "class Failure(Exception): pass",
        "def fail(): raise Failure",
        "print(ext.keep(fail), ext.drop_kept_detached(), ext.call(lambda: 7))",
        "interpreters.destroy(other)",
    ) == ["True", "True", "7"]


@pytest.mark.parametrize("busy", ["ext.sleep(300)", "ext.call(lambda: time.sleep(.3))"])
def test_daemon_threads_at_exit(busy):
    if HOST == "native" or not CPYTHON:  # there it is the interpreter's affair
        return
    run(
        "import threading, time",
        "ext = load('hostile')",
        "thread = threading.Thread(target=lambda: %s, daemon=True)" % busy,
        "thread.start()",
        "time.sleep(.1)",
        "class Slow:",
        "    sleep = staticmethod(time.sleep)",
        "    def __del__(self): self.sleep(.5)",
        "sys.slow = Slow()",
    )
