"""Types that the embedded host creates from raw specs: every shape, data and fields of instances, and deallocation."""

import gc
import threading
import weakref

import pytest
from conftest import CPYTHON, FREE_THREADED, GRAALPY, PYPY
from test_hosting import load

OBJECT, TYPE, INT, FLOAT, STR, TUPLE, LIST, DICT = range(8)

SHAPES = [
    pytest.param(OBJECT, object, (), id="object"),
    pytest.param(INT, int, (5,), id="small int"),
    pytest.param(INT, int, (10**100,), id="large int"),
    pytest.param(FLOAT, float, (1.5,), id="float"),
    pytest.param(STR, str, ("héllo" * 9,), id="str"),
    pytest.param(TUPLE, tuple, ((),), id="empty tuple"),
    pytest.param(TUPLE, tuple, (range(9),), id="tuple"),
    pytest.param(LIST, list, ([1, 2, 3],), id="list"),
    pytest.param(DICT, dict, ({1: 2},), id="dict"),
    pytest.param(TYPE, type, ("Name", (), {}), id="type"),
]

# GraalPy's C API gives instances of its own classes no memory, but of these.
WITHOUT_ROOM = (INT, TUPLE, LIST, DICT, TYPE) if GRAALPY else ()


@pytest.fixture(scope="module")
def types():
    return load("types")


# What each kind of instances is made of, so many times.
ROUNDS = 10 if GRAALPY else 100


def collect():
    for _ in range(6 if PYPY else 1 if GRAALPY else 2):  # GraalPy takes a second for each
        gc.collect()


def kinds(types, shape, base):
    """A type, a subclass with a `__dict__`, and one without."""
    made = types.make(shape, base)

    class Sub(made):
        pass

    class Slots(made):
        __slots__ = ()

    return made, Sub, Slots


@pytest.mark.parametrize("shape, base, args", SHAPES)
def test_data(types, shape, base, args):
    """Own data begins as zero, is nobody else's, and leaves alone what the base has."""
    if shape in WITHOUT_ROOM:
        with pytest.raises(SystemError, match="no room for it in instances of %s" % base.__name__):
            types.make(shape, base)
        return
    for cls in kinds(types, shape, base):
        one, other = cls(*args), cls(*args)
        assert (one.number, one.real) == (0, 0.0)
        assert not hasattr(one, "field")
        one.number, one.real = 1 << 40, 2.5
        one.set_field("text")
        assert (one.number, one.real, one.get_field(), one.field) == (1 << 40, 2.5, "text", "text")
        assert (other.number, other.real, other.get_field()) == (0, 0.0, None)
        if base not in (object, type):
            assert one == other == base(*args)
        with pytest.raises(TypeError):
            one.number = "text"
        del one.field
        assert one.get_field() is None


@pytest.mark.parametrize("shape, base, args", SHAPES)
def test_the_end(types, shape, base, args):
    """Every instance ends once, whether alone, in a chain, or in a cycle through fields."""
    # PyPy never frees a class that its C API has seen, and CPython 3.13 none while threads run without a GIL.
    if shape in WITHOUT_ROOM or shape == TYPE and (PYPY or FREE_THREADED):
        return
    for cls in kinds(types, shape, base):
        collect()
        before = types.ended()

        def alone():
            for _ in range(ROUNDS):
                cls(*args).set_field([])

        def cycles():
            for _ in range(ROUNDS):
                one, other = cls(*args), cls(*args)
                one.set_field(other)
                other.set_field(one)

        alone()
        collect()
        assert types.ended() - before == ROUNDS
        if GRAALPY and cls.__bases__ != (base,):
            continue  # it does not see through instances of Python's subclasses
        cycles()
        collect()
        assert types.ended() - before == 3 * ROUNDS


def test_cycles_through_containers(types):
    """Lists, dicts and the instance's own `__dict__` are parts of cycles, too; GraalPy leaks those."""
    cls = types.make(OBJECT, object)

    class Sub(cls):
        pass

    def make():
        for _ in range(ROUNDS):
            one = cls()
            one.set_field([one])
            two = cls()
            two.set_field({"key": two})
            three = Sub()
            three.set_field(None)
            three.attribute = three

    collect()
    before = types.ended()
    make()
    collect()
    ended = types.ended() - before
    assert ended <= 3 * ROUNDS if GRAALPY else ended == 3 * ROUNDS


@pytest.mark.parametrize("subclass", [False, True])
def test_a_long_chain(types, subclass):
    """Each holds the last reference to the next one; the end of the first one must not use up the stack."""
    cls = types.make(OBJECT, object)
    if subclass:
        cls = type("Sub", (cls,), {})
    length = 5_000 if GRAALPY else 200_000 if PYPY or subclass else 1_000_000

    def build():
        last = None
        for _ in range(length):
            new = cls()
            new.set_field(last)
            last = new

    collect()
    before = types.ended()
    build()
    collect()
    assert types.ended() - before == length


