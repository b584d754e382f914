"""Buffer exports of instances: `memoryview`, `bytes`, NumPy."""

import array
import io
import itertools
import operator
import random
import struct
import sys
import threading

import pytest
from conftest import CPYTHON, GRAALPY, HOST, NATIVE_GRAALPY, PYPY, collect, is_back_at

try:
    import numpy
except ImportError:
    numpy = None

NATIVE_PYPY = PYPY and HOST == "native"
NUMPY = pytest.mark.skipif(numpy is None, reason="this interpreter does not have NumPy")


@pytest.fixture
def ext(ext_module):
    collect()  # what earlier tests left
    return ext_module("buffers")


def when_released(use):
    """Exports end with their view on CPython; PyPy and GraalPy may need a collection even after `release()`."""
    if not CPYTHON:
        for _ in range(20):
            try:
                return use()
            except BufferError:
                collect()
        if GRAALPY:
            pytest.skip("the JVM's collector ends the export when it likes")
    return use()


def test_memoryview(ext):
    numbers = ext.Numbers(1, 2, -3)
    view = memoryview(numbers)
    assert view.tolist() == [1, 2, -3]
    assert (view.format, view.itemsize, view.nbytes, view.ndim) == ("i", 4, 12, 1)
    assert view.shape == (3,) and view.strides == (4,)
    assert view.readonly
    assert view.obj is (None if NATIVE_PYPY else numbers)
    assert view[2] == -3 and view[::2].tolist() == [1, -3]
    with pytest.raises(TypeError):
        view[0] = 1


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy: only memoryview sees the memory")
def test_other_readers(ext):
    numbers = ext.Numbers(1, 2)
    expected = struct.pack("=2i", 1, 2)
    assert bytes(numbers) == expected
    assert bytearray(numbers) == expected
    assert b"".join([numbers, b"!"]) == expected + b"!"
    if not PYPY:  # whose struct wants bytes
        assert struct.unpack("=2i", numbers) == (1, 2)
    assert int.from_bytes(numbers, sys.byteorder) == int.from_bytes(expected, sys.byteorder)
    assert array.array("i", bytes(numbers)).tolist() == [1, 2]


