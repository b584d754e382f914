"""`__del__`: finalizers of instances."""

import contextlib
import gc
import sys
import threading

import pytest
from conftest import CPYTHON, GRAALPY, HOST, collect, load

REFUSED = HOST == "native"

@pytest.fixture
def ext(ext_module):
    if REFUSED:
        pytest.skip("the import is refused; see test_refused")
    collect()  # what earlier tests left
    return ext_module("finalizers")


@pytest.mark.skipif(not REFUSED, reason="this host has them")
def test_refused():
    for _ in range(2):
        with pytest.raises(NotImplementedError, match="class Caller has a __del__, which .* can't call"):
            load("finalizers")
        gc.collect()


NOT_GRAALPY = pytest.mark.skipif(GRAALPY, reason="GraalPy calls no __del__ of an extension's classes")


def ends(condition):
    for _ in range(20):
        collect()
        if condition():
            return True
    return False


@contextlib.contextmanager
def unraisable():
    """What the interpreter reports."""
    seen = []
    before = sys.unraisablehook
    sys.unraisablehook = lambda report: seen.append((report.exc_type, str(report.exc_value)))
    try:
        yield seen
    finally:
        sys.unraisablehook = before


@NOT_GRAALPY
def test_once(ext):
    calls = []
    before = ext.drops()
    thing = ext.Caller(lambda it: calls.append((type(it) is ext.Caller, it.calls)))
    del thing
    assert ends(lambda: ext.drops() == before + 1)
    assert calls == [(True, 1)]


def test_by_hand(ext):
    calls = []
    thing = ext.Caller(lambda it: calls.append(it.calls))
    thing.__del__()
    thing.__del__()
    assert calls == [1, 2] and thing.calls == 2
    del thing
    if not GRAALPY:
        assert ends(lambda: calls == [1, 2, 3])


@NOT_GRAALPY
@pytest.mark.parametrize("how, error", [("error", ValueError), ("panic", None)])
def test_exceptions_are_reported_once(ext, how, error):
    before = ext.drops()
    with unraisable() as reports:
        thing = ext.Plain(how)
        del thing
        assert ends(lambda: ext.drops() == before + 1)
    assert [text for _, text in reports] == ["at the end"]
    kind = reports[0][0]
    assert kind is error if error else kind.__name__ == "PanicException"


@NOT_GRAALPY
def test_exceptions_of_python_are_reported_once(ext):
    def fails(_):
        raise KeyError("python")

    before = ext.drops()
    with unraisable() as reports:
        thing = ext.Caller(fails)
        del thing
        assert ends(lambda: ext.drops() == before + 1)
    assert reports == [(KeyError, "'python'")]


@NOT_GRAALPY
def test_an_exception_on_its_way_comes_through(ext):
    """The instance ends while an exception leaves the function that holds it."""
    calls = []

    def last_owner():
        thing = ext.Caller(lambda it: calls.append(it))
        other = ext.Plain("error")
        raise KeyError("mine", thing.calls, type(other).__name__)

    before = ext.drops()
    with unraisable() as reports:
        try:
            last_owner()
        except KeyError as error:
            assert error.args == ("mine", 0, "Plain")
            error.__traceback__ = None
        collect()
        del calls[:]
        assert ends(lambda: ext.drops() == before + 2)
    assert reports == [(ValueError, "at the end")]


@NOT_GRAALPY
def test_an_exception_is_raised_into_the_end(ext):
    """`tp_finalize` is called with the exception pending: a function of C that fails lets its arguments go."""
    calls = []

    class Holder(list):
        def __init__(self, thing):
            self.thing = thing

    for _ in range(10):
        with pytest.raises(IndexError, match="index out of range"):
            Holder(ext.Caller(calls.append))[1]
    assert ends(lambda: len(calls) == 10)
    assert [thing.calls for thing in calls] == [1] * 10
    assert all(type(thing) is ext.Caller for thing in calls)


@NOT_GRAALPY
def test_in_a_cycle(ext):
    seen = []
    before = ext.drops()
    one = ext.Caller(lambda it: seen.append(type(it.other).__name__))
    two = ext.Caller(lambda it: seen.append(type(it.other).__name__), one)
    one.other = two
    del one, two
    assert ends(lambda: ext.drops() == before + 2)
    assert seen == ["Caller", "Caller"]  # both were whole


@NOT_GRAALPY
def test_resurrection(ext):
    before = ext.drops()
    phoenix = ext.Phoenix()
    del phoenix
    found = []
    assert ends(lambda: found.append(ext.kept()) or found[-1] is not None)
    phoenix = found.pop()
    assert type(phoenix) is ext.Phoenix and phoenix.deaths == 1
    assert ext.drops() == before
    # The second time it is not asked.
    del phoenix, found
    assert ends(lambda: ext.drops() == before + 1)
    assert ext.kept() is None


@NOT_GRAALPY
def test_resurrection_of_a_cycle(ext):
    kept = []
    before = ext.drops()
    thing = ext.Caller(kept.append)
    thing.other = thing
    del thing
    assert ends(lambda: len(kept) == 1)
    assert kept[0].other is kept[0] and kept[0].calls == 1
    assert ext.drops() == before
    kept.clear()
    assert ends(lambda: ext.drops() == before + 1)
    assert kept == []


def test_without_a_value(ext):
    with unraisable() as reports:
        with pytest.raises(ValueError, match="no"):
            ext.Stillborn()
        for cls in (ext.Stillborn, ext.Caller):
            try:
                made = object.__new__(cls)
            except TypeError:
                continue
            del made
        collect()
    assert reports == []


@NOT_GRAALPY
def test_subclasses(ext):
    calls = []

    class Child(ext.Caller):
        pass

    class Loud(ext.Caller):
        def __del__(self):
            calls.append("python")
            super().__del__()

    before = ext.drops()
    Child(lambda it: calls.append(type(it).__name__))
    assert ends(lambda: ext.drops() == before + 1)
    assert calls == ["Child"]
    Loud(lambda it: calls.append(type(it).__name__))
    assert ends(lambda: ext.drops() == before + 2)
    assert calls == ["Child", "python", "Loud"]


@NOT_GRAALPY
def test_on_another_thread(ext):
    before = ext.drops()
    things = [ext.Plain("quietly"), ext.Local()]
    with unraisable() as reports:
        thread = threading.Thread(target=lambda: (things.clear(), collect()))
        thread.start()
        thread.join()
        assert ends(lambda: ext.drops() > before)
    if CPYTHON:  # the others' collectors may run on any thread
        assert reports == [(RuntimeError, "this Local object can only be used by the thread that made it")]


@NOT_GRAALPY
def test_many(ext):
    before = ext.drops()
    calls = []
    count = 10000
    for i in range(count):
        ext.Caller(calls.append if i % 100 == 0 else None)
    assert ends(lambda: len(calls) == count // 100)
    calls.clear()
    assert ends(lambda: ext.drops() == before + count)
    assert calls == []
