import types

import pytest
from conftest import NATIVE_GRAALPY


class Thing:
    def __init__(self):
        self.x = 1

    @property
    def fails(self):
        raise ZeroDivisionError("in a property")


class Container(dict):
    pass


@pytest.mark.skipif(NATIVE_GRAALPY, reason="a Java exception there, for any index beyond the end of a list of numbers")
def test_indices_that_no_sequence_has(ext):
    for x in [[1, 2], (1, 2), "ab", {-1: 5, -2: 6}]:
        for index in [2**63, 2**64 - 2, 2**64 - 1]:
            with pytest.raises(IndexError, match=str(index)):
                ext.item(x, index)
    assert [ext.item([7, 8], i) for i in range(2)] == [7, 8]
    with pytest.raises(IndexError):
        ext.item([7, 8], 2)


def test_attributes(ext):
    thing = Thing()
    assert ext.getattr(thing, "x") == 1
    ext.setattr(thing, "y", 2)
    assert thing.y == 2
    ext.delattr(thing, "y")
    assert not hasattr(thing, "y")
    assert ext.hasattr(thing, "x") is True
    assert ext.hasattr(thing, "y") is False
    with pytest.raises(ZeroDivisionError):
        ext.hasattr(thing, "fails")
    with pytest.raises(AttributeError):
        ext.getattr(thing, "missing")
    with pytest.raises(AttributeError):
        ext.delattr(thing, "missing")
    with pytest.raises(ZeroDivisionError):
        ext.getattr(thing, "fails")
    with pytest.raises(AttributeError):
        ext.setattr(object(), "x", 1)
    setattr(thing, "schlüssel", 5)
    assert ext.getattr(thing, "schlüssel") == 5


def test_items(ext):
    d = {"a": 1}
    assert ext.getitem(d, "a") == 1
    ext.setitem(d, "b", 2)
    assert d == {"a": 1, "b": 2}
    ext.delitem(d, "a")
    assert d == {"b": 2}
    assert ext.contains(d, "b") is True
    assert ext.contains([1], 2) is False
    assert ext.getitem([1, 2, 3], -1) == 3
    assert ext.getitem([1, 2, 3], slice(1, None)) == [2, 3]
    with pytest.raises(KeyError):
        ext.getitem(d, "missing")
    with pytest.raises(IndexError):
        ext.getitem([], 0)
    with pytest.raises(TypeError):
        ext.getitem(1, 0)
    with pytest.raises(TypeError):
        ext.setitem((1,), 0, 2)
    with pytest.raises(TypeError):
        ext.contains(1, 2)
    with pytest.raises(TypeError):
        ext.setitem({}, [], 1)


def test_questions(ext):
    assert ext.length([1, 2]) == 2
    assert ext.truth([]) is False
    assert ext.truth([0]) is True
    assert ext.hash("abc") == hash("abc")
    assert ext.texts("a'b") == ("a'b", '"a\'b"', '"a\'b"')
    with pytest.raises(TypeError):
        ext.length(1)
    with pytest.raises(TypeError):
        ext.hash([])
    x = object()
    assert ext.same(x, x) is True
    assert ext.same([], []) is False
    assert ext.compare(1, 2) == (False, True, False)
    assert ext.compare("b", "b") == (True, False, True)
    if not NATIVE_GRAALPY:  # its host says 0 where a comparison raised
        with pytest.raises(TypeError):
            ext.compare(1, "a")


def test_arithmetic(ext):
    assert ext.arithmetic(7, 2) == [9, 5, 14, 3.5, 3, 1, 49, -7, 7]
    assert ext.arithmetic(-7.5, 2) == [-5.5, -9.5, -15.0, -3.75, -4.0, 0.5, 56.25, 7.5, 7.5]
    assert ext.bits(12, 3) == [0, 15, 15, 96, 1, (4, 0)]
    with pytest.raises(ZeroDivisionError):
        ext.arithmetic(1, 0)
    with pytest.raises(TypeError):
        ext.arithmetic(1, "x")


def test_iteration(ext):
    assert ext.collect([1, 2]) == [1, 2]
    assert ext.collect("ab") == ["a", "b"]
    assert ext.collect(x * x for x in range(4)) == [0, 1, 4, 9]

    def fails():
        yield 1
        raise ZeroDivisionError("in the generator")

    with pytest.raises(ZeroDivisionError, match="in the generator"):
        ext.collect(fails())
    with pytest.raises(TypeError):
        ext.collect(1)


def test_types(ext):
    assert ext.type_name(1) == "int"
    assert ext.type_name(Thing()) == "Thing"


MARKERS = [
    (None, ["None", "Any"]),
    (True, ["Bool", "Int", "Any"]),
    (1, ["Int", "Any"]),
    (1.5, ["Float", "Any"]),
    ("s", ["Str", "Any"]),
    (b"b", ["Bytes", "Any"]),
    ([], ["List", "Any"]),
    ((), ["Tuple", "Any"]),
    ({}, ["Dict", "Any"]),
    (Container(), ["Dict", "Any"]),
    (slice(1), ["Slice", "Any"]),
    (int, ["Type", "Callable", "Any"]),
    (types, ["Module", "Any"]),
    (iter([]), ["Iterator", "Any"]),
    (len, ["Callable", "Any"]),
]


@pytest.mark.parametrize("value, markers", MARKERS, ids=lambda x: type(x).__name__)
def test_markers(ext, value, markers):
    assert ext.markers(value) == markers


def test_methods_of_builtins(ext):
    with pytest.raises(TypeError):
        ext.list_methods(1)
    assert ext.list_methods() == [9, 3, 2, 1]
    copy, keys, missing = ext.dict_methods()
    assert copy == {"a": 1, 2: "b"} and keys == [2] and missing is None


@pytest.mark.parametrize("length", [0, 1, 5, 10])
@pytest.mark.parametrize(
    "s",
    [slice(None), slice(1, 3), slice(None, None, -1), slice(-3, None), slice(8, 2, -2), slice(None, None, 3), slice(5, 1), slice(-100, 100)],
    ids=str,
)
def test_slices(ext, s, length):
    start, stop, step = s.indices(length)
    assert ext.slice_indices(s, length) == (start, stop, step, len(range(start, stop, step)))


def test_bad_slices(ext):
    with pytest.raises(ValueError):
        ext.slice_indices(slice(None, None, 0), 5)
    with pytest.raises(TypeError):
        ext.slice_indices(slice("a"), 5)


def test_constants(ext):
    assert all(a is b for a, b in zip(ext.constants(), [None, True, False, ..., NotImplemented]))


def test_capsules(ext):
    capsule = ext.capsule()
    assert ext.open_capsule(capsule) == (True, False)
    assert ext.markers(capsule) == ["Capsule", "Any"]
    with pytest.raises(TypeError, match="argument 'x' must be PyCapsule, not int"):
        ext.open_capsule(1)
