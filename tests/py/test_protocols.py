"""Dunder methods of containers, iterators, callables, descriptors, context managers, and for attributes and `await`."""

import asyncio
import operator
import sys
import types

import pytest
from conftest import GRAALPY, HOST, PYPY

NATIVE_PYPY = PYPY and HOST == "native"


def test_mapping(ext):
    mapping = ext.Map()
    assert len(mapping) == 0 and not mapping
    mapping["b"], mapping["a"] = 2, 1
    assert mapping["a"] == 1 and len(mapping) == 2 and mapping
    assert "a" in mapping and "c" not in mapping and 3 not in mapping
    assert list(mapping) == ["a", "b"]
    assert list(reversed(mapping)) == ["b", "a"]
    with pytest.raises(KeyError):
        mapping["c"]
    with pytest.raises(TypeError):
        mapping[1]
    with pytest.raises(TypeError):
        mapping["a"] = "x"
    del mapping["a"]
    with pytest.raises(KeyError):
        del mapping["a"]
    assert list(mapping) == ["b"]
    assert {**dict(zip(mapping, [mapping["b"]]))} == {"b": 2}


def test_sequence(ext):
    squares = ext.Squares(4)
    assert len(squares) == 4
    assert [squares[i] for i in range(4)] == [0, 1, 4, 9]
    assert squares[-1] == 9
    with pytest.raises(IndexError):
        squares[4]
    with pytest.raises(TypeError):
        squares["x"]
    with pytest.raises(TypeError):
        squares[0] = 1
    with pytest.raises(TypeError):
        del squares[0]
    assert list(squares) == [0, 1, 4, 9]  # by the old protocol
    assert 9 in squares and 5 not in squares
    assert list(reversed(squares)) == [9, 4, 1, 0]
    if not NATIVE_PYPY:  # which has no such slots for an operator
        assert len(squares + squares) == 8
        assert len(squares * 3) == 12
        assert len(3 * squares) == 12
    with pytest.raises(TypeError):
        squares + 1
    assert operator.length_hint(squares) == 4


def test_iterator(ext):
    assert list(ext.Countdown(4)) == [3, 2, 1, 0]
    countdown = ext.Countdown(2)
    assert iter(countdown) is countdown
    assert next(countdown) == 1
    assert next(countdown) == 0
    with pytest.raises(StopIteration):
        next(countdown)
    assert next(countdown, None) is None
    with pytest.raises(ValueError, match="unlucky"):
        list(ext.Countdown(15))
    assert sum(ext.Countdown(10)) == 45
    first, *rest = ext.Countdown(3)
    assert (first, rest) == (2, [1, 0])
    assert countdown.__next__ is not None and countdown.__iter__() is countdown


def test_call(ext):
    add = ext.Adder(10)
    assert add(1) == (11, 0, 1)
    assert add(1, 2, 3, scale=2) == (32, 0, 2)
    assert add(x=1, other=5) == (11, 1, 3)
    assert add(*range(20)) == (200, 0, 4)
    assert callable(add)
    assert list(map(add, [1]))[0][0] == 11
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        add()


def test_getattr(ext):
    dynamic = ext.Dynamic()
    assert dynamic.real == 1
    assert dynamic.x_abc == "ABC"
    with pytest.raises(AttributeError, match="no other here"):
        dynamic.other
    assert not hasattr(dynamic, "other") and hasattr(dynamic, "x_")
    assert getattr(dynamic, "other", 5) == 5
    dynamic.anything = 3
    dynamic.real = 4
    with pytest.raises(ValueError, match="negative"):
        dynamic.x = -1
    with pytest.raises(TypeError):
        dynamic.x = "x"
    del dynamic.real
    assert dynamic.log() == ["anything = 3", "real = 4", "del real"]
    assert dynamic.real == 1


def test_getattribute(ext):
    spy = ext.Spy()
    assert spy.anything == "saw anything"
    assert spy.secret == "missing secret"


