"""Loads HPy's universal modules on every Python, and shows what they do with their handles.

    import hpy_host; hpy_host.install()     imports NAME.hpy0.so, and what says `from hpy.universal import ...`
    python -m hpy_host run app.py           the same for a program; `info FILE` tells what is in a library
    HPY=debug python -m hpy_host run app.py under debug mode; HPY=trace counts calls
    pytest --hpy-debug                      fails each test that leaks a handle

`load`, `get_version`, `MODE_*` and `_load_bootstrap` are those of HPy's own package `hpy.universal`.
"""

from . import _debug, _trace, debug, trace
from ._hook import install, uninstall
from ._loading import _load_bootstrap, get_version, load
from ._modes import MODE_DEBUG, MODE_TRACE, MODE_UNIVERSAL
from ._native import native as _native

__version__ = _native.version()
__all__ = [
    "MODE_DEBUG",
    "MODE_TRACE",
    "MODE_UNIVERSAL",
    "debug",
    "get_version",
    "install",
    "load",
    "trace",
    "uninstall",
]
