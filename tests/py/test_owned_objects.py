"""`Py` in values of classes: what the garbage collector sees of it."""

import gc
import sys
import threading
import weakref

import pytest
from conftest import CPYTHON, DEBUG, FREE_THREADED, GRAALPY, HOST, PYPY, collect, ends

# PyPy's collector sees attributes of objects, and nothing of what C structs hold; HPy has a function for fields only.
SEES_OBJECTS = not PYPY and HOST != "native"
# GraalPy's does not see a cycle through an object of Python's own.
SEES_PYTHON_OBJECTS = SEES_OBJECTS and not GRAALPY

pytestmark = pytest.mark.skipif(DEBUG, reason="a Py is an open handle until it is released, which another call does")

PLACES = "one list pair array queue slice by_text by_name tree result pointer".split()
if HOST != "native":  # a HashKey needs hpy::attach
    PLACES += ["by_key", "set", "keyed"]
# Collections take long elsewhere.
ROUNDS = 30 if CPYTHON else 4


class Thing:
    pass


@pytest.fixture(autouse=True)
def released(ext):
    """What a test has left is released before handles are counted."""
    yield
    drain(ext)


def drain(ext):
    collect()
    ext.drain()
    collect()


def are_back_at(ext, before):
    """Are as many instances alive as before? Where a drop waits for the next reference, one is made."""

    def condition():
        ext.drain()
        # GraalPy ends what earlier tests left when it wants to.
        return ext.alive() <= before if GRAALPY else ext.alive() == before

    return ends(condition)


def ends_what_it_makes(ext, make, count=50):
    """Does the collector end what a function leaves in cycles? GraalPy keeps the first instance that a piece of code has seen."""
    make()
    drain(ext)
    before = ext.alive()
    for _ in range(count):
        make()
    return are_back_at(ext, before)


def make_cycle(ext, place):
    one, other = ext.Everywhere(), ext.Everywhere()
    one.put(place, other)
    other.put(place, one)
    other.put(place, other)
    assert one.count() == (2 if place == "keyed" else 1)


@pytest.mark.parametrize("place", PLACES)
def test_cycles(ext, place):
    if not SEES_OBJECTS:
        pytest.skip("this collector does not see what a Py holds: test_not_seen")
    assert ends_what_it_makes(ext, lambda: make_cycle(ext, place))


@pytest.mark.skipif(SEES_OBJECTS, reason="the collector sees them")
def test_not_seen(ext):
    """A strong reference, which ends by being taken out."""
    drain(ext)
    before = ext.alive()
    instances = [ext.Everywhere() for _ in range(10)]
    for instance in instances:
        instance.put("one", instance)
    del instance
    drain(ext)
    assert ext.alive() == before + 10
    for instance in instances:
        instance.put("one", None)
    del instances, instance
    assert are_back_at(ext, before)


@pytest.mark.skipif(not SEES_PYTHON_OBJECTS, reason="this collector does not see such cycles")
@pytest.mark.parametrize("place", PLACES)
def test_cycles_through_python(ext, place):
    drain(ext)
    before = ext.alive()
    refs = []
    for _ in range(20):
        instance, thing = ext.Everywhere(), Thing()
        instance.put(place, thing)
        thing.attribute = [instance]
        refs.append(weakref.ref(thing))
    del instance, thing
    assert are_back_at(ext, before)
    assert all(ref() is None for ref in refs)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_reachable_stays(ext, place):
    """Collections in between take nothing from an instance that is in use, or from its objects."""
    instance = ext.Everywhere()
    for index in range(ROUNDS):
        instance.put(place, (index, str(index)))
        gc.collect()
    ref = weakref.ref(Thing)
    instance.put(place, Thing)
    collect()
    assert ref() is Thing
    assert instance.count() >= 1
    if place == "list":
        assert instance.list == [(index, str(index)) for index in range(ROUNDS)] + [Thing]


