import functools
import gc
import random
import sys
import weakref
from collections import OrderedDict
from collections.abc import MutableMapping

import pytest
from lru_cache import Cache


def test_mapping():
    cache = Cache(2)
    cache["a"], cache["b"] = 1, [2]
    assert cache["a"] == 1 and len(cache) == 2
    cache["c"] = 3  # "b" was not used for longest
    assert list(cache) == ["a", "c"] and "b" not in cache
    with pytest.raises(KeyError, match="b"):
        cache["b"]
    cache["a"] = 4
    del cache["c"]
    assert list(cache) == ["a"] and cache.get("a") == 4 and cache.get("x") is None and cache.get("x", 5) == 5
    with pytest.raises(KeyError):
        del cache["c"]
    with pytest.raises(TypeError, match="unhashable"):
        cache[[]] = 1
    with pytest.raises(ValueError, match="negative"):
        Cache(-1)
    with pytest.raises(TypeError, match="no function"):
        cache(1)


def test_what_python_has_for_mappings():
    cache = Cache(3)
    cache.update(a=1, b=2)
    assert isinstance(cache, MutableMapping) and dict(cache) == {"a": 1, "b": 2}
    assert (list(cache.keys()), list(cache.values()), list(cache.items())) == (["a", "b"], [1, 2], [("a", 1), ("b", 2)])
    assert cache.setdefault("c", 3) == 3 and cache.pop("a") == 1 and cache.pop("a", None) is None
    assert cache.popitem() == ("b", 2) and list(cache) == ["c"]
    cache.clear()
    assert len(cache) == 0 and not cache


@pytest.mark.parametrize("maxsize", [0, 1, 7])
def test_as_functools(maxsize):
    def function(*args):
        calls.append(args)
        if args == (3,):
            raise ValueError("three")
        return args

    calls = []
    theirs, ours = functools.lru_cache(maxsize)(function), Cache(maxsize, function)
    numbers = random.Random(maxsize)
    for _ in range(500):
        args = numbers.choice([(numbers.randrange(12),), (), ("x", 1.0), (numbers.randrange(3), None)])
        seen = []
        for cached in theirs, ours:
            before = len(calls)
            try:
                result = cached(*args)
            except ValueError as error:
                result = str(error)
            seen.append((result, calls[before:]))
        assert seen[0] == seen[1], args
        hits, misses, _, size = theirs.cache_info()
        if args == (3,):
            continue  # functools counts no miss when the function raises
        assert ours.cache_info()[3] == size and ours.cache_info()[0] == hits
    ours.cache_clear()
    assert ours.cache_info() == (0, 0, maxsize, 0)


class Same:
    """Keys of few hashes, so that entries share them."""

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return self.number % 3

    def __eq__(self, other):
        return self.number == other.number

    def __repr__(self):
        return "Same(%d)" % self.number


@pytest.mark.parametrize("maxsize", [1, 2, 8])
def test_random_programs(maxsize):
    cache, twin = Cache(maxsize), OrderedDict()
    numbers = random.Random(maxsize)
    for step in range(2000):
        key = Same(numbers.randrange(12))
        action = numbers.randrange(8)
        if action < 4:
            cache[key] = step
            twin[key] = step
            twin.move_to_end(key)
            if len(twin) > maxsize:
                twin.popitem(last=False)
        elif action < 6:
            assert cache.get(key) == twin.get(key)
            if key in twin:
                twin.move_to_end(key)
        elif action == 6:
            assert (key in cache) == (key in twin)
            if key in twin:
                del cache[key], twin[key]
        elif numbers.randrange(20) == 0:
            cache.cache_clear()
            twin.clear()
        assert len(cache) == len(twin) and [key.number for key in cache] == [key.number for key in twin]
    assert [cache[key] for key in list(twin)] == list(twin.values())


def test_arguments_as_keys():
    """As functools does, it tells an int from an equal object of another type."""
    cache = Cache(10, lambda *args: args)
    assert [cache(1), cache(True), cache(1.0), cache("1"), cache((1,)), cache(1, 1), cache()] == [
        (1,), (True,), (1.0,), ("1",), ((1,),), (1, 1), ()
    ]
    theirs = functools.lru_cache(10)(lambda *args: args)
    for args in ((1,), (True,), (1.0,), ("1",), ((1,),), (1, 1), ()):
        theirs(*args)
    assert cache.cache_info() == tuple(theirs.cache_info())


def test_keys_that_use_the_cache():
    class Key:
        def __init__(self, action):
            self.action = action

        def __hash__(self):
            return 1

        def __eq__(self, other):
            self.action()
            return self is other

    cache = Cache(3)
    one, two = Key(lambda: None), Key(lambda: cache.cache_clear())
    cache[one] = 1
    cache[two] = 2
    assert len(cache) in (1, 2)
    cache.cache_clear()
    cache[Key(lambda: 1 / 0)] = 1
    with pytest.raises(ZeroDivisionError):
        cache[one]
    cache.cache_clear()

    class Last:
        def __del__(self):
            cache["last"] = len(cache)

    cache["x"] = Last()
    del cache["x"]
    gc.collect()
    assert sys.implementation.name != "cpython" or cache["last"] == 0


@pytest.mark.skipif(sys.implementation.name == "graalpy", reason="leaks cycles through Python's own objects")
def test_cycles_end():
    class Value:
        pass

    value = Value()
    value.cache = Cache(2)
    value.cache["self"] = value
    value.cache[value] = value.cache
    weak = weakref.ref(value)
    del value
    for _ in range(10):
        gc.collect()
    assert weak() is None
