"""Describe the interpreter that runs this file: one line of JSON.

With --verify also check that it can do what the tests and the demo ask of it.
The file is kept readable for Python 2.7 and 3.6 too, which are found and then left out.
"""
import json
import os
import subprocess
import sys


def implementation():
    return getattr(sys, "implementation", None) and sys.implementation.name or "other"


def version():
    """The version of the implementation, which is not always that of the language."""
    if hasattr(sys, "pypy_version_info"):
        return tuple(sys.pypy_version_info)[:3]
    if implementation() == "graalpy":
        return tuple(int(part) for part in __graalpython__.get_graalvm_version().split("-")[0].split("."))  # noqa: F821
    return sys.version_info[:3]


def free_threaded():
    if implementation() != "cpython":
        return False
    import sysconfig

    return bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def native_hpy():
    """The version of HPy that the interpreter can serve itself."""
    try:
        import hpy.universal
    except ImportError:
        return None
    return hpy.universal.get_version()[0]


def has(module):
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def verify():
    import bz2, ctypes, lzma, sqlite3, ssl, zlib  # noqa: E401,F401

    assert ssl.create_default_context()
    assert ctypes.sizeof(ctypes.c_void_p) == 8
    code = "import pytest, sys; print(sys.version_info[:2])"
    output = subprocess.check_output([sys.executable, "-c", code])
    assert output.decode().strip() == str(sys.version_info[:2]), output


if "--verify" in sys.argv:
    verify()

print(json.dumps({
    "implementation": implementation(),
    "version": list(version()),
    "python": list(sys.version_info[:3]),
    "debug": hasattr(sys, "gettotalrefcount"),
    "free_threaded": free_threaded(),
    "hpy": native_hpy(),
    "pytest": has("pytest"),
    "executable": os.path.realpath(sys.executable),
}))
