"""Puts hpy-host in the place of HPy's own runtime; the rest of the package `hpy` is that of the sdist, $HPY_SDIST."""
import os
import sys
import types

SDIST = os.environ["HPY_SDIST"]


def package(name):
    """An empty package whose modules are those of the sdist."""
    module = types.ModuleType(name)
    module.__path__ = [os.path.join(SDIST, *name.split("."))]
    sys.modules[name] = module
    return module


def replace():
    import hpy_host._hook

    hpy = package("hpy")
    hpy.universal = sys.modules["hpy.universal"] = hpy_host._hook.universal()
    # HPy's own imports setuptools; here `compiler` builds what tests need.
    hpy.devel = package("hpy.devel")
    hpy.devel.HPyDevel = object
