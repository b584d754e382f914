import sys

import pytest
from conftest import GRAALPY, PYPY


def echo(*args, **kwargs):
    return args, kwargs


class Thing:
    def method(self, *args, **kwargs):
        return self, args, kwargs


def test_call(ext):
    assert ext.call0(echo) == ((), {})
    assert ext.call3(echo) == ((1, "two", 3.0), {})
    assert ext.call_kw(echo) == ((1,), {"key": "value", "depth": 3})
    assert ext.call_slice(echo) == ((), {"a": 1, "b": 2})
    assert ext.call_many(echo) == ((1, 2), {"k%d" % i: i for i in range(40)})
    assert ext.call0(list) == []
    with pytest.raises(TypeError):
        ext.call0(3)
    with pytest.raises(TypeError):
        ext.call_kw(lambda: None)


def test_call_method(ext):
    thing = Thing()
    assert ext.call_method(thing, "method") == (thing, (), {})
    assert ext.call_method_kw(thing, "method") == (thing, (1, 2), {"c": 3})
    assert ext.call_method("abc", "upper") == "ABC"
    with pytest.raises(AttributeError):
        ext.call_method(thing, "missing")


def test_call_tuple(ext):
    assert ext.call_tuple(echo, (1, 2), {"a": 3}) == ((1, 2), {"a": 3})
    assert ext.call_tuple(echo, (), None) == ((), {})
    with pytest.raises(TypeError, match="argument 'f' must be Callable, not int"):
        ext.call_tuple(1, (), None)


def test_import(ext):
    import os.path

    assert ext.import_module("os.path") is os.path
    with pytest.raises(ImportError):
        ext.import_module("no.such.module")
    with pytest.raises(ValueError, match="module name has an embedded null character"):
        ext.import_module("o\0s")


def test_eval_and_run(ext):
    names = {"x": 3}
    assert ext.eval("x * 2 + 1", names) == 7
    ext.run("def f(a):\n    return a + x\ny = f(1)", names)
    assert names["y"] == 4
    with pytest.raises(SyntaxError):
        ext.eval("1 +", names)
    with pytest.raises(NameError):
        ext.eval("nothing_of_that_name", names)
    with pytest.raises(ZeroDivisionError):
        ext.run("1/0", names)
    with pytest.raises(ValueError, match="source has an embedded null character"):
        ext.eval("1\0", names)


def test_callback_that_raises(ext):
    def fail(*args):
        raise KeyError("from the callback")

    for _ in range(10):
        with pytest.raises(KeyError, match="from the callback") as info:
            ext.call0(fail)
    assert info.traceback[-1].name == "fail"
    assert ext.call0(echo) == ((), {})


def test_recursion(ext):
    deepest = 0

    def again(f, depth):
        nonlocal deepest
        deepest = depth
        return ext.recurse(f, depth)

    limit = sys.getrecursionlimit()
    if GRAALPY or PYPY:
        # GraalPy 24 has "SystemError: internal exception occurred" for the overflow of Java's stack.
        with pytest.raises((RecursionError, SystemError) if GRAALPY else RecursionError):
            ext.recurse(again, 0)
    else:
        sys.setrecursionlimit(min(limit, 400 + len(__import__("inspect").stack())))
        try:
            with pytest.raises(RecursionError):
                ext.recurse(again, 0)
        finally:
            sys.setrecursionlimit(limit)
    assert deepest > 20
    assert ext.call0(echo) == ((), {})
