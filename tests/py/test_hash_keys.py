import random
import sys

import pytest
from conftest import CPYTHON, DEBUG, GRAALPY, HOST, PYPY, WINDOWS, collect

NATIVE = HOST == "native"
here = pytest.mark.skipif(NATIVE, reason="HPy's own hosts can't attach: test_native says what they raise")


# What a class or an exception refers to that PyPy's C API has seen, as the maps of these tests; it is so in `threads`, too.
kept_by_pypy = pytest.mark.skipif(PYPY and DEBUG, reason="PyPy does not collect such cycles, so their handles stay open")


@pytest.fixture(autouse=True)
def released(ext):
    """Maps end that tracebacks have kept, before handles are counted."""
    yield
    for _ in range(8):
        collect()
        if not NATIVE:
            ext.distinct([])
            ext.round_trip(1)


class Key:
    """Equal by its number, with few hashes; may raise."""

    def __init__(self, number, error=None):
        self.number = number
        self.error = error

    def __hash__(self):
        return self.number % 3

    def __eq__(self, other):
        if not isinstance(other, Key):
            return NotImplemented
        if self.error or other.error:
            raise self.error or other.error
        return self.number == other.number


@pytest.mark.skipif(not NATIVE, reason="for hosts of the interpreter's own")
def test_native(ext):
    with pytest.raises(NotImplementedError, match="hpy::HashKey compares by hpy::attach"):
        ext.round_trip(1)


@here
def test_as_a_dict(ext):
    """Random programs, on a map and on a dict."""
    for seed in range(20):
        rng = random.Random(seed)
        ours, theirs = ext.Map(), {}
        values = [0, 1, 1.0, True, "1", (1,), -1, None, 2**70, float("nan"), b"1", "é"]
        values += [Key(n) for n in range(6)] + [Key(n) for n in range(6)]
        for step in range(200):
            key = rng.choice(values)
            what = rng.randrange(4)
            if what == 0:
                ours[key] = theirs[key] = step
            elif what == 1:
                assert (key in ours) == (key in theirs)
            elif what == 2 and key in theirs:
                del ours[key], theirs[key]
            else:
                try:
                    expected = theirs[key]
                except KeyError:
                    with pytest.raises(KeyError):
                        ours[key]
                else:
                    assert ours[key] == expected
            assert len(ours) == len(theirs)
        # Where numbers have no identity, by what they look like.
        identity = repr if GRAALPY else id
        assert sorted(map(identity, ours.keys())) == sorted(map(identity, theirs))
    del ours, key
    collect()


@here
def test_identity_first(ext):
    class Never:
        __hash__ = object.__hash__

        def __eq__(self, other):
            raise AssertionError("asked")

    key, nan = Never(), float("nan")
    ours = ext.Map()
    ours[key], ours[nan] = 1, 2
    assert ours[key] == 1 and ours[nan] == 2
    assert ext.distinct([nan, nan, key, key]) == 2
    assert ext.round_trip(key) is key


@here
def test_hash_errors(ext):
    ours = ext.Map()
    with pytest.raises(TypeError, match="unhashable|not hashable"):
        ours[[]] = 1

    class Bad:
        def __hash__(self):
            raise LookupError("no hash")

    with pytest.raises(LookupError, match="no hash"):
        ours[Bad()] = 1
    assert len(ours) == 0


@here
@kept_by_pypy
def test_errors_of_comparisons(ext):
    """The map is as it was, and the exception is what `__eq__` raised."""
    ours = ext.Map()
    for n in range(9):
        ours[Key(n)] = n
    error = ZeroDivisionError("of __eq__")
    for bad in (Key(0, error), Key(1, error)):
        with pytest.raises(ZeroDivisionError, match="of __eq__") as info:
            ours[bad] = "new"
        assert info.value is error
        for call in (lambda: ours[bad], lambda: bad in ours, lambda: ours.__delitem__(bad)):
            with pytest.raises(ZeroDivisionError):
                call()
    assert len(ours) == 9
    assert sorted(key.number for key in ours.keys()) == list(range(9))
    assert [ours[Key(n)] for n in range(9)] == list(range(9))
    for interrupt in (KeyboardInterrupt(), SystemExit(1), MemoryError()):
        with pytest.raises(type(interrupt)):
            ours[Key(0, interrupt)] = 1
    with pytest.raises(ZeroDivisionError):
        ext.distinct([Key(1), Key(1, error)])
    info = error = None
    collect()


