"""The commands of `python -m hpy_host`.

    run SCRIPT|-m MODULE [ARG...]   run a program with the import hook installed; HPY chooses the mode
    info                            say which interpreter and which host this is
    info FILE...                    say what a library has for HPy hosts, without running it
"""

import os
import platform
import re
import runpy
import sys

from . import _hook, _loading, _modes
from ._native import native

_VERSIONS = ("get_required_hpy_major_version_", "get_required_hpy_minor_version_")
_ENTRIES = ("HPyInit_", "HPyInitGlobalContext_") + _VERSIONS


def main(args):
    if args[:1] == ["run"] and len(args) > 1:
        return run(args[1:])
    if args[:1] == ["info"]:
        if len(args) == 1:
            return info()
        return max([file_info(path) for path in args[1:]])
    sys.stderr.write("usage: python -m hpy_host COMMAND\n" + __doc__.partition("\n")[2])
    return 2


def run(args):
    try:
        _modes.mode_for("", os.environ)
    except ValueError as error:
        sys.stderr.write("hpy_host: %s\n" % error)
        return 2
    _hook.install()
    if args[0] == "-m" and len(args) > 1:
        sys.argv = args[1:]
        sys.path[0] = os.getcwd()
        runpy.run_module(args[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = args
        sys.path[0] = os.path.dirname(os.path.abspath(args[0]))
        runpy.run_path(args[0], run_name="__main__")
    return 0


def interpreter():
    version = getattr(sys, "pypy_version_info", sys.version_info)
    text = "%s %d.%d.%d" % ((sys.implementation.name,) + tuple(version[:3]))
    return text + " (Python %s)" % platform.python_version()


def info():
    print("interpreter   " + interpreter())
    print("hpy-host      " + native.version())
    print("HPy           %s, ABI 0.0" % _loading.get_version()[0])
    print("library       " + native.__file__)
    print("HPY           " + (os.environ.get("HPY") or "universal"))
    return 0


def file_info(path):
    try:
        defined, undefined, processor, format, why_foreign = native.contents(os.fsencode(path))
    except (OSError, ValueError) as error:
        sys.stderr.write("hpy_host: %s\n" % error)
        return 1
    print(path)
    print("  made for      %s, %s" % (processor, format))
    if why_foreign:
        print("  can't be loaded here: " + why_foreign)
    modules = [name[len("HPyInit_"):] for name in defined if name.startswith("HPyInit_")]
    for module in modules:
        absent = [entry + module for entry in _ENTRIES if entry + module not in defined]
        print("  module %s" % module)
        if absent:
            print("    lacks       " + ", ".join(absent))
        embedded = "PyInit_" + module in defined
        print("    imports     " + ("with an HPy host, or by itself: PyInit_%s" % module if embedded else "with an HPy host"))
    if modules:
        tag = re.search(r"\.hpy(\d+)", os.path.basename(path))
        print("  HPy ABI       " + ("%s, as its name says" % tag.group(1) if tag else "unknown: there is no .hpy0 in its name"))
    else:
        print("  no HPy module: there is no symbol HPyInit_<module>")
    python = [name for name in undefined if name.lstrip("_").startswith("Py")]
    if python:
        print("  wants of Python: " + ", ".join(python))
        print("  legacy code (HPy's hybrid ABI): for the one CPython version that it was compiled for; hpy_host refuses it")
    else:
        print("  wants of Python: nothing, so it is one file for every Python")
    return 0 if modules and not python and not why_foreign else 1
