"""Whole lists, tuples, dicts and sets: what is read in place, and what is not."""

import collections
import math
import sys
import threading

import pytest
from conftest import CPYTHON, GRAALPY, HOST

INTS = sorted({sign * (2**bits + more) for bits in (0, 7, 8, 15, 16, 29, 30, 31, 32, 53, 59, 60, 61, 62) for more in (-1, 0, 1) for sign in (-1, 1)})


class Whole(int):
    pass


class Real(float):
    pass


class Index:
    def __init__(self, value, change=lambda: None):
        self.value, self.change = value, change

    def __index__(self):
        self.change()
        return self.value


class Floating(Index):
    def __float__(self):
        self.change()
        return float(self.value)


@pytest.mark.parametrize("kind", [list, tuple, collections.deque])
def test_integers(ext, kind):
    assert ext.signed(kind(INTS)) == INTS
    assert ext.signed(kind([-(2**63), 2**63 - 1, 0])) == [-(2**63), 2**63 - 1, 0]
    assert ext.wide(kind([2**100, -(2**100), 5])) == [2**100, -(2**100), 5]
    natural = [number for number in INTS if number >= 0] + [2**63, 2**64 - 1]
    assert ext.unsigned(kind(natural)) == natural
    mixed = ext.signed(kind([1, True, Whole(2**40), Index(-7), 2**62, False]))
    assert mixed == [1, 1, 2**40, -7, 2**62, 0] and {type(number) for number in mixed} == {int}
    for function, low, high in (("small", -128, 127), ("shorts", 0, 2**16 - 1), ("unsigned", 0, 2**64 - 1), ("signed", -(2**63), 2**63 - 1)):
        assert getattr(ext, function)(kind([low, high])) == [low, high]
        for wrong in (low - 1, high + 1):
            with pytest.raises(OverflowError, match="item 1: "):
                getattr(ext, function)(kind([1, wrong]))
    for wrong in (1.0, "1", None):
        with pytest.raises(TypeError, match=r"argument 'x' must be Sequence\[int\]: item 2 must be int, not "):
            ext.signed(kind([1, 2, wrong, 3]))


@pytest.mark.parametrize("kind", [list, tuple, collections.deque])
def test_floats(ext, kind):
    values = [0.0, -0.0, 1.5, -1.0, math.inf, -math.inf, 5e-324, sys.float_info.max]
    result = ext.floats(kind(values))
    assert [value.hex() for value in result] == [value.hex() for value in values]
    assert math.isnan(ext.floats(kind([math.nan]))[0])
    assert ext.floats(kind(INTS)) == [float(number) for number in INTS]
    mixed = ext.floats(kind([1, 2.5, True, Real(3.5), Floating(4), 10**300, -1]))
    assert mixed == [1.0, 2.5, 1.0, 3.5, 4.0, 1e300, -1.0] and {type(value) for value in mixed} == {float}
    assert ext.short_floats(kind([0.5, 1e300, 3])) == [0.5, math.inf, 3.0]
    with pytest.raises(OverflowError):
        ext.floats(kind([1.0, 10**400]))
    for wrong in ("1", None, 1j):
        with pytest.raises(TypeError, match=r"argument 'x' must be Sequence\[float\]: item 1 must be float, not "):
            ext.floats(kind([1.0, wrong]))


def test_others(ext):
    assert ext.bools([True, False, True]) == [True, False, True]
    # GraalPy's own HPy takes the 1 of a list for True.
    wrong, kind = ("1", "str") if GRAALPY and HOST == "native" else (1, "int")
    with pytest.raises(TypeError, match="item 1 must be bool, not " + kind):
        ext.bools([True, wrong])
    assert ext.options((None, 1.5, 2, None)) == [None, 1.5, 2.0, None]
    with pytest.raises(TypeError, match=r"item 1 must be float \| None, not str"):
        ext.options([None, "x"])
    assert ext.nested([[1.5], (), [2, 3.0], range(2)]) == [[1.5], [], [2.0, 3.0], [0.0, 1.0]]
    assert ext.texts(["a", "é", "\0", ""]) == ["a", "é", "\0", ""]
    if GRAALPY and HOST == "native":  # it replaces lone surrogates
        assert len(ext.texts(["a", "\ud800"])) == 2
    else:
        with pytest.raises(UnicodeEncodeError):
            ext.texts(["a", "\ud800"])
    assert ext.array((1, 2.0, 3)) == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="expected 3 items, not 2"):
        ext.array([1.0, 2.0])
    assert ext.units([None] * 5) == 5
    for empty in ([], (), collections.deque()):
        assert ext.floats(empty) == ext.signed(empty) == ext.texts(empty) == []
    many = [float(number) for number in range(200_000)]
    assert ext.floats(many) == many


def test_a_list_that_its_items_change(ext):
    for change, expected in (
        (lambda items: items.clear(), [1.0, 2.0]),
        (lambda items: items.pop(), [1.0, 2.0, 3.0]),
        (lambda items: items.append(9), [1.0, 2.0, 3.0, 4.0, 9.0]),
        (lambda items: items.extend(range(5000)), [1.0, 2.0, 3.0, 4.0] + [float(number) for number in range(5000)]),
        (lambda items: items.__setitem__(2, 7.5), [1.0, 2.0, 7.5, 4.0]),
        (lambda items: items.__setitem__(slice(None), [0.5] * 3), [1.0, 2.0, 0.5]),
    ):
        items = [1.0, Floating(2, lambda: change(items)), 3.0, 4.0]
        assert ext.floats(items) == expected


