"""Memory of Python objects, read and written by Rust where it is."""

import array
import mmap
import struct
import sys

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY

IMPORTS = CPYTHON and HOST not in ("native", "package")
needs_import = pytest.mark.skipif(not IMPORTS, reason="memory is copied there; see test_other_hosts_do_not_write")
NATIVE_FORMATS = {"b": "i8s", "B": "u8s", "h": "i16s", "H": "u16s", "i": "i32s", "I": "u32s", "q": "i64s", "Q": "u64s", "f": "f32s", "d": "f64s"}
NATIVE_FORMATS.update({"l": "i64s", "L": "u64s"} if struct.calcsize("l") == 8 else {"l": "i32s", "L": "u32s"})


@pytest.mark.skipif(IMPORTS, reason="this host has the function")
def test_other_hosts_do_not_write(ext):
    memory = bytearray(b"abcd")
    for call in (lambda: ext.set_all(memory, b"wxyz"), lambda: ext.invert(memory), lambda: ext.set_item(memory, [0], 1.0)):
        with pytest.raises(NotImplementedError, match="has no function to write to the memory of an object: a BufferMut needs CPython"):
            call()
    assert memory == b"abcd"


@pytest.mark.parametrize("code", NATIVE_FORMATS)
def test_formats(ext, code):
    values = [0, 1, 5, 100] if code.isupper() else [0, -1, 5, 100]
    size = struct.calcsize(code)
    function = getattr(ext, NATIVE_FORMATS[code])
    items = bytes(values) if code == "B" else values
    assert function(array.array(code, values)) == ([4], [size], True, True, items)
    view = memoryview(bytes(array.array(code, values))).cast(code)
    assert function(view) == ([4], [size], True, False, items)
    for other in NATIVE_FORMATS:
        if NATIVE_FORMATS[other] != NATIVE_FORMATS[code]:
            with pytest.raises(TypeError, match="argument 'x': expected a buffer of .*, not of items with the format '.*%s'" % code):
                getattr(ext, NATIVE_FORMATS[other])(array.array(code, values))


@pytest.mark.skipif(PYPY, reason="memoryview.cast knows fewer formats there")
def test_sizes(ext):
    view = memoryview(bytes(array.array("Q" if struct.calcsize("N") == 8 else "I", [7, 8]))).cast("N")
    assert ext.sizes(view)[4] == [7, 8]
    assert ext.u8s(memoryview(b"ab").cast("c"))[4] == b"ab" or GRAALPY


def test_bytes_of_all_kinds(ext):
    for value in (b"abc", bytearray(b"abc"), memoryview(b"abc"), memoryview(bytearray(b"abc")), array.array("B", b"abc")):
        shape, strides, contiguous, writable, items = ext.u8s(value)
        assert (shape, strides, contiguous, bytes(items)) == ([3], [1], True, b"abc")
        assert writable == (not memoryview(value).readonly)
        assert ext.sum(value) == sum(b"abc")
    for empty in (b"", bytearray(), memoryview(b""), array.array("B")):
        assert ext.u8s(empty)[4] == b"" and ext.sum(empty) == 0


@needs_import
def test_mapped_memory(ext):
    with mmap.mmap(-1, 100) as mapped:
        mapped[:3] = b"xyz"
        assert bytes(ext.u8s(mapped)[4]) == b"xyz" + bytes(97)
        assert ext.invert(mapped) and mapped[99] == 255


@needs_import
def test_strides(ext):
    view = memoryview(b"abcdefgh")
    assert ext.u8s(view[::2]) == (([4], [2], False, False, b"aceg"))
    assert ext.u8s(view[6:1:-2]) == ([3], [-2], False, False, b"gec")
    assert ext.u8s(view[3:3])[4] == b"" and ext.u8s(view[::9]) == ([1], [9], True, False, b"a")
    assert ext.sum(view[::2]) is None and ext.sum(view[1:4]) == sum(b"bcd")


@needs_import
@pytest.mark.skipif(PYPY or GRAALPY, reason="memoryview.cast has no shapes there, or other code for them")
def test_shapes(ext):
    view = memoryview(array.array("d", range(24))).cast("B").cast("d", (2, 3, 4))
    assert ext.f64s(view) == ([2, 3, 4], [96, 32, 8], True, True, list(range(24)))
    assert ext.item(view, [1, 2, 3]) == 23.0 and ext.item(view, [0, 1, 0]) == 4.0
    for wrong in ([2, 0, 0], [0, 0], [], [0, 0, 0, 0], [0, 0, 4]):
        with pytest.raises(IndexError):
            ext.item(view, wrong)
        with pytest.raises(IndexError, match=r"no item \[.*\] in a buffer of shape \[2, 3, 4\]"):
            ext.set_item(view, wrong, 1.0)
    ext.set_item(view, [1, 0, 2], -5.5)
    assert view[1, 0, 2] == -5.5
    single = memoryview(array.array("d", [2.5])).cast("B").cast("d", ())
    assert ext.f64s(single) == ([], [], True, True, [2.5]) and ext.item(single, []) == 2.5


def test_slices_everywhere(ext):
    view = memoryview(b"abcdefgh")
    for one in (view, view[::2], view[::-1], view[6:1:-2], view[3:3], view[2:5]):
        assert ext.u8s(one)[4] == bytes(one.tolist()) and ext.u8s(one)[0] == [len(one)]


