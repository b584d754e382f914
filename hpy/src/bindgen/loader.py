"""Loads the extension module "@MODULE@", which takes the place of this file's package.

Written by `hpy::bindgen`, the same for every interpreter: the library beside it is one file for all of them, and this
code picks the host that serves it. `import` then finds the extension module itself in `sys.modules`, as if the library
stood there without a package; the package's `__path__` and `__spec__` are kept.

HPY_HOST=native|embedded  takes that host: the interpreter's own HPy, or the one inside the library
HPY=debug|trace           runs the library, unchanged, in HPy's debug or trace mode (HPY=module:debug,... for some modules)
HPY_LOG=1                 says on standard error which host serves the module
"""

import os as _os
import struct as _struct
import sys as _sys

_NAME = "@MODULE@"


def _fail(text):
    raise ImportError("%s: %s" % (_NAME, text), name=_NAME)


def _library():
    here = _os.path.dirname(_os.path.abspath(__file__))
    if _sys.platform == "win32":
        names = [_NAME + ".hpy0.dll"]
    elif _sys.platform == "darwin":
        names = ["lib%s.hpy0.dylib" % _NAME]
    else:
        names = ["lib%s.hpy0.so" % _NAME]
    names.append("lib%s.hpy0.so" % _NAME)
    for name in names:
        path = _os.path.join(here, name)
        if _os.path.exists(path):
            return path
    _fail("its library %s is missing in %s; install the package again" % (names[0], here))


def _check_whole(path):
    """Of a truncated ELF file the dynamic loader would end the process, not the import: see that its end is there.

    Windows only says of such a file that it is no application.
    """
    with open(path, "rb") as file:
        head = file.read(64)
    if head[:6] == b"\x7fELF\x02\x01" and len(head) == 64:
        sections, (size, count) = _struct.unpack_from("<Q", head, 40)[0], _struct.unpack_from("<HH", head, 58)
        whole = _os.path.getsize(path) >= sections + size * count
    elif head[:2] == b"MZ" and len(head) == 64:
        whole = _os.path.getsize(path) >= _end_of_pe(path, _struct.unpack_from("<I", head, 60)[0])
    else:
        whole = len(head) == 64
    if not whole:
        _fail("its library %s is truncated; install the package again" % path)


def _end_of_pe(path, at):
    """Where the last section of a PE file ends, whose header is at a place; beyond any file if that can't be read."""
    with open(path, "rb") as file:
        file.seek(at)
        head = file.read(24)
        if len(head) < 24:
            return float("inf")
        count, size = _struct.unpack_from("<H", head, 6)[0], _struct.unpack_from("<H", head, 20)[0]
        file.seek(size, _os.SEEK_CUR)
        sections = file.read(40 * count)
    if len(sections) < 40 * count:
        return float("inf")
    return max([sum(_struct.unpack_from("<II", sections, 40 * i + 16)) for i in range(count)] or [0])


# Processors by their numbers in ELF and PE files, and as operating systems call them.
_ELF = {3: "x86", 40: "arm", 62: "x86_64", 183: "aarch64"}
_PE = {0x14C: "x86", 0x8664: "x86_64", 0xAA64: "aarch64"}
_ALSO = {"amd64": "x86_64", "arm64": "aarch64", "i386": "x86", "i686": "x86", "armv7l": "arm", "armv8l": "arm"}


def _why_foreign(path):
    """Why the library can't be loaded here, if it is for another processor: of that, dynamic loaders say "No such file"."""
    with open(path, "rb") as file:
        head = file.read(64)
        if head[:4] == b"\x7fELF":
            processor = _ELF.get(_struct.unpack_from("<H", head, 18)[0])
        elif head[:2] == b"MZ":
            file.seek(_struct.unpack_from("<I", head, 60)[0] + 4)
            processor = _PE.get(_struct.unpack("<H", file.read(2))[0])
        else:
            return None
    here = _os.uname()[4] if hasattr(_os, "uname") else _os.environ.get("PROCESSOR_ARCHITECTURE", "")
    here = _ALSO.get(here.lower(), here.lower())
    if _struct.calcsize("P") == 4:  # of such a Python on a system with 64 bits
        here = {"x86_64": "x86", "aarch64": "arm"}.get(here, here)
    if processor is None or here not in _ELF.values() or processor == here:
        return None
    return "its library %s is for %s, and this Python runs on %s; install the package for this machine" % (path, processor, here)


def _module_name():
    """The package itself, where it has the module's name: then `function.__module__` is what users import."""
    package = __package__ or ""
    return package if package.rpartition(".")[2] == _NAME else __name__.rpartition(".")[0] + "." + _NAME if package else _NAME


def _interpreter():
    version = getattr(_sys, "pypy_version_info", _sys.implementation.version)
    return "%s %d.%d.%d" % ((_sys.implementation.name,) + tuple(version[:3]))


