"""Loads a module of the one test library on whichever interpreter this is.

HPY_TEST_LIB  the library, built once
HPY_HOST      native or embedded; package for the Python package hpy-host; unset, what an installed extension would get
HPY_TEST_MODE debug: each test runs in the debug mode of the native host or the package, and fails if it leaks a handle;
              trace: each test runs in the trace mode of the package
HPY_TEST_FORM package: each module is loaded from a package as wheels have it, with the loader that is written into them
"""

import atexit
import gc
import importlib.machinery
import importlib.util
import os
import shutil
import signal
import sys
import tempfile

import pytest

LIBRARY = os.environ["HPY_TEST_LIB"]


def copy_of_the_library(folder):
    """For a second host in this process: a file announces itself to one host only."""
    path = os.path.join(str(folder), os.path.basename(LIBRARY))
    shutil.copyfile(LIBRARY, path)
    return path


PYPY = sys.implementation.name == "pypy"
GRAALPY = sys.implementation.name == "graalpy"
CPYTHON = sys.implementation.name == "cpython"
WINDOWS = sys.platform == "win32"
# The end of the name of a universal library.
SUFFIX = ".hpy0.pyd" if WINDOWS else ".hpy0.so"
# How a process ends that aborts, in C or in Rust, and one that touches memory that is not there.
ABORTED = (3, 0xC0000409) if WINDOWS else (-signal.SIGABRT,)
NO_MEMORY = (0xC0000005,) if WINDOWS else (-signal.SIGSEGV,)
FREE_THREADED = CPYTHON and "t" in getattr(sys, "abiflags", "")


def collect():
    """What an instance needs to end after nobody has it; PyPy's collector takes its time with what others hold."""
    for _ in range(4 if PYPY else 1):
        gc.collect()


def ends(condition):
    """Collects garbage until the condition holds: some collectors take a while."""
    for _ in range(20):
        collect()
        if condition():
            return True
    return False


def is_back_at(ext, before):
    """Are as many instances alive as before?"""
    return ends(lambda: ext.alive() == before)


def no_more_alive(ext, before):
    """The same, where the collector may also find what earlier tests left."""
    return ends(lambda: ext.alive() <= before)


def known_classes(classes):
    """Without the one that a class with fields has above it on PyPy, where the objects are."""
    above = [cls for cls in classes if (cls.__module__, cls.__name__) == ("hpy_host", "Fields")]
    assert len(above) <= (PYPY and HOST != "native")
    return tuple(cls for cls in classes if cls not in above)


def native_host():
    if GRAALPY:
        import _hpy_universal as host
    else:
        import hpy.universal as host
    return host


def default_host():
    return "native" if PYPY and (7, 3, 12) <= sys.pypy_version_info[:3] < (7, 4) else "embedded"


HOST = os.environ.get("HPY_HOST") or default_host()
NATIVE_GRAALPY = GRAALPY and HOST == "native"  # has faults of its own, named where they are met


MODE = os.environ.get("HPY_TEST_MODE", "universal")
DEBUG = MODE == "debug"
PACKAGES = os.environ.get("HPY_TEST_FORM") == "package"
LOADER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "hpy", "src", "bindgen", "loader.py")


def package_of(name, folder):
    """A package as a wheel has it: the loader, what maturin writes, and the library."""
    package = os.path.join(str(folder), name)
    os.mkdir(package)
    with open(LOADER) as template, open(os.path.join(package, "_hpy_loader.py"), "w") as loader:
        loader.write(template.read().replace("@MODULE@", name))
    with open(os.path.join(package, "__init__.py"), "w") as init:
        init.write("from ._hpy_loader import *  # NOQA\n")
    library = os.path.join(package, library_in_package(name))
    if WINDOWS:  # where links are a privilege
        shutil.copyfile(LIBRARY, library)
    else:
        os.symlink(LIBRARY, library)
    return package