@needs_import
def test_numpy(ext):
    numpy = pytest.importorskip("numpy")
    cube = numpy.arange(24, dtype="f8").reshape(2, 3, 4)
    for view in (cube, cube.T, cube[:, ::-1], cube[1], cube[:, 1:, ::2], cube[..., ::-3], cube[:, :0], cube[1, 2, 3], numpy.broadcast_to(cube[0, 0], (3, 4)), numpy.asfortranarray(cube)):
        view = numpy.asarray(view)
        shape, strides, contiguous, _, items = ext.f64s(view)
        assert shape == list(view.shape) and strides == list(memoryview(view).strides) and items == view.flatten().tolist()
        assert contiguous == view.flags.c_contiguous
    unaligned = numpy.frombuffer(b"x" + cube.tobytes(), dtype="f8", offset=1)
    assert ext.f64s(unaligned)[4] == list(range(24))
    with pytest.raises(TypeError, match="expected a buffer of float64, not of items with the format '>d'"):
        ext.f64s(cube.astype(">f8"))
    with pytest.raises(TypeError, match="not of items with the format"):
        ext.u8s(numpy.zeros(3, dtype=[("a", "u1"), ("b", "u1")]))
    grey = numpy.zeros((4, 6), dtype="u1")
    ext.set_all(grey[::-1, ::2].T, bytes(range(12)))
    assert grey[::-1, ::2].T.flatten().tolist() == list(range(12)) and not grey[:, 1::2].any()


@needs_import
def test_writing(ext):
    memory = bytearray(b"abcd")
    ext.set_all(memory, b"wxyz")
    assert memory == b"wxyz" and ext.invert(memory) and memory[0] == 255 - ord("w")
    ext.set_all(memoryview(memory)[::-2], b"13")
    assert memory[3:] == b"1" and memory[1:2] == b"3"
    with pytest.raises(ValueError, match="3 values for a buffer of 4 items"):
        ext.set_all(memory, b"123")
    for fixed in (b"abcd", memoryview(b"abcd")):
        with pytest.raises(BufferError, match="not writable"):
            ext.set_all(fixed, b"wxyz")
        assert fixed == b"abcd"


def test_no_buffers(ext):
    for value, name in ((1, "int"), ("text", "str"), (None, "None"), ([1], "list")):
        with pytest.raises(TypeError, match=r"f64s\(\) argument 'x' must be a buffer of float64, not " + name):
            ext.f64s(value)


@pytest.mark.skipif(PYPY and HOST != "native" and sys.pypy_version_info[:3] < (7, 4), reason="crashes when it passes one to any extension")
def test_a_view_that_was_released(ext):
    view = memoryview(b"abc")
    view.release()
    with pytest.raises((ValueError, TypeError)):
        ext.u8s(view)


@needs_import
@pytest.mark.skipif(not CPYTHON, reason="a bytearray of PyPy and GraalPy can be resized while it is exported")
def test_an_exporter_cannot_be_resized_meanwhile(ext):
    memory = bytearray(b"abc")
    with pytest.raises(BufferError):
        ext.held(memory, lambda: memory.append(1))
    with pytest.raises(ZeroDivisionError):
        ext.held(memory, lambda: 1 // 0)
    assert ext.held(memory, lambda: 5) == 5
    with pytest.raises(TypeError):
        ext.i8s(memory)
    memory.append(1)  # all are released
    assert memory == b"abc\1"


@needs_import
@pytest.mark.skipif(sys.version_info < (3, 12) or not CPYTHON, reason="Python classes export since CPython 3.12")
def test_python_classes_that_export(ext):
    class Exports:
        released = 0

        def __buffer__(self, flags):
            return memoryview(bytearray(b"abc"))

        def __release_buffer__(self, view):
            self.released += 1
            view.release()

    value = Exports()
    assert bytes(ext.u8s(value)[4]) == b"abc" and value.released == 1
    with pytest.raises(TypeError, match="expected a buffer of float64"):
        ext.f64s(value)
    assert value.released == 2

    class Fails:
        def __buffer__(self, flags):
            raise ZeroDivisionError("in __buffer__")

    with pytest.raises(ZeroDivisionError, match="in __buffer__"):
        ext.u8s(Fails())


def test_copies(ext):
    assert ext.copy(bytearray(b"abc")) == b"abc" and ext.copy(bytearray()) == b""
    assert ext.copy(bytearray(300_000)) == bytes(300_000)

    class Mine(bytearray):
        def __len__(self):
            return 1

        def __iter__(self):
            return iter([9])

    # GraalPy 24's bytes() asks the subclass.
    assert ext.copy(Mine(b"abc")) == b"abc" or GRAALPY


def test_bytes_that_are_filled(ext):
    for length in (0, 1, 2, 1000, 1 << 20):
        result = ext.filled(length, 7)
        assert type(result) is bytes and len(result) == length and result == (b"\7" + bytes(length))[:length]
        assert hash(result) == hash(b"".join([result[:1], result[1:]]))
    with pytest.raises(ValueError, match="not filled"):
        ext.filled(5, -1)
    with pytest.raises(BaseException, match="a byte"):
        ext.filled(5, 300)
    with pytest.raises((MemoryError, OverflowError)):
        ext.filled(2**62, 1)
    assert b"\0" == bytes([0]) and b"\7" == bytes([7])