def test_an_item_that_removes_itself(ext):
    """The list had the only reference to it."""
    for function, kind in (("floats", Floating), ("signed", Index)):
        items = [kind(number, lambda: items.clear()) for number in range(3)]
        assert getattr(ext, function)(items) == [0]
        assert items == []


def test_a_dict_that_its_items_change(ext):
    def changed_by(change):
        items = {1: 1.0, 2: Floating(2), 3: 3.0}
        items[2].change = lambda: change(items)
        return items

    for change in (lambda items: items.clear(), lambda items: items.pop(3), lambda items: items.__setitem__(4, 4.0)):
        with pytest.raises(RuntimeError, match="dictionary changed size during iteration"):
            ext.map(changed_by(change))
    assert ext.map(changed_by(lambda items: items.__setitem__(3, 7.0))) == {1: 1, 2: 2, 3: 7}


def test_a_dict_whose_keys_change_for_ever(ext):
    items = dict.fromkeys(range(50))

    def change(key, value):
        items.pop(key, None)
        items[max(items) + 1] = None

    try:
        assert len(ext.seen(items, change)) <= 50
    except (RuntimeError, KeyError) as error:
        assert isinstance(error, KeyError) or "during iteration" in str(error)
    assert len(items) == 50


def test_dicts(ext):
    assert ext.map({}) == {}
    items = {number: float(number) for number in range(3000)}
    assert ext.map(items) == items
    assert list(ext.map(collections.OrderedDict(items))) == sorted(items)
    key, value = object(), []
    (seen,) = ext.seen({key: value}, lambda key, value: None)
    assert seen[0] is key and seen[1] is value
    with pytest.raises(ZeroDivisionError):
        ext.seen({1: 2, 3: 4}, lambda key, value: 1 // 0)


def test_sets(ext):
    for kind in (set, frozenset):
        assert ext.number_set(kind(range(1000))) == set(range(1000))
        assert ext.text_set(kind(["b", "a"])) == {"a", "b"}
        assert ext.number_set(kind()) == set()
        with pytest.raises(TypeError, match=r"argument 'x' must be set\[int\]: an item must be int, not str"):
            ext.number_set(kind(["a"]))

    class Mine(set):
        def __iter__(self):
            return iter([5, 6])

    assert ext.number_set(Mine([1])) == {5, 6}
    items = set()
    items |= {Index(1, items.clear), Index(2, items.clear)}
    assert ext.number_set(items) == {1, 2} and items == set()

    class SameHash:
        def __hash__(self):
            return 1

    objects = [SameHash(), SameHash(), 1, "x", 1.0]
    result = ext.set_of(objects)
    assert type(result) is set and result == set(objects) and len(result) == 4
    assert ext.set_of([]) == set()
    with pytest.raises(TypeError, match="unhashable type"):
        ext.set_of([1, []])

    class Failing:
        def __hash__(self):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ext.set_of([1, Failing()])


def test_lists_out(ext):
    thing = object()
    result = ext.repeated([1] * 500, thing)
    assert type(result) is list and len(result) == 500 and all(item is thing for item in result)
    result.append(1)
    result.sort(key=id)
    del result[10:]
    assert ext.repeated([], thing) == []
    with pytest.raises(ValueError, match="no item -3"):
        ext.repeated([1] * 50 + [-3], thing)


@pytest.mark.skipif(not CPYTHON, reason="only CPython counts references")
def test_references_are_given_back(ext):
    thing, text = object(), "a text that nobody else has %d" % id(object())
    things, pairs, words, number = [thing] * 10, {thing: thing}, [text] * 10, 2**61 + 7
    numbers = [number] * 10
    before = [sys.getrefcount(one) for one in (thing, text, number)]
    for _ in range(20):
        ext.texts(words), ext.texts(tuple(words)), ext.text_set({text})
        ext.signed(numbers), ext.floats(tuple(numbers))
        ext.seen(pairs, lambda key, value: None)
        ext.repeated([1] * 9, thing)
        for wrong in (lambda: ext.repeated([1] * 9 + [-1], thing), lambda: ext.floats(things), lambda: ext.map(pairs), lambda: ext.text_set({thing})):
            with pytest.raises((TypeError, ValueError)):
                wrong()
    assert [sys.getrefcount(one) for one in (thing, text, number)] == before


@pytest.mark.skipif(GRAALPY, reason="its threads alternate so rarely that nothing would change meanwhile")
def test_threads_that_change_what_is_read(ext):
    floats, names = [0.5] * 64, ["a text"] * 64
    items, done = {number: 0.5 for number in range(64)}, threading.Event()

    def change():
        number = 0
        while not done.is_set():
            number += 1
            # New objects, so that the old ones are gone.
            floats[:] = [number + 0.25] * (number % 64)
            names[:] = [f"a text {number}"] * (number % 64)
            items[number % 128] = number / 3
            items.pop((number + 64) % 128, None)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(300):
            assert len(ext.floats(floats)) <= 64
            assert all(name.startswith("a text") for name in ext.texts(names))
            try:
                ext.map(items)
            except RuntimeError as error:
                assert "during iteration" in str(error)
    finally:
        done.set()
        thread.join()
