"""Dunder methods of numbers: operators, comparisons, conversions, texts."""

import copy
import math
import operator
import os
import pickle
import sys

import pytest
from conftest import CPYTHON, GRAALPY, PYPY


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


def test_pickle_and_copy(n, ext, monkeypatch):
    assert copy.copy(n(5)).value == 5
    assert copy.deepcopy(n(5)).value == 1005
    monkeypatch.setitem(sys.modules, "operators", ext)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(n(5), protocol)) == n(5)


def test_too_long(ext):
    with pytest.raises(OverflowError):
        len(ext.Extreme())


@pytest.mark.skipif(not CPYTHON, reason="the interpreter itself ends with an error that says nothing")
def test_new_without_a_class(n):
    with pytest.raises(TypeError):
        n.__new__()


@pytest.mark.skipif(GRAALPY, reason="GraalPy ends with an error of its own in Java")
def test_wrong_number_of_arguments(n):
    for call in (lambda: n(1).__add__(), lambda: n(1).__add__(1, 2), lambda: n(1).__repr__(1)):
        with pytest.raises(TypeError):
            call()


def test_slots_of_other_objects(n, ext):
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
        lambda: n.__str__(ext.Total(1)),
        lambda: ext.Total.__iadd__(n(1), 1),
        lambda: n.__new__(int, 1),
        lambda: n.__new__(ext.Total, 1),
        lambda: n.__new__(1, 1),
        lambda: n.value.__get__(1, int),
    ]
    for call in calls:
        with pytest.raises((TypeError, SystemError) if PYPY else TypeError):
            call()
