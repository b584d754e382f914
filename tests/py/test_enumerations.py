"""Enums created by Python's `enum` module."""

import copy
import enum
import pickle
import sys

import pytest
from conftest import load


def test_members(ext):
    color = ext.Color
    assert isinstance(color, type(enum.Enum)) and issubclass(color, enum.Enum) and not issubclass(color, int)
    assert [(one.name, one.value) for one in color] == [("RED", 1), ("GREEN", "leaf"), ("NAVY", (0, 0, 128))]
    assert color("leaf") is color.GREEN and color["RED"] is color.RED
    assert (color.__name__, color.__qualname__, color.__module__) == ("Color", "Color", "enumerations")
    assert color.__doc__ == "What there is."
    assert isinstance(color.RED, color) and color.RED != 1


def test_numbers(ext):
    number = ext.Number
    assert issubclass(number, enum.IntEnum) and number.__module__ == "some.where"
    assert list(number) == [0, 1, 2**64 - 1] and number.One + 1 == 2
    assert ext.number(1) is number.One and ext.number(2**64 - 1) is number.Large
    assert ext.by_handle(number.One) == (True, 1)
    with pytest.raises(TypeError, match="argument 'number' must be Number, not int"):
        ext.by_handle(1)


def test_texts(ext):
    sky = ext.Sky
    assert issubclass(sky, str) and issubclass(sky, enum.Enum)
    if sys.version_info >= (3, 11):
        assert issubclass(sky, enum.StrEnum)
    assert sky.RAIN == "rain" and sky.LIGHT_SNOW.value == "light_snow" and sky.SUN == "☀"
    assert str(sky.RAIN) == "rain" and "%s" % sky.RAIN == "rain" and format(sky.RAIN, ">5") == " rain"
    assert f"{sky.RAIN}" == "rain" and sky.RAIN.upper() == "RAIN"
    assert sky("rain") is sky.RAIN
    assert ext.sky([sky.RAIN, sky.SUN]) == [sky.SUN, sky.RAIN]


def test_results_are_the_members(ext):
    color = ext.Color
    assert all(one is two for one, two in zip(ext.colors(), color))
    assert ext.maybe(color.RED) is color.RED and ext.maybe() is None
    assert ext.turned(ext.Direction.Up) is ext.Direction.Down


def test_arguments(ext):
    assert [ext.debug(color) for color in ext.Color] == ["Red", "Green", "DarkBlue"]
    assert [ext.borrowed(color) for color in ext.Color] == [1, 2, 10]
    for wrong, name in ((1, "int"), ("leaf", "str"), (ext.Direction.Up, "enumerations.Direction"), (ext.Color, "EnumMeta|EnumType")):
        for function in (ext.debug, ext.borrowed):
            with pytest.raises(TypeError, match="argument 'color' must be Color, not (enum.)?(%s)" % name):
                function(wrong)


def test_pickle_and_copy(ext):
    for one in (ext.Color.NAVY, ext.Sky.SUN, ext.Mode.READ, ext.Direction.Up, ext.Right.Touch):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(one, protocol)) is one
        assert copy.copy(one) is copy.deepcopy(one) is one
    assert pickle.loads(pickle.dumps(ext.Mode.READ | ext.Mode.WRITE)) == ext.Mode.READ | ext.Mode.WRITE
    assert pickle.loads(pickle.dumps(ext.Color)) is ext.Color


def test_flags(ext):
    mode = ext.Mode
    assert issubclass(mode, enum.IntFlag)
    assert ext.bits(mode.READ | mode.EXECUTE) == (5, [mode.EXECUTE, mode.READ], "EXECUTE|READ")
    assert ext.bits(mode.ALL)[0] == 7 and ext.bits(mode(0)) == (0, [], "0")
    assert ext.bits(~mode.READ)[0] == 3
    assert ext.mode(4) is mode.READ and ext.mode(7) is mode.ALL and ext.mode(8) is None
    assert ext.mode(5) == mode.READ | mode.EXECUTE and type(ext.mode(5)) is mode and type(ext.mode(0)) is mode
    assert ext.changed(mode.WRITE) == 6 and ext.changed(mode.WRITE, mode.EXECUTE, remove=mode.WRITE) is mode.EXECUTE
    assert ext.single(mode.READ) == 4
    with pytest.raises(ValueError, match="is not a single member of Mode"):
        ext.single(mode.READ | mode.EXECUTE)
    for wrong in (5, None, ext.Right.Look):
        with pytest.raises(TypeError, match="argument 'mode' must be Mode, not"):
            ext.bits(wrong)
    try:
        unknown = mode.READ | 64
    except ValueError:
        return
    if isinstance(unknown, mode):
        with pytest.raises(ValueError, match="68 has bits that no member of Mode has"):
            ext.bits(unknown)


def test_plain_flags(ext):
    right = ext.Right
    assert issubclass(right, enum.Flag) and not issubclass(right, int)
    assert ext.rights(right.Look) == (right.Look | right.Touch, False)
    assert ext.rights(right.Look | right.Touch) == (ext.all_rights(), True)
    assert ext.all_rights().value == 1 + (1 << 40)
    assert ext.rights(~right.Look) == (right.Touch, False)


def test_closed(ext):
    with pytest.raises(TypeError):

        class More(ext.Color):
            PINK = 3

    with pytest.raises(AttributeError):
        ext.Color.RED = 3
    with pytest.raises(ValueError):
        ext.Color(77)


def test_no_changes_by_python(ext):
    """Python may spoil names and values of a member: it stays what it is."""
    red = ext.Color.RED
    try:
        red._value_ = 5
        assert ext.debug(red) == "Red" and ext.maybe(red) is red
    finally:
        red._value_ = 1


def test_aliases(ext):
    with pytest.raises(ValueError, match="member 'Eins' has the value of member 'One'"):
        load("aliases")
