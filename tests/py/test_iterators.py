"""Rust iterators in Python."""

import collections.abc
import copy
import itertools
import operator
import pickle
import sys
import threading

import pytest
from conftest import GRAALPY, HOST, NATIVE_GRAALPY, PYPY, collect, is_back_at


OLD_PYPY = PYPY and sys.pypy_version_info[:3] < (7, 3, 12)


@pytest.fixture
def ext(ext_module):
    collect()  # what earlier tests left
    return ext_module("iterators")


def test_items(ext):
    assert list(ext.count(5)) == [0, 1, 2, 3, 4]
    assert list(ext.count(0)) == []
    assert sum(ext.count(1000)) == 499500
    assert list(itertools.islice(ext.repeat("x"), 3)) == ["x", "x", "x"]
    assert [a + b for a, b in zip(ext.count(3), ext.count(10))] == [0, 2, 4]
    first, *rest = ext.count(3)
    assert (first, rest) == (0, [1, 2])


def test_by_hand(ext):
    numbers = ext.count(2)
    assert iter(numbers) is numbers
    assert next(numbers) == 0 and numbers.__next__() == 1
    for _ in range(3):
        with pytest.raises(StopIteration):
            next(numbers)
    assert next(numbers, "end") == "end"
    assert list(numbers) == []


def test_what_it_is(ext):
    numbers, texts = ext.count(2), iter(ext.Bag("a"))
    assert type(numbers) is type(texts) is type(ext.parse(""))
    cls = type(numbers)
    assert (cls.__module__, cls.__name__, cls.__qualname__) == ("hpy", "Iterator", "Iterator")
    assert repr(numbers).startswith("<hpy.Iterator object at 0x")
    assert isinstance(numbers, collections.abc.Iterator)
    assert not isinstance(numbers, collections.abc.Sized)


def test_python_makes_none(ext):
    cls = type(ext.count(1))
    with pytest.raises(TypeError, match="cannot create 'Iterator' instances"):
        cls()
    if not OLD_PYPY:  # which lets anything be inherited from
        with pytest.raises(TypeError):
            type("Mine", (cls,), {})
    try:
        made = object.__new__(cls)
    except TypeError:
        return
    with pytest.raises(TypeError, match="has no value"):
        next(made)
    with pytest.raises(TypeError, match="has no value"):
        made.__length_hint__()


@pytest.mark.parametrize("use", [copy.copy, copy.deepcopy, pickle.dumps])
def test_no_copies(ext, use):
    numbers = ext.count(2)
    try:
        copied = use(numbers)
    except (TypeError, pickle.PicklingError):
        assert list(numbers) == [0, 1]
        return
    if use is not pickle.dumps:
        with pytest.raises(TypeError, match="has no value"):
            next(copied)


def test_length_hint(ext):
    numbers = ext.count(5)
    assert operator.length_hint(numbers) == 5
    next(numbers)
    assert operator.length_hint(numbers) == 4
    list(numbers)
    assert operator.length_hint(numbers, 9) == 0
    assert operator.length_hint(ext.even(10)) == 0
    assert operator.length_hint(ext.repeat("x")) == 0
    assert operator.length_hint(ext.count(2**64 - 1)) == 0


def test_errors_of_items(ext):
    numbers = ext.parse("1 x 3 key 5")
    assert next(numbers) == 1
    with pytest.raises(ValueError, match="invalid digit"):
        next(numbers)
    assert next(numbers) == 3
    with pytest.raises(KeyError):
        next(numbers)
    assert list(numbers) == [5]
    with pytest.raises(ValueError):
        list(ext.parse("1 x"))
    seen = []
    with pytest.raises(KeyError):
        for number in ext.parse("1 2 key"):
            seen.append(number)
    assert seen == [1, 2]


def test_panics(ext):
    before = ext.alive()
    numbers = ext.panics(2)
    assert (next(numbers), next(numbers)) == (0, 1)
    with pytest.raises(BaseException, match="at 2") as info:
        next(numbers)
    assert type(info.value).__name__ == "PanicException"
    assert list(numbers) == []
    assert operator.length_hint(numbers) == 0
    del numbers, info
    if not GRAALPY:  # where the traceback keeps it for a while
        assert is_back_at(ext, before)


def test_the_end_is_the_end(ext):
    numbers = ext.blinks()
    assert list(numbers) == [1]
    assert list(numbers) == []


def test_as_any_result(ext):
    assert ext.maybe(0) is None
    assert list(ext.maybe(2)) == [0, 1]
    with pytest.raises(ValueError, match="unlucky"):
        ext.maybe(13)


def test_of_a_class(ext):
    bag = ext.Bag("a", "b")
    assert list(bag) == ["a", "b"]
    assert list(reversed(bag)) == ["b", "a"]
    assert dict(bag.items()) == {0: "a", 1: "b"}
    seen = []
    for thing in bag:
        bag.add(thing.upper())  # what is iterated over is a copy
        seen.append(thing)
    assert seen == ["a", "b"] and list(bag) == ["a", "b", "A", "B"]
    assert "b" in bag and "c" not in bag


def test_instances_as_items(ext):
    before = ext.alive()
    bags = ext.bags(3)
    assert [bag.things for bag in bags] == [["0"], ["1"], ["2"]]
    del bags
    assert is_back_at(ext, before)


def test_it_ends_with_its_last_item_or_its_object(ext):
    before = ext.alive()
    numbers = ext.count(1)
    assert ext.alive() == before + 1
    assert list(numbers) == [0]
    assert ext.alive() == before  # what it had is let go now
    del numbers
    numbers = ext.count(10)
    next(numbers)
    del numbers
    if not NATIVE_GRAALPY:
        assert is_back_at(ext, before)


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy: a second thread breaks it")
def test_threads(ext):
    numbers, seen, errors = ext.count(3000), [], []

    def take():
        while True:
            try:
                seen.append(next(numbers))
            except StopIteration:
                return
            except RuntimeError as error:  # without a GIL another thread may be just in there
                errors.append(str(error))

    threads = [threading.Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(3000))
    assert all("is being changed" in error for error in errors)


@pytest.mark.skipif(GRAALPY or HOST == "package", reason="looks at memory, and takes long")
def test_many(ext):
    before = ext.alive()
    for _ in range(20000):
        next(ext.count(2))
    assert is_back_at(ext, before)