@pytest.mark.skipif(not CPYTHON or HOST != "embedded", reason="counts references as CPython does")
@pytest.mark.parametrize("place", PLACES)
def test_each_reference_is_seen_once(ext, place):
    """The collector of CPython finds objects by counting who refers to them: one that is shown twice would be freed in use."""
    thing = Thing()
    instance = ext.Everywhere()
    instance.put(place, thing)
    expected = 2 if place == "keyed" else 1
    assert sum(one is thing for one in gc.get_referents(instance)) == expected
    assert type(instance) in gc.get_referents(instance) or sys.version_info < (3, 9)
    assert gc.is_tracked(instance)
    assert any(one is instance for one in gc.get_referrers(thing))


def test_while_it_changes(ext):
    """Collected while the value is borrowed mutably and its objects stand elsewhere: nothing is visited then."""
    instance = ext.Everywhere()
    things = [Thing() for _ in range(10)]
    for thing in things:
        thing.back = instance
        instance.put("list", thing)
    refs = [weakref.ref(thing) for thing in things]
    del thing, things
    instance.change_during(collect)
    collect()
    assert all(ref() is not None for ref in refs) and instance.list == [ref() for ref in refs]
    with pytest.raises(ZeroDivisionError):
        instance.change_during(lambda: 1 / 0)
    other = ext.Everywhere()
    other.put("list", [1, 2, 3])
    assert other.read_during(collect) == 3


@pytest.mark.skipif(HOST == "native", reason="hpy::attach")
def test_while_another_thread_collects(ext):
    instance = ext.Everywhere()
    things = [Thing() for _ in range(10)]
    for thing in things:
        thing.back = instance
        instance.put("list", thing)
    refs = [weakref.ref(thing) for thing in things]
    del thing, things
    assert instance.change_detached(collect) is True
    collect()
    assert instance.list == [ref() for ref in refs]


@pytest.mark.skipif(not SEES_PYTHON_OBJECTS, reason="this collector does not see such cycles")
def test_frozen(ext):
    """A value that does not change is part of a cycle only through an object that does, which is the one that is cleared."""
    drain(ext)
    before = ext.alive()
    for _ in range(50):
        items = []
        frozen = ext.Frozen(items)
        items.append(frozen)
        assert frozen.object is items
    del items, frozen
    assert are_back_at(ext, before)


@pytest.mark.skipif(not SEES_OBJECTS, reason="this collector does not see what a Py holds")
def test_inheritance(ext):
    def make():
        by_base, by_own, by_field, plain = ext.Derived(), ext.Derived(), ext.Derived(), ext.Plain()
        by_base.base = by_base
        by_own.own = by_own
        by_field.keep(by_field)
        by_field.own = by_own
        by_field.base = by_base
        plain.base = plain
        assert plain.number == 7

    assert ends_what_it_makes(ext, make)


@pytest.mark.skipif(not SEES_PYTHON_OBJECTS, reason="this collector does not see such cycles")
def test_subclasses(ext):
    class Sub(ext.Everywhere):
        pass

    drain(ext)
    before = ext.alive()
    for _ in range(50):
        sub = Sub()
        sub.put("list", sub)
        sub.attribute = sub
        sub = Sub()
        sub.attribute = [sub]
    del sub
    assert are_back_at(ext, before)


@pytest.mark.skipif(not SEES_PYTHON_OBJECTS, reason="this collector does not see such cycles")
def test_exceptions(ext):
    drain(ext)
    before = ext.alive()
    for _ in range(50):
        failure = ext.Failure()
        failure.object = failure
        try:
            raise ext.Failure
        except ValueError as caught:
            caught.object = [caught]
    del failure
    assert are_back_at(ext, before)


@pytest.mark.skipif(not SEES_PYTHON_OBJECTS, reason="this collector does not see such cycles")
def test_variants(ext):
    refs = []
    for _ in range(20):
        thing = Thing()
        thing.back = [ext.Either.Left(thing), ext.Either.Right(thing), ext.Either.Neither()]
        refs.append(weakref.ref(thing))
    del thing
    assert ends(lambda: all(ref() is None for ref in refs))


