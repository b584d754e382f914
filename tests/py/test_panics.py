"""User code that panics raises PanicException wherever the crate calls it, and never ends the process."""

import copy
import operator

import pytest
from conftest import HOST, NATIVE_GRAALPY, collect


def panics(call, text):
    with pytest.raises(BaseException) as info:
        call()
    assert type(info.value).__name__ == "PanicException", repr(info.value)
    assert str(info.value) == text


@pytest.mark.parametrize(
    "name, args, text",
    [
        ("panicking_type", (), "in type_object"),
        ("asked_for", (), "in type_object"),
        ("from_error", (), "in From"),
        ("argument", (1,), "in from_python"),
        ("arguments", ([1], None), "in from_python"),
        ("arguments", ([], 1), "in from_python"),
        ("returned", (), "in into_python"),
        ("passed", (print,), "in into_python"),
        ("dropped_on_return", (), "in drop"),
        ("dropped_payload", (), "a panic without a message"),
    ],
)
def test_functions(ext, name, args, text):
    panics(lambda: getattr(ext, name)(*args), text)


@pytest.mark.skipif(HOST == "native", reason="no classes that extend exceptions on this host")
def test_an_exception_that_is_made_late(ext):
    panics(ext.deferred, "in into_python")


def test_a_type_that_is_no_exception(ext):
    with pytest.raises(TypeError):
        ext.not_a_type()


@pytest.mark.parametrize(
    "call, text",
    [
        (lambda x: x == x, "in eq"),
        (lambda x: x != x, "in eq"),
        (lambda x: x < x, "in partial_cmp"),
        (hash, "in hash"),
        (str, "in fmt"),
        (copy.copy, "in clone"),
        (copy.deepcopy, "in clone"),
    ],
)
@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy: a failing comparison is false")
def test_traits(ext, call, text):
    panics(lambda: call(ext.Traits()), text)


SLOTS = dict(
    method=lambda x: x.method(), static=lambda x: x.of_nobody(), cls=lambda x: x.of_class(), get=lambda x: x.got,
    set=lambda x: setattr(x, "got", 1), call=lambda x: x(), repr=repr, hash=hash, len=len, bool=bool,
    add=lambda x: x + 1, eq=lambda x: x == 1, contains=lambda x: 1 in x, iter=iter,
    setitem=lambda x: operator.setitem(x, 1, 1), buffer=memoryview,
)  # fmt: skip


@pytest.mark.parametrize("name", SLOTS)
def test_slots(ext, name):
    if NATIVE_GRAALPY and name == "eq":
        pytest.skip("GraalPy 24's HPy: a failing comparison is false")
    slots = ext.Slots(False)
    panics(lambda: SLOTS[name](slots), "in type_object")


def test_new(ext):
    panics(lambda: ext.Slots(True), "in type_object")


def test_iterators(ext):
    panics(lambda: next(ext.items()), "in next")
    panics(lambda: operator.length_hint(ext.items()), "in size_hint")


def test_drops(ext):
    """One that nobody can be told of is reported by Rust's hook alone."""
    for _ in range(10):
        ext.Ending()
    collect()
    replaced = ext.Replaced()
    panics(replaced.replace, "in drop")
    del replaced
    collect()
