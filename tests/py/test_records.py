"""Copies, pickles and the like, derived from fields."""

import copy
import pickle
import sys

import pytest
from conftest import HOST, PYPY

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
no_subclasses = pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")


def subclass(ext):
    """One that pickle finds, with an `__init__` of its own."""
    if not hasattr(ext, "Sub"):

        class Sub(ext.Point):
            def __new__(cls, x, y=0.0, theLabel=None, tags=()):
                return super().__new__(cls, x, y, theLabel, list(tags))

            def __init__(self, x, *rest, tags=()):
                self.calls = getattr(self, "calls", 0) + 1

        Sub.__module__, Sub.__qualname__ = ext.__name__, "Sub"
        ext.Sub = Sub
    return ext.Sub


def test_copy(ext):
    point = ext.Point(1, 2, "a", [1, 2])
    for twin in (copy.copy(point), copy.deepcopy(point), point.__copy__()):
        assert twin is not point and twin == point and type(twin) is ext.Point
        twin.x = 7
        assert point.x == 1.0
    pair = copy.copy(ext.Pair(1, "x"))
    assert pair == ext.Pair(1, "x") and type(copy.deepcopy(ext.Nothing())) is ext.Nothing
    twice = copy.deepcopy([point, point])
    assert twice[0] is twice[1] is not point


def test_pickle(ext):
    things = [ext.Point(1, 2, "a", [1, 2]), ext.Point(1, 2, None, []), ext.Pair(-3, "ü")]
    for protocol in PROTOCOLS:
        assert pickle.loads(pickle.dumps(things, protocol)) == things
        assert type(pickle.loads(pickle.dumps(ext.Nothing(), protocol))) is ext.Nothing
    holder = ext.Holder([1], 5)
    for protocol in PROTOCOLS:
        twin = pickle.loads(pickle.dumps(holder, protocol))
        assert twin.thing == [1] and twin.thing is not holder.thing and twin.reveal() == 5
    assert ext.Pair(1, "x").__reduce__()[1] == (ext.Pair, 1, "x")
    loop = ext.Holder([], 1)
    loop.thing.append(3)
    assert pickle.loads(pickle.dumps(loop)).thing == [3]


def test_bad_pickles(ext):
    for args in ((), (1,), ("x", 2), (1, 2, 3)):
        with pytest.raises(TypeError):
            ext.Pair.__new__(ext.Pair, *args)
    data = pickle.dumps(ext.Pair(5, "x"), 2).replace(b"K\x05", b"N")
    with pytest.raises(TypeError, match="argument '_0' must be int, not None"):
        pickle.loads(data)


def test_failing_fields(ext):
    class Unpicklable:
        def __reduce_ex__(self, protocol):
            raise KeyError("no")

    with pytest.raises(KeyError):
        pickle.dumps(ext.Holder(Unpicklable(), 1))


@no_subclasses
def test_subclasses(ext):
    sub = subclass(ext)
    one = sub(1, 2, tags=[3])
    one.more = [4]
    copies = [copy.copy(one), copy.deepcopy(one)] + [pickle.loads(pickle.dumps(one, protocol)) for protocol in PROTOCOLS]
    for i, twin in enumerate(copies):
        assert type(twin) is sub and twin == one and twin.more == [4] and twin.calls == 1
        assert (twin.more is one.more) == (i == 0)
    one.itself = one
    twin = copy.deepcopy(one)
    assert twin.itself is twin
    assert pickle.loads(pickle.dumps(one)).itself.calls == 1


@no_subclasses
def test_slots(ext):
    class Slots(ext.Point):
        __slots__ = ("extra", "other")

    Slots.__module__, Slots.__qualname__ = ext.__name__, "Slots"
    ext.Slots = Slots
    one = Slots(1, 2, None, [])
    assert copy.copy(one) == one
    one.extra = [1]
    for twin in [copy.copy(one), copy.deepcopy(one)] + [pickle.loads(pickle.dumps(one, protocol)) for protocol in PROTOCOLS]:
        assert type(twin) is Slots and twin == one and twin.extra == [1] and not hasattr(twin, "other")


