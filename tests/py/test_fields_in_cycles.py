"""Fields and the garbage collector: cycles, and long chains.

After test_fields, which counts instances: PyPy's own host takes a long chain down bit by bit, over many collections.
"""

import gc

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY, collect, is_back_at

NATIVE_PYPY = PYPY and HOST == "native"

# GraalPy's collector does not see a cycle through an object of Python's own.
SEES_PYTHON_CYCLES = not GRAALPY


@pytest.fixture
def ext(ext_module):
    return ext_module("fields")


class Object:
    def __init__(self, *args):
        self.args = args


def cycles(ext):
    def through_itself():
        holder = ext.Holder()
        holder.object = holder

    def of_two():
        one, two = ext.Holder(), ext.Holder()
        one.object, two.object = two, one

    def through_vec():
        tree = ext.Tree()
        tree.append(ext.Tree(tree))

    def through_construction():
        tree = ext.Tree()
        tree.append(ext.Tree(None, tree, 1))

    def through_map():
        tree = ext.Tree()
        tree.name("self", tree)

    def through_derive():
        tree = ext.Tree()
        tree.deepen(1, tree)

    def through_array():
        tree = ext.Tree()
        tree.pair = (tree, tree)

    def through_tree():
        one, other = ext.Behind(), ext.Behind()
        one.name("other", other)
        other.name("one", one)

    def through_box():
        one = ext.Behind()
        one.keep(one)

    yield from (through_itself, of_two, through_vec, through_construction, through_map, through_derive, through_array)
    yield from (through_tree, through_box)


@pytest.mark.parametrize("index", range(9))
def test_cycles_are_collected(ext, index):
    collect()
    before = ext.alive()
    make = list(cycles(ext))[index]
    for _ in range(100):
        make()
    assert is_back_at(ext, before), make.__name__


@pytest.mark.skipif(not SEES_PYTHON_CYCLES, reason="GraalPy leaks cycles through Python's own objects")
def test_cycles_through_python_objects(ext):
    collect()
    before = ext.alive()
    for _ in range(100):
        items = []
        items.append(ext.Holder(items))
        item = Object()
        item.holder = ext.Holder(item)
        holder = ext.Holder(lambda: holder)
    del items, item, holder
    assert is_back_at(ext, before)


def test_stored_while_collected(ext):
    """A collection in the middle of many stores moves what PyPy's collector moves."""
    holders = [ext.Holder() for _ in range(50)]
    for round in range(40):
        for number, holder in enumerate(holders):
            holder.object = [round, number]
        if round % 5 == 0:
            gc.collect()
        trees = [ext.Tree(None, *range(20)) for _ in range(10)]
        assert all(tree.children == list(range(20)) for tree in trees)
    assert [holder.object for holder in holders] == [[39, number] for number in range(50)]


@pytest.mark.skipif(HOST == "native", reason="this host breaks with subclasses, so none are allowed")
def test_cycles_of_subclasses(ext):
    class Sub(ext.Tree):
        pass

    collect()
    before = ext.alive()
    for _ in range(100):
        sub = Sub()
        sub.append(sub)
        sub.attribute = sub
        sub = Sub()
        sub.attribute = [sub]
    del sub
    if SEES_PYTHON_CYCLES:
        assert is_back_at(ext, before)


def test_long_chain(ext):
    collect()
    before = ext.alive()
    length = 1_000_000 if CPYTHON and HOST == "embedded" else 10_000
    first = ext.chain(length)
    assert ext.alive() == before + length
    assert first.next.next.next is not None
    del first
    if NATIVE_PYPY:  # which lets one link die in each collection
        collect()
        assert ext.alive() < before + length
    else:
        assert is_back_at(ext, before)
