"""No failure counts as "no": what a lookup raises inside a conversion comes out, and so does one failing allocation."""

import sys

import pytest
from conftest import CPYTHON, HOST, NATIVE_GRAALPY, PYPY

try:
    from _testcapi import remove_mem_hooks, set_nomemory
except (ImportError, OSError):  # PyPy's would compile it first
    set_nomemory = None


class Interrupt(BaseException):
    """As `KeyboardInterrupt`, which pytest takes for the user's."""


def failing(name, error):
    """An object with an attribute that raises."""

    def get(self):
        raise error

    return type("Failing", (), {name: property(get)})()


def test_hasattr(ext_module):
    hasattr = ext_module("objects").hasattr
    assert hasattr("text", "upper") and not hasattr("text", "missing")
    assert not hasattr(failing("x", AttributeError("no")), "x")
    for error in (ValueError("no"), Interrupt(), MemoryError()):
        with pytest.raises(type(error)) as info:
            hasattr(failing("x", error), "x")
        assert info.value is error


def test_lookups_of_sequences(ext_module):
    containers = ext_module("containers")
    for error in (ValueError("no"), Interrupt()):
        with pytest.raises(type(error)):
            containers.to_vec(failing("__len__", error))
    with pytest.raises(TypeError, match=r"argument 'x' must be Sequence\[int\], not .*Failing"):
        containers.to_vec(failing("__len__", AttributeError("no")))


class Meta(type):
    """Its classes raise what `error` is for one of their attributes."""

    def __getattribute__(cls, name):
        if name == type.__getattribute__(cls, "refused"):
            raise type.__getattribute__(cls, "error")
        return type.__getattribute__(cls, name)


def refusing(name, failure):
    class Refusing(metaclass=Meta):
        refused = name
        error = failure

    return Refusing()


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy asks no metaclass")
def test_lookups_of_types(ext_module):
    containers, numbers = ext_module("containers"), ext_module("numbers")
    for error in (ValueError("no"), Interrupt()):
        with pytest.raises(type(error)):
            numbers.to_i64(refusing("__index__", error))
        with pytest.raises(type(error)):
            numbers.to_f64(refusing("__float__", error))
    # The name of a type is for the message only: it does not matter if there is none, but an interrupt does.
    # PyPy's C API asks for it, too, when it first meets the class; that of PyPy 7.3.11 does not.
    with pytest.raises((ValueError, TypeError) if PYPY and HOST != "native" else TypeError, match="must be set.*, not object|^no$"):
        containers.to_hash_set(refusing("__qualname__", ValueError("no")))
    with pytest.raises(Interrupt):
        containers.to_hash_set(refusing("__qualname__", Interrupt()))


def test_failing_repr_of_a_key(ext_module):
    class Key(int):
        def __repr__(self):
            raise self.error

        __hash__ = int.__hash__

    key = Key(1)
    key.error = ValueError("no")
    with pytest.raises(TypeError, match="value of \\? must be Sequence"):
        ext_module("containers").to_btree_map({key: 1})
    key.error = Interrupt()
    with pytest.raises(Interrupt):
        ext_module("containers").to_btree_map({key: 1})


def calls(ext_module):
    """Calls that ask much of the interpreter on their way, and the results that are right."""
    containers, errors, numbers = ext_module("containers"), ext_module("errors"), ext_module("numbers")
    generics, sequences, objects = ext_module("generics"), ext_module("sequences"), ext_module("objects")
    word = sequences.Word("abc")

    class Index:
        def __index__(self):
            return -1

    index = Index()
    yield "set", lambda: containers.to_hash_set({1, 2}), {1, 2}
    yield "frozenset", lambda: containers.to_hash_set(frozenset([1])), {1}
    yield "map", lambda: containers.to_hash_map({"a": 1}), {"a": 1}
    yield "range", lambda: containers.to_vec(range(3)), [0, 1, 2]
    yield "array", lambda: containers.to_array((1, 2, 3)), [1, 2, 3]
    yield "index", lambda: numbers.to_i64(index), -1
    yield "float", lambda: numbers.to_f64(3), 3.0
    yield "wide", lambda: numbers.to_i128(1 << 100), 1 << 100
    yield "hasattr", lambda: objects.hasattr("text", "upper"), True
    yield "not hasattr", lambda: objects.hasattr("text", "missing"), False
    yield "markers", lambda: "Iterator" in objects.markers(iter([1])), True
    yield "alias", lambda: str(generics.Shelf[int]), "generics.Shelf[int]"
    yield "item", lambda: word[index], "c"
    yield "mismatch", lambda: containers.to_hash_set(1), TypeError
    yield "overflow", lambda: numbers.to_i8(1000), OverflowError
    yield "wide overflow", lambda: numbers.to_i64(1 << 70), OverflowError
    yield "inner", lambda: containers.to_hash_map({"a": "b"}), TypeError
    yield "error", lambda: errors.throw("KeyError", "x"), KeyError
    yield "panic", lambda: errors.panic("x"), "PanicException"
    yield "io", lambda: errors.io_error("not_found"), FileNotFoundError


@pytest.mark.skipif(not CPYTHON or set_nomemory is None or sys.version_info < (3, 9), reason="needs CPython's _testcapi.set_nomemory")
@pytest.mark.skipif(HOST != "embedded", reason="other hosts allocate in other places")
def test_one_failing_allocation_is_a_memory_error(ext_module):
    wrong = []
    for name, call, right in calls(ext_module):
        try:
            call()
        except BaseException:
            pass  # what is made once is made now
        for n in range(1, 200):
            came = None
            set_nomemory(n, n + 1)
            try:
                came = call()
            except BaseException as error:
                came = error
            finally:
                remove_mem_hooks()
            if isinstance(came, MemoryError):
                continue
            if isinstance(right, type):
                good = type(came) is right
            elif right == "PanicException":
                good = type(came).__name__ == right
            else:
                good = came == right
            # CPython's own words at some of the points where it fails.
            if not good and "without exception set" not in str(came) and "without setting" not in str(came):
                wrong.append((name, n, type(came).__name__, str(came)[:80]))
    assert wrong == []