@pytest.mark.skipif(not SEES_OBJECTS or FREE_THREADED, reason="without a GIL any thread can be the one that collects")
def test_unsendable(ext):
    """Only the thread of an instance looks into it."""

    def make():
        local = ext.Local()
        local.object = local

    make()
    drain(ext)
    before = ext.alive()
    for _ in range(20):
        make()
    gc.disable()
    try:
        thread = threading.Thread(target=gc.collect)
        thread.start()
        thread.join()
        assert GRAALPY or ext.alive() == before + 20
    finally:
        gc.enable()
    assert are_back_at(ext, before)


@pytest.mark.skipif(GRAALPY, reason="it keeps instances that a piece of code has seen for as long as it likes, so they can't be counted")
def test_shared(ext):
    """What an `Arc` or a `Mutex` holds is a strong reference that no collector sees."""
    breakers = []

    def make():
        sharing = ext.Sharing()
        assert sharing.share(sharing) is True
        breakers.append(sharing.share)

    def end():
        while breakers:
            assert breakers.pop()(None) is False

    make()
    end()
    drain(ext)
    before = ext.alive()
    for _ in range(10):
        make()
    drain(ext)
    assert ext.alive() == before + 10
    end()
    assert are_back_at(ext, before)


@pytest.mark.skipif(not CPYTHON or HOST != "embedded", reason="a drop elsewhere waits until nobody is in the way")
def test_dropped_by_the_collector(ext):
    """Values are dropped where nothing is borrowed; their instances have none from then on."""
    drain(ext)
    before = ext.alive()
    seen = []

    def on_drop(other):
        try:
            seen.append(other.answer())
        except TypeError as error:
            seen.append(str(error))

    one, other = ext.Nosy(on_drop), ext.Nosy(on_drop)
    one.refer(other)
    other.refer(one)
    del one, other
    assert are_back_at(ext, before)
    assert len(seen) == 2 and seen[0] == 42
    assert "this Nosy object has no value" in seen[1]


@pytest.mark.skipif(not CPYTHON or HOST != "embedded", reason="a drop elsewhere waits until nobody is in the way")
def test_kept_from_the_collector(ext):
    """An instance that comes back to life while its cycle is collected has lost its value: it says so."""
    kept = []

    def nothing(other):  # alive: CPython 3.8 ends the process when a function is called that its collector has cleared
        pass

    one, other = ext.Nosy(kept.append), ext.Nosy(nothing)
    one.refer(other)
    other.refer(one)
    del one, other
    assert ends(lambda: kept)
    with pytest.raises(TypeError, match="this Nosy object has no value"):
        kept[0].answer()
    kept.clear()
    drain(ext)


@pytest.mark.parametrize("make", ["chain", "locked_chain"])
def test_long_chain(ext, make):
    """It ends without deep recursion."""
    drain(ext)
    before = ext.alive()
    # Elsewhere one link is released by each call.
    length = 300_000 if CPYTHON and HOST == "embedded" else 10
    first = getattr(ext, make)(length)
    assert ext.alive() == before + length
    del first
    assert are_back_at(ext, before)


@pytest.mark.skipif(not SEES_PYTHON_OBJECTS or DEBUG, reason="this collector does not see such cycles")
def test_threads_make_and_collect(ext):
    drain(ext)
    before = ext.alive()
    failures = []

    def work():
        try:
            kept = ext.Everywhere()
            for index in range(300):
                one = ext.Everywhere()
                for place in ("list", "by_key", "tree", "one"):
                    one.put(place, one)
                    kept.put(place, (index,))
                if index % 50 == 0:
                    gc.collect()
            assert len(kept.list) == 300 and kept.list[299] == (299,)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert are_back_at(ext, before)
