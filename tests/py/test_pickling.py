"""Copying and pickling never omits a Rust value: it is included, or an exception is raised."""

import copy
import pickle
import sys

import pytest
from conftest import GRAALPY, HOST

pytestmark = pytest.mark.skipif(HOST == "native", reason="classes with `extends` need our host")

BUILTIN = [
    ("Counts", ("km",), {"a": 1}),
    ("Stack", ("km",), [1]),
    ("Length", (5, "km"), 5),
    ("Weight", (1.5, "km"), 1.5),
    ("Text", ("text", "km"), "text"),
    ("Pair", ((1, 2), "km"), (1, 2)),
]
BUILTIN = [case for case in BUILTIN if not GRAALPY or case[0] in ("Weight", "Text")]


@pytest.fixture(autouse=True)
def importable(ext):
    sys.modules.setdefault("pickling", ext)


def ways():
    yield copy.copy
    yield copy.deepcopy
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        yield lambda thing, protocol=protocol: pickle.loads(pickle.dumps(thing, protocol))


@pytest.mark.parametrize("name, args, content", BUILTIN)
def test_data_of_builtin_bases(ext, name, args, content):
    thing = getattr(ext, name)(*args)
    if name == "Counts":
        thing.update(content)
    if name == "Stack":
        thing.extend(content)
    assert thing == content
    for way in ways():
        with pytest.raises(TypeError, match="cannot pickle '%s' object" % name):
            way(thing)


def test_plain(ext):
    for way in ways():
        with pytest.raises(TypeError):
            way(ext.Plain("km"))


@pytest.mark.parametrize("name, args, content", BUILTIN)
def test_subclasses_in_python_say_how(ext, name, args, content):
    base = getattr(ext, name)

    class Reduced(base):
        def __reduce__(self):
            return base, args

    class State(base):
        def __getstate__(self):
            return {"unit": self.unit}

        def __setstate__(self, state):
            self.unit = state["unit"]

        if len(args) > 1:

            def __getnewargs__(self):
                return (content, "other")

    assert copy.copy(Reduced(*args)).unit == "km"
    assert type(copy.copy(State(*args))) is State and copy.copy(State(*args)).unit == "km"

    class Nothing(base):
        pass

    class Super(base):
        def __reduce_ex__(self, protocol):
            return super().__reduce_ex__(protocol)

    for way in (copy.copy, copy.deepcopy, pickle.dumps):
        for cls in (Nothing, Super):
            with pytest.raises(TypeError, match="cannot pickle"):
                way(cls(*args))


def test_class_that_extends_one_with_pickle(ext):
    animal = ext.Animal(4)
    for way in ways():
        assert way(animal).legs == 4
        with pytest.raises(TypeError, match="cannot pickle 'Bird' object"):
            way(ext.Bird(3))


@pytest.mark.skipif(GRAALPY, reason="no room in its dict")
def test_own_reduce(ext):
    for way in ways():
        copied = way(ext.Own("km"))
        assert type(copied) is ext.Own and copied.unit == "km"


def raised(function, *args):
    try:
        function(*args)
    except Exception as error:
        return error


def test_exceptions(ext):
    made = ext.Located("m", line=3)
    made.more = [1]
    by_rust, with_text = raised(ext.locate), raised(ext.locate_with, "text")
    assert with_text.args == ("text",)
    for error, line, file in [(made, 3, None), (by_rust, 7, "a.txt"), (with_text, 8, None)]:
        error.args += (("inner",),)
        for way in ways():
            copied = way(error)
            assert type(copied) is ext.Located and copied is not error
            assert (copied.line, copied.file, copied.args) == (line, file, error.args)
            assert getattr(copied, "more", None) == getattr(error, "more", None)
    assert copy.deepcopy(made).more is not made.more and copy.copy(made).more is made.more


Sub = None  # made below, where the module is there: pickle finds it by its name


def test_subclass_of_an_exception(ext):
    global Sub

    class Sub(ext.Located):
        __qualname__ = "Sub"

    error = Sub("m", line=4)
    error.more = 5
    for way in ways():
        copied = way(error)
        assert (type(copied), copied.line, copied.args, copied.more) == (Sub, 4, ("m",), 5)


def test_exception_with_an_object(ext):
    key = [1]
    error = ext.Missing(key)
    for way in ways():
        copied = way(error)
        assert type(copied) is ext.Missing and copied.key == key and copied.args == (key,)
    assert copy.copy(error).key is key and copy.deepcopy(error).key is not key


@pytest.mark.skipif(GRAALPY, reason="no room in its OSError")
def test_exception_of_the_system(ext):
    error = ext.Disk(2, "gone", "a.txt")
    for way in ways():
        copied = way(error)
        assert type(copied) is ext.Disk and copied.name == "C:"
        assert (copied.errno, copied.strerror, copied.filename) == (2, "gone", "a.txt")


@pytest.mark.skipif(GRAALPY, reason="GraalPy 25: UnicodeDecodeError.__init__ of a subclass in native code raises a Java exception")
def test_exception_with_an_init(ext):
    error = ext.Decoding("latin-1")
    for way in ways():
        copied = way(error)
        assert type(copied) is ext.Decoding and copied.guess == "latin-1"
        assert (copied.encoding, copied.object, copied.end) == ("utf-8", b"\xff", 1)


def test_exceptions_that_cannot_be_kept(ext):
    hidden = ext.Hidden("m", line=3)
    assert hidden.get() == 3
    for way in ways():
        with pytest.raises(TypeError, match="cannot pickle 'Hidden' object"):
            way(hidden)
        with pytest.raises(TypeError, match="cannot pickle field 'way'"):
            way(ext.Sealed())


def test_restore_takes_nothing_else(ext):
    restore = ext.Located.__hpy_restore__
    for args in [(), ((),), ((), ()), ((), (1,)), ((), ("x", None)), ((), (-1, None)), (1, (1, None)), ((), 1)]:
        with pytest.raises((TypeError, IndexError, OverflowError)):
            restore(*args)
    assert restore((), (1, "b")).file == "b"
    with pytest.raises(TypeError):
        ext.Missing.__hpy_restore__(1, 2)
