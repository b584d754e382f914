"""Slots that interpreters wrap in ways of their own, and members of C integer types, of a class of raw tables."""

import struct

import pytest
from conftest import GRAALPY
from test_hosting import load


@pytest.fixture(scope="module")
def slots():
    return load("slots")


@pytest.fixture(params=["class", "subclass"])
def instance(request, slots):
    cls = slots.make()
    if request.param == "subclass":
        cls = type("Sub", (cls,), {})
    return cls()


@pytest.mark.parametrize("index, given", [(0, 0), (9, 9), (99, 99), (-1, 9), (-10, 0), (-11, -1), (-30, -20)])
def test_indices(slots, instance, index, given):
    """A negative index comes with the length added, once, whoever asks."""
    assert instance[index] == given
    assert instance.__getitem__(index) == given
    assert slots.item_of(instance, index) == given
    instance[index] = "value"
    assert slots.last() == given
    del instance[index]
    assert slots.last() == ~given


def test_other_indices(instance):
    class Index:
        def __index__(self):
            return -2

    assert instance[Index()] == 8
    for wrong in ("x", 1.5, None):
        with pytest.raises(TypeError):
            instance[wrong]
        with pytest.raises(TypeError):
            instance[wrong] = 1
    with pytest.raises((OverflowError, IndexError)):
        instance[2**70]
    with pytest.raises(TypeError):
        type(instance).__getitem__(object(), 1)
    with pytest.raises(TypeError):
        type(instance).__setitem__(instance, 1)


def test_hashes(instance):
    instance.HPYSSIZET = 7
    assert hash(instance) == instance.__hash__() == 7
    assert {instance: 1}[instance] == 1
    instance.HPYSSIZET = -1
    assert instance.__hash__() == -1
    instance.HPYSSIZET = -2
    for ask in (hash, type(instance).__hash__):
        with pytest.raises(ValueError, match="no hash"):
            ask(instance)
    if not GRAALPY:  # whose wrappers of slots don't look at what they are given
        with pytest.raises(TypeError):
            type(instance).__hash__(object())


BITS = {"BYTE": 8, "SHORT": 16, "INT": 32, "LONG": 8 * struct.calcsize("l"), "LONGLONG": 64, "HPYSSIZET": 8 * struct.calcsize("n")}
BITS.update({"U" + name: bits for name, bits in BITS.items() if name != "HPYSSIZET"})


@pytest.mark.filterwarnings("ignore:.*:RuntimeWarning")  # of CPython: numbers that lose bits
@pytest.mark.parametrize("name", BITS)
def test_integer_members(instance, name):
    largest = 2 ** (BITS[name] - (0 if name.startswith("U") else 1)) - 1
    for number in (0, 1, largest):
        setattr(instance, name, number)
        assert getattr(instance, name) == number
    for wrong, error in ((2**200, OverflowError), (None, TypeError), ("1", TypeError)):
        with pytest.raises(error):
            setattr(instance, name, wrong)
    with pytest.raises(TypeError):
        delattr(instance, name)
    setattr(instance, name, 5)  # CPython before 3.15 stores -1 when it fails
    assert getattr(instance, name) == 5
