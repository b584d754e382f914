"""Classes that are sequences or mappings: the slots that they fill, and their treatment by Python."""

import collections.abc
import ctypes
import operator
import sys

import pytest
from conftest import CPYTHON, HOST, PYPY


class Index:
    """An integer that is no int."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


def test_indices_count_from_the_start(ext):
    stack = ext.Stack(10, 20, 30)
    assert [stack[0], stack[2], stack[-1], stack[-3], stack[True]] == [10, 30, 30, 10, 20]
    assert stack.seen() == [0, 2, 2, 0, 1]
    assert stack[Index(-2)] == stack[Index(1)] == operator.getitem(stack, -2) == stack.__getitem__(-2) == 20
    assert stack.seen() == [1, 1, 1, 1]
    stack[-1] = 33
    stack[Index(-3)] = 11
    operator.setitem(stack, 1, 22)
    assert stack.seen() == [2, 0, 1]
    assert list(stack) == [11, 22, 33]
    del stack[-2]
    stack.__delitem__(-1)
    assert list(stack) == [11]


def test_indices_out_of_range(ext):
    stack = ext.Stack(10, 20, 30)
    for index in (-4, Index(-4), -sys.maxsize - 1, 10**30, -(10**30)):
        with pytest.raises(IndexError, match="^index out of range$"):
            stack[index]
        with pytest.raises(IndexError, match="^index out of range$"):
            stack[index] = 1
        with pytest.raises(IndexError, match="^index out of range$"):
            del stack[index]
    assert stack.seen() == []
    with pytest.raises(IndexError, match="^no such item$"):
        stack[3]
    with pytest.raises(IndexError, match="^no such item$"):
        stack[sys.maxsize] = 1
    assert list(stack) == [10, 20, 30]


def test_indices_of_other_types(ext):
    stack = ext.Stack(10, 20, 30)
    for index in ("0", None, 1.0, slice(0, 1)):
        with pytest.raises(TypeError):
            stack[index]
        with pytest.raises(TypeError):
            stack[index] = 1
        with pytest.raises(TypeError):
            del stack[index]
    broken = Index("no number")
    with pytest.raises(TypeError):
        stack[broken]


def test_slices(ext):
    word = ext.Word("hello")
    assert (word[0], word[-1], word[1:3], word[::-1], word[-2:]) == ("h", "o", "el", "olleh", "lo")
    assert (word[Index(-2)], word.__getitem__(slice(2))) == ("l", "he")
    with pytest.raises(IndexError, match="^index out of range$"):
        word[-6]
    with pytest.raises(IndexError, match="^no such letter$"):
        word[5]
    with pytest.raises(TypeError):
        word["a"]
    with pytest.raises(TypeError):
        word[0] = "j"


def test_sequences_are_iterated(ext):
    word = ext.Word("hello")
    assert list(word) == list(reversed(word))[::-1] == ["h", "e", "l", "l", "o"]
    assert "e" in word and "x" not in word
    assert len(word) == 5 and bool(word) and not ext.Word("")
    first, *rest = word
    assert (first, rest) == ("h", ["e", "l", "l", "o"])
    assert word + "!" == operator.concat(word, "!") == "hello!"


def test_what_python_takes_them_for(ext):
    abc = collections.abc
    stack, word, table, squares, unsaid = ext.Stack(), ext.Word("a"), ext.Table(), ext.Squares(), ext.Unsaid()
    kinds = [abc.Sequence, abc.MutableSequence, abc.Mapping, abc.MutableMapping, abc.Collection]
    assert [isinstance(stack, kind) for kind in kinds] == [True, True, False, False, True]
    assert [isinstance(word, kind) for kind in kinds] == [True, False, False, False, True]
    assert [isinstance(table, kind) for kind in kinds] == [False, False, True, True, True]
    assert [isinstance(squares, kind) for kind in kinds] == [False, False, True, False, True]
    assert [isinstance(unsaid, kind) for kind in kinds] == [False] * 5
    assert issubclass(ext.Stack, abc.Reversible) and not issubclass(ext.Table, abc.Sequence)


def test_methods_that_come_for_nothing(ext):
    stack = ext.Stack(1, 2, 3, 2)
    assert (stack.index(2), stack.count(2)) == (1, 2)
    with pytest.raises(ValueError):
        stack.index(9)
    stack.append(5)
    stack.extend([6, 7])
    assert (stack.pop(), stack.pop(0)) == (7, 1)
    stack.remove(2)
    stack.reverse()
    assert list(stack) == [6, 5, 2, 3]
    stack.clear()
    assert len(stack) == 0
    assert ext.Word("hello").index("l") == 2
    assert not hasattr(ext.Word, "append")

    table = ext.Table(a=1, b=2)
    assert (table.get("a"), table.get("c"), table.get("c", 3)) == (1, None, 3)
    assert (list(table.keys()), list(table.values())) == (["a", "b"], [1, 2])
    assert sorted(table.items()) == [("a", 1), ("b", 2)]
    assert "a" in table and "c" not in table
    assert dict(table) == {**table} == {"a": 1, "b": 2}
    assert table.pop("a") == 1 and table.setdefault("c", 7) == 7
    assert (table.pop("none", None), table.pop("none", 5)) == (None, 5)
    with pytest.raises(KeyError):
        table.pop("none")
    table.update({"d": 4}, e=5)
    assert dict(table) == {"b": 2, "c": 7, "d": 4, "e": 5}
    table.clear()
    assert len(table) == 0
    assert not hasattr(ext.Squares, "pop") and not hasattr(ext.Unsaid, "index")


def test_methods_of_ones_own_stay(ext):
    assert ext.Word("hello").count() == 5
    assert ext.Squares().get(1) == "its own get of 1"
    assert list(ext.Squares().values()) == [1, 0, 1]


def test_generic_structs(ext):
    assert ext.IntRow([1, 2])[-1] == 2 and ext.TextRow(["a", "b"])[-2] == "a"
    assert isinstance(ext.IntRow([1]), collections.abc.Sequence) and ext.TextRow(["a"]).index("a") == 0


def test_errors_of_len(ext):
    empty = ext.IntRow([])
    with pytest.raises(IndexError, match="^nothing to count$"):
        empty[-1]
    with pytest.raises(IndexError, match="^no such item$"):
        empty[0]


@pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")
def test_classes_that_extend_them(ext):
    loud = ext.Loud("hello")
    assert (loud[-1], loud[:2], list(loud)) == ("O", "HE", ["H", "E", "L", "L", "O"])
    assert isinstance(loud, collections.abc.Sequence) and loud.index("L") == 2

    class Sub(ext.Word):
        def __len__(self):
            return 2

    class Sub2(Sub):
        def __getitem__(self, index):
            return "own {!r}".format(index)

        def upper(self, index):
            return super().__getitem__(index).upper()

    assert isinstance(Sub("ab"), collections.abc.Sequence)
    assert (Sub("hello")[-1], Sub("hello")[4]) == ("e", "o")
    assert (Sub2("hello")[-1], Sub2("hello").upper(-1)) == ("own -1", "E")


def test_keys_of_mappings_are_left_alone(ext):
    assert (ext.Squares()[-1], dict(ext.Squares())) == (1, {-1: 1, 0: 0, 1: 1})
    assert -1 in ext.Squares() and 2 not in ext.Squares()
    with pytest.raises(KeyError):
        ext.Squares()[-3]


def test_unsaid(ext):
    """As a class written in Python: the method sees what is in the brackets."""
    assert (ext.Unsaid()[-1], list(ext.Unsaid()), len(ext.Unsaid())) == (-1, [0, 1, 2], 3)


def test_a_mapping_is_no_sequence(ext):
    table = ext.Table(a=1)
    assert table + table == 0
    if not PYPY:  # whose function goes by __getitem__, also for a dict
        with pytest.raises(TypeError):
            operator.concat(table, table)
    with pytest.raises(TypeError):
        reversed(table)
    stack = ext.Stack(1) + ext.Stack(2)
    assert list(operator.concat(stack, stack)) == [1, 2, 1, 2]


@pytest.mark.skipif(not CPYTHON, reason="calls the C API")
def test_c_api(ext):
    api = ctypes.pythonapi
    stack, word, table, unsaid = ext.Stack(1, 2, 3), ext.Word("a"), ext.Table(a=1), ext.Unsaid()
    check = [api.PySequence_Check(ctypes.py_object(x)) for x in (stack, word, table, unsaid)]
    assert check == [1, 1, 0, 1]
    check = [api.PyMapping_Check(ctypes.py_object(x)) for x in (stack, word, table, unsaid)]
    assert check == [1, 1, 1, 1]  # as a list is one: what takes slices

    get, put, remove = api.PySequence_GetItem, api.PySequence_SetItem, api.PySequence_DelItem
    get.restype = ctypes.py_object
    for function in (get, remove):
        function.argtypes = [ctypes.py_object, ctypes.c_ssize_t]
    put.argtypes = [ctypes.py_object, ctypes.c_ssize_t, ctypes.py_object]
    assert (get(stack, 0), get(stack, -1)) == (1, 3)
    with pytest.raises(IndexError, match="^index out of range$"):
        get(stack, -4)
    with pytest.raises(TypeError, match="not a sequence|does not support indexing"):
        get(table, 0)
    assert put(stack, -1, 9) == 0 and stack[2] == 9
    assert remove(stack, -3) == 0 and list(stack) == [2, 9]
    with pytest.raises(TypeError):
        put(word, 0, "b")


@pytest.mark.skipif(sys.version_info < (3, 10), reason="there is no match yet")
def test_match(ext):
    scope = {}
    exec(
        """
def kind(x):
    match x:
        case [1, *rest]: return ("sequence", rest)
        case {"a": a, **rest}: return ("mapping", a, rest)
        case {}: return "mapping"
        case []: return "empty"
    return "neither"
""",
        scope,
    )
    kind = scope["kind"]
    assert kind(ext.Stack(1, 2, 3)) == ("sequence", [2, 3])
    assert kind(ext.Stack()) == "empty"
    assert kind(ext.Table(a=1, b=2)) == ("mapping", 1, {"b": 2})
    assert kind(ext.Table(b=2)) == "mapping"
    if not (PYPY and HOST == "native"):  # where whatever has a __getitem__ of HPy's is a mapping, until it says otherwise
        assert kind(ext.Unsaid()) == "neither"
