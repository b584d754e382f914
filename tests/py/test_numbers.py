import re

import pytest

SIZES = {
    "i8": (-(2**7), 2**7 - 1),
    "i16": (-(2**15), 2**15 - 1),
    "i32": (-(2**31), 2**31 - 1),
    "i64": (-(2**63), 2**63 - 1),
    "i128": (-(2**127), 2**127 - 1),
    "isize": (-(2**63), 2**63 - 1),
    "u8": (0, 2**8 - 1),
    "u16": (0, 2**16 - 1),
    "u32": (0, 2**32 - 1),
    "u64": (0, 2**64 - 1),
    "u128": (0, 2**128 - 1),
    "usize": (0, 2**64 - 1),
}


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Float:
    def __init__(self, value):
        self.value = value

    def __float__(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class MyInt(int):
    pass


class MyFloat(float):
    pass


@pytest.mark.parametrize("name", sorted(SIZES))
def test_integers(ext, name):
    f = getattr(ext, "to_" + name)
    low, high = SIZES[name]
    for value in {low, low + 1, -1, 0, 1, 100, 2**15, 2**31, 2**32, 2**63, 2**64, 2**64 + 5, high - 1, high}:
        if low <= value <= high:
            result = f(value)
            assert result == value and type(result) is int
    for value in (low - 1, high + 1, 2**200, -(2**200)):
        with pytest.raises(OverflowError, match="to_%s\\(\\) argument 'x': .* does not fit into %s" % (name, name)):
            f(value)
    assert f(True) == 1
    assert f(MyInt(7)) == 7
    assert f(Index(9)) == 9


@pytest.mark.parametrize("name", sorted(SIZES))
@pytest.mark.parametrize("value", [1.0, "1", None, b"1", [1]], ids=str)
def test_no_integers(ext, name, value):
    kind = "None" if value is None else type(value).__name__
    with pytest.raises(TypeError, match=r"to_%s\(\) argument 'x' must be int, not %s" % (name, kind)):
        getattr(ext, "to_" + name)(value)


@pytest.mark.parametrize("name", sorted(SIZES))
def test_index_that_fails(ext, name):
    f = getattr(ext, "to_" + name)
    with pytest.raises(ZeroDivisionError, match="in __index__"):
        f(Index(ZeroDivisionError("in __index__")))
    with pytest.raises(TypeError):
        f(Index("text"))
    assert f(3) == 3


def test_overflow_names_the_number(ext):
    with pytest.raises(OverflowError, match=re.escape("to_u8() argument 'x': 256 does not fit into u8")):
        ext.to_u8(256)
    with pytest.raises(OverflowError, match="argument 'x': the number does not fit into u128"):
        ext.to_u128(10**5000)


def test_floats(ext):
    for f in (ext.to_f64, ext.to_f32):
        for value in (0.0, 1.5, -2.25, float("inf"), float("-inf")):
            assert f(value) == value and type(f(value)) is float
        assert f(float("nan")) != f(float("nan"))
        assert f(3) == 3.0
        assert f(True) == 1.0
        assert f(MyFloat(2.5)) == 2.5
        assert f(Float(4.5)) == 4.5
        assert f(Index(5)) == 5.0
        with pytest.raises(ZeroDivisionError, match="in __float__"):
            f(Float(ZeroDivisionError("in __float__")))
        with pytest.raises(TypeError):
            f(Float("text"))
        with pytest.raises(OverflowError):
            f(10**400)
    assert ext.to_f64(0.1) == 0.1
    assert ext.to_f64(-1.0) == -1.0
    assert ext.to_f32(0.1) == pytest.approx(0.1, abs=1e-7) and ext.to_f32(0.1) != 0.1
    assert ext.to_f32(1e300) == float("inf")


@pytest.mark.parametrize("value", ["1", None, b"1", [1], 1j], ids=str)
def test_no_floats(ext, value):
    kind = "None" if value is None else type(value).__name__
    with pytest.raises(TypeError, match=r"to_f64\(\) argument 'x' must be float, not %s" % kind):
        ext.to_f64(value)


def test_bool(ext):
    assert ext.to_bool(True) is True
    assert ext.to_bool(False) is False
    for value in (1, 0, None, "True", []):
        with pytest.raises(TypeError, match="argument 'x' must be bool, not"):
            ext.to_bool(value)


def test_none(ext):
    assert ext.to_option(None) is None
    assert ext.to_option(3) == 3
    assert ext.to_unit(None) is None
    with pytest.raises(TypeError, match=r"argument 'x' must be int \| None, not str"):
        ext.to_option("x")
    with pytest.raises(TypeError, match="argument 'x' must be None, not int"):
        ext.to_unit(1)
