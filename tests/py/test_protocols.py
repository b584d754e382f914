"""Dunder methods: each one, and what Python makes of it."""

import asyncio
import copy
import math
import operator
import os
import pickle
import sys
import types

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY

NATIVE_PYPY = PYPY and HOST == "native"


@pytest.fixture
def n(ext):
    return ext.Number


class Foreign:
    """Knows nothing of our classes, and says when it is asked."""

    def __radd__(self, other):
        return "foreign radd"

    def __add__(self, other):
        return NotImplemented

    def __eq__(self, other):
        return "foreign eq"

    def __gt__(self, other):
        return "foreign gt"


def test_texts(n):
    number = n(5)
    assert repr(number) == "Number(5)"
    assert str(number) == "5"
    assert f"{number:>3}" == "<5:>3>"
    assert format(number) == "<5:>"
    assert "%s %r" % (number, number) == "5 Number(5)"


def test_hash_and_bool(n, ext):
    assert hash(n(5)) == 5
    assert {n(5): 1}[n(5)] == 1
    assert bool(n(1)) and not n(0)
    with pytest.raises(ValueError, match="unlucky"):
        bool(n(13))
    assert hash(ext.Extreme()) == -2
    with pytest.raises(TypeError):
        hash(ext.Total(1))  # has comparisons, but no hash


def test_conversions(n):
    number = n(5)
    assert int(number) == 5
    assert float(number) == 5.0
    assert complex(number) == 5 + 1j
    assert operator.index(number) == 5
    assert "abcdefg"[number] == "f"
    assert hex(number) == "0x5"
    assert bytes(number) == b"\x05"
    assert os.fspath(number) == "/5"
    assert round(number) == (5, None)
    assert round(number, 2) == (5, 2)
    assert math.trunc(number) == 5
    assert math.floor(number) == 4
    assert math.ceil(number) == 6
    assert dir(number) == ["value"]
    assert number.__sizeof__() >= 8


def test_unary_operators(n):
    number = n(-5)
    assert (-number).value == 5
    assert +number is number
    assert abs(number).value == 5
    assert (~number).value == 4


@pytest.mark.parametrize(
    "op, symbol",
    [
        ("floordiv", "//"),
        ("mod", "%"),
        ("lshift", "<<"),
        ("rshift", ">>"),
        ("and_", "&"),
        ("xor", "^"),
        ("or_", "|"),
        ("mul", "*"),
        ("truediv", "/"),
    ],
)
def test_binary_operators(n, op, symbol):
    function = getattr(operator, op)
    for a, b in [(7, 2), (12, 5), (1, 3)]:
        assert function(n(a), b) == function(a, b), symbol
        assert function(a, n(b)) == function(a, b), symbol
        for wrong in (None, 1j, object()):
            with pytest.raises(TypeError):
                function(n(a), wrong)
            with pytest.raises(TypeError):
                function(wrong, n(a))
        with pytest.raises(TypeError):
            function(n(a), 2**100)  # no integer of 64 bits: the other operand is asked, and knows nothing
    assert n(7).__mul__("x") is NotImplemented


def test_add_and_subtract(n):
    assert (n(1) + n(2)).value == 3
    assert 1 + n(2) == "1 + 2"
    with pytest.raises(TypeError):
        n(1) + 2  # only __radd__ takes an int
    assert n(1) + Foreign() == "foreign radd"
    with pytest.raises(TypeError):
        Foreign() + n(1)
    assert (n(5) - 2).value == 3
    assert (5 - n(2)).value == 3


def test_other_operators(n):
    assert n(1) @ "x" == "1 @ x"
    assert "x" @ n(1) == "x @ 1"
    assert divmod(n(7), 2) == (3, 1)
    assert divmod(7, n(2)) == (3, 1)
    assert n(2) ** 5 == 32
    assert pow(n(2), 5, 7) == 4
    assert 3 ** n(2) == 9
    with pytest.raises(TypeError):
        n(2) ** "x"
    with pytest.raises(TypeError):
        "x" ** n(2)
    with pytest.raises(ZeroDivisionError, match="by zero"):
        n(1) / 0


def test_in_place_operators(ext):
    total = same = ext.Total(5)
    total += 3
    assert total is same and total.value == 8
    total -= 2
    assert total.value == 6
    total *= 4
    assert total.value == 24
    total @= 7
    assert total.value == 2407
    total /= 2
    assert total.value == 1203
    total //= 10
    assert total.value == 120
    total %= 50
    assert total.value == 20
    total <<= 3
    assert total.value == 160
    total >>= 1
    assert total.value == 80
    total &= 0x5F
    assert total.value == 80
    total ^= 1
    assert total.value == 81
    total |= 2
    assert total.value == 83
    total %= 4
    total **= 2
    assert total.value == 9 and total is same
    with pytest.raises(ValueError, match="too little"):
        total -= 10
    with pytest.raises(TypeError):
        total += "x"
    assert total.value == 9 and total is same


