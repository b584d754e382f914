"""Modules in a module."""

import importlib
import importlib.util
import pickle
import sys

import pytest
from conftest import HOST, NATIVE_GRAALPY, PYPY, load

NATIVE = HOST == "native"
pytestmark = pytest.mark.skipif(NATIVE_GRAALPY, reason="it lets an exception of an import end the process: the loader selects the embedded host")


@pytest.mark.skipif(not NATIVE, reason="other hosts have submodules")
def test_native():
    with pytest.raises(NotImplementedError, match="submodules has the submodule flat, and .* import it with HPY_HOST=embedded"):
        load("submodules")
    assert "submodules.flat" not in sys.modules


here = pytest.mark.skipif(NATIVE, reason="native hosts refuse such a module: see test_native")


@pytest.fixture
def ext(ext_module):
    return ext_module("submodules")


@here
def test_import(ext):
    import submodules.flat
    import submodules.flat.deep as deep
    from submodules.bodies import volume
    from submodules.flat import area

    assert submodules is ext and submodules.flat is ext.flat is sys.modules["submodules.flat"]
    assert deep is ext.flat.deep is importlib.import_module("submodules.flat.deep")
    assert (area(2, 3), volume(2), deep.answer(), ext.flat.SIDES, ext.SIDES) == (6, 8, 42, 4, 4)
    with pytest.raises(ImportError):
        import submodules.nowhere  # noqa: F401
    assert not hasattr(ext, "nowhere") and not hasattr(ext, "solid") and not hasattr(ext, "area")


@here
def test_names(ext):
    flat = ext.flat
    assert type(flat) is type(sys)
    assert (flat.__name__, flat.__package__, flat.__doc__) == ("submodules.flat", "submodules", "Flat things.")
    assert (flat.deep.__name__, flat.deep.__doc__, ext.bodies.__doc__) == ("submodules.flat.deep", "Deeper.", "Bodies.")
    assert ext.name() == "the parent's" and flat.name() == "submodules.flat"
    assert flat.area.__module__ == flat.Square.__module__ == "submodules.flat"
    assert flat.deep.found is True
    assert "area" in dir(flat) and "area" in vars(flat)
    if getattr(ext, "__spec__", None) is not None:
        assert flat.__spec__.name == "submodules.flat" and flat.__spec__.loader is None
        assert importlib.util.find_spec("submodules.flat") is flat.__spec__


@here
def test_errors(ext):
    with pytest.raises(TypeError, match=r"area\(\) argument 'height' must be float, not str"):
        ext.flat.area(1, "a")


@here
def test_globals_and_classes(ext):
    value = object()
    ext.flat.swap(value)
    assert ext.flat.swap(None) is value
    ext.flat.swap(None)
    square = ext.flat.Square(value)
    assert square.owner is value
    square.owner = square  # the collector sees it
    del square


@here
@pytest.mark.skipif(PYPY, reason="PyPy can't pickle functions of the C API by name")
def test_functions_are_pickled_by_name(ext):
    assert pickle.loads(pickle.dumps(ext.flat.area)) == ext.flat.area


@here
def test_a_submodule_that_fails():
    for _ in range(3):
        with pytest.raises(ValueError, match="part said no"):
            load("submodules_failing")
        assert "submodules_failing.part" not in sys.modules


@here
def test_loaded_twice(ext):
    again = load("submodules")
    try:
        assert again is not ext and again.flat is not ext.flat
        assert again.flat is sys.modules["submodules.flat"]
        assert again.flat.area(2, 2) == 4
    finally:
        for name in ("flat", "flat.deep", "bodies"):
            parent = ext
            for part in name.split("."):
                parent = getattr(parent, part)
            sys.modules["submodules." + name] = parent
