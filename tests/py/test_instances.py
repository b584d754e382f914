"""Instances, fields, errors and globals that two threads, two hosts or two calls want to have: one of them gets it, or a
clear exception, never both."""

import subprocess
import sys
import threading

import pytest
from conftest import CPYTHON, DEBUG, FREE_THREADED, GRAALPY, HOST, LIBRARY, MODE, NATIVE_GRAALPY, PYPY, collect, load

metaclasses = pytest.mark.skipif(HOST == "native" or GRAALPY, reason="no room for a metaclass's data; see test_bases.py")
threads_run = pytest.mark.skipif(NATIVE_GRAALPY, reason="a second thread breaks its HPy")


def in_thread(f):
    result = []

    def run():
        try:
            result.append(f())
        except BaseException as error:
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return result[0]


@metaclasses
def test_an_existing_instance_is_not_filled_again(ext):
    old = ext.Bound("old", (), {})

    class Other(ext.Bound):
        def __new__(cls, *args):
            return old

    made_by_other = type.__new__(Other, "made_by_other", (), {})
    before = old.shared()
    for call in (lambda: ext.Bound("x", (made_by_other,), {}), lambda: in_thread(lambda: ext.Bound("x", (made_by_other,), {}))):
        try:
            error = call()
        except TypeError as raised:
            error = raised
        assert type(error) is TypeError and "given a Bound object that exists, not a new one" in str(error)
    assert old.shared() == before
    error = in_thread(old.shared)
    assert type(error) is RuntimeError and "only be used by the thread that made it" in str(error)


@metaclasses
def test_an_instance_that_is_seen_early_has_no_value(ext):
    seen = []

    class Early:
        def __set_name__(self, owner, name):
            seen.append(owner)
            for use in (owner.shared, lambda: in_thread(owner.shared)):
                try:
                    seen.append(use())
                except TypeError as error:
                    seen.append(error)

    made = ext.Bound("made", (), {"early": Early()})
    assert seen[0] is made and made.shared() > 0
    assert all(isinstance(error, TypeError) and "no value" in str(error) for error in seen[1:])