KINDS = {
    "I8": ("b", [-(2**7), -1, 2**7 - 1]),
    "U8": ("B", [0, 1, 2**8 - 1]),
    "I16": ("h", [-(2**15), -1, 2**15 - 1]),
    "U16": ("H", [0, 1, 2**16 - 1]),
    "I32": ("i", [-(2**31), -1, 2**31 - 1]),
    "U32": ("I", [0, 1, 2**32 - 1]),
    "I64": ("q", [-(2**63), -1, 2**63 - 1]),
    "U64": ("Q", [0, 1, 2**64 - 1]),
    "Isize": ("q", [-(2**63), -1, 2**63 - 1]),
    "Usize": ("Q", [0, 1, 2**64 - 1]),
    "F32": ("f", [0.5, -1.0, float("inf")]),
    "F64": ("d", [0.5, -1.0, float("inf")]),
    "Bool": ("?", [True, False, True]),
    "Empty": ("Q", []),
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_all_kinds_of_numbers(ext, name):
    kind, values = KINDS[name]
    made = getattr(ext, name)()
    view = memoryview(made)
    assert view.format == kind and view.itemsize == struct.calcsize("=" + kind)
    assert view.tolist() == values
    assert view.readonly
    if not NATIVE_GRAALPY:
        assert bytes(made) == struct.pack("=%d%s" % (len(values), kind), *values)


@NUMPY
@pytest.mark.parametrize("name", sorted(KINDS))
def test_all_kinds_of_numbers_in_numpy(ext, name):
    kind, values = KINDS[name]
    made = numpy.asarray(getattr(ext, name)())
    assert made.tolist() == values and made.dtype == numpy.dtype(kind)
    assert not made.flags.writeable


def test_a_shared_export_keeps_changes_out(ext):
    numbers = ext.Numbers(1, 2)
    one, two = memoryview(numbers), memoryview(numbers)
    for _ in range(2):
        with pytest.raises(BufferError, match="this Numbers object can't be changed now, as its memory is exported"):
            numbers.append(3)
        assert numbers.sum() == 3  # reading goes on
        one.release()
    two.release()
    when_released(lambda: numbers.append(3))
    with memoryview(numbers) as view:
        assert view.tolist() == [1, 2, 3]
    when_released(lambda: numbers.append(4))
    with memoryview(numbers) as view:
        assert view[-1] == 4


def test_a_writable_export(ext):
    samples = ext.Samples(3)
    with memoryview(samples) as view, memoryview(samples) as other:
        assert view.tolist() == [0.0, 1.0, 2.0] and not view.readonly
        view[1] = 7.5
        assert other[1] == 7.5
        for use in (samples.sum, lambda: samples.append(1.0)):
            with pytest.raises(BufferError, match="this Samples object can't be used now, as its memory is exported"):
                use()
    assert when_released(samples.sum) == 9.5
    samples.append(1.0)
    assert len(memoryview(samples)) == 4


def test_writing_from_elsewhere(ext):
    image = ext.Image(1, 4)
    with memoryview(image) as view:
        view[0, 1] = view[0, 2] = 1
        with pytest.raises((ValueError, TypeError)):
            view[0, 1] = 256
        with pytest.raises((IndexError, TypeError)):
            view[0, 4] = 0
    assert when_released(lambda: [image.pixel(0, n) for n in range(4)]) == [0, 1, 1, 3]
    samples = ext.Samples(2)
    with memoryview(samples) as view, view.cast("B") as plain:
        plain[8:16] = struct.pack("=d", 0.25)
    assert when_released(samples.sum) == 0.25


def test_shapes(ext):
    view = memoryview(ext.Image(2, 3))
    assert (view.shape, view.strides, view.ndim) == ((2, 3), (3, 1), 2)
    assert view.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert view.c_contiguous and not view.f_contiguous and view.contiguous
    view = memoryview(ext.Image(2, 3, "fortran"))
    assert (view.shape, view.strides) == ((2, 3), (1, 2))
    assert view.tolist() == [[0, 2, 4], [1, 3, 5]]
    assert view.f_contiguous and not view.c_contiguous
    if not PYPY:
        view = memoryview(ext.Image(2, 3, "flipped"))
        assert view.strides == (3, -1) and view.tolist() == [[2, 1, 0], [5, 4, 3]]
        assert not view.contiguous
    view = memoryview(ext.Image(2, 4, "even"))
    assert view.shape == (2, 2) and view.strides == (4, 2)
    if not GRAALPY:  # which takes the last item to be outside
        assert view.tolist() == [[0, 2], [4, 6]]
    if CPYTHON:  # PyPy looks at no strides here
        assert view.tobytes() == bytes([0, 2, 4, 6])
    assert memoryview(ext.Image(0, 3)).tolist() == []


@pytest.mark.skipif(not PYPY, reason="others look at the strides")
@pytest.mark.parametrize("args", [(8, 7, [8], [-1]), (1, 0, [1000], [0]), (8, 4, [2, 3], [-1, 1])])
def test_memory_that_pypy_would_read_beyond_its_end(ext, args):
    """`bytes(view)` starts at the first item, and does not look at the strides."""
    strided = ext.Strided(*args)
    for _ in range(2):
        with pytest.raises(BufferError, match="PyPy reads such memory without its strides"):
            memoryview(strided)
    assert len(strided.bytes()) == args[0]  # it is not borrowed


def random_views():
    """Slices, and what a view takes of them: also what is outside."""
    numbers = random.Random(5)
    for _ in range(60 if GRAALPY else 400):
        count, dimensions = numbers.randint(1, 24), numbers.randint(1, 3)
        shape = [numbers.randint(0, 4) for _ in range(dimensions)]
        strides = [numbers.randint(-5, 6) for _ in range(dimensions)]
        yield count, numbers.randint(0, count), shape, strides


def places(first, shape, strides):
    """The items of a strided view, by their indices."""
    indices = itertools.product(*map(range, shape))
    return [first + sum(map(operator.mul, index, strides)) for index in indices]


def flat(nested):
    return [one for item in nested for one in flat(item)] if isinstance(nested, list) else [nested]


def view_of(strided):
    """`None` where PyPy must not have it."""
    try:
        return memoryview(strided)
    except BufferError as error:
        assert PYPY and "without its strides" in str(error)
        return None


def test_strided_views_have_the_items_that_their_indices_say(ext):
    shown = refused = 0
    for count, first, shape, strides in random_views():
        strided, expected = ext.Strided(count, first, shape, strides), places(first, shape, strides)
        if not all(0 <= place < count for place in expected):
            with pytest.raises(ValueError, match="has items outside of the %d that there are" % count):
                memoryview(strided)
            refused += 1
            continue
        view = view_of(strided)
        if view is None:
            continue
        shown += 1
        assert view.shape == tuple(shape) and view.nbytes == len(expected)
        if 0 not in shape:
            assert view.strides == tuple(strides)
            # GraalPy takes some items to be outside; PyPy has no `tolist` with a stride of 0.
            if not GRAALPY and not (PYPY and 0 in strides):
                assert flat(view.tolist()) == expected
        if CPYTHON:
            assert view.tobytes() == bytes(expected)
            assert view.c_contiguous == (expected == list(range(first, first + len(expected))))
        view.release()
    assert shown > 10 and refused > 10


def test_shaped_views_start_at_the_first_item(ext):
    """Also after they were strided: they must not move on."""
    strided = ext.Strided(6, 0, [2, 3], [])
    with memoryview(strided) as view:
        assert view.tolist() == [[0, 1, 2], [3, 4, 5]]
        view[1, 2] = 55
    assert when_released(strided.bytes) == bytes([0, 1, 2, 3, 4, 55])


@NUMPY
def test_strided_views_are_those_of_numpy(ext):
    checked = 0
    for count, first, shape, strides in random_views():
        if first < count and all(0 <= place < count for place in places(first, shape, strides)):
            base = numpy.arange(count, dtype=numpy.uint8)
            expected = numpy.lib.stride_tricks.as_strided(base[first:], shape, strides)
            if view_of(ext.Strided(count, first, shape, strides)) is None:
                continue
            made = numpy.asarray(ext.Strided(count, first, shape, strides))
            assert made.shape == expected.shape and made.tolist() == expected.tolist()
            if made.size:
                assert made.strides == expected.strides
                assert made.flags.c_contiguous == expected.flags.c_contiguous
                assert made.flags.f_contiguous == expected.flags.f_contiguous
            checked += 1
    assert checked > 10
    for shape in ([0, 7], [3, 0, 2], [0]):
        made = numpy.asarray(ext.Strided(1, 0, shape, [1] * len(shape)))
        # The strides of an array without items differ between versions of NumPy.
        assert made.shape == tuple(shape) and made.tolist() == numpy.zeros(shape).tolist()


@pytest.mark.skipif(HOST == "native", reason="no subclasses on this host")
def test_two_exporters_in_one_object(ext):
    written = ext.Written(10)
    view = memoryview(written)
    assert view.tolist() == [0] * 10 and not view.readonly
    try:
        base = ext.Shown.__buffer__(written, 0)
    except (AttributeError, TypeError, BufferError):  # no such method, or not for this class
        base = None
    if base is not None:
        assert base.tobytes() == b"shown" and base.readonly
        base.release()
    with pytest.raises(BufferError):
        written.replace(100)
    view[9] = 7
    assert view[9] == 7
    view.release()
    when_released(lambda: written.replace(3))
    when_released(lambda: written.replace_shown(b"other"))
    with memoryview(written) as view:
        assert view.tolist() == [0] * 3


@pytest.mark.parametrize(
    "how, error, text",
    [
        ("wrong", ValueError, r"6 items can't be shown in shape \[2, 4\]"),
        ("outside", ValueError, r"shape \[2, 3\] has items outside of the 6 that there are"),
        ("other", ValueError, "no other"),
        ("panic", BaseException, "in __buffer__"),
    ],
)
def test_errors(ext, how, error, text):
    image = ext.Image(2, 3, how)
    for _ in range(2):
        with pytest.raises(error, match=text):
            memoryview(image)
    assert image.pixel(0, 1) == 1  # it is not borrowed


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy: only memoryview sees the memory")
def test_requests_that_are_refused(ext):
    """`bytes.join` and the like want memory without gaps, `readinto` such that can be written."""
    image = ext.Image(2, 4, "even")
    if not PYPY:
        with pytest.raises(BufferError, match="not contiguous"):
            struct.unpack("=4B", image)

    with pytest.raises((BufferError, TypeError)):
        io.BytesIO(b"abcd").readinto(ext.Constant())
    assert io.BytesIO(b"abcd").readinto(ext.Image(1, 4)) == 4
    assert image.pixel(0, 0) == 0


def test_frozen(ext):
    constant = ext.Constant()
    views = [memoryview(constant) for _ in range(3)]
    del constant
    collect()
    assert [view.tolist() for view in views] == [[1, 2, 3, 4]] * 3


def test_an_export_keeps_its_instance_alive(ext):
    before = ext.alive()
    view = memoryview(ext.Numbers(*range(1000)))
    collect()
    assert ext.alive() == before + 1
    assert view.tolist() == list(range(1000))
    part = view[500:]
    if not PYPY:  # where `release()` does not ask who else looks at the memory
        view.release()
    del view
    collect()
    assert part[0] == 500 and ext.alive() == before + 1
    part.release()
    del part
    if not GRAALPY:
        assert is_back_at(ext, before)


def test_views_that_are_just_dropped(ext):
    """Their exports end when the interpreter finds out: at once on CPython, else at a collection."""
    numbers = ext.Numbers(1)
    view = memoryview(numbers)
    assert view[0] == 1
    del view
    when_released(lambda: numbers.append(2))
    assert numbers.sum() == 3


def test_without_a_value(ext):
    try:
        made = object.__new__(ext.Numbers)
    except TypeError:
        return
    with pytest.raises(TypeError):
        memoryview(made)


@pytest.mark.skipif(HOST == "native", reason="no subclasses on this host")
def test_subclasses(ext):
    class Child(ext.Numbers):
        pass

    child = Child(4, 5)
    with memoryview(child) as view:
        assert view.tolist() == [4, 5] and view.obj is child
        with pytest.raises(BufferError):
            child.append(6)
    when_released(lambda: child.append(6))
    assert child.sum() == 15


@pytest.mark.skipif(NATIVE_GRAALPY, reason="GraalPy 24's HPy: a second thread breaks it")
def test_threads(ext):
    local, numbers, seen = ext.Local(b"abc"), ext.Numbers(1, 2, 3), []

    def other():
        try:
            seen.append(bytes(local))
        except RuntimeError as error:
            seen.append(str(error))
        for _ in range(200):
            with memoryview(numbers) as view:
                seen.append(view.tolist())

    threads = [threading.Thread(target=other) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen.count("this Local object can only be used by the thread that made it") == 3
    assert seen.count([1, 2, 3]) == 600
    assert bytes(local) == b"abc"
    when_released(lambda: numbers.append(4))


def test_many(ext):
    before = ext.alive()
    things = [ext.Numbers(i) for i in range(500)]
    views = [memoryview(thing) for thing in things]
    assert [view[0] for view in views] == list(range(500))
    for view in views:
        view.release()
    for thing in things:
        when_released(lambda: thing.append(1))
    assert sum(thing.sum() for thing in things) == 500 + 499 * 250
    del things, thing, views, view
    if not GRAALPY:
        assert is_back_at(ext, before)


@pytest.mark.skipif(not hasattr(object, "__buffer__") and sys.version_info < (3, 12) or not CPYTHON, reason="from CPython 3.12 on")
def test_the_methods_of_python(ext):
    import collections.abc

    numbers = ext.Numbers(1, 2)
    assert isinstance(numbers, collections.abc.Buffer)
    view = numbers.__buffer__(0)
    assert view.tobytes() == bytes(numbers)
    with pytest.raises(BufferError):
        numbers.append(3)
    numbers.__release_buffer__(view)
    numbers.append(3)
    with pytest.raises(ValueError):
        numbers.__release_buffer__(view)
    with pytest.raises(ValueError):
        numbers.__release_buffer__(memoryview(b""))
    with pytest.raises(BufferError, match="can't be written"):
        numbers.__buffer__(1)
    numbers.append(4)


@NUMPY
def test_numpy(ext):
    numbers = ext.Numbers(1, 2, 3)
    made = numpy.asarray(numbers)
    assert made.dtype == numpy.int32 and made.tolist() == [1, 2, 3] and made.sum() == 6
    with pytest.raises(ValueError):
        made[0] = 1
    with pytest.raises(BufferError):
        numbers.append(1)
    copied = numpy.array(numbers)
    del made
    collect()
    numbers.append(4)
    assert copied.tolist() == [1, 2, 3]


@NUMPY
def test_numpy_writes(ext):
    samples = ext.Samples(4)
    made = numpy.asarray(samples)
    made *= 2
    made[0] = 100
    del made
    collect()
    assert samples.sum() == 112.0
    image = ext.Image(2, 3)
    made = numpy.asarray(image)
    assert made.shape == (2, 3) and made.dtype == numpy.uint8
    made[1, :] = [9, 8, 7]
    made.T[0, 0] = 5
    del made
    collect()
    assert [[image.pixel(r, c) for c in range(3)] for r in range(2)] == [[5, 1, 2], [9, 8, 7]]
    if not PYPY:
        flipped = numpy.asarray(ext.Image(2, 3, "flipped"))
        assert flipped.tolist() == [[2, 1, 0], [5, 4, 3]]
    assert numpy.asarray(ext.Image(2, 3, "fortran")).flags.f_contiguous
    assert numpy.asarray(ext.Image(0, 3)).shape == (0, 3)
