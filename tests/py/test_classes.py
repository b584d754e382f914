"""Classes: construction, state, attributes."""

import copy
import inspect
import pickle
import sys
import threading

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PACKAGES, PYPY, WINDOWS, collect

NATIVE_PYPY = PYPY and HOST == "native"
OLD_PYPY = PYPY and sys.pypy_version_info[:3] < (7, 3, 12)
SUBCLASSES = HOST != "native"


# Construction


def test_arguments_of_new(ext):
    counter = ext.Counter()
    assert (counter.step, counter.value, counter.title) == (1, 0, "")
    counter = ext.Counter(2, value=5, name="five")
    assert (counter.step, counter.value, counter.title) == (2, 5, "five")
    many = {"value": 3, "name": "n"}
    assert ext.Counter(1, **many).value == 3


@pytest.mark.parametrize(
    "args, kwargs, error, text",
    [
        ((0,), {}, ValueError, "a step of 0 leads nowhere"),
        (("1",), {}, TypeError, "argument 'step' must be int, not str"),
        ((1, 2, 3), {}, TypeError, "takes from 0 to 2 positional arguments but 3 were given"),
        ((), {"step": 1}, TypeError, "positional-only"),
        ((), {"wrong": 1}, TypeError, "unexpected keyword argument 'wrong'"),
        ((1, 2), {"value": 1}, TypeError, "multiple values"),
    ],
)
def test_wrong_arguments_of_new(ext, args, kwargs, error, text):
    collect()
    before = ext.alive()
    with pytest.raises(error, match=text):
        ext.Counter(*args, **kwargs)
    assert ext.alive() == before


def test_many_arguments_of_new(ext):
    assert ext.Any(*range(100)) == tuple(range(100))
    assert type(ext.Any()) is ext.Any


def test_class_without_constructor(ext):
    with pytest.raises(TypeError, match="cannot create 'Hidden' instances"):
        ext.Hidden()
    with pytest.raises(TypeError, match="cannot create 'Hidden' instances"):
        ext.Hidden.__new__(ext.Hidden)
    assert ext.hidden(7).number() == 7


def test_skipped_new(ext):
    """No way around `__new__` gives uninitialised memory."""
    for cls in (ext.Counter, ext.Hidden, ext.Point, ext.Wide, ext.Local):
        try:
            made = object.__new__(cls)
        except TypeError as error:
            assert "not safe" in str(error) or "expects" in str(error)
            continue
        for use in (lambda: made.step, lambda: made.number(), lambda: made.norm(), lambda: made.check(), lambda: made.count()):
            with pytest.raises((TypeError, AttributeError)):
                use()
        with pytest.raises(TypeError):
            ext.step_of(made)
        del made
    collect()


def test_copyreg_does_not_fake_instances(ext):
    counter = ext.Counter()
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        try:
            copied = pickle.loads(pickle.dumps(counter, protocol))
        except (TypeError, pickle.PicklingError, AttributeError):
            continue
        assert type(copied) is ext.Counter and copied.value == 0
    try:
        copied = copy.copy(counter)
    except TypeError:
        return
    assert copied.value == 0


def test_init(ext):
    made = ext.Initialised(3, second=4)
    assert made.count == 7
    assert made.__init__(1) is None
    assert made.count == 9
    with pytest.raises(ValueError, match="unlucky"):
        ext.Initialised(13)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'first'"):
        ext.Initialised()


def test_names(ext):
    assert ext.Counter.__name__ == "Counter"
    assert ext.Counter.__module__ == "classes"
    assert ext.Renamed.__name__ == "Renamed"
    assert ext.Renamed.__module__ == "somewhere.else"
    assert not hasattr(ext, "Original")


def test_docs(ext):
    assert ext.Counter.__doc__ == "Counts in steps."
    if not OLD_PYPY:  # whose attributes of C have no docs
        assert ext.Counter.value.__doc__ == "The number so far."
        assert ext.Counter.step.__doc__ == "How far one step goes."
    if not (PYPY and HOST != "native"):  # whose methods of C have no docs
        assert ext.Counter.advance.__doc__.endswith("Goes some steps.")