@metaclasses
@threads_run
def test_threads_that_fill_one_instance(ext):
    """Each thread gives the value to a class that both have before either is done."""
    for _ in range(200 if FREE_THREADED else 20):
        shared = type.__new__(ext.Bound, "shared", (), {})

        class Other(ext.Bound):
            def __new__(cls, *args):
                return shared

        made_by_other = type.__new__(Other, "made_by_other", (), {})
        start = threading.Barrier(2)
        results = []

        def fill():
            start.wait()
            try:
                made = ext.Bound("x", (made_by_other,), {})
                results.append(made.shared())
            except (TypeError, RuntimeError) as error:
                results.append(str(error))

        threads = [threading.Thread(target=fill) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(type(result) is int for result in results) == [False, True], results
        refused = next(result for result in results if type(result) is str)
        assert "not a new one" in refused


@metaclasses
@pytest.mark.skipif(PYPY and HOST == "package", reason="PyPy through hpy-host: no instances of a metaclass's subclasses")
def test_a_metaclass_with_other_bases(ext):
    class Sub(ext.Small):
        pass

    small = Sub("small", (), {})
    large = ext.Large("large", (), {})
    assert small.value() == 5 and large.sum() == 64
    try:
        Sub.__bases__ = (ext.Large,)
    except TypeError:
        assert CPYTHON
    for use in (lambda: ext.Large.sum(small), lambda: ext.Large.fill(small, 1), lambda: ext.Small.value(large)):
        with pytest.raises(TypeError):
            use()
    # A class that was made without the metaclass's `__new__`, and is first looked at when that has other bases.
    class Third(ext.Small):
        pass

    skipped = type.__new__(Third, "skipped", (), {})
    with pytest.raises(TypeError):
        skipped.value()
    try:
        Third.__bases__ = (ext.Large,)
    except TypeError:
        assert CPYTHON
    for use in (lambda: ext.Large.sum(skipped), lambda: ext.Small.value(skipped)):
        with pytest.raises(TypeError):
            use()
    assert large.sum() == 64
    del small, skipped
    collect()


@metaclasses
def test_a_metaclass_that_changes_its_bases_meanwhile(ext):
    class Sub(ext.Large):
        pass

    class Changes:
        def __set_name__(self, owner, name):
            try:
                Sub.__bases__ = (ext.Small,)
            except TypeError:
                assert CPYTHON

    try:
        made = Sub("made", (), {"changes": Changes()})
    except TypeError as error:
        assert not CPYTHON and ("other bases" in str(error) or "no room" in str(error))
    else:
        assert ext.Large.sum(made) == 64
    collect()


@metaclasses
def test_a_class_that_gets_another_metaclass(ext):
    small, large = ext.Small("small", (), {}), ext.Large("large", (), {})
    try:
        small.__class__ = ext.Large
    except TypeError:
        pass
    try:
        ext.Large.sum(small)
    except TypeError:
        pass
    else:
        assert False, "the memory of a Small was read as a Large's"
    assert large.sum() == 64


@threads_run
def test_threads_that_want_one_field(ext):
    for _ in range(300 if FREE_THREADED else 30):
        value = [1, 2, 3]
        ext.offer(value)
        adopters = [ext.Adopter(), ext.Adopter()]
        start = threading.Barrier(2)
        results = []

        def adopt(adopter):
            start.wait()
            try:
                results.append(adopter.adopt())
            except BaseException as error:
                results.append(error)

        threads = [threading.Thread(target=adopt, args=(adopter,)) for adopter in adopters]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        got = [result for result in results if result is value]
        refused = [result for result in results if result is not value]
        assert len(got) == len(refused) == 1, results
        assert type(refused[0]).__name__ == "PanicException" and "does not belong to this Adopter" in str(refused[0])
    ext.offer(None)


def fail():
    raise ValueError("kept")


@pytest.mark.skipif(HOST == "native", reason="this host can't keep an exception; see test_kept_errors_are_refused")
def test_kept_errors(ext):
    ext.keep_error(fail)
    assert ext.is_value_error() is True
    with pytest.raises(ValueError, match="kept"):
        ext.raise_kept()
    ext.keep_error(fail)
    assert str(ext.kept_value()) == "kept"


@pytest.mark.skipif(HOST != "native" or NATIVE_GRAALPY, reason="this host can keep an exception; see test_kept_errors")
def test_kept_errors_are_refused(ext):
    ext.keep_error(fail)
    assert ext.is_value_error() is False
    with pytest.raises(RuntimeError, match="belongs to an earlier call"):
        ext.raise_kept()
    ext.keep_error(fail)
    with pytest.raises((RuntimeError, NotImplementedError)):
        ext.kept_value()


@pytest.mark.skipif(HOST != "native" or DEBUG, reason="there is one host only")
def test_two_hosts_of_one_file(ext):
    own, other = ext, load("instances", "embedded")
    assert type(own) is type(other) and own is not other
    # Each host has a global of its own.
    mine, theirs = ["mine"], ["theirs"]
    own.store(mine)
    assert own.load() is mine
    other.store(theirs)
    assert own.load() is mine and other.load() is theirs
    own.store(None)
    assert own.load() is None and other.load() is theirs
    other.store(None)
    # An exception stays in its host.
    other.keep_error(fail)
    assert own.is_value_error() is False
    with pytest.raises(RuntimeError, match="raised in another HPy host of this process \\(the host in this file\\)"):
        own.raise_kept()
    other.keep_error(fail)
    with pytest.raises((RuntimeError, NotImplementedError)):
        own.kept_value()
    other.keep_error(fail)
    assert other.is_value_error() is True
    with pytest.raises(ValueError, match="kept"):
        other.raise_kept()
    # So does a field that no instance has yet.
    other.offer(mine)
    with pytest.raises(BaseException, match="made in another HPy host"):
        own.Adopter().adopt()
    assert other.Adopter().adopt() is mine
    other.offer(None)
    other.offer(mine)
    own.offer(None)
    own.offer(mine)
    other.offer(None)
    assert own.Adopter().adopt() is None


def test_use_while_attached(ext):
    assert ext.use_while_attached([1, 2, 3]) == len("[1, 2, 3]")


@pytest.mark.skipif(HOST != "embedded", reason="other hosts' calls are looked at in debug mode only; see test_debug_mode.py")
def test_use_while_detached(ext):
    if not ext.looks_for_detached_calls():
        pytest.skip("only builds with debug assertions look")
    value = [1, 2, 3]
    before = sys.getrefcount(value) if CPYTHON else 0
    for _ in range(3):
        with pytest.raises(BaseException, match="Python was called inside of `detach`") as info:
            ext.use_while_detached(value)
        assert type(info.value).__name__ == "PanicException"
    del info
    assert ext.use_while_attached(value) == len("[1, 2, 3]")
    assert not CPYTHON or sys.getrefcount(value) == before
