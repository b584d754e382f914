import collections
import threading

import pytest
from conftest import HOST, PYPY


def test_sequences(ext):
    assert ext.to_vec([1, 2, 3]) == [1, 2, 3]
    assert ext.to_vec((1, 2)) == [1, 2]
    assert ext.to_vec(range(4)) == [0, 1, 2, 3]
    assert ext.to_vec([]) == []
    assert ext.to_vec(list(range(100_000))) == list(range(100_000))
    assert ext.to_vec(collections.deque([1, 2])) == [1, 2]
    assert ext.to_vec(collections.UserList([3])) == [3]
    assert ext.to_nested([["a"], [], ("b", "c")]) == [["a"], [], ["b", "c"]]
    assert ext.to_array([1, 2, 3]) == [1, 2, 3]
    assert ext.to_option_vec(None) is None
    assert ext.to_option_vec([1, None]) == [1, None]


@pytest.mark.parametrize("value", [1, None, "text", {1: 2}, {1}, iter([1])], ids=lambda x: type(x).__name__)
def test_no_sequences(ext, value):
    kind = "None" if value is None else type(value).__name__
    with pytest.raises(TypeError, match=r"to_vec\(\) argument 'x' must be Sequence\[int\], not " + kind):
        ext.to_vec(value)


def test_wrong_items(ext):
    with pytest.raises(TypeError, match=r"to_vec\(\) argument 'x' must be Sequence\[int\]: item 2 must be int, not str"):
        ext.to_vec([1, 2, "3"])
    with pytest.raises(
        TypeError, match=r"argument 'x' must be Sequence\[Sequence\[str\]\]: item 1, item 0 must be str, not int"
    ):
        ext.to_nested([[], [1]])
    with pytest.raises(ValueError, match="argument 'x': expected 3 items, not 2"):
        ext.to_array([1, 2])
    with pytest.raises(OverflowError, match="argument 'x': item 0: "):
        ext.to_vec([2**63])


def test_tuples(ext):
    assert ext.to_pair((1, "a")) == (1, "a")
    assert ext.to_single((1,)) == (1,)
    assert ext.to_twelve(tuple(range(12))) == tuple(range(12))
    with pytest.raises(TypeError, match=r"argument 'x' must be tuple\[int, str\], not list"):
        ext.to_pair([1, "a"])
    with pytest.raises(ValueError, match="argument 'x': expected a tuple of length 2, not 3"):
        ext.to_pair((1, "a", 2))
    with pytest.raises(TypeError, match=r"argument 'x' must be tuple\[int, str\]: item 1 must be str, not int"):
        ext.to_pair((1, 2))


def test_maps(ext):
    assert ext.to_hash_map({"a": 1, "b": 2}) == {"a": 1, "b": 2}
    assert ext.to_hash_map({}) == {}
    assert list(ext.to_btree_map({2: [1.5], 1: ()}).items()) == [(1, []), (2, [1.5])]
    assert ext.to_hash_map(collections.OrderedDict(a=1)) == {"a": 1}
    with pytest.raises(TypeError, match=r"argument 'x' must be dict\[str, int\], not list"):
        ext.to_hash_map([("a", 1)])
    with pytest.raises(TypeError, match=r"argument 'x' must be dict\[str, int\]: key 1 must be str, not int"):
        ext.to_hash_map({1: 1})
    with pytest.raises(TypeError, match=r"argument 'x' must be dict\[str, int\]: value of 'a' must be int, not str"):
        ext.to_hash_map({"a": "b"})


def test_sets(ext):
    assert ext.to_hash_set({1, 2}) == {1, 2}
    assert ext.to_hash_set(frozenset([1])) == {1}
    assert ext.to_btree_set({"b", "a"}) == {"a", "b"}
    assert type(ext.to_hash_set(set())) is set
    with pytest.raises(TypeError, match=r"argument 'x' must be set\[int\], not list"):
        ext.to_hash_set([1])
    with pytest.raises(TypeError, match=r"argument 'x' must be set\[int\]: an item must be int, not str"):
        ext.to_hash_set({"a"})


class Changes:
    """An integer whose conversion changes the container that holds it."""

    def __init__(self, change):
        self.change = change

    def __index__(self):
        self.change()
        return 1


def test_dict_that_changes(ext):
    d = {}
    d["a"] = Changes(lambda: d.pop("b", None))
    d["b"] = 2
    with pytest.raises(RuntimeError, match="changed size"):
        ext.to_hash_map(d)
    d = {}
    d["a"] = Changes(lambda: d.__setitem__("c", 1))
    with pytest.raises(RuntimeError, match="changed size"):
        ext.to_hash_map(d)
    assert ext.to_hash_map({"fine": 1}) == {"fine": 1}


def test_list_that_changes(ext):
    items = [1, 2, 3]
    items.insert(0, Changes(items.clear))
    assert ext.to_vec(items) == [1]
    items = [1]
    items.insert(0, Changes(lambda: items.append(5)))
    assert ext.to_vec(items) == [1, 1, 5]


class Lies:
    def __len__(self):
        return 2**62

    def __getitem__(self, index):
        if index >= 3:
            raise IndexError
        return index


class Fails:
    def __len__(self):
        return 3

    def __getitem__(self, index):
        raise ZeroDivisionError("in __getitem__")


def test_objects_that_lie(ext):
    assert ext.to_vec(Lies()) == [0, 1, 2]
    with pytest.raises(ZeroDivisionError, match="in __getitem__"):
        ext.to_vec(Fails())


class LyingList(list):
    length = 0

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return 99


class LyingTuple(tuple):
    length = 0

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return 99


@pytest.mark.parametrize("length", [0, 1, 24])
def test_subclasses_that_lie_about_their_length(ext, length):
    """They are what Python unpacks: their items."""
    LyingList.length = LyingTuple.length = length
    assert ext.to_vec(LyingList([1, 2, 3])) == [1, 2, 3]
    if PYPY and HOST != "native" and length < 3:
        # PyPy makes as much memory for native code as `__len__` says.
        with pytest.raises(ValueError, match="ob_size"):
            ext.to_vec(LyingTuple([1, 2, 3]))
        return
    assert ext.to_vec(LyingTuple([1, 2, 3])) == [1, 2, 3]
    assert ext.to_pair(LyingTuple([1, "x"])) == (1, "x")
    with pytest.raises(ValueError, match="expected a tuple of length 2, not 1"):
        ext.to_pair(LyingTuple([1]))


def test_a_list_that_shrinks_in_another_thread(ext):
    items, done = list(range(100)), []

    def change():
        while not done:
            del items[50:]
            items.extend(range(50, 100))

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(300):
            seen = ext.to_vec(items)
            assert seen[:50] == list(range(50)) and len(seen) <= 100
    finally:
        done.append(True)
        thread.join()