@pytest.mark.skipif(not PYPY or HOST != "native", reason="others have no property of Python's kind")
def test_functions_of_a_property(ext):
    counter = ext.Counter()
    ext.Counter.step.fset(counter, 3)
    assert counter.step == ext.Counter.step.fget(counter) == 3
    with pytest.raises(TypeError, match="takes 1 value"):
        ext.Counter.step.fset(counter, 1, 2)
    with pytest.raises(TypeError):
        ext.Counter.step.fget(counter, 1)


@pytest.mark.skipif(not CPYTHON, reason="what inspect reads is CPython's")
def test_signatures(ext):
    assert str(inspect.signature(ext.Counter.advance)) == "(self, /, times=1)"
    assert str(inspect.signature(ext.Counter().advance)) == "(times=1)"
    assert str(inspect.signature(ext.Counter.many)) == "(a, /, b=2, *args)"
    if HOST != "native":  # a native host's static and class methods are made of other functions
        assert str(inspect.signature(ext.Counter.keyword)) == "(*, a=1)"


def test_class_of_another_file(ext):
    assert ext.Elsewhere(4).next().number == 5
    assert ext.Elsewhere.__module__ == "classes"


# State


def test_methods(ext):
    counter = ext.Counter(3)
    assert counter.peek() == 3
    assert counter.advance() == 3
    assert counter.advance(times=2) == 9
    assert counter.elsewhere() == ""
    assert ext.Counter.advance(counter, 1) == 12
    assert counter.itself() is counter
    assert counter.both() == (12, counter, True)
    assert counter.slow(3) == 15
    with pytest.raises(ValueError, match="always"):
        counter.fails()


def test_methods_of_other_objects(ext):
    with pytest.raises(TypeError):
        ext.Counter.advance(ext.Point(1, 2))
    with pytest.raises(TypeError):
        ext.Counter.advance(3)
    with pytest.raises(TypeError):
        ext.Counter.advance()


def test_panic(ext):
    counter = ext.Counter()
    with pytest.raises(BaseException, match="in a method") as caught:
        counter.panics()
    assert type(caught.value).__name__ == "PanicException"
    assert counter.advance() == 1  # the borrow is over


def test_static_and_class_methods(ext):
    assert ext.Counter.zero().title == "zero"
    assert ext.Counter().twice(4) == 8
    assert ext.Counter.many(1) == [1, 2]
    assert ext.Counter.many(1, 5, 6) == [1, 5, 6]
    with pytest.raises(TypeError):
        ext.Counter.many()
    assert ext.Counter.from_text("12").value == 12
    assert ext.Counter().own_name() == "Counter"
    assert ext.Counter.keyword() == 1
    assert ext.Counter.keyword(a=3) == 3
    with pytest.raises(ValueError):
        ext.Counter.from_text("x")
    with pytest.raises(TypeError):
        ext.Counter.from_text()
    with pytest.raises(TypeError):
        ext.Counter.own_name(1)


def test_class_attributes(ext):
    assert ext.Counter.LIMIT == 1000
    assert ext.Counter.names == ext.Counter().names == "counters"


def test_arguments_by_reference(ext):
    one, two = ext.Counter(value=3), ext.Counter(value=4)
    assert one.sum(two) == 7
    assert one.sum(one) == 6
    assert one.sum(other=two) == 7
    assert (one.maybe(), one.maybe(None), one.maybe(two)) == (None, None, 7)
    one.take(two)
    assert (one.value, two.value) == (7, 0)
    assert ext.step_of(one) == 1
    ext.double(one)
    assert one.value == 14
    assert ext.values([one, two]) == [14, 0]
    with pytest.raises(TypeError, match="argument 'other' must be Counter, not int"):
        one.sum(3)
    with pytest.raises(TypeError, match="argument 'counter' must be Counter, not None"):
        ext.double(None)
    with pytest.raises(TypeError):
        ext.values([one, 3])


