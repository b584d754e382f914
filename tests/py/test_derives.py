"""Dunder methods derived by options of `#[class]`."""

import gc

import pytest
from conftest import HOST


def test_constructor(ext):
    version = ext.Version(1, 2, None)
    assert (version.major, version.minor, version.tag) == (1, 2, None)
    assert ext.Version(1, minor=2, tag="rc").tag == "rc"
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'tag'"):
        ext.Version(1, 2)
    with pytest.raises(TypeError, match="argument 'major' must be int, not str"):
        ext.Version("1", 2, None)
    with pytest.raises(OverflowError):
        ext.Version(-1, 2, None)
    assert ext.Loud(ONE_WORD=3).ONE_WORD == 3
    assert ext.Pascal(4).OneWord == 4


def test_equality(ext):
    make = ext.Version
    assert make(1, 2, None) == make(1, 2, None)
    assert make(1, 2, None) != make(1, 3, None)
    assert not make(1, 2, None) == make(1, 2, "rc")
    assert make(1, 2, None) != 1 and make(1, 2, None) != None  # noqa: E711
    assert make(1, 2, None).__eq__("x") is NotImplemented
    assert ext.Reading(1.0, 2) == ext.Reading(1.0, 2)
    assert ext.Reading(1.0, 2) != ext.Reading(1.0, 3)
    nan = ext.Reading(float("nan"), 0)
    assert nan != nan


def test_order(ext):
    make = ext.Version
    assert make(1, 2, None) < make(1, 3, None) <= make(2, 0, None)
    assert make(2, 0, "a") > make(2, 0, None) and make(2, 0, None) >= make(2, 0, None)
    assert sorted([make(2, 0, None), make(1, 9, None)])[0].major == 1
    assert max(make(1, 1, None), make(1, 2, None)).minor == 2
    with pytest.raises(TypeError):
        make(1, 2, None) < 3
    with pytest.raises(TypeError):
        ext.Reading(1.0, 2) < ext.Reading(2.0, 2)
    nan = ext.Float(float("nan"))
    one = ext.Float(1.0)
    assert not nan < one and not nan > one and not nan <= one and not nan >= one and not nan == one and nan != one


def test_hash(ext):
    make = ext.Version
    assert hash(make(1, 2, "x")) == hash(make(1, 2, "x"))
    assert len({make(1, minor, None) for minor in range(100)} | {make(1, 5, None)}) == 100
    assert {make(1, 2, None): 3}[make(1, 2, None)] == 3
    with pytest.raises(TypeError, match="unhashable"):
        hash(ext.Reading(1.0, 2))


def test_texts(ext):
    assert repr(ext.Version(1, 2, "rc")) == "Version(major=1, minor=2, tag='rc')"
    assert str(ext.Version(1, 2, "rc")) == "1.2"
    assert repr(ext.Reading(1.5, 2)) == "Reading(value=1.5)"
    assert repr(ext.Pair([1], ext.Pair(1, 2))) == "Pair(left=[1], right_one=Pair(left=1, right_one=2))"


def test_fields(ext):
    left, right = [1], [2]
    pair = ext.Pair(left, right)
    assert pair.left is left and pair.right_one is right
    assert pair.swapped() == (right, left)
    assert ext.Pair(right_one=1, left=2).left == 2
    loop = []
    loop.append(ext.Pair(loop, loop))
    del loop
    gc.collect()


def test_methods_of_values(ext):
    assert ext.Version(1, 2, None).bump() == ext.Version(1, 3, None)


@pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")
def test_subclass(ext):
    class Sub(ext.Version):
        pass

    assert repr(Sub(1, 2, None)) == "Sub(major=1, minor=2, tag=None)"
    assert Sub(1, 2, None) == ext.Version(1, 2, None)
    assert hash(Sub(1, 2, None)) == hash(ext.Version(1, 2, None))