def _native():
    """The interpreter's own HPy host, or None."""
    if _sys.implementation.name == "graalpy":
        try:
            import _hpy_universal as host
        except ImportError:
            return None
    else:
        try:
            import hpy.universal as host
        except ImportError:
            return None
    return host if hasattr(host, "load") else None


def _needs_library_host(path):
    """Has the module a class that only the host in the library can make? The file says so where the module is built."""
    import mmap

    with open(path, "rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            return content.find(("hpy-host=embedded:%s\0" % _NAME).encode()) >= 0
        finally:
            content.close()


def _native_is_better(path):
    """Only PyPy 7.3.1x with HPy 0.9 is known to be sound and faster than the host in the library, without subclasses."""
    if _sys.implementation.name != "pypy" or not (7, 3, 12) <= tuple(_sys.pypy_version_info[:3]) < (7, 4):
        return False
    host = _native()
    return host is not None and str(host.get_version()[0]).startswith("0.9") and not _needs_library_host(path)


def _mode():
    """What HPY asks for, for this module: "universal", "debug" or "trace"."""
    text = _os.environ.get("HPY", "")
    mode = "universal"
    for part in text.split(","):
        module, _, value = part.rpartition(":")
        value = value.strip()
        if value not in ("", "universal", "debug", "trace"):
            _fail("HPY=%s: the mode must be universal, debug or trace, not %r" % (text, value))
        if value and module.strip() in ("", _NAME, _module_name()):
            mode = value
    return mode


def _package():
    """The package whose place the module takes: one whose `__init__.py` imports the names from here and does nothing else.

    None for another one, which lives on beside the module.
    """
    package = _sys.modules.get(__package__)
    try:
        with open(package.__file__) as file:
            lines = [line.partition("#")[0].strip() for line in file]
    except (AttributeError, OSError, UnicodeError):
        return None
    return package if [line for line in lines if line] == ["from .%s import *" % __name__.rpartition(".")[2]] else None


def _take_place(module, package):
    """Makes the module what `import` finds under the package's name."""
    for name in ("__file__", "__cached__", "__loader__", "__package__", "__path__", "__spec__"):
        if name in package.__dict__:
            setattr(module, name, package.__dict__[name])
    _sys.modules[package.__name__] = module
    # Where the library is named differently, its functions and classes say so: pickle imports them by that name.
    _sys.modules.setdefault(_module_name(), module)


def _load(package):
    import importlib.machinery
    import importlib.util

    wanted = _os.environ.get("HPY_HOST", "")
    if wanted not in ("", "native", "embedded"):
        _fail("HPY_HOST=%s: it must be native or embedded" % wanted)
    path, name, mode = _library(), _module_name(), _mode()
    _check_whole(path)
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)

    host = None
    if mode != "universal":
        if wanted == "embedded":
            _fail("HPY=%s needs another host than HPY_HOST=embedded; unset one of them" % mode)
        if not wanted:
            try:
                import hpy_host as host
            except ImportError:
                host = None
        host = host or _native()
        if host is None:
            _fail("HPY=%s needs a host with that mode: pip install hpy-host" % mode)
    elif wanted == "native":
        host = _native()
        if host is None:
            _fail("HPY_HOST=native, but %s has no HPy host; unset HPY_HOST to use the one in the library" % _interpreter())
    elif not wanted and _native_is_better(path):
        host = _native()

    if host is not None:
        modes = {"universal": "MODE_UNIVERSAL", "debug": "MODE_DEBUG", "trace": "MODE_TRACE"}
        try:
            module = host.load(name, path, spec, mode=getattr(host, modes[mode]))
        except RuntimeError as error:  # what hosts raise for a library that they can't take
            raise ImportError("%s: %s, by the host %s" % (name, error, host.__name__), name=name) from error
        if package is not None:
            _take_place(module, package)
    else:
        try:
            module = importlib.util.module_from_spec(spec)
        except ImportError as error:
            reason = _why_foreign(path)
            if reason is None:
                raise
            raise ImportError("%s: %s" % (_NAME, reason), name=_NAME) from error
        if package is not None:  # before it is executed, as for every module: it may import itself
            _take_place(module, package)
        try:
            loader.exec_module(module)
        except BaseException:
            if package is not None:
                _sys.modules[package.__name__] = package
            raise
    if _os.environ.get("HPY_LOG", "") not in ("", "0"):
        what = "embedded host" if host is None else "%s, %s mode" % (host.__name__, mode)
        _sys.stderr.write("hpy: %s: %s on %s, %s\n" % (name, what, _interpreter(), path))
    return module


# What every module has of its own.
_OWN = ("__all__", "__builtins__", "__cached__", "__file__", "__loader__", "__name__", "__package__", "__path__", "__spec__")

_module = _load(_package())
# For a package whose place is not taken: all names, also those that begin with `_`.
__all__ = [n for n in dir(_module) if n not in _OWN]
globals().update((n, getattr(_module, n)) for n in __all__)