def test_fields_are_overwritten_and_cleared(types):
    cls = types.make(OBJECT, object)
    owner = cls()
    collect()  # what other tests left
    before = types.ended()

    def fill():
        for _ in range(50):
            owner.set_field(cls())
        owner.clear_field()
        owner.clear_field()

    fill()
    assert owner.get_field() is None
    collect()
    assert types.ended() - before == 50


def test_fields_under_threads(types):
    """Eight threads store, load and clear the same fields: a value that died would be something else by then."""
    cls = types.make(OBJECT, object)
    owners = [cls() for _ in range(4)]
    errors = []

    def work(number):
        try:
            for i in range(1_000 if GRAALPY else 5_000):
                owner = owners[i % len(owners)]
                seen = owner.get_field()
                assert seen is None or type(seen) is list and len(seen) == 2 and seen[0] in range(8), seen
                if i % 7:
                    owner.set_field([number, i])
                else:
                    owner.clear_field()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_metaclasses(types):
    class Meta(type):
        pass

    cls = types.make_with(Meta)
    assert type(cls) is Meta
    assert (cls.__name__, cls.__module__, cls.__doc__) == ("Type", "foreign", "A type of raw tables.")
    one = cls()
    one.number = 3
    one.set_field(cls)
    assert (one.number, one.get_field()) == (3, cls)

    class WithNew(type):
        def __new__(cls, *args):
            return super().__new__(cls, *args)

    for wrong in (int, "text", WithNew):
        with pytest.raises(TypeError):
            types.make_with(wrong)


def test_bases_of_python(types):
    class Base:
        def hello(self):
            return "hello"

    plain = types.make_plain(Base)
    assert plain().hello() == "hello"
    if CPYTHON:
        with pytest.raises(TypeError, match="made by Python code"):
            types.make(OBJECT, Base)
    with pytest.raises(TypeError):
        types.make_plain(bool)
    # Data of a fixed place would be where the base has its items.
    for base in (tuple, bytes, type("T", (tuple,), {}), types.make_plain(tuple)):
        with pytest.raises(TypeError, match="the shape must be the base's|made by Python code"):
            types.make(OBJECT, base)
        with pytest.raises(TypeError, match="call protocol with var objects|made by Python code"):
            types.make_callable(base)
    assert callable(types.make_callable(object)())
    if not PYPY:  # whose instances of list are no larger than those of object
        with pytest.raises(TypeError, match="the shape must be the base's"):
            types.make(OBJECT, list)


@pytest.mark.parametrize(
    "mistake, error, text",
    [
        (0, SystemError, "has no name"),
        (1, ValueError, "must provide an HPy_tp_traverse slot"),
        (2, ValueError, "invalid shape: 77"),
        (3, TypeError, "not hybrid ones"),
        (4, TypeError, "not hybrid ones"),
        (5, ValueError, "negative basicsize"),
        (6, SystemError, "unknown slot 12345"),
        (7, SystemError, "which is one of a module"),
        (8, TypeError, "basicsize==0 but defines members"),
        (9, TypeError, "HAVE_VECTORCALL"),
        (10, SystemError, "unknown kind 77"),
        (11, SystemError, "unknown kind 15"),
    ],
)
def test_wrong_specs(types, mistake, error, text):
    with pytest.raises(error, match=text):
        types.wrong(mistake)
    assert types.make(OBJECT, object)().number == 0


DICT_FLAG, WEAKREFS_FLAG = 1, 2


@pytest.mark.parametrize("flags", [1, 2, 3])
@pytest.mark.parametrize("subclass", [False, True])
def test_attached(types, flags, subclass):
    """A `__dict__` and weak references on request; Python's subclasses have both."""
    cls = types.make_attached(flags)
    if subclass:
        cls = type("Sub", (cls,), {})
    collect()
    before = types.ended()

    def use():
        for number in range(ROUNDS):
            one = cls()
            one.number = number
            if flags & DICT_FLAG or subclass:
                one.attribute = number
                assert one.__dict__ == {"attribute": number} and one.number == number
                one.cycle = [one]
            elif not PYPY:
                with pytest.raises(AttributeError):
                    one.attribute = number
            if flags & WEAKREFS_FLAG or subclass:
                gone = []
                reference = weakref.ref(one, gone.append)
                assert reference() is one
                if CPYTHON and not (flags & DICT_FLAG or subclass):
                    del one
                    assert reference() is None and gone == [reference]
            elif CPYTHON:
                with pytest.raises(TypeError):
                    weakref.ref(one)

    use()
    collect()
    ended = types.ended() - before
    assert ended <= ROUNDS if GRAALPY else ended == ROUNDS


def test_layout_survives_many_types(types):
    made = [types.make(OBJECT, object) for _ in range(50)]
    instances = [cls() for cls in made]
    for number, instance in enumerate(instances):
        instance.number = number
    assert [instance.number for instance in instances] == list(range(50))
