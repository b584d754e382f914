"""An import hook for universal libraries, and replacements for the package `hpy` where it can't be installed.

A universal library `NAME.hpy0.so` is no extension that an interpreter imports by itself. HPy's build writes a stub
`NAME.py` beside it, which needs the packages `hpy` and `pkg_resources`. With this hook neither the stub nor those
packages are needed: the library is found first. Stubs of other kinds, which import `hpy.universal`, get this host.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types

from . import _loading, _modes

SUFFIX = ".hpy0.pyd" if sys.platform == "win32" else ".hpy0.so"


class Loader(importlib.abc.Loader):
    """Loads one universal library, in the mode that HPY asks for."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def create_module(self, spec):
        try:
            mode = _modes.mode_for(spec.name, os.environ)
            _loading.log(spec.name, mode, os.environ)
            return _loading.load(spec.name, self.path, spec, mode=mode)
        except RuntimeError as error:  # the library can't be taken
            raise ImportError(str(error), name=spec.name, path=self.path) from error

    def exec_module(self, module):
        """The module was executed when it was made."""

    def get_filename(self, name=None):
        return self.path


class Finder(importlib.abc.MetaPathFinder):
    """Finds NAME.hpy0.so in the folders where NAME.py would be found."""

    def find_spec(self, fullname, path=None, target=None):
        file = fullname.rpartition(".")[2] + SUFFIX
        for folder in sys.path if path is None else path:
            if not isinstance(folder, str):
                continue
            library = os.path.join(folder or os.getcwd(), file)
            if os.path.isfile(library):
                library = os.path.abspath(library)
                loader = Loader(fullname, library)
                return importlib.util.spec_from_file_location(fullname, library, loader=loader)
        return None


_FINDER = Finder()


def install():
    """Import universal libraries from now on, and stand in for `hpy` if it is not there. Calling it again does nothing."""
    if _FINDER not in sys.meta_path:
        # Before the finder of paths, which would find the stub beside a library.
        index = next((i for i, one in enumerate(sys.meta_path) if one is importlib.machinery.PathFinder), 0)
        sys.meta_path.insert(index, _FINDER)
    if not _is_there("hpy.universal"):
        sys.modules.update(_stand_ins())


def uninstall():
    """Undo `install`. Modules that were imported stay."""
    if _FINDER in sys.meta_path:
        sys.meta_path.remove(_FINDER)
    for name in ("hpy", "hpy.universal", "hpy.debug", "hpy.debug.leakdetector", "hpy.debug.pytest", "hpy.trace"):
        if getattr(sys.modules.get(name), "__hpy_host__", False):
            del sys.modules[name]


def _is_there(name):
    """Can the real one be imported? On PyPy it comes with the interpreter."""
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _stand_ins():
    """`hpy`, `hpy.universal`, `hpy.debug` and `hpy.trace`, served by this package."""
    from . import debug, trace

    made = {"hpy.universal": universal()}
    made["hpy.debug"] = _copy("hpy.debug", debug)
    made["hpy.debug"].__path__ = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "_hpy_debug")]
    made["hpy.debug.leakdetector"] = made["hpy.debug"].leakdetector = _copy("hpy.debug.leakdetector", debug)
    made["hpy.trace"] = _copy("hpy.trace", trace)
    if "hpy" not in sys.modules:
        made["hpy"] = types.ModuleType("hpy", "hpy-host in the place of HPy's own package.")
        made["hpy"].__path__ = []
    for module in made.values():
        module.__hpy_host__ = True
    hpy = sys.modules.get("hpy", made.get("hpy"))
    for name in ("universal", "debug", "trace"):
        setattr(hpy, name, made["hpy." + name])
    return made


def _copy(name, original):
    """A module of another name with the contents of one of ours."""
    module = types.ModuleType(name, original.__doc__)
    for key in original.__all__:
        setattr(module, key, getattr(original, key))
    return module


def universal():
    """A module for the place of `hpy.universal`."""
    import hpy_host

    module = types.ModuleType("hpy.universal", "hpy-host in the place of HPy's own runtime.")
    for name in ("load", "_load_bootstrap", "get_version", "MODE_UNIVERSAL", "MODE_DEBUG", "MODE_TRACE"):
        setattr(module, name, getattr(hpy_host, name))
    module._debug = hpy_host._debug
    module._trace = hpy_host._trace
    module.__hpy_host__ = True
    return module
