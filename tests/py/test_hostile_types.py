"""Objects of other types, and objects that become instances of other classes, used by hostile Python code."""

import copyreg
import pickle

import pytest
from conftest import CPYTHON, GRAALPY, HOST, NATIVE_GRAALPY, PYPY, collect, no_more_alive

SUBCLASSES = HOST != "native"


@pytest.fixture
def ext(ext_module):
    collect()  # what earlier tests left
    return ext_module("hostile_classes")


class Refused(Exception):
    pass


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy: a key that can't be converted ends the process")
def test_wrong_types(ext):
    thing = ext.Guarded(1)
    for value in ("1", 1.5, None, [], 2**64, -(2**64), thing):
        with pytest.raises((TypeError, OverflowError)):
            thing.number = value
    assert thing.number == 1
    with pytest.raises((AttributeError, TypeError)):
        del thing.number
    assert thing.number == 1
    with pytest.raises((AttributeError, TypeError)):
        ext.Small(1).number = 2
    with pytest.raises((AttributeError, TypeError)):
        del ext.Small(1).number
    for other in (1, "1", None, object(), ext.Small(1), ext.Puppet(lambda *args: NotImplemented)):
        assert (thing == other) is False and thing != other
        with pytest.raises(TypeError):
            thing + other
        with pytest.raises(TypeError):
            thing - other
        with pytest.raises(TypeError):
            thing < other
    for key in ("1", None, 2**64):
        with pytest.raises((TypeError, OverflowError)):
            thing[key]


def test_unbound_methods_and_slots_of_others(ext):
    guarded, small = ext.Guarded(1), ext.Small(1)
    for function in (ext.Guarded.hold, ext.Guarded.__repr__, ext.Guarded.__len__, ext.Guarded.__iter__, ext.Guarded.__eq__):
        for wrong in (small, 1, None, ext.Guarded):
            with pytest.raises(TypeError):
                function(wrong, 1) if function in (ext.Guarded.hold, ext.Guarded.__eq__) else function(wrong)
    assert ext.Guarded.__repr__(guarded) == "Guarded(1)"


def test_new_by_other_ways(ext):
    before = ext.alive()
    for cls in (ext.Guarded, ext.Small, ext.One, ext.Puppet):
        for make in (
            lambda: object.__new__(cls),
            lambda: copyreg.__newobj__(cls),
            lambda: copyreg._reconstructor(cls, object, None),
            lambda: cls.__new__(object),
            lambda: cls.__new__(int),
            lambda: cls.__new__(None),
            lambda: None if GRAALPY else cls.__new__(),  # which ends GraalPy 25, with an exception of Java
        ):
            try:
                made = make()
            except (TypeError, AttributeError, SystemError, MemoryError):
                continue
            if made is None:
                continue
            assert type(made) is cls
            if cls is ext.Puppet and ext.alive() > before:
                del made
                continue
            for use in ("number", "show", "hold", "asked"):
                if hasattr(cls, use):
                    with pytest.raises(TypeError, match="has no value"):
                        value = getattr(made, use)
                        value(1) if use == "hold" else value()
            for other in ({"number": 1}, (None, {"number": 1})):
                try:
                    made.__setstate__(other)
                except (AttributeError, TypeError):
                    pass
            del made
    collect()


def test_pickles_of_others(ext):
    one = ext.One(7)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            copied = pickle.loads(pickle.dumps(one, protocol))
        except (TypeError, pickle.PicklingError, AttributeError, ValueError):
            continue
        with pytest.raises(TypeError, match="has no value"):
            copied.show()


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy's HPy lets an object become one of a class that it has no room for")
def test_another_class(ext):
    """Nothing that changes the class of an instance gives one Rust type the memory of another."""
    for other in (ext.Same, ext.Small, ext.Guarded, ext.Puppet, object, int, type("X", (), {})):
        for assign in (setattr, object.__setattr__):
            one = ext.One(7)
            try:
                assign(one, "__class__", other)
            except (TypeError, AttributeError):
                assert type(one) is one.__class__ is ext.One and isinstance(one, ext.One)
            else:
                # PyPy's HPy loses the setter's exception. Our host lets others do it, and knows better than that.
                assert not CPYTHON and (HOST != "native" or type(one) is ext.One)
            for use in (ext.Same.show, ext.peek, ext.peek_by_handle, repr):
                try:
                    assert use(one) != 9
                except TypeError:
                    pass
            try:
                assert ext.One.show(one) == 7
            except TypeError:
                assert type(one) is not ext.One
            del one
            collect()
    assert ext.Same.show(ext.Same(9)) == ext.peek(ext.Same(9)) == 9


