"""Edges of Python's data model."""

import abc
import collections
import collections.abc
import types

import pytest
from conftest import HOST, NATIVE_GRAALPY, PYPY

NATIVE = HOST == "native"
subclasses = pytest.mark.skipif(NATIVE, reason="this host has no subclasses")


def test_getattr(ext):
    x = ext.Lookup()
    assert x.foo == "rust" and x.asked == 1
    with pytest.raises(AttributeError):
        x.bar
    assert x.asked == 2  # once each
    assert type(x).__getattr__(x, "foo") == "rust"
    assert "__getattr__" in vars(type(x))
    with pytest.raises(TypeError):
        type(x).__getattr__(1, "foo")


@subclasses
def test_getattr_of_subclasses(ext):
    for base in (ext.Lookup, ext.Heir):

        class Same(base):
            pass

        class Sub(base):
            def __getattr__(self, name):
                return "python, then " + super().__getattr__(name)

        class All(base):
            def __getattribute__(self, name):
                if name == "all":
                    return "all"
                return super().__getattribute__(name)

        same, sub, every = Same(), Sub(), All()
        assert same.foo == "rust" and same.asked == 1
        with pytest.raises(AttributeError):
            same.bar
        assert same.asked == 2
        assert sub.foo == "python, then rust" and base().foo == "rust"
        with pytest.raises(AttributeError):
            sub.bar
        assert (every.all, every.foo) == ("all", "rust")
        del Sub.__getattr__
        assert sub.foo == "rust"


def test_setattr(ext, ext_module):
    if not NATIVE or PYPY:  # others have no `dict`
        x = ext_module("setters").Setter()
        x.y = 5
        assert (x.y, x.n) == (5, 1)
        del x.y
        assert not hasattr(x, "y") and x.n == 1
        with pytest.raises(AttributeError):
            x.n = 2  # read-only, says object
    x = ext.OnlySet()
    x.q = 7
    assert x.n == 7
    # GraalPy 24's HPy ends the process when a read-only attribute is deleted by `object.__delattr__`.
    for name in ("q",) if NATIVE_GRAALPY else ("q", "n"):
        with pytest.raises(AttributeError):
            delattr(x, name)


@subclasses
def test_setattr_of_subclasses(ext_module):
    class Sub(ext_module("setters").Setter):
        def __setattr__(self, name, value):
            super().__setattr__(name, value + 1)

    x = Sub()
    x.y = 5
    assert (x.y, x.n) == (6, 1)


def test_in_place_methods(ext):
    x = y = ext.Sum()
    x += 3
    x *= 2
    assert x is y and x.total == 6
    with pytest.raises(TypeError, match="unsupported operand|not supported"):
        x += "text"

    class Other:
        def __radd__(self, other):
            return "radd"

        def __rpow__(self, other):
            return "rpow"

    assert x is y
    x += Other()
    assert x == "radd"
    x = y
    x -= "another"
    assert x == "another"
    with pytest.raises(TypeError):
        y **= 2


def test_comparisons(ext):
    for a, b in [(1, 2), (2, 1), (1, 1), ("a", "b")]:
        assert ext.compare(a, b) == [a < b, a <= b, a == b, a != b, a > b, a >= b]
    if not NATIVE_GRAALPY:  # there a failing comparison is false
        with pytest.raises(TypeError):
            ext.compare(1, "a")


def test_isinstance(ext):
    class Shape(abc.ABC):
        pass

    @Shape.register
    class Round:
        pass

    assert ext.isinstance(Round(), Shape) and not ext.isinstance(1, Shape)
    assert ext.isinstance(1, (str, int)) and ext.isinstance(True, int)
    with pytest.raises(TypeError):
        ext.isinstance(1, 1)

    class Meta(type):
        def __instancecheck__(cls, other):
            raise KeyError("asked")

    with pytest.raises(KeyError):
        ext.isinstance(1, Meta("Odd", (), {}))


def test_abstract_classes(ext):
    things = [[], (), "", {}, types.MappingProxyType({}), set(), frozenset(), {}.keys(), range(3), 1, iter([]), collections.deque(), ext.Row([1])]
    for thing in things:
        names = "AbstractSet Collection Hashable Iterable Mapping MutableMapping MutableSequence MutableSet Sequence Sized".split()
        right = [n for n in names if isinstance(thing, getattr(collections.abc, n.replace("AbstractSet", "Set")))]
        assert ext.abstracts(thing) == right, thing
    assert ext.keys(types.MappingProxyType({"a": 1})) == ["a"]
    with pytest.raises(TypeError, match=r"keys\(\) argument 'mapping' must be Mapping, not list"):
        ext.keys([])


@subclasses
def test_abstract_methods(ext):
    class A(ext.Num, abc.ABC):
        @abc.abstractmethod
        def f(self):
            pass

        @property
        @abc.abstractmethod
        def g(self):
            pass

    class B(A):
        def f(self):
            pass

    class C(B):
        g = 1

    with pytest.raises(TypeError, match="Can't instantiate abstract class A .*f.*g"):
        A(1)
    with pytest.raises(TypeError, match="Can't instantiate abstract class B .*g"):
        B(1)
    assert C(3).value == 3


def test_mutable_sequence(ext):
    row = same = ext.Row([1])
    row += [2, 3]
    assert row is same and list(row) == [1, 2, 3]
    row.extend((4,))
    assert list(row) == [1, 2, 3, 4]


def test_bool_of_numpy(ext):
    class Bool:
        def __bool__(self):
            return True

    fake = type("bool_", (Bool,), {"__module__": "numpy", "__qualname__": "bool_"})
    assert ext.negate(fake()) is False
    with pytest.raises(TypeError, match="must be bool, not .*Bool"):
        ext.negate(Bool())
    with pytest.raises(TypeError, match="must be bool, not int"):
        ext.negate(1)
    numpy = pytest.importorskip("numpy")
    assert ext.negate(numpy.bool_(True)) is False and ext.negate(numpy.array([False])[0]) is True