def test_in_place_operators_ask_the_other_operand(ext):
    """As the plain ones do; a method that raises is not asked again."""

    class Other:
        def __radd__(self, total):
            return "added to %d" % total.value

        def __rpow__(self, total, modulo=None):
            return "power of %d" % total.value

        def __rsub__(self, total):
            return "never"

    total = ext.Total(7)
    with pytest.raises(ValueError):
        total -= 8
    if not CPYTHON or sys.version_info >= (3, 10):  # before, CPython itself does not ask
        power = total
        power **= Other()
        assert power == "power of 7"
    total += Other()
    assert total == "added to 7"
    assert ext.Total.__iadd__(ext.Total(1), "x") is NotImplemented


def test_comparisons(n):
    assert n(1) == n(1) and not n(1) == n(2)
    assert n(1) != n(2) and not n(1) != n(1)
    assert n(1) < n(2) and n(1) <= n(1)
    assert n(3) > 2 and not n(1) > 2
    assert 2 < n(3)
    assert n(1) != 1 and not n(1) == "x" and n(1) != None  # noqa: E711
    with pytest.raises(TypeError):
        n(1) < 3
    with pytest.raises(TypeError):
        n(1) >= "x"
    with pytest.raises(ValueError, match="unlucky"):
        n(1) <= n(13)
    assert n(1).__eq__(1) is NotImplemented
    assert n(1).__ne__(1) is NotImplemented
    assert (n(1) == Foreign()) == "foreign eq"
    assert (n(1) < Foreign()) == "foreign gt"
    assert sorted([n(3), n(1), n(2)])[0].value == 1


def test_rich_comparison(ext):
    a, b, c = ext.Total(1), ext.Total(2), ext.Total(2)
    assert a < b <= c and c >= b > a and b == c and a != b
    assert not (a > b or a >= b or a == b or b != c)
    assert a != 1 and not a == 1
    with pytest.raises(TypeError):
        a < 1


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


def test_pickle_and_copy(n, ext, monkeypatch):
    assert copy.copy(n(5)).value == 5
    assert copy.deepcopy(n(5)).value == 1005
    monkeypatch.setitem(sys.modules, "protocols", ext)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(n(5), protocol)) == n(5)


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


def test_too_long(ext):
    with pytest.raises(OverflowError):
        len(ext.Extreme())


@pytest.mark.skipif(not CPYTHON, reason="the interpreter itself ends with an error that says nothing")
def test_new_without_a_class(n):
    with pytest.raises(TypeError):
        n.__new__()


def test_slots_of_other_objects(ext, n):
    """Slots look at what they are called with."""
    assert_refused = [
        lambda: n.__add__(1, 2),
        lambda: n.__eq__(1, 2),
    ]
    for call in assert_refused:
        try:
            assert call() is NotImplemented
        except TypeError:
            pass
    calls = [
        lambda: n.__neg__("x"),
        lambda: n.__repr__(None),
        lambda: n.__hash__(1),
        lambda: n.__bool__([]),
        lambda: n.__int__({}),
        lambda: n.__str__(ext.Map()),
        lambda: ext.Total.__iadd__(n(1), 1),
        lambda: ext.Map.__contains__({}, 1),
        lambda: ext.Map.__iter__([]),
        lambda: ext.Map.__delitem__([], 1),
        lambda: ext.Dynamic.__setattr__(n(1), "x", 2),
        lambda: ext.Dynamic.__delattr__(n(1), "x"),
        lambda: ext.Descriptor.__get__(n(1), 1, int),
        lambda: ext.Descriptor.__set__(n(1), 1, 2),
        lambda: n.__new__(int, 1),
        lambda: n.__new__(ext.Map, 1),
        lambda: n.__new__(1, 1),
        lambda: ext.Map.__len__([]),
        lambda: ext.Map.__getitem__({}, 1),
        lambda: ext.Map.__setitem__({}, 1, 2),
        lambda: ext.Countdown.__next__(iter([])),
        lambda: ext.Adder.__call__(print),
        lambda: ext.Number.value.__get__(1, int),
    ]
    for call in calls:
        with pytest.raises((TypeError, SystemError) if PYPY else TypeError):
            call()


@pytest.mark.skipif(GRAALPY, reason="GraalPy ends with an error of its own in Java")
def test_wrong_number_of_arguments(n):
    for call in (lambda: n(1).__add__(), lambda: n(1).__add__(1, 2), lambda: n(1).__repr__(1)):
        with pytest.raises(TypeError):
            call()
