"""Operators of two instances of one class, which have their own way of borrowing on CPython."""

import sys
import threading
import types

import pytest
from conftest import HOST, NATIVE_GRAALPY

SUBCLASSES = HOST != "native"


@pytest.fixture
def between(monkeypatch):
    """Sets what happens between two operands that are borrowed."""
    module = types.ModuleType("between_the_two")
    monkeypatch.setitem(sys.modules, "between_the_two", module)

    def happens(function):
        module.between = function

    return happens


def can_be_changed(*numbers):
    for number in numbers:
        before = number.value
        number.value = 77
        assert number.value == 77
        number.value = before


def test_two_or_one(ext):
    one, two = ext.Number(3), ext.Number(4)
    for _ in range(3):
        assert (one + two).value == 7
        assert (one + one).value == 6
        assert type(one + two) is ext.Number
        assert one // two == 0 and two % one == 1
        assert one | two == 3
    can_be_changed(one, two, one + two)
    assert (one + two).value == 7


def test_what_is_no_instance(ext):
    one = ext.Number(3)
    for other in (1, None, "a", object(), ext.Word("a"), ext.Number):
        for a, b in ((one, other), (other, one)):
            with pytest.raises(TypeError):
                a + b
            with pytest.raises(TypeError):
                a - b
    can_be_changed(one)


def test_not_implemented(ext):
    """Python asks the reflected operator where the types are not the same, and only there."""
    one, two = ext.Number(3), ext.Number(4)
    for a, b in ((one, two), (one, one)):
        with pytest.raises(TypeError, match="unsupported operand"):
            a - b
    can_be_changed(one, two)


@pytest.mark.skipif(not SUBCLASSES, reason="this host's instances of subclasses have no values")
def test_subclasses(ext):
    class Sub(ext.Number):
        pass

    class Reflecting(ext.Number):
        def __radd__(self, other):
            return "reflected", other.value

    one, sub = ext.Number(3), Sub(4)
    assert (one + sub).value == 7 and (sub + one).value == 7 and (sub + sub).value == 8
    assert type(sub + sub) is ext.Number
    assert one + Reflecting(5) == ("reflected", 3)
    assert one - sub == "4 from 3"
    can_be_changed(one, sub)


def test_python_in_between(ext, between):
    one, two = ext.Number(3), ext.Number(4)
    between(lambda a, b: (a, b, one.value, (one + two).value))
    assert one @ two == (3, 4, 3, 7)
    between(lambda a, b: setattr(two, "value", 5))
    for a, b in ((one, two), (two, one), (two, two)):
        with pytest.raises(RuntimeError, match="this Number object is in use and can't be changed now"):
            a @ b
    assert two.value == 4
    can_be_changed(one, two)


def test_many_borrows_at_once(ext, between):
    one, two = ext.Number(3), ext.Number(4)
    deep = []

    def once_more(a, b):
        deep.append(a)
        return one @ two if len(deep) < 20 else len(deep)

    between(once_more)
    assert one @ two == 20
    can_be_changed(one, two)


def test_errors_end_the_borrows(ext, between):
    one, zero = ext.Number(3), ext.Number(0)

    def fails(a, b):
        raise KeyError(a)

    between(fails)
    for _ in range(3):
        with pytest.raises(ValueError, match="no remainder"):
            one % zero
        with pytest.raises(KeyError):
            one @ zero
        with pytest.raises(BaseException) as caught:
            one // zero
        assert type(caught.value).__name__ == "PanicException"
        with pytest.raises(BaseException):
            zero // zero
        del caught
        can_be_changed(one, zero)


def test_frozen(ext):
    one, two = ext.Word("a"), ext.Word("b")
    assert str(one + two) == "ab" and str(one + one) == "aa"
    with pytest.raises(TypeError):
        one + "b"


@pytest.mark.skipif(NATIVE_GRAALPY, reason="a second thread breaks GraalPy's HPy")
def test_unsendable(ext):
    one, two = ext.Tally(1), ext.Tally(2)
    assert one + two == 3
    errors = []

    def use(other):
        for a, b in ((one, other), (other, one), (one, one)):
            try:
                a + b
            except RuntimeError as error:
                errors.append(str(error))

    thread = threading.Thread(target=lambda: use(ext.Tally(3)))
    thread.start()
    thread.join()
    assert errors == ["this Tally object can only be used by the thread that made it"] * 3
    assert one + two == 3


@pytest.mark.skipif(NATIVE_GRAALPY, reason="a second thread breaks GraalPy's HPy")
def test_threads(ext):
    """Each borrow ends, also where threads run at the same time."""
    one, two = ext.Number(3), ext.Number(4)
    sums = []

    def add():
        sums.append({(one + two).value for _ in range(2000)} | {(two + two).value for _ in range(2000)})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sums == [{7, 8}] * len(threads)
    can_be_changed(one, two)
