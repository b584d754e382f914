"""Classes of generic structs, methods from traits, several `impl` blocks."""

import sys
import types

import pytest
from conftest import HOST, PYPY


def test_each_instance_is_a_class(ext):
    assert ext.IntMatrix is not ext.FloatMatrix
    assert (ext.IntMatrix.__name__, ext.FloatMatrix.__name__) == ("IntMatrix", "FloatMatrix")
    assert not hasattr(ext, "Matrix")
    assert (ext.IntMatrix.KIND, ext.FloatMatrix.KIND) == ("int", "float")
    if not (PYPY and HOST != "native"):
        assert ext.IntMatrix.__doc__ == "Rows of numbers."


def test_methods_of_each(ext):
    ints, floats = ext.IntMatrix([[1, 2], [3]]), ext.FloatMatrix([[1, 2], [3]], 0.5)
    assert (ints.cells, floats.cells) == ([1, 2, 3, 0], [1.0, 2.0, 3.0, 0.5])
    assert (ints.sum(), floats.sum()) == (6, 6.5)
    assert type(ints.sum()) is int and type(floats.sum()) is float
    assert (ints + ints).cells == [2, 4, 6, 0] and type(ints + ints) is ext.IntMatrix
    assert (floats * 2).cells == [2.0, 4.0, 6.0, 1.0]
    assert (ext.IntMatrix.zero(), ext.FloatMatrix.zero()) == (0, 0.0)
    assert ints.with_cell(0, 9) == 1 and ints.cells[0] == 9
    with pytest.raises(IndexError, match="no such cell"):
        ints.with_cell(9, 9)
    assert ints.parity() == [1, 0, 1, 0]
    assert not hasattr(floats, "parity")
    assert ext.int_sum(ints) == 14
    assert type(ext.identity()) is ext.FloatMatrix


def test_instances_do_not_mix(ext):
    ints, floats = ext.IntMatrix([[1]]), ext.FloatMatrix([[1]])
    with pytest.raises(TypeError):
        ints + floats
    with pytest.raises(TypeError, match="must be IntMatrix, not .*FloatMatrix"):
        ext.int_sum(floats)
    with pytest.raises(TypeError):
        ext.IntMatrix([[1.5]])
    with pytest.raises(TypeError):
        ints.with_cell(0, 1.5)
    with pytest.raises(TypeError):
        ext.IntMatrix.sum(floats)


def test_methods_of_traits(ext):
    for cls in (ext.IntMatrix, ext.FloatMatrix):
        matrix = cls([[1, 2, 3], [4, 5, 6]])
        assert (matrix.rows(), matrix.columns, matrix.count()) == (2, 3, 6)


def test_two_parameters(ext):
    texts, lists = ext.Texts2("a"), ext.Bytes3([1])
    assert (len(texts), len(lists), texts[1], list(lists[2])) == (2, 3, "", [])
    assert (texts.last, lists.last) == ("a", [1])


def test_several_blocks(ext):
    square = ext.Square(3.0)
    assert (square.area(), abs(square), ext.Square.unit().area()) == (9.0, 3.0, 1.0)
    square.grow(1.0)
    assert square.area() == 16.0
    assert square.same(ext.Square(4.0)) and not square.same(ext.Square(1.0))
    if not (PYPY and HOST != "native"):
        assert ext.Square.area.__doc__.endswith("From a trait.")


@pytest.mark.parametrize("name", ["Shelf", "Side"])
def test_aliases(ext, name):
    cls = getattr(ext, name)
    if sys.version_info < (3, 9):
        assert cls[int] is cls and cls[int, str] is cls
        return
    alias = cls[int]
    assert type(alias) is types.GenericAlias
    assert (alias.__origin__, alias.__args__) == (cls, (int,))
    assert cls[int, str].__args__ == (int, str)
    assert repr(alias) == "generics.{}[int]".format(name)
    assert alias == cls[int] and alias != cls[str]
    assert cls.__class_getitem__(int) == alias


def test_what_aliases_do(ext):
    shelf = ext.Shelf[int](3)
    assert type(shelf) is ext.Shelf and shelf.width == 3
    assert ext.Shelf[str].wide().width == 9
    with pytest.raises(TypeError):
        shelf[0]
    with pytest.raises(TypeError):
        ext.Shelf.__class_getitem__()
    with pytest.raises(TypeError):
        ext.Shelf.__class_getitem__(int, str)
    with pytest.raises(TypeError):
        ext.IntMatrix[int]


@pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")
def test_aliases_of_subclasses(ext):
    class Sub(ext.Shelf[int]):
        pass

    assert Sub.__mro__[1] is ext.Shelf
    assert Sub(5).width == 5
    origin = Sub if sys.version_info < (3, 9) else Sub[str].__origin__
    assert origin is Sub
