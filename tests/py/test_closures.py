import copy
import functools
import gc
import inspect
import pickle
import threading

import pytest
from conftest import DEBUG, GRAALPY, NATIVE_GRAALPY, PYPY, collect, no_more_alive


def test_a_closure(ext):
    count = ext.counter(5)
    assert callable(count)
    assert [count(), count(), count()] == [5, 6, 7]
    assert count(1, key=2) == 8  # it does not look
    assert ext.counter(0)() == 0


def test_arguments_by_position(ext):
    double = ext.scale_by(2.0)
    assert double(1.5) == 3.0
    assert double(2) == 4.0
    for args, kwargs, message in [
        ((), {}, r"scale\(\) takes 1 positional argument but 0 were given"),
        ((1, 2), {}, r"scale\(\) takes 1 positional argument but 2 were given"),
        (("x",), {}, r"scale\(\) argument 1 must be float, not str"),
        ((), {"value": 1}, r"scale\(\) got an unexpected keyword argument 'value'"),
        ((1,), {"value": 1}, r"scale\(\) got an unexpected keyword argument 'value'"),
    ]:
        with pytest.raises(TypeError, match=message):
            double(*args, **kwargs)


def test_a_signature(ext):
    join = ext.join()
    assert join("a") == "a-, a-"
    assert join("a", "b") == "ab, ab"
    assert join("a", "b", 1) == join("a", times=1, two="b") == "ab"
    assert join("a", separator="") == "a-a-"
    assert join("a", None, None, separator=None) == "a-, a-"
    for args, kwargs, message in [
        ((), {}, r"join\(\) missing 1 required positional argument: 'one'"),
        ((1,), {}, r"join\(\) argument 'one' must be str, not int"),
        (("a",), {"times": "x"}, r"join\(\) argument 'times' must be int \| None, not str"),
        (("a", "b", 3, 4), {}, r"join\(\) takes from 1 to 3 positional arguments but 4 were given"),
        (("a", "b"), {"two": "c"}, r"join\(\) got multiple values for argument 'two'"),
        (("a",), {"three": 1}, r"join\(\) got an unexpected keyword argument 'three'"),
        ((), {"one": "a"}, r"join\(\) got some positional-only arguments passed as keyword arguments: 'one'"),
    ]:
        with pytest.raises(TypeError, match=message):
            join(*args, **kwargs)


