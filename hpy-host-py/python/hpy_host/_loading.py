"""Loading a module from a library: the functions of HPy's own `hpy.universal`."""

import os
import sys

from . import _report
from ._modes import MODE_DEBUG, MODE_UNIVERSAL, mode_for, mode_name
from ._native import native


def load(name, path, spec, debug=False, mode=-1):
    """Load the module `name` from the library at `path`, and return it.

    The library's name must have `.hpy0` in it. `mode` is one of the MODE_* constants; without one, `debug` says whether
    it is MODE_DEBUG. If the environment variable HPY is set, what the mode found is said at the end of the program. The
    module is not put into `sys.modules`. A RuntimeError tells what is wrong with the library, a SystemError what is wrong
    with the module's definition; whatever the module raises itself is passed on.
    """
    if mode < 0:
        mode = MODE_DEBUG if debug else MODE_UNIVERSAL
    _report.at_exit(mode)
    name_of_spec = getattr(spec, "name", None)
    whole = name_of_spec if isinstance(name_of_spec, str) else name
    return native.load(whole, short_name(name), os.fsencode(path), spec, mode)


def short_name(name):
    """The end of the symbols of a module: its last part, in ASCII, with `_` for `-`."""
    short = name.rpartition(".")[2]
    short.encode("ascii")
    return short.replace("-", "_")


def get_version():
    """(version of HPy that this host provides, version of the host)."""
    return ("0.9.0", "hpy-host " + native.version())


def log(name, mode, environ):
    """What HPY_LOG asks for."""
    if environ.get("HPY_LOG"):
        with_context = "" if mode == MODE_UNIVERSAL else " with a %s context" % mode_name(mode)
        sys.stdout.write("Loading '%.200s' in HPy universal mode%s\n" % (name, with_context))
        sys.stdout.flush()


def _load_bootstrap(name, ext_name, package, file, loader, spec, env):
    """What the stub beside a universal library calls: `load` in the mode that HPY asks for."""
    mode = mode_for(name, env)
    log(name, mode, env)
    module = load(name, file, spec, mode=mode)
    module.__file__ = file
    module.__loader__ = loader
    module.__name__ = ext_name
    module.__package__ = package
    spec.origin = file
    module.__spec__ = spec
    return module