@no_subclasses
def test_own_state(ext):
    class Stateful(ext.Holder):
        def __getstate__(self):
            return {"secret": self.reveal()}

        def __setstate__(self, state):
            self.state = state

    Stateful.__module__, Stateful.__qualname__ = ext.__name__, "Stateful"
    ext.Stateful = Stateful
    twin = pickle.loads(pickle.dumps(Stateful(None, 5)))
    assert twin.state == {"secret": 5} and twin.reveal() == 5


def test_replace(ext):
    point = ext.Point(1, 2, "a", [1])
    replace = getattr(copy, "replace", lambda one, **changes: one.__replace__(**changes))
    other = replace(point, y=5)
    assert (other.x, other.y, other.theLabel, other.tags) == (1.0, 5.0, "a", [1]) and point.y == 2.0
    assert replace(point) == point and replace(point) is not point
    assert replace(ext.Pair(1, "x"), _1="y") == ext.Pair(1, "y")
    assert replace(ext.Holder([1], 5), thing=None).reveal() == 5
    assert replace(ext.Holder([1], 5), hidden=6).thing == [1]
    for changes, message in (
        ({"z": 1}, "unexpected keyword argument 'z'"),
        ({"y": "x"}, "argument 'y' must be float, not str"),
        ({"the_label": "x"}, "unexpected keyword argument"),
    ):
        with pytest.raises(TypeError, match=message):
            replace(point, **changes)
    with pytest.raises(TypeError, match="positional"):
        point.__replace__(3)
    with pytest.raises(TypeError):
        replace(ext.Nothing(), x=1)


@no_subclasses
def test_replace_in_subclasses(ext):
    class Named(ext.Point):
        pass

    assert type(Named(1, 2, None, []).__replace__(x=3)) is Named


def test_match_args(ext):
    assert ext.Point.__match_args__ == ("x", "y", "theLabel", "tags")
    assert ext.Pair.__match_args__ == ("_0", "_1") and ext.Nothing.__match_args__ == ()
    assert not hasattr(ext.Holder, "__match_args__")


MATCH = """
def describe(thing):
    match thing:
        case Point(0.0, y): return y
        case Point(x, theLabel="a"): return x
        case Pair(number, "x"): return number
"""


@pytest.mark.skipif(sys.version_info < (3, 10), reason="no match statement")
def test_match(ext):
    names = {"Point": ext.Point, "Pair": ext.Pair}
    exec(MATCH, names)
    things = ext.Point(0, 5, None, []), ext.Point(6, 5, "a", []), ext.Pair(7, "x"), ext.Pair(7, "y")
    assert [names["describe"](thing) for thing in things] == [5.0, 6.0, 7, None]


def test_enums(ext):
    for protocol in PROTOCOLS:
        assert pickle.loads(pickle.dumps(ext.Answer.No, protocol)) is ext.Answer.No
    assert copy.copy(ext.Answer.Yes) is copy.deepcopy(ext.Answer.Yes) is ext.Answer.Yes
    assert ext.Odd.One.__reduce__() == "ODD"


def test_enums_with_data(ext):
    shape = ext.Shape
    shapes = [shape.Circle(1, label="x"), shape.Rect(1, 2), shape.Polygon(1, 2, 3), shape.Polygon(), shape.Empty()]
    for one in shapes:
        copies = [copy.copy(one), copy.deepcopy(one)] + [pickle.loads(pickle.dumps(one, protocol)) for protocol in PROTOCOLS]
        for twin in copies:
            assert twin == one and type(twin) is type(one)


def test_size(ext):
    """What an instance needs is counted; not what it points to."""
    if PYPY:
        with pytest.raises(TypeError):
            sys.getsizeof(ext.Pair(1, "x"))
    else:
        assert sys.getsizeof(ext.Pair(1, "x")) >= sys.getsizeof(object())
        assert isinstance(ext.Pair(1, "x").__sizeof__(), int)
