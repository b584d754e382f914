"""Derived conversions."""

import types

import pytest


class Thing(dict):
    """Has attributes and items."""


def thing(items=(), **attributes):
    made = Thing(items)
    vars(made).update(attributes)
    return made


def test_attributes_and_items(ext):
    full = thing({"size": 3}, userName="me", **{"class": 1, "tags": ["a"], "share": 10})
    text, back = ext.config(full)
    assert text == 'Config { user_name: "me", kind: Some(1), size_of: 3, tags: ["a"], share: 10.0 }'
    assert back == {"userName": "me", "class": 1, "size": 3, "tags": ["a"], "share": 10.0}
    few = thing({"size": 3}, userName="me", **{"class": None})
    assert ext.config(few)[1] == {"userName": "me", "class": None, "size": 3, "tags": [], "share": 50.0}


def test_bad_attributes_and_items(ext):
    good = {"userName": "me", "class": None}
    for items, attributes, kind, message in (
        ({"size": 1}, {"class": None}, TypeError, "argument 'config' must be an object with an attribute 'userName', not test_converts.Thing"),
        ({}, good, TypeError, "argument 'config' must be a mapping with 'size', not "),
        ({"size": 256}, good, OverflowError, "argument 'config': item 'size': 256 does not fit into u8"),
        ({"size": "1"}, good, TypeError, "argument 'config' must be object with 'userName', 'class', 'size': item 'size' must be int, not str"),
        ({"size": 1}, dict(good, userName=1), TypeError, "attribute 'userName' must be str, not int"),
        ({"size": 1}, dict(good, tags=[1]), TypeError, "attribute 'tags', item 0 must be str, not int"),
        ({"size": 1}, dict(good, share=101), ValueError, "attribute 'share': more than all"),
        ({"size": 1}, dict(good, share="x"), TypeError, "attribute 'share' must be float, not str"),
    ):
        with pytest.raises(kind, match=message):
            ext.config(thing(items, **attributes))
    with pytest.raises(TypeError, match="config\\(\\) argument 'config' must be an object with an attribute 'userName', not int"):
        ext.config(1)


def test_other_errors_go_through(ext):
    class Failing:
        @property
        def userName(self):
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        ext.config(Failing())

    class Mapping(dict):
        def __getitem__(self, key):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ext.row(Mapping())


def test_items(ext):
    assert ext.row(thing({"id": 1, "name": "x"}, real=None)) == {"id": 1, "name": "x", "real": None}
    assert ext.row(thing({"id": 1}, real=2)) == {"id": 1, "name": "none", "real": 2.0}
    for wrong, message in (
        ({"name": "x"}, "must be a mapping with 'id', not dict"),
        ([1], "must be a mapping, not list"),
        (3, "must be a mapping, not int"),
        ({"id": 1}, "must be an object with an attribute 'real', not dict"),
    ):
        with pytest.raises(TypeError, match="row\\(\\) argument 'row' " + message):
            ext.row(wrong)


def test_newtypes(ext):
    assert ext.double(1.5) == 3.0
    with pytest.raises(TypeError, match="double\\(\\) argument 'meters' must be float, not str"):
        ext.double("x")
    assert ext.wrapped([1, 2], ["a"]) == ([1, 2], 1)
    with pytest.raises(TypeError, match="argument 'two' must be Sequence\\[str\\]: item 0 must be str, not int"):
        ext.wrapped([1, 2], [1])


def test_tuples(ext):
    assert ext.pair((1, 2)) == ("Pair(1, Meters(2.0))", (1, 2.0))
    for wrong, kind, message in (
        ([1, 2], TypeError, "argument 'pair' must be tuple\\[int, float\\], not list"),
        ((1,), ValueError, "expected a tuple of length 2, not 1"),
        ((1, "x"), TypeError, "argument 'pair' must be tuple\\[int, float\\]: item 1 must be float, not str"),
        ((1000, 2), OverflowError, "item 0: 1000 does not fit into i8"),
    ):
        with pytest.raises(kind, match=message):
            ext.pair(wrong)


def test_enums(ext):
    for given, name in ((1, "Int"), ("x", "Text"), ([1, 2], "Many"), ((1, "x"), "Pair"), ({"x": 1.0, "y": 2.0}, "Point"), ({"a": 1.5}, "Floats")):
        assert ext.value(given) == (name, given)
    assert ext.value({"x": 1}) == ("Point", {"x": 1.0, "y": 0.0})
    assert ext.values([1, "x", [1]]) == 3


def test_no_variant_fits(ext):
    with pytest.raises(TypeError, match="value\\(\\) argument 'value' must be int \\| str \\| Sequence\\[int\\] \\| .*, not None"):
        ext.value(None)
    # The first variant whose type fits says what is wrong.
    with pytest.raises((OverflowError, TypeError), match="1000 does not fit into i8|must be int \\|"):
        ext.value(1000)
    with pytest.raises(TypeError, match="item 1 must be"):
        ext.values([1, None])

    class Failing:
        def __getitem__(self, key):
            raise ZeroDivisionError

        def __len__(self):
            return 1

    with pytest.raises(ZeroDivisionError):
        ext.value(Failing())


def test_what_an_enum_of_structs_misses(ext):
    assert ext.size(types.SimpleNamespace(radius=2)) == 2.0
    with pytest.raises(TypeError, match="argument 'shape' must be an object with an attribute 'radius' or an object with an attribute 'width', not object"):
        ext.size(object())
    with pytest.raises(TypeError, match="attribute 'radius' must be float, not str"):
        ext.size(types.SimpleNamespace(radius="x"))


def test_mismatch_inside_a_conversion(ext):
    class Far:
        def metres(self):
            return "far"

    with pytest.raises(TypeError, match=r"metres\(\) argument 'length' must be Metres: a value of it must be float, not str"):
        ext.metres(Far())
    with pytest.raises(TypeError, match="argument 'lengths' must be .*: item 0, a value of it must be float, not str"):
        ext.all_metres([Far()])


def test_options_say_none(ext):
    for args, message in [
        (("x",), "argument 'number' must be int | None, not str"),
        ((None, 1), "argument 'text' must be str | None, not int"),
        ((None, None, 1), "argument 'list' must be Sequence[int] | None, not int"),
        ((None, None, ["x"]), "argument 'list' must be Sequence[int] | None: item 0 must be int, not str"),
    ]:
        with pytest.raises(TypeError) as info:
            ext.options(*args)
        assert str(info.value) == "options() " + message
