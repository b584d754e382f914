"""Python in another program, and two Pythons in one process: a second copy of the running Python's shared library is one.

Its extension modules in C take the first Python for theirs, where they find functions by name: so it imports none of them.
"""

import os
import shutil
import subprocess
import sys
import sysconfig

import pytest
from conftest import CPYTHON, DEBUG, LIBRARY, WINDOWS, text_of


def shared_library():
    """The file with this Python, where that is not in the program."""
    if WINDOWS:
        import ctypes

        name = ctypes.create_unicode_buffer(1024)
        ctypes.windll.kernel32.GetModuleFileNameW(ctypes.c_void_p(sys.dllhandle), name, len(name))
        return name.value
    name = sysconfig.get_config_var("INSTSONAME") or ""
    path = os.path.join(sysconfig.get_config_var("LIBDIR") or "", name)
    return path if ".so" in name and os.path.exists(path) else None


SHARED = shared_library() if CPYTHON else None
# Without any extension: RTLD_DEEPBIND, Py_InitializeEx, and the C library ends the process.
BROKEN = sys.version_info[:2] == (3, 11) and not WINDOWS

pytestmark = [
    pytest.mark.skipif(BROKEN, reason="a second CPython 3.11 frees memory of the first on Linux when it is initialized"),
    pytest.mark.skipif(SHARED is None, reason="this Python is no shared library, so a process has one"),
    pytest.mark.skipif(DEBUG, reason="it is about other processes, without that mode"),
]

PROGRAM = """
import ctypes, os, sys
from ctypes import POINTER, c_char_p, c_int, c_void_p

def load(folder):
    sys.path.insert(0, folder)
    import modules
    print("first", modules.multiply(21), flush=True)

class Second:
    def __init__(self, path):
        # Else its symbols are those of the first Python, as both have them.
        self.library = ctypes.CDLL(path, mode=os.RTLD_NOW | os.RTLD_DEEPBIND) if os.name != "nt" else ctypes.CDLL(path)
        self.library.PyRun_SimpleString.argtypes = [c_char_p]
        self.library.PyEval_SaveThread.restype = c_void_p
        self.library.PyEval_RestoreThread.argtypes = [c_void_p]
        self.library.Py_InitializeEx(0)
        self.state = self.library.PyEval_SaveThread()

    def load(self, folder):
        self.library.PyEval_RestoreThread(self.state)
        assert self.library.PyRun_SimpleString(SECOND.encode() %% os.fsencode(repr(folder))) == 0
        self.state = self.library.PyEval_SaveThread()

SECOND = '''
import sys
sys.path.insert(0, %%s)
try:
    import modules
    print("second", modules.multiply(4), modules.__hpy_host__, flush=True)
except ImportError as error:
    print("second", error, flush=True)
'''
second = Second(%r)
one, other = %r, %r
%s
os._exit(0)  # two ends are not what this is about
"""


@pytest.fixture
def run(tmp_path):
    folders = [str(tmp_path / name) for name in ("one", "other")]
    for folder in folders:
        os.mkdir(folder)
        shutil.copy(LIBRARY, os.path.join(folder, "modules.pyd" if WINDOWS else "modules.so"))
    copy = str(tmp_path / ("renamed.dll" if WINDOWS else "renamed.so"))
    shutil.copy(SHARED, copy)

    def run(code):
        env = dict(os.environ, PYTHONHOME=sys.base_prefix)
        command = [sys.executable, "-S", "-c", PROGRAM % (copy, folders[0], folders[1], code)]
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        assert done.returncode == 0, text_of(done.stdout)
        return text_of(done.stdout).splitlines()

    return run


REFUSED = "modules: this file is in use by another Python of this process, and works in one only; load a copy of the file"


def test_an_embedded_python(run):
    """In a program whose symbols are not Python's, the library finds the Python that imports it."""
    assert run("second.load(one)") == ["second 8 embedded"]


def test_two_pythons_with_a_file_each(run):
    assert run("load(one)\nsecond.load(other)\nsecond.load(other)") == ["first 42"] + ["second 8 embedded"] * 2


def test_two_pythons_with_one_file(run):
    assert run("load(one)\nsecond.load(one)") == ["first 42", "second " + REFUSED]


def test_two_pythons_with_one_file_in_the_other_order(run):
    code = "second.load(one)\ntry:\n    load(one)\nexcept ImportError as error:\n    print('first', error)\nsys.stdout.flush()"
    assert run(code) == ["second 8 embedded", "first " + REFUSED]
