"""Enums as classes."""

import gc
import sys

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY

OLD_PYPY = PYPY and sys.pypy_version_info[:3] < (7, 3, 12)


def test_variants_are_instances(ext):
    color = ext.Color
    assert isinstance(color.Red, color) and type(color.BLUE) is color
    assert not hasattr(color, "Blue")
    assert color.Red is color.Red and color.Red is not color.Green
    assert color.DEFAULT is color.Green
    assert color.all() == [color.Red, color.Green, color.BLUE]
    assert color.__name__ == "Color" and color.__module__ == "enums"


def test_results_are_the_variants(ext):
    color = ext.Color
    assert all(one is two for one, two in zip(color.all(), [color.Red, color.Green, color.BLUE]))
    assert color.Red.mixed(color.Green) is color.BLUE
    assert color.Red.itself() is color.Red
    assert color.made() is color.Red
    assert ext.by_handle() is color.BLUE
    assert ext.maybe(color.Red) is color.Red and ext.maybe() is None


def test_texts_and_numbers(ext):
    color = ext.Color
    assert repr(color.Red) == str(color.Red) == "Color.Red"
    assert repr(color.BLUE) == "Color.BLUE"
    assert [int(one) for one in color.all()] == [0, 5, 6] == ext.numbers(color.all())
    assert color.BLUE.number == 6
    assert repr(ext.Level.VERY_LOW) == "Level.VERY_LOW" and str(ext.Level.VERY_LOW) == "hush"
    assert int(ext.Level.HIGH) == 2**64 - 1
    # What methods say comes before what is derived.
    assert repr(ext.Step.Back) == "<back" and int(ext.Step.Back) == 7
    assert list(range(20))[ext.Step.Back] == 8


def test_arguments(ext):
    assert ext.borrowed(ext.Color.Green) == 5
    for wrong, name in ((5, "int"), ("Red", "str"), (ext.Level.HIGH, "enums.Level"), (ext.Color, "type")):
        with pytest.raises(TypeError, match="borrowed\\(\\) argument 'color' must be Color, not %s" % name):
            ext.borrowed(wrong)
        with pytest.raises(TypeError, match="argument 'color' must be Color( \\| None)?, not %s" % name):
            ext.maybe(wrong)
    with pytest.raises(TypeError, match="argument 'colors'.*Color"):
        ext.numbers([ext.Color.Red, 5])


def test_identity_is_the_default(ext):
    color = ext.Color
    assert color.Red == color.Red and color.Red != color.Green and color.Red != 0
    assert len({color.Red, color.Green, color.Red}) == 2
    with pytest.raises(TypeError):
        color.Red < color.Green


def test_equal_to_numbers(ext):
    low, high = ext.Level.VERY_LOW, ext.Level.HIGH
    assert low == 1 and 1 == low and high == 2**64 - 1 and low != high and low != 2 and not low != 1
    assert low == True and low != 1.5 and low != "1" and low != None and low != -1 and low != 2**64 + 1  # noqa: E711, E712
    assert hash(low) == hash(1) and hash(high) == hash(2**64 - 1)
    assert {low: "a"}[1] == "a"
    assert low < high and high >= low
    with pytest.raises(TypeError):
        low < 2
    assert ext.Step.Back == -1 and ext.Step.Back != ext.Step.Stay and ext.Step.Stay == ext.Step.Stay
    assert low != ext.Color.Green and ext.Step.Stay != ext.Color.Red
    with pytest.raises(TypeError):
        ext.Step.Back < ext.Step.Stay


def test_unhashable(ext):
    with pytest.raises(TypeError, match="unhashable"):
        hash(ext.Step.Back)


def test_derived(ext):
    size = ext.Size
    assert size.Small < size.Large and size.Large == size.Large and size.Small != 0 and not size.Small == 0
    assert {size.Small: 1}[size.Small] == 1
    assert not hasattr(size, "Never")
    assert int(size.Large) == 1


def test_construction(ext):
    with pytest.raises(TypeError, match="cannot create 'Color' instances"):
        ext.Color()
    with pytest.raises(TypeError):
        ext.Color(5)
    assert ext.Level(1) is ext.Level.VERY_LOW
    with pytest.raises(ValueError, match="no level has 2"):
        ext.Level(2)


@pytest.mark.skipif(OLD_PYPY, reason="the C API of PyPy 7.3.11 lets any class be inherited from")
def test_no_subclass(ext):
    with pytest.raises(TypeError):

        class Sub(ext.Color):
            pass


def test_no_changes(ext):
    with pytest.raises(AttributeError):
        ext.Color.Red.number = 3
    with pytest.raises((AttributeError, TypeError)):
        del ext.Color.Red.number


def test_the_class_can_be_spoilt(ext):
    """Python may put anything in the place of a variant: values stay what they are."""
    red, green = ext.Color.Red, ext.Color.Green
    try:
        ext.Color.Red = green
        assert int(ext.Color.made()) == 0
        del ext.Color.Red
        assert int(ext.Color.made()) == 0
        ext.Color.Red = "red"
        assert int(ext.Color.made()) == 0 and type(ext.Color.made()) is ext.Color
    finally:
        ext.Color.Red = red
    assert ext.Color.made() is red


def test_empty_instances(ext):
    """`__new__` skipped: refused, or an object without a value."""
    try:
        empty = object.__new__(ext.Color)
    except TypeError:
        assert CPYTHON or GRAALPY or HOST == "native"
        return
    for use in (repr, int, lambda e: e.number, ext.borrowed, lambda e: e.mixed(ext.Color.Red)):
        with pytest.raises(TypeError, match="has no value"):
            use(empty)


def test_they_stay(ext):
    gc.collect()
    assert ext.Color.all()[0].mixed(ext.Color.Green) is ext.Color.BLUE