def test_descriptors(ext):
    descriptor = ext.Descriptor()

    class Owner:
        attribute = descriptor

    owner = Owner()
    assert owner.attribute == (False, "Owner")
    assert Owner.attribute == (True, "Owner")
    owner.attribute = 5
    with pytest.raises(TypeError):
        owner.attribute = "x"
    del owner.attribute
    assert descriptor.log() == ["named attribute", "Owner = 5", "del Owner"]

    class Plain:
        attribute = ext.NonData()

    plain = Plain()
    assert plain.attribute == 5
    plain.attribute = 6
    assert plain.attribute == 6


def test_context_manager(ext):
    with ext.Manager() as manager:
        pass
    assert manager.log() == ["enter", "exit "]
    manager = ext.Manager()
    with pytest.raises(ZeroDivisionError):
        with manager:
            1 / 0
    assert manager.log() == ["enter", "exit ZeroDivisionError"]
    with ext.Manager(swallow=True):
        1 / 0


def test_async(ext):
    async def wait_for(value):
        await asyncio.sleep(0)
        return value

    sys.modules["protocols_helper"] = helper = types.ModuleType("protocols_helper")
    helper.wait_for = wait_for

    class Ready:
        def __await__(self):
            yield from asyncio.sleep(0).__await__()
            return "ready"

    async def main():
        assert await ext.Later(Ready()) == "ready"
        if not GRAALPY:  # which lets the end of an iterator in C through
            assert [item async for item in ext.Later(1, 3, 2, 1)] == [1, 2, 3]
        with pytest.raises(AttributeError):
            await ext.Later(1)

    asyncio.run(main())


def test_class_getitem(ext):
    assert ext.Generic[int] == ("Generic", int)
    assert ext.Generic[int, str] == ("Generic", (int, str))


@pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")
def test_init_subclass(ext):
    class Sub(ext.Generic, option=3):
        pass

    assert Sub.made_with == {"option": 3}
    assert Sub[int] == ("Sub", int)


@pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")
def test_subclasses_override(ext):
    class Sub(ext.Generic):
        def __add__(self, other):
            return "add"

        def __len__(self):
            return 3

        def __iter__(self):
            return iter([1, 2])

    assert Sub() + 1 == "add" and len(Sub()) == 3 and list(Sub()) == [1, 2]


def test_faults(ext):
    """An exception in any dunder method is the caller's."""
    faulty = ext.Faulty()
    uses = [
        lambda: repr(faulty),
        lambda: str(faulty),
        lambda: hash(faulty),
        lambda: bool(faulty),
        lambda: len(faulty),
        lambda: faulty == 1,
        lambda: faulty + 1,
        lambda: operator.iadd(faulty, 1),
        lambda: -faulty,
        lambda: faulty[0],
        lambda: faulty.__setitem__(0, 1),
        lambda: 1 in faulty,
        lambda: iter(faulty),
        lambda: next(faulty),
        lambda: faulty(),
        lambda: faulty.missing,
        lambda: faulty.attribute,
        lambda: {faulty: 1},
        lambda: [1].index(faulty),
        lambda: list(faulty),
    ]
    for use in uses:
        with pytest.raises(ValueError, match="fault"):
            use()


def test_slots_of_other_objects(ext):
    """Slots look at what they are called with."""
    other = ext.Adder(1)
    calls = [
        lambda: ext.Map.__contains__({}, 1),
        lambda: ext.Map.__iter__([]),
        lambda: ext.Map.__delitem__([], 1),
        lambda: ext.Map.__len__([]),
        lambda: ext.Map.__getitem__({}, 1),
        lambda: ext.Map.__setitem__({}, 1, 2),
        lambda: ext.Dynamic.__setattr__(other, "x", 2),
        lambda: ext.Dynamic.__delattr__(other, "x"),
        lambda: ext.Descriptor.__get__(other, 1, int),
        lambda: ext.Descriptor.__set__(other, 1, 2),
        lambda: ext.Countdown.__next__(iter([])),
        lambda: ext.Adder.__call__(print),
    ]
    for call in calls:
        with pytest.raises((TypeError, SystemError) if PYPY else TypeError):
            call()