def test_what_a_signature_binds(ext):
    """Like a Python function with that signature."""
    signatures = ["", "a", "a, b=None", "a=None, /, b=None", "*args", "**kwargs", "a, *args, b", "a, *, b, c=None, **kwargs", "*, b"]
    calls = [((), {}), ((1,), {}), ((1, 2), {}), ((1, 2, 3), {}), ((), {"a": 1}), ((1,), {"b": 2}), ((), {"b": 2, "a": 1}),
             ((1,), {"a": 1}), ((1,), {"b": 2, "c": 3, "d": 4}), ((), {"d": 4}), ((1, 2), {"b": 3})]  # fmt: skip
    for signature in signatures:
        names = {}
        exec("def f(%s): return locals()" % signature, names)
        plain = names["f"]
        parameters = list(inspect.signature(plain).parameters.values())
        own = [one.name for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
        f = ext.with_signature(signature, len(own))
        for args, kwargs in calls:
            try:
                expected = plain(*args, **kwargs)
            except TypeError as error:
                with pytest.raises(TypeError) as raised:
                    f(*args, **kwargs)
                if not (PYPY or GRAALPY) and not kwargs:
                    assert str(raised.value) == str(error), (signature, args, kwargs)
                continue
            given, rest, others = f(*args, **kwargs)
            assert given == [expected[name] for name in own], (signature, args, kwargs)
            assert rest == expected.get("args", ()), (signature, args, kwargs)
            assert others == expected.get("kwargs", {}), (signature, args, kwargs)


def test_without_a_signature(ext):
    f = ext.with_signature(None, 8)
    assert f() == ([None] * 8, (), {})
    args = tuple(range(8))
    assert f(*args, a=1, b=2) == (list(args), args, {"a": 1, "b": 2})


def test_wrong_signatures(ext):
    for signature, message in [
        ("a b", r"the signature \(a b\): `a b` is not a name"),
        ("a, a", "`a` is there twice"),
        ("a=1, b", "`b` needs a default, as a parameter before it has one"),
        ("*", r"a name must follow `\*`"),
        ("**k, a", r"nothing can follow `\*\*`"),
        ("/, a", "`/` must follow a positional parameter, once"),
        ("a=", "`a=` needs a default"),
    ]:
        with pytest.raises(ValueError, match=message):
            ext.with_signature(signature, 0)


def test_attributes(ext):
    join, count = ext.join(), ext.counter(0)
    assert (join.__name__, join.__qualname__) == ("join", "join")
    assert join.__doc__ == (None if GRAALPY else "Join texts.")  # there the one of a class must be a text
    assert (count.__name__, count.__doc__) == ("count", None)
    assert repr(join) == "<hpy.Function join>"
    assert type(join) is type(count) and type(join).__name__ == "Function" and type(join).__module__ == "hpy"
    assert str(inspect.signature(join)) == "(one, /, two='-', times=2, *, separator=', ')"
    assert str(join.__signature__) == str(inspect.signature(join))
    assert not hasattr(count, "__signature__")

    @functools.wraps(join)
    def wrapper(*args):
        return join(*args)

    assert wrapper.__name__ == "join" and wrapper.__doc__ == join.__doc__ and wrapper("a") == join("a")
    with pytest.raises(AttributeError, match="other"):
        join.other
    with pytest.raises(TypeError):
        type(join)()


def test_python_uses_it(ext):
    assert ext.sorted_by_length(["ccc", "a", "bb"]) == ["a", "bb", "ccc"]
    assert list(map(ext.scale_by(3.0), [1, 2])) == [3.0, 6.0]
    assert functools.partial(ext.join(), "a", separator="|")("b") == "ab|ab"

    class Holder:
        scale = ext.scale_by(2.0)

    assert Holder().scale(4) == 8.0  # not bound, like a builtin function


@pytest.mark.skipif(DEBUG, reason="a reference that is left counts as a leak, as it should")
def test_it_calls_itself(ext):
    calls, box = [], []

    def callback(value):
        calls.append(value)
        if value < 3:
            box[0](value + 1)

    box.append(ext.record(callback))
    assert box[0](1) == [1, 2, 3] and calls == [1, 2, 3]
    box.clear()  # else they would keep each other
    with pytest.raises(ZeroDivisionError):
        ext.record(lambda value: 1 // value)(0)


def test_failures(ext):
    fail = ext.failing()
    with pytest.raises(ValueError, match="no"):
        fail("no")
    with pytest.raises(TypeError, match=r"fail\(\) takes 2 positional arguments but 1 was given"):
        fail("too many")
    with pytest.raises(BaseException, match="a closure panicked") as raised:
        fail("panic")
    assert type(raised.value).__name__ == "PanicException"
    with pytest.raises(BaseException, match=r"mistaken\(\) has 2 parameters, not 1"):
        ext.mistaken()(1, 2)
    with pytest.raises(ValueError):  # it still works
        fail("no")


def test_it_ends(ext):
    collect()
    before = ext.alive()
    count = ext.counter(0)
    count()
    everything = ext.many(50)
    assert [everything[i]() for i in range(50)] == list(range(50))
    assert everything[7].__name__ == "f7"
    assert ext.alive() >= 51  # what earlier tests left may end meanwhile
    del count, everything
    assert no_more_alive(ext, before)


def test_a_drop_that_panics(ext):
    loud = ext.panics_at_the_end()
    assert loud() is None
    del loud
    gc.collect()


def test_neither_copied_nor_pickled(ext):
    count = ext.counter(0)
    with pytest.raises(TypeError):
        pickle.dumps(count)
    with pytest.raises(TypeError):
        copy.deepcopy(count)


@pytest.mark.skipif(NATIVE_GRAALPY, reason="a second thread breaks GraalPy's HPy")
def test_threads(ext):
    count = ext.counter(0)
    join = ext.join()
    seen = []

    def work():
        for _ in range(200):
            seen.append(count())
            assert join("a", times=1) == "a-"

    threads = [threading.Thread(target=work) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(seen) == list(range(800))