@here
def test_no_truth(ext):
    class Odd:
        def __hash__(self):
            return 1

        def __eq__(self, other):
            return self

        def __bool__(self):
            raise OverflowError("no truth")

    ours = ext.Map()
    ours[Odd()] = 1
    with pytest.raises(OverflowError, match="no truth"):
        ours[Odd()] = 2
    assert len(ours) == 1


@here
@kept_by_pypy
def test_reentrant(ext):
    """`__eq__` that uses the map which compares."""
    ours = ext.Map()
    seen = []

    class Meddler(Key):
        __hash__ = Key.__hash__

        def __eq__(self, other):
            seen.append(len(seen))
            if len(seen) < 50:
                ours[Key(5)] = "meddled"
            return False

    ours[Key(2)] = 1
    with pytest.raises(RuntimeError, match="is being changed"):
        ours[Meddler(5)] = 1
    assert len(ours) == 1 and seen

    class Looker(Key):
        __hash__ = Key.__hash__

        def __eq__(self, other):
            return Key(2) in ours and self.number == other.number

    assert Looker(2) in ours  # two shared borrows
    assert Looker(5) not in ours
    # The closures refer to the map, and CPython 3.13t keeps closures for ever once there was a thread.
    ours = None
    collect()


@here
def test_unscoped(ext):
    """Reported, and the keys are different."""
    ours = ext.Map()
    ours.put_unscoped(Key(1), 1)
    reported = []
    hook, sys.unraisablehook = sys.unraisablehook, lambda args: reported.append(args.exc_type)
    try:
        assert ours.put_unscoped(Key(1, ValueError("x")), 2) == 2
        assert ext.compare(Key(1), Key(1, ValueError("x"))) is False
    finally:
        sys.unraisablehook = hook
    if CPYTHON:
        assert reported == [ValueError, ValueError]
    del ours
    collect()


@here
@kept_by_pypy
def test_at_the_end_of_a_thread(ext):
    """Once its thread-local values are dropped, a thread can't carry an exception out of a scope: it is reported."""
    assert ext.compare_at_the_end_of_a_thread(Key(1), Key(1)) == (True, True)
    reported = []
    hook, sys.unraisablehook = sys.unraisablehook, lambda args: reported.append(args.exc_type)
    try:
        before, last = ext.compare_at_the_end_of_a_thread(Key(1), Key(1, ValueError("x")))
    finally:
        sys.unraisablehook = hook
    assert before is None
    if WINDOWS and last is None:  # thread-local values may be dropped in another order: this one before the scope's
        assert reported == []
        return
    assert last is False
    if CPYTHON:
        assert reported == [ValueError]
    collect()


@here
@kept_by_pypy
def test_scopes_in_scopes(ext):
    ours = ext.Map()
    ours[Key(1)] = 1
    ours.put_after(Key(2), 2, lambda: None)
    with pytest.raises(LookupError):
        ours.put_after(Key(1, LookupError()), 2, lambda: None)
    # In a function that is called from the scope, and has none: its own exception, then.
    with pytest.raises(LookupError):
        ours.put_after(Key(7), 2, lambda: ext.compare(Key(1), Key(1, LookupError())))
    # Caught there: the operation goes on.

    def caught():
        try:
            ext.compare(Key(1), Key(1, LookupError()))
        except LookupError:
            pass

    ours.put_after(Key(7), 7, caught)
    assert ours[Key(7)] == 7 and len(ours) == 3


@here
def test_panic_in_a_scope(ext):
    for _ in range(3):
        with pytest.raises(BaseException, match="not a comparison") as info:
            ext.panic_in_scope()
        assert type(info.value).__name__ == "PanicException"
    ours = ext.Map()
    ours[Key(1)] = 1
    assert ours[Key(1)] == 1
