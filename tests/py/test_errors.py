import builtins
import copy
import importlib.machinery
import importlib.util
import os
import pickle
import subprocess
import sys
import warnings

import pytest
from conftest import HOST, NATIVE_GRAALPY, WINDOWS, copy_of_the_library

NAMES = [
    name
    for name in """
    BaseException Exception StopAsyncIteration StopIteration GeneratorExit ArithmeticError LookupError AssertionError
    AttributeError BufferError EOFError FloatingPointError OSError ImportError ModuleNotFoundError IndexError KeyError
    KeyboardInterrupt MemoryError NameError OverflowError RuntimeError RecursionError NotImplementedError SyntaxError
    IndentationError TabError ReferenceError SystemError SystemExit TypeError UnboundLocalError UnicodeError
    ValueError ZeroDivisionError BlockingIOError BrokenPipeError ChildProcessError ConnectionError
    ConnectionAbortedError ConnectionRefusedError ConnectionResetError FileExistsError FileNotFoundError
    InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError
    Warning UserWarning DeprecationWarning PendingDeprecationWarning SyntaxWarning RuntimeWarning FutureWarning
    ImportWarning UnicodeWarning BytesWarning ResourceWarning
""".split()
]


@pytest.mark.parametrize("name", NAMES)
def test_builtin_exceptions(ext, name):
    with pytest.raises(getattr(builtins, name)) as info:
        ext.throw(name, "the message")
    assert type(info.value) is getattr(builtins, name)
    assert info.value.args == ("the message",)


def test_messages(ext):
    for message in ("", "ünïcode 🦀", "with\0nul", "x" * 10_000):
        with pytest.raises(ValueError) as info:
            ext.throw("ValueError", message)
        assert info.value.args == (message,)


def test_custom_exceptions(ext):
    assert issubclass(ext.Custom, ValueError)
    assert ext.Custom.__doc__ == "A custom error."
    assert (ext.Custom.__module__, ext.Custom.__name__) == ("errors", "Custom")
    with pytest.raises(ext.Custom, match="mine"):
        ext.raise_custom("mine")


def test_raise_value(ext):
    error = KeyError("a", 1)
    with pytest.raises(KeyError) as info:
        ext.raise_value(error)
    assert info.value is error
    with pytest.raises((TypeError, SystemError)):
        ext.raise_value(1)


def test_io_errors(ext):
    for kind, ty in [
        ("not_found", FileNotFoundError),
        ("denied", PermissionError),
        ("exists", FileExistsError),
        ("timeout", TimeoutError),
        ("other", OSError),
    ]:
        with pytest.raises(ty, match="io said no") as info:
            ext.io_error(kind)
        assert type(info.value) is ty


def test_io_errors_of_the_system(ext, tmp_path):
    missing, folder = str(tmp_path / "missing"), str(tmp_path)
    for path, ty in [(missing, FileNotFoundError), (folder, (IsADirectoryError, PermissionError))]:
        with pytest.raises(OSError) as python:
            open(path)
        for read in (ext.read, ext.read_named):
            with pytest.raises(ty) as info:
                read(path)
            assert type(info.value) is type(python.value)
            if WINDOWS:  # where `open` has the C library's words
                code = {FileNotFoundError: 2}.get(ty, 5)
                assert (info.value.errno, info.value.winerror) == (python.value.errno, code)
                assert str(info.value).startswith("[WinError %d] " % code) and "os error" not in str(info.value)
            else:
                assert (info.value.errno, info.value.strerror) == (python.value.errno, python.value.strerror)
            assert info.value.filename == (path if read is ext.read_named else None)
        assert WINDOWS or str(info.value) == str(python.value)
    assert ext.is_not_found(missing) and not ext.is_not_found(folder)
    with pytest.raises(FileNotFoundError, match="io said no") as info:
        ext.io_error_named("a.txt")
    assert (info.value.errno, info.value.filename) == (None, "a.txt")


