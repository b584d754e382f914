"""The native part, loaded from the library beside this file, always by its embedded host.

No host of the interpreter's own is asked, as this one hands its own context to the modules that it loads. Nor does HPY
count here: it is for the modules that are loaded by this one.
"""

import importlib.machinery
import importlib.util
import os
import sys


def _library():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_library")
    for name in ("libhpy_host_native.hpy0.so", "libhpy_host_native.hpy0.dylib", "hpy_host_native.hpy0.dll"):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return path
    raise ImportError("hpy_host: its library is missing in %s; install the package again" % folder, name=__name__)


def _module(name):
    """The module `name` of the library, under this package's name."""
    path = _library()
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


native = _module("hpy_host_native")
debug = _module("hpy_host_debug")
trace = _module("hpy_host_trace")