@pytest.mark.skipif(not SUBCLASSES, reason="no subclasses on this host")
def test_another_class_of_subclasses(ext):
    class Sub(ext.One):
        pass

    class Sub2(ext.One):
        pass

    class Other(ext.Same):
        pass

    for cls in (Other, ext.Same, object):
        sub = Sub(7)
        try:
            sub.__class__ = cls
        except TypeError:
            pass
        else:
            assert PYPY
        for use in (ext.Same.show, ext.peek, ext.peek_by_handle):
            with pytest.raises(TypeError):
                use(sub)
        del sub
        collect()
    sub = Sub(7)
    sub.__class__ = Sub2
    assert (type(sub), sub.show()) == (Sub2, 7)
    for bases in ((ext.Same,), (Other,), (object,), (ext.Same, ext.One)):

        class Moved(ext.One):
            pass

        moved = Moved(7)
        try:
            Moved.__bases__ = bases
        except (TypeError, AttributeError):
            assert moved.show() == 7 and Moved(8).show() == 8
            continue
        # The instances are what they were made as, whatever the interpreter says.
        assert not CPYTHON
        for use in (ext.Same.show, ext.peek, ext.peek_by_handle):
            with pytest.raises(TypeError):
                use(moved)
        for show in (ext.Same.show, ext.One.show):
            try:
                assert show(Moved(8)) == 8
            except TypeError:
                pass
        del moved
        collect()
        Moved.__bases__ = (ext.One,)
        assert Moved(9).show() == 9
    for bases in ((ext.One, ext.Same), (Sub, Other), (ext.Guarded, Sub)):
        try:
            cls = type("Two", bases, {})
        except TypeError:
            continue
        assert not CPYTHON
        with pytest.raises(TypeError):
            ext.Same.show(cls(9))


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy's HPy lets an object become one of a class that it has no room for")
def test_objects_of_python_that_become_others(ext):
    """An object without any memory for a Rust value is no instance, whatever Python code does to its class."""

    class Plain:
        pass

    for cls in (ext.Same, ext.Guarded, ext.Small):
        for change in (
            lambda plain: setattr(plain, "__class__", cls),
            lambda plain: setattr(Plain, "__bases__", (cls,)),
        ):
            plain = Plain()
            try:
                change(plain)
            except (TypeError, AttributeError):
                pass
            for use in (ext.Same.show, ext.One.show, ext.peek, ext.peek_by_handle, len, repr, hash):
                try:
                    assert use(plain) != 9
                except TypeError:
                    pass
            del plain
            collect()


@pytest.mark.skipif(not SUBCLASSES, reason="no subclasses on this host")
def test_subclasses_that_do_half(ext):
    before = ext.alive()

    class NoNew(ext.One):
        def __new__(cls, *args):
            try:
                return object.__new__(cls)
            except TypeError:
                return ext.One.__new__(cls, 1)

    class NoInit(ext.One):
        def __init__(self, *args):
            pass

    class OtherNew(ext.One):
        def __new__(cls, *args):
            return ext.Same(9)

    class Raises(ext.Puppet):
        def __init__(self, *args):
            raise Refused

        def __del__(self):
            try:
                self.function
            except TypeError:
                pass

    made = NoNew(5)
    try:
        assert made.show() == 1
    except TypeError as error:
        assert "has no value" in str(error)
    assert NoInit(6).show() == 6
    assert OtherNew(7).show() == 9
    for _ in range(3):
        with pytest.raises(Refused):
            Raises()
    if not GRAALPY:
        assert no_more_alive(ext, before)