def test_arguments(ext):
    for key in ("k", 1, None, (1, 2), (), [3], KeyError("inner"), KeyError):
        with pytest.raises(KeyError) as info:
            ext.key_error(key)
        assert type(info.value) is KeyError and info.value.args == (key,)
        with pytest.raises(ValueError) as info:
            ext.with_args("single", key)
        assert info.value.args == (key,)
    thing = object()
    for which, args in [
        ("none", ()),
        ("number", (2**64 - 1,)),
        ("pair", ("text", 1.5)),
        ("mixed", (thing, "text", True, None)),
        ("one", ("one",)),
    ]:
        with pytest.raises(ValueError) as info:
            ext.with_args(which, thing)
        assert type(info.value) is ValueError and info.value.args == args
    with pytest.raises(FileNotFoundError) as info:
        ext.with_args("os", thing)
    assert (info.value.errno, info.value.strerror, info.value.filename) == (2, "No such file or directory", "a.txt")
    with pytest.raises(TypeError):
        ext.with_args("wrong", thing)  # what the class itself says


def throw(error):
    def f():
        raise error

    return f


def test_catch(ext):
    assert ext.catch(lambda: 1) == "value 1"
    assert ext.catch(throw(KeyError("x"))) == "KeyError"
    assert ext.catch(throw(IndexError("x"))) == "LookupError"
    with pytest.raises(ZeroDivisionError):
        ext.catch(throw(ZeroDivisionError()))


def test_ignored_errors_are_gone(ext):
    assert ext.ignore(throw(ValueError("ignored"))) == 3
    assert sys.exc_info() == (None, None, None)
    assert ext.ignore(lambda: 1) == 0


def test_caught_value(ext):
    error = ValueError("held")
    if HOST != "native":
        held = ext.caught_value(throw(error))
        assert held is error
        assert held.__traceback__ is not None
    else:
        with pytest.raises(NotImplementedError, match="HPY_HOST=embedded"):
            ext.caught_value(throw(error))


def test_unraisable(ext, monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "unraisablehook", lambda info: seen.append(info.exc_value))
    error = ValueError("nobody catches it")
    ext.unraisable(throw(error))
    if seen or HOST != "native":
        assert seen == [error]


def test_warn(ext):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ext.warn("careful")
    assert [(w.category, str(w.message)) for w in caught] == [(UserWarning, "careful")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="careful"):
            ext.warn("careful")


def test_panics(ext):
    with pytest.raises(BaseException, match="on purpose") as info:
        ext.panic("on purpose")
    ty = type(info.value)
    assert ty.__name__ == "PanicException" and ty.__module__ == "hpy"
    assert not issubclass(ty, Exception)
    for f, message in [
        (lambda: ext.panic_static(), "static text"),
        (lambda: ext.panic_any(), "a panic without a message"),
        (lambda: ext.index_out_of_bounds([1, 2], 5), "index out of bounds: the len is 2 but the index is 5"),
    ]:
        with pytest.raises(ty, match=message):
            f()
    assert ext.index_out_of_bounds([1, 2], 1) == 2


def test_panic_exception_can_be_named(ext, tmp_path):
    import hpy

    try:
        ext.panic("on purpose")
    except hpy.PanicException as error:
        caught = error
    assert type(caught) is hpy.PanicException
    for copied in (pickle.loads(pickle.dumps(caught)), copy.copy(caught)):
        assert type(copied) is hpy.PanicException and copied.args == ("on purpose",)
    if HOST == "embedded":  # another file
        loader = importlib.machinery.ExtensionFileLoader("errors", copy_of_the_library(tmp_path))
        spec = importlib.util.spec_from_loader("errors", loader)
        other = importlib.util.module_from_spec(spec)
        loader.exec_module(other)
        assert other.Custom is not ext.Custom
        with pytest.raises(hpy.PanicException):
            other.panic("elsewhere")


def test_failing_calls_keep_memory_flat():
    """In a process of its own, as a Java heap without a bound grows whatever is done."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "memory.py")
    env = dict(os.environ, JAVA_TOOL_OPTIONS="-Xmx400m")
    output = subprocess.check_output([sys.executable, program], env=env, stderr=subprocess.DEVNULL).decode()
    calls, grown = map(int, output.split()[-2:])
    assert calls == (87_500 if NATIVE_GRAALPY else 100_000)  # there a lone surrogate is no failure
    # A leak of one small object per call would be over 5 MB. PyPy's collector and Java's keep what they once had.
    allowed = {"cpython": 4_000, "pypy": 40_000, "graalpy": 100_000}[sys.implementation.name]
    assert grown < allowed, "grew by %d kB" % grown