def library_in_package(name):
    """As maturin names it."""
    return "%s.hpy0.dll" % name if WINDOWS else "lib%s.hpy0.so" % name


def text_of(output):
    """What a process has printed."""
    return output.decode("utf-8", "replace").replace(os.linesep, "\n")


def load_package(name, host):
    """A new module of the library, through a package of its own."""
    folder = tempfile.mkdtemp(prefix="hpy-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = os.path.join(package_of(name, folder), "__init__.py")
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[os.path.dirname(file)])
    names = (name, name + "._hpy_loader")
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    chosen = os.environ.get("HPY_HOST")
    os.environ["HPY_HOST"] = host
    sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(sys.modules[name])
        return sys.modules[name]
    finally:
        os.environ.pop("HPY_HOST") if chosen is None else os.environ.update(HPY_HOST=chosen)
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def load(name, host=HOST):
    """A new module of the library, through the given host."""
    if PACKAGES and host != "package":
        return load_package(name, host)
    loader = importlib.machinery.ExtensionFileLoader(name, LIBRARY)
    spec = importlib.util.spec_from_file_location(name, LIBRARY, loader=loader)
    if host == "package":
        import hpy_host

        return hpy_host.load(name, LIBRARY, spec, mode=getattr(hpy_host, "MODE_" + MODE.upper()))
    if host == "native":
        return native_host().load(name, LIBRARY, spec, debug=DEBUG)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


# What GraalPy 24's own HPy does with classes; the host in the library is the better one there.
GRAALPY_FAULTS = {
    "test_unsendable": "a second thread breaks its HPy",
    "test_fields": "the JVM ends the process",
    "test_properties": "a setter is not asked when an attribute is deleted",
    "test_load_and_store": "a setter is not asked when an attribute is deleted",
    "test_hash": "a type with a comparison and no hash has the hash of object",
    "test_hash_and_bool": "a type with a comparison and no hash has the hash of object",
    "test_other_operators": "reflected divmod is not asked",
    "test_unhashable": "a type with a comparison and no hash has the hash of object",
    "test_no_changes": "a setter is not asked when an attribute is deleted",
    "test_attributes_are_read_only": "a setter is not asked when an attribute is deleted",
    "test_objects_die_with_their_holder": "what fields hold is not let go",
    "test_failed_construction": "what fields hold is not let go",
    "test_cycles_are_collected": "what fields hold is not let go",
    "test_long_chain": "instances are kept",
    "test_not_seen": "instances are kept",
    "test_it_ends": "instances are kept",
}


GRAALPY_FAULTY = (
    "test_classes", "test_closures", "test_data_enums", "test_derives", "test_enums", "test_fields", "test_fields_in_cycles",
    "test_operators", "test_owned_objects", "test_protocols",
)


def pytest_collection_modifyitems(items):
    if NATIVE_GRAALPY:
        for item in items:
            name = getattr(item, "originalname", item.name)
            if name in GRAALPY_FAULTS and item.module.__name__ in GRAALPY_FAULTY:
                item.add_marker(pytest.mark.skip(reason="GraalPy 24's HPy: " + GRAALPY_FAULTS[name]))


_loaded = {}


def module(name):
    if name not in _loaded:
        _loaded[name] = sys.modules[name] = load(name)
    return _loaded[name]


@pytest.fixture(scope="session")
def ext_module():
    return module


@pytest.fixture
def ext(request):
    """The extension module with the name of the test file."""
    return module(request.module.__name__.rpartition("test_")[2])


@pytest.fixture(autouse=DEBUG)
def no_leaks(request):
    """Modules are imported before: what they keep for ever is no leak of a test."""
    if HOST == "package":
        from hpy_host.debug import LeakDetector
    else:
        from hpy.debug import LeakDetector

    if "ext" in request.fixturenames:
        request.getfixturevalue("ext")
    for name in ("errors", "functions", "texts", "globals_misuse", "free_threading"):
        module(name)
    with LeakDetector():
        yield
