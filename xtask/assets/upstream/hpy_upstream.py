"""pytest plugin: HPy's own test suite on hpy-host.

$HPY_KNOWN  JSON: the tests that can't pass on this interpreter, each {"test": pattern, "reason": text, "crash": bool}
"""
import fnmatch
import json
import os
import sys
import sysconfig
import types

import hpy_compiler
import hpy_examples
import pytest

MODES = ("universal", "debug", "trace")
KNOWN = json.loads(os.environ.get("HPY_KNOWN", "[]"))


def stand_in(name, **contents):
    """A module of that name, if there is none."""
    try:
        __import__(name)
    except ImportError:
        sys.modules[name] = module = types.ModuleType(name)
        module.__dict__.update(contents)
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)


class Extension:
    """What the suite tells of an extension."""

    def __init__(self, name, sources, **options):
        self.name = name
        self.sources = sources
        self.options = options


class FileLock:
    """The suite guards the start of other processes with it."""

    def __init__(self, path):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        pass


# Python has no distutils from 3.12 on; the suite takes a few names of it.
stand_in("distutils", __path__=[])
stand_in("distutils.sysconfig", get_config_var=sysconfig.get_config_var)
stand_in("distutils.errors", CompileError=hpy_compiler.CompileError)
stand_in("distutils.core", Extension=Extension)
stand_in("filelock", FileLock=FileLock)


def compile_extension(tmpdir, ext, hpy_devel, hpy_abi, compiler_verbose=0, debug=None):
    """In the place of the suite's function of that purpose."""
    assert hpy_abi == "universal", hpy_abi
    options = vars(ext).get("options", vars(ext))
    flags = options["extra_compile_args"] + options["extra_link_args"]
    if hpy_compiler.WINDOWS:  # for Windows the suite has Microsoft's compiler in mind, and ours is GCC
        flags = ["-g", "-O0", "-Wfatal-errors", "-Werror"] + [flag for flag in flags if not flag.startswith("/")]
    sources = [os.path.join(tmpdir, source) for source in ext.sources]
    try:
        return hpy_compiler.library(ext.name, sources, tmpdir, flags)
    except hpy_compiler.CompileError as error:
        import distutils.errors

        raise distutils.errors.CompileError(str(error))


def pytest_configure(config):
    import hpy.universal
    import hpy_host

    assert hpy.universal.__hpy_host__, "this is not our runtime"
    hpy_host.install()  # in the place of the stubs that HPy's build writes
    sys.path.insert(0, hpy_examples.build())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    chosen = [item for item in items if is_ours(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen
    if "test.support" in sys.modules:
        import test.support

        test.support.c_compile = compile_extension
        # The class defines it twice, the second time for something else; its docstring says what was meant.
        test.support.HPyTest.supports_refcounts = lambda self: sys.implementation.name == "cpython"
    for known in KNOWN:
        matching = [item for item in items if fnmatch.fnmatchcase(item.nodeid, known["test"].replace("[", "[[]"))]
        for item in matching:
            item.add_marker(pytest.mark.xfail(reason=known["reason"], strict=True, run=not known["crash"]))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    value = yield
    if fixturedef.argname == "fatal_exit_code" and under_wine():
        value = 3  # as older C libraries end on Windows; the suite expects the status of newer ones
        fixturedef.cached_result = (value,) + fixturedef.cached_result[1:]
    return value


def under_wine():
    if not hpy_compiler.WINDOWS:
        return False
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def is_ours(item):
    """Without the tests of HPy's build, and of the ABIs that are those of one CPython."""
    if "test_distutils" in item.nodeid:
        return False
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if "step" in parameters:  # of the example of porting: only its end is universal
        return parameters["step"].name == "step_03_hpy_final"
    return parameters.get("hpy_abi", "universal") in MODES
