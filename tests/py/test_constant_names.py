import sys
import threading

import pytest
from conftest import DEBUG, NATIVE_GRAALPY


class Thing:
    def method(self, *args, **kwargs):
        return args, kwargs


def test_attributes(ext):
    thing = Thing()
    for value in range(3):
        assert not ext.has(thing)
        with pytest.raises(AttributeError, match="value"):
            ext.get(thing)
        ext.set(thing, value)
        assert ext.has(thing)
        assert ext.get(thing) == thing.value == value
        ext.delete(thing)
    with pytest.raises(AttributeError):
        ext.delete(thing)


def test_methods(ext):
    for _ in range(3):
        assert ext.call(Thing()) == ((1, 2), {})
        assert ext.call_kw(Thing()) == ((1,), {"key": 2, "other": 3})
    with pytest.raises(AttributeError):
        ext.call(1)


def test_objects(ext):
    one, two, names = ext.objects()
    assert one == two == "value" and names == {"value": "value"}
    if sys.implementation.name == "cpython":
        assert one is sys.intern("value")
        assert DEBUG or one is two


def test_any_text(ext):
    thing = Thing()
    setattr(thing, "größe", 2)
    thing.__dict__["o\0d"] = 1
    try:
        found = getattr(thing, "o\0d")
    except Exception as error:  # some interpreters refuse such a name
        with pytest.raises(type(error)):
            ext.odd(thing)
    else:
        assert ext.odd(thing) == ext.odd(thing) == (found, 2)


def test_any_name(ext):
    assert ext.by_any_name(3, "real") == [3] * 5


def test_an_object_of_another_class(ext):
    class Picky:
        def __getattr__(self, name):
            assert type(name) is str
            raise KeyError(name)

    for _ in range(2):
        with pytest.raises(KeyError, match="value"):
            ext.get(Picky())
        with pytest.raises(KeyError, match="value"):
            ext.has(Picky())


@pytest.mark.skipif(NATIVE_GRAALPY, reason="a second thread breaks GraalPy's HPy")
def test_threads(ext):
    results = []
    threads = [threading.Thread(target=lambda: results.append(ext.get_many(7, 200))) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert results == [1400] * 4
