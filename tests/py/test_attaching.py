import gc
import sys
import threading

import pytest
from conftest import CPYTHON, GRAALPY, HOST, MODE, WINDOWS
from test_references import run

NATIVE = HOST == "native"  # HPy has no function for it
here = pytest.mark.skipif(NATIVE, reason="HPy's own hosts can't attach: test_native says what they raise")


@pytest.fixture(autouse=True)
def released(ext):
    """What threads have dropped is released, by the next `attach`, before handles are counted."""
    yield
    gc.collect()
    if not NATIVE:
        ext.nested()


@pytest.mark.skipif(not NATIVE, reason="for hosts of the interpreter's own")
def test_native(ext):
    with pytest.raises(RuntimeError, match="can't attach to Python: the HPy host .* has no function for it; write"):
        ext.nested()


@here
def test_in_a_thread(ext):
    seen = []

    def function(n):
        seen.append(threading.get_ident())
        return n * 2

    assert ext.call_in_thread(function, 21) == 42
    assert seen[0] != threading.get_ident()


@here
def test_exceptions_of_a_thread(ext):
    def function(n):
        raise LookupError(n)

    for n in range(20):
        with pytest.raises(LookupError, match=str(n)):
            ext.call_in_thread(function, n)


@here
def test_nested(ext):
    assert ext.nested() == [1, 2, 3, 4]
    assert ext.mix([1]) == [1, 5]


@here
def test_many_threads(ext):
    calls = 50 if GRAALPY else 300
    assert ext.call_from_threads(lambda n: n, 8, calls) == 8 * calls


@here
def test_many_threads_beside_threads_of_python(ext):
    if GRAALPY:
        return
    results = []

    def work():
        results.append(ext.call_from_threads(lambda n: n, 3, 100))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [300] * 4


@here
def test_panics(ext):
    for place in ("here", "detached"):
        with pytest.raises(BaseException, match="in attach") as info:
            ext.panics(place)
        assert type(info.value).__name__ == "PanicException"
    assert ext.panics("thread") is True
    assert ext.nested() == [1, 2, 3, 4]


@here
def test_raises_inside_of_a_call(ext):
    assert ext.raises(lambda: 1 / 0) is True
    assert ext.raises(lambda: 1) is False


@here
def test_an_exception_on_its_way_goes_on(ext):
    """The end of an instance, while an exception propagates, calls a function that raises and catches others."""
    calls = []

    def last():
        calls.append(sys.exc_info()[0])
        try:
            raise KeyError
        except KeyError:
            pass
        raise IndexError

    def function():
        instance = ext.Last(last)  # dies with this frame
        del instance
        held = ext.Last(last)
        raise ZeroDivisionError(held is None)

    with pytest.raises(ZeroDivisionError):
        function()
    gc.collect()
    if CPYTHON:
        assert len(calls) == 2


END = """
import conftest
ext = conftest.load("attaching")
%s
print("end", flush=True)
"""


@here
@pytest.mark.skipif(GRAALPY, reason="it says that a thread is still running, and ends with an error: see the guide")
def test_threads_at_the_end(ext):
    """Threads that attach all the time while Python ends are refused, or stop."""
    for _ in range(4):
        code, out, err = run(END % "ext.spin(lambda: sum(range(50)), 4); ext.pause(100)")
        assert (code, out.strip()) == (0, "end"), (code, out, err)


FORK = """
import os, signal, sys, threading
entered, leave = threading.Semaphore(0), threading.Event()

def wait():
    entered.release()
    leave.wait()

ext.spin(wait, 4)
for _ in range(4):
    entered.acquire()
# Each thread is attached now, and stays in `wait`. While threads attach and detach, `fork` can leave CPython's own lock of thread
# states locked in the child (seen in 3.11 and 3.13t): nothing that an extension does mends that.
statuses = []
for _ in range(10):
    child = os.fork()
    if not child:
        signal.alarm(30)
        sys.exit(0)
    statuses.append(os.waitpid(child, 0)[1])
leave.set()
assert statuses == [0] * 10, statuses
"""


@here
@pytest.mark.skipif(GRAALPY or WINDOWS, reason="threads at the end, as above; Windows has no fork")
@pytest.mark.skipif(MODE != "universal", reason="a thread can hold a lock of debug or trace mode while another one forks")
def test_children_of_a_process_with_threads_end(ext):
    code, out, err = run(END % FORK)
    assert (code, out.strip()) == (0, "end"), (code, out, err)


@here
@pytest.mark.skipif(not CPYTHON, reason="other interpreters do not end before their process does")
def test_after_the_end(ext):
    code, out, err = run(END % "ext.attach_at_exit(); assert ext.call_in_thread(abs, -1) == 1")
    assert code == 0, err
    lines = out.split("\n")
    assert lines[0] == "end"
    if CPYTHON:
        assert lines[1] == "after the end: can't attach to Python: the interpreter is shutting down"
