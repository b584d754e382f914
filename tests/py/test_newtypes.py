"""Tuple structs as classes."""

import pytest


def test_named(ext):
    meters = ext.Meters(1.5)
    assert meters.value == 1.5 and ext.Meters(value=2).value == 2.0
    assert not hasattr(meters, "_0")
    assert repr(meters) == "Meters(1.5)"
    assert meters == ext.Meters(1.5) != ext.Meters(2) and meters < ext.Meters(2) and hash(meters) == hash(ext.Meters(1.5))
    assert (meters + meters).value == 3.0 and ext.sum([meters, meters, meters]).value == 4.5
    with pytest.raises(TypeError):
        meters + 1.5
    with pytest.raises(TypeError, match="Meters\\(\\) missing 1 required positional argument: 'value'"):
        ext.Meters()
    with pytest.raises(TypeError, match="Meters\\(\\) argument 'value' must be float, not str"):
        ext.Meters("1")
    with pytest.raises(AttributeError):
        meters.value = 2.0


def test_unnamed(ext):
    things = []
    pair = ext.Pair(1, things, "x")
    assert (pair._0, pair._1, pair.hidden()) == (1, things, "x") and pair._1 is things
    assert not hasattr(pair, "_2")
    pair._0 = 5
    assert repr(pair) == "Pair(5, [])"
    assert ext.Pair(_0=1, _1=2, _2="y").hidden() == "y"
    with pytest.raises(TypeError, match="must be int, not str"):
        pair._0 = "x"
    with pytest.raises(AttributeError):
        pair._1 = 3


def test_unit(ext):
    assert ext.Unit() == ext.Unit() and repr(ext.Unit()) == "Unit()"
    with pytest.raises(TypeError, match="takes 0 positional arguments"):
        ext.Unit(1)