def test_values_as_results(ext):
    made = ext.make(5)
    assert type(made) is ext.Counter and made.value == 5
    assert ext.replaced(made, 6) == 5 and made.value == 6


def test_second_borrow_is_refused(ext):
    one = ext.Counter(value=1)
    with pytest.raises(RuntimeError, match="this Counter object is being changed and can't be used now"):
        one.take(one)
    assert one.value == 1
    seen = []

    def use(value):
        for call in (one.peek, one.advance, lambda: one.value, lambda: one.take(ext.Counter()), lambda: ext.step_of(one)):
            with pytest.raises(RuntimeError, match="this Counter object is being changed and can't be used now"):
                call()
            seen.append(value)
        with pytest.raises(RuntimeError):
            one.value = 3
        return value

    assert one.exclusive_call(use) == 2
    assert seen == [2] * 5
    assert one.advance() == 3


def test_shared_borrows(ext):
    one = ext.Counter(value=1)

    def use(value):
        assert one.peek() == 2
        assert one.shared_call(lambda value: value) == 1
        with pytest.raises(RuntimeError, match="in use and can't be changed"):
            one.advance()
        with pytest.raises(RuntimeError, match="in use and can't be changed"):
            one.step = 2
        return value

    assert one.shared_call(use) == 1
    assert one.advance() == 2

    with pytest.raises(ZeroDivisionError):
        one.shared_call(lambda value: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        one.exclusive_call(lambda value: 1 / 0)
    assert one.advance() == 4


def test_frozen(ext):
    point = ext.Point(3, 4)
    assert point.norm() == 5
    assert point.call(lambda: point.norm()) == 5
    assert point.call(lambda: point.call(point.norm)) == 5
    with pytest.raises(AttributeError):
        point.firstPart = 1.0
    assert ext.norms([point, ext.Point(0, 1)]) == [5, 1]
    assert ext.mirrored(point).firstPart == -3
    assert point.to(ext.Point(1, 1)).secondPart == -3


def test_unsendable(ext):
    local = ext.Local()
    assert local.count() == 1
    errors = []

    def use():
        try:
            local.count()
        except RuntimeError as error:
            errors.append(str(error))

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert errors == ["this Local object can only be used by the thread that made it"]
    assert local.count() == 2


def test_threads(ext):
    counter = ext.Counter()
    failures = []

    def use():
        for _ in range(200):
            while True:
                try:
                    counter.advance()
                    break
                except RuntimeError:  # somebody else borrows it at this moment
                    pass
                except BaseException as error:
                    failures.append(error)
                    return

    threads = [threading.Thread(target=use) for _ in range(1 if GRAALPY and HOST == "native" else 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert counter.value == 200 * len(threads)


def test_alignment(ext):
    assert [ext.Wide(n).check() for n in (0, 2**127)] == [(True, 0), (True, 2**127)]


def test_drop_runs_once(ext):
    collect()
    before = ext.alive()
    counters = [ext.Counter(value=n) for n in range(1000)]
    assert ext.alive() == before + 1000
    del counters
    collect()
    assert ext.alive() == before


# Attributes


def test_fields(ext):
    counter = ext.Counter(name="name")
    counter.step = 5
    assert counter.step == 5
    with pytest.raises(TypeError, match="attribute 'step' must be int, not str"):
        counter.step = "5"
    with pytest.raises(OverflowError):
        counter.step = 2**70
    assert counter.step == 5
    with pytest.raises(AttributeError):
        counter.title = "other"
    with pytest.raises(AttributeError):
        del counter.title
    with pytest.raises(AttributeError):
        del counter.step
    with pytest.raises(AttributeError):
        counter.name
    point = ext.Point(1, 2)
    assert (point.firstPart, point.secondPart) == (1, 2)


def test_properties(ext):
    counter = ext.Counter()
    counter.value = 7
    assert (counter.value, counter.half) == (7, 3.5)
    with pytest.raises(ValueError, match="too much"):
        counter.value = 1001
    with pytest.raises(TypeError, match="must be int"):
        counter.value = "x"
    assert counter.value == 7
    del counter.value
    assert counter.value == 0
    with pytest.raises(AttributeError):
        del counter.half
    with pytest.raises(AttributeError):
        counter.half = 2
    if not PYPY:  # where such instances have a __dict__
        with pytest.raises(AttributeError):
            counter.other = 1


def test_properties_of_other_objects(ext):
    get = ext.Counter.value.__get__
    with pytest.raises(TypeError):
        get(ext.Point(1, 2), ext.Point)


# Python subclasses


@pytest.mark.skipif(not SUBCLASSES, reason="this host breaks with subclasses, so none are allowed")
def test_subclass(ext):
    class Double(ext.Counter):
        def __new__(cls, *args, extra=None):
            self = super().__new__(cls, *args)
            self.extra = extra
            return self

        def advance(self, times=1):
            return super().advance(2 * times)

    collect()
    before = ext.alive()
    counter = Double(3, 4, extra=[5])
    assert (counter.step, counter.value, counter.extra) == (3, 4, [5])
    assert counter.advance() == 10
    assert counter.peek() == 13
    assert isinstance(counter, ext.Counter)
    assert ext.step_of(counter) == 3
    assert type(Double.from_text("5")) is Double
    assert Double.own_name() == "Double"
    assert ext.alive() == before + 2 - 1 or ext.alive() == before + 2
    del counter
    collect()
    assert ext.alive() == before


@pytest.mark.skipif(not SUBCLASSES, reason="this host breaks with subclasses, so none are allowed")
def test_subclass_that_skips_init(ext):
    class Lazy(ext.Initialised):
        def __init__(self):
            pass

    made = Lazy()
    assert made.count == 0  # __new__ has run

    class Broken(ext.Counter):
        def __new__(cls):
            return object.__new__(cls)

    try:
        broken = Broken()
    except TypeError:
        return
    with pytest.raises(TypeError, match="has no value"):
        broken.peek()


@pytest.mark.skipif(SUBCLASSES, reason="this host allows subclasses")
def test_subclasses_are_refused_where_they_break_the_host(ext):
    with pytest.raises(TypeError):

        class Sub(ext.Counter):
            pass


def test_class_that_may_not_be_inherited_from(ext):
    if OLD_PYPY:  # which lets everything be inherited from; what is inherited is sound

        class Sub(ext.Point):
            pass

        assert isinstance(Sub(1, 2), ext.Point)
        return
    with pytest.raises(TypeError):

        class Sub(ext.Point):
            pass


def test_module_again():
    """A second import of the module finds the same class."""
    if HOST != "embedded":
        pytest.skip("a native host makes new classes")
    from conftest import load

    if PACKAGES and WINDOWS:
        pytest.skip("each package has a copy of the library there, and links in other places")
    first, second = load("classes"), load("classes")
    assert first.Counter is second.Counter
    assert second.step_of(first.Counter(4)) == 4


def test_slots_count_their_arguments(ext):
    bare = ext.Bare()
    assert bare() == 1
    for call in (lambda: ext.Bare(1), lambda: ext.Bare(x=1), lambda: bare(1), lambda: bare(x=1)):
        with pytest.raises(TypeError, match="takes 0 positional arguments but 1 was given|unexpected keyword argument 'x'"):
            call()
    wrapped = ext.Wrapped(2)
    assert wrapped(1) == 5
    for call in (ext.Wrapped, wrapped):
        for args in ((), (1, 2)):
            with pytest.raises(TypeError, match="missing 1 required positional argument|takes 1 positional argument"):
                call(*args)
        with pytest.raises(TypeError, match="positional-only"):
            call(value=1)
