"""Instances with a `__dict__` and weak references."""

import gc
import weakref

import pytest
from conftest import GRAALPY, HOST, PYPY, ends, load

REFUSED = HOST == "native" and not PYPY


@pytest.fixture
def ext(ext_module):
    if REFUSED:
        pytest.skip("the import is refused; see test_refused")
    return ext_module("dict_and_weakrefs")


@pytest.mark.skipif(not REFUSED, reason="this host has both")
def test_refused():
    with pytest.raises(NotImplementedError, match="instances of class Open are to have a __dict__, which .* does not have"):
        load("dict_and_weakrefs")


def collect():
    for _ in range(4 if PYPY or GRAALPY else 1):
        gc.collect()


def test_dict(ext):
    thing = ext.Open(3)
    assert thing.__dict__ == {}
    thing.colour = "red"
    assert thing.colour == "red" and thing.number == 3
    assert vars(thing) == {"colour": "red"}
    thing.__dict__["size"] = 4
    assert thing.size == 4
    del thing.colour
    with pytest.raises(AttributeError):
        thing.colour
    thing.__dict__ = {"other": 1}
    assert thing.other == 1 and not hasattr(thing, "size")
    with pytest.raises(TypeError):
        thing.__dict__ = 3
    assert ext.Open().__dict__ == {}


def test_members_come_before_the_dict(ext):
    thing = ext.Open(3)
    thing.__dict__["number"] = "hidden"
    assert thing.number == 3
    thing.number = 5
    assert thing.number == 5 and thing.__dict__ == {"number": "hidden"}
    with pytest.raises(TypeError, match="must be int, not str"):
        thing.number = "x"


@pytest.mark.skipif(PYPY, reason="PyPy's instances have both anyway")
def test_without_the_options(ext):
    thing = ext.Closed()
    with pytest.raises(AttributeError):
        thing.colour = "red"
    with pytest.raises(AttributeError):
        thing.__dict__
    with pytest.raises(TypeError, match="weak reference"):
        weakref.ref(thing)
    with pytest.raises(AttributeError):
        ext.Watched().colour = "red"
    with pytest.raises(TypeError, match="weak reference"):
        weakref.ref(ext.Open())


def test_weak_references(ext):
    collect()
    before = ext.alive()
    thing = ext.Watched(7)
    seen = []
    weak = weakref.ref(thing, seen.append)
    assert weak() is thing and weak().number == 7
    assert weakref.getweakrefcount(thing) == (0 if GRAALPY else 1)  # GraalPy does not count those of extensions
    proxy = weakref.proxy(thing)
    assert proxy.number == 7
    table = weakref.WeakValueDictionary(thing=thing)
    assert table["thing"] is thing
    del thing
    assert ends(lambda: ext.alive() == before)
    assert weak() is None
    assert ends(lambda: seen == [weak])
    with pytest.raises(ReferenceError):
        proxy.number
    assert ends(lambda: "thing" not in table)


def test_what_the_dict_holds_ends_with_the_instance(ext):
    collect()
    before = ext.alive()
    outer = ext.Open()
    outer.inner = ext.Watched()
    weak = weakref.ref(outer.inner)
    del outer
    assert ends(lambda: ext.alive() == before)
    assert weak() is None


@pytest.mark.parametrize("name", ["Open", "Both"])
def test_cycles_through_the_dict(ext, name):
    if GRAALPY:
        pytest.skip("GraalPy does not see cycles through Python's own objects")
    collect()
    before = ext.alive()
    for _ in range(100):
        thing = getattr(ext, name)()
        thing.itself = thing
    del thing
    assert ends(lambda: ext.alive() == before)


def test_both_with_a_field(ext):
    collect()
    before = ext.alive()
    thing = ext.Both()
    thing.content = thing
    thing.note = "n"
    weak = weakref.ref(thing)
    assert thing.content is thing and weak() is thing and thing.note == "n"
    del thing
    assert ends(lambda: ext.alive() == before)
    assert weak() is None


@pytest.mark.skipif(HOST == "native", reason="no subclasses on this host")
def test_subclasses(ext):
    collect()
    before = ext.alive()

    class Child(ext.Both):
        pass

    class Slotted(ext.Both):
        __slots__ = ("own",)

    for cls in (Child, Slotted):
        thing = cls("c")
        thing.note = "n"
        assert thing.content == "c" and vars(thing)["note"] == "n"
        weak = weakref.ref(thing)
        assert weak() is thing
        del thing
        assert ends(lambda: ext.alive() == before)
        assert weak() is None


def test_many(ext):
    collect()
    before = ext.alive()
    things = [ext.Both(i) for i in range(1000)]
    for i, thing in enumerate(things):
        thing.number = i
    weak = [weakref.ref(thing) for thing in things]
    assert all(ref().number == i for i, ref in enumerate(weak))
    if GRAALPY:
        return  # where the JVM collects a thousand when it likes
    del things, thing
    assert ends(lambda: ext.alive() == before)
    assert all(ref() is None for ref in weak)


@pytest.mark.skipif(not REFUSED, reason="this host has both")
def test_a_refused_module_ends():
    for _ in range(3):
        with pytest.raises(NotImplementedError):
            load("dict_and_weakrefs")
        collect()
