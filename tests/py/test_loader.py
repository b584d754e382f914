"""The loader that wheels have beside the library, and what the import system does with the library alone."""

import importlib.machinery
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from conftest import CPYTHON, GRAALPY, HOST, LIBRARY, PYPY, WINDOWS, library_in_package, package_of, text_of

@pytest.fixture
def package(tmp_path):
    return pathlib.Path(package_of("modules", tmp_path))


def run(package, code, **env):
    """Runs code that can import the package; gives what it prints, errors included."""
    env = dict(os.environ, **env)
    env = {name: value for name, value in env.items() if value is not None}
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(package.parent), env.get("PYTHONPATH")]))
    process = subprocess.run(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120
    )
    return text_of(process.stdout)


def failure(package, monkeypatch, **env):
    """What the import of the package raises, in this process: before a host has the library."""
    for name, value in env.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(package.parent))
    for name in ("modules", "modules._hpy_loader"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(ImportError) as caught:
        __import__("modules")
    return str(caught.value)


SHOW = "import modules; print(modules.__hpy_host__, modules.ANSWER, modules.multiply(4), modules.multiply.__module__, modules.__doc__[:8])"


def test_the_package_shows_the_module(package):
    assert run(package, SHOW, HPY_HOST=HOST).splitlines()[-1].startswith("%s 42 8 " % HOST)
    assert "A module" in run(package, SHOW, HPY_HOST=HOST)


def test_the_package_is_the_module(package):
    """As the library alone would show it, but for what every package has: names that begin with `_`, too.

    PyPy's own HPy adds the name `spec`.
    """
    code = """
import importlib, modules, sys
assert sys.modules["modules"] is modules and modules.__name__ == modules.__spec__.name == "modules"
print(modules.__version__, modules._private, list(modules.__path__) == [{0!r}])
names = {{}}
exec("from modules import *", names)
print(sorted(name for name in names if name[0].islower() and name != "spec"), hasattr(modules, "__all__"))
print([name for name in dir(modules) if "loader" in name and name != "__loader__"])
import modules._hpy_loader
modules.ANSWER = 43
assert importlib.import_module("modules").ANSWER == 43
assert importlib.reload(modules) is modules and modules.multiply(2) == 4
del sys.modules["modules"]
import modules as again
assert again is not modules
print(again.ANSWER, again._private, again.__doc__[:8])
""".format(str(package))
    names = ["answer_and_one", "flag", "halve", "host", "made_by_init", "multiply", "name_in_init", "negate"]
    assert run(package, code, HPY_HOST=HOST).splitlines()[-4:] == [
        "1.2.3 7 True", "%r False" % names, "['_hpy_loader']", "42 7 A module",
    ]  # fmt: skip


def test_a_module_with_all(tmp_path):
    """`__all__` is the module's own; a function may have the name of the module."""
    package = pathlib.Path(package_of("listed", tmp_path))
    code = """
import listed
names = {}
exec("from listed import *", names)
listed.change("listed")
print(sorted(names)[1:], listed.__all__, listed.listed(), names["_listed"](), listed.changed)
"""
    text = run(package, code, HPY_HOST=HOST).splitlines()[-1]
    assert text == "['_listed', 'listed'] ['listed', '_listed'] 1 3 True"


def test_a_package_with_contents_of_its_own(package):
    """An `__init__.py` that is not maturin's lives on, with all of the module's names if it wants them."""
    with open(str(package / "__init__.py"), "a") as file:
        file.write("def twice(x):\n    return multiply(x)\n")
    code = "import modules; print(modules.twice(4), modules.__version__, modules._private, modules.__spec__.origin)"
    expected = "8 1.2.3 7 " + str(package / "__init__.py")
    assert run(package, code, HPY_HOST=HOST).splitlines()[-1] == expected


def test_a_package_of_another_name(package):
    """`__module__` can be imported, as pickle does, where the library is named differently."""
    package.rename(package.parent / "other")
    code = """
import importlib, other
module = other.multiply.__module__
print(other.ANSWER, module, module and importlib.import_module(module) is other)
"""
    # PyPy's own host gives functions no `__module__`.
    expected = "42 None None" if PYPY and HOST == "native" else "42 other.modules True"
    assert run(package, code, HPY_HOST=HOST).splitlines()[-1] == expected


TOPICS = "modules functions classes" if GRAALPY else "modules functions classes enumerations records globals"


def test_topics_from_packages():
    """Our own tests, with each module in a package as wheels have it."""
    here = os.path.dirname(os.path.abspath(__file__))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", here]
    command += [os.path.join(here, "test_%s.py" % topic) for topic in TOPICS.split()]
    env = dict(os.environ, HPY_HOST=HOST, HPY_TEST_FORM="package")
    env.pop("HPY_REPORT", None)
    process = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = text_of(process.stdout)
    assert process.returncode == 0, output
    assert int(output.split(" passed")[0].split()[-1]) > 60, output


def test_the_host_is_chosen(package):
    default = "native" if PYPY and (7, 3, 12) <= sys.pypy_version_info[:3] < (7, 4) else "embedded"
    assert default in run(package, SHOW, HPY_HOST=None)


def test_a_module_with_subclasses_takes_the_host_in_the_library(tmp_path):
    code = """
import classes
try:
    class Sub(classes.Counter): pass
    print(classes.__hpy_host__, Sub().advance())
except TypeError as error:
    print(classes.__hpy_host__, error)
"""
    package = pathlib.Path(package_of("classes", tmp_path))
    assert run(package, code, HPY_HOST=None).splitlines()[-1] == "embedded 1"
    if HOST == "native":
        text = run(package, code, HPY_HOST="native").splitlines()[-1]
        assert re.match(r"native type '(classes\.)?Counter' is not an acceptable base type", text), text
        assert not PYPY or text.endswith(" on HPy Universal ABI (PyPy backend); import its module with HPY_HOST=embedded")


def test_log(package):
    text = run(package, SHOW, HPY_HOST="embedded", HPY_LOG="1")
    assert "hpy: modules: embedded host on %s" % sys.implementation.name in text


def test_bad_host(package, monkeypatch):
    text = failure(package, monkeypatch, HPY_HOST="bogus")
    assert text == "modules: HPY_HOST=bogus: it must be native or embedded"


def test_bad_mode(package, monkeypatch):
    assert "HPY=bogus: the mode must be universal, debug or trace" in failure(package, monkeypatch, HPY="bogus")
    assert "unset one of them" in failure(package, monkeypatch, HPY="debug", HPY_HOST="embedded")
    assert "embedded 42" in run(package, SHOW, HPY="other:debug", HPY_HOST="embedded")


@pytest.mark.parametrize("mode", ["debug", "trace"])
def test_a_mode_by_hpy_host(package, mode):
    """The package hpy-host serves the same library, unchanged; it comes before a host of the interpreter's own."""
    values = (mode, "modules:" + mode, "other:universal," + mode)
    for value in values[1:2] if GRAALPY else values:  # a process is ten seconds there
        text = run(package, SHOW, HPY=value, HPY_HOST=None, HPY_LOG="1")
        assert "hpy: modules: hpy_host, %s mode on %s" % (mode, sys.implementation.name) in text
        assert "native 42 8 modules" in text


def without_hosts(monkeypatch):
    for name in ("hpy", "_hpy_universal", "hpy_host"):
        monkeypatch.setitem(sys.modules, name, None)


def test_a_mode_without_a_host_for_it(package, monkeypatch):
    without_hosts(monkeypatch)
    assert "pip install hpy-host" in failure(package, monkeypatch, HPY="debug", HPY_HOST=None)


def test_no_native_host(package, monkeypatch):
    without_hosts(monkeypatch)
    text = failure(package, monkeypatch, HPY=None, HPY_HOST="native")
    assert "modules: HPY_HOST=native, but %s" % sys.implementation.name in text
    assert "unset HPY_HOST" in text


def test_the_library_is_missing(package, monkeypatch):
    (package / library_in_package("modules")).rename(package / "renamed.so")
    text = failure(package, monkeypatch)
    assert text.startswith("modules: its library %s is missing in " % library_in_package("modules"))


def test_the_library_is_truncated(package, monkeypatch):
    library = package / library_in_package("modules")
    content = library.read_bytes()[:5000]
    library.unlink()
    library.write_bytes(content)
    text = failure(package, monkeypatch, HPY_HOST=HOST)
    assert text.startswith("modules: its library ") and "is truncated; install the package again" in text


def test_the_library_is_for_another_processor(package, monkeypatch):
    """Of such a file, Linux says that there is none."""
    library = package / library_in_package("modules")
    content = bytearray(library.read_bytes())
    at = int.from_bytes(content[60:64], "little") + 4 if WINDOWS else 18
    x86_64, aarch64 = (b"\x64\x86", b"\x64\xaa") if WINDOWS else (b"\x3e\0", b"\xb7\0")
    own = bytes(content[at : at + 2])
    assert own in (x86_64, aarch64)
    content[at : at + 2] = aarch64 if own == x86_64 else x86_64
    library.unlink()
    library.write_bytes(content)
    text = failure(package, monkeypatch, HPY_HOST="embedded")
    names = ("aarch64", "x86_64") if own == x86_64 else ("x86_64", "aarch64")
    assert text.startswith("modules: its library ") and "is for %s, and this Python runs on %s; install" % names in text


def test_another_name(package):
    """A library without the module that the loader asks for."""
    text = (package / "_hpy_loader.py").read_text().replace('"modules"', '"nothing"')
    (package / "_hpy_loader.py").write_text(text)
    (package / library_in_package("modules")).rename(package / library_in_package("nothing"))
    code = "try:\n    import modules\nexcept Exception as e:\n    print('caught', type(e).__name__)"
    text = run(package, code, HPY_HOST=HOST)
    assert "caught ImportError" in text


# Letters of several scripts, one of them beyond 16 bits, with which GraalPy loads no library; and more than the 260 characters of
# old functions of Windows.
LETTERS = "gr\u00f6\u00dfe \u65e5\u672c" + ("" if GRAALPY else " \U0001f40d")
UNUSUAL = {"letters": LETTERS, "length": os.path.join("a" * 120, "b" * 120, "c" * 120)}


@pytest.mark.parametrize("kind", sorted(UNUSUAL))
def test_unusual_paths(tmp_path, kind):
    """A package, and the library alone, in folders with such a path."""
    folder = tmp_path / UNUSUAL[kind]
    folder.mkdir(parents=True)
    (tmp_path / "x").mkdir()
    package = package_of("modules", folder)
    shutil.copy(LIBRARY, str(folder / ("functions" + (importlib.machinery.EXTENSION_SUFFIXES[0] if PYPY else ALONE))))
    code = """
import os, sys
sys.path.insert(0, %r)
import modules, functions
assert os.path.dirname(functions.__file__) == sys.path[0], functions.__file__
assert os.path.dirname(os.path.dirname(modules.__file__)) == sys.path[0], modules.__file__
print(modules.multiply(21), callable(functions.nothing))
"""
    text = run(tmp_path / "x" / "y", code % str(folder), HPY_HOST="embedded")
    assert text.splitlines()[-1] == "42 True", text
    assert len(package) > 260 or kind == "letters"


def test_a_folder_that_cannot_be_written(package):
    """Nothing but Python's own cache of byte code is written where a package is."""
    names = sorted(os.listdir(str(package)))
    library = package / library_in_package("modules")
    for path in [package / name for name in names] + [package]:
        os.chmod(str(path), 0o555 if path == package else 0o444)
    try:
        assert run(package, SHOW, HPY_HOST=HOST).splitlines()[-1].startswith("%s 42 8 " % HOST)
        assert sorted(set(os.listdir(str(package))) - {"__pycache__"}) == names
        assert library.stat().st_size == os.path.getsize(LIBRARY)
    finally:
        for path in [package] + [package / name for name in names]:
            os.chmod(str(path), 0o755)


ALONE = ".pyd" if WINDOWS else ".so"


def test_the_library_alone(tmp_path):
    """CPython and GraalPy take `NAME.so`, or `NAME.pyd`; PyPy wants a suffix of its own."""
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0] if PYPY else ALONE
    assert suffix == ALONE or re.match(r"\.pypy3\d+-pp\d+-.*\.so$", suffix)
    shutil.copy(LIBRARY, str(tmp_path / ("modules" + suffix)))
    assert "embedded 42 8 modules A module" in run(tmp_path / "x", SHOW)


def test_sub_interpreters_are_refused(tmp_path):
    if not CPYTHON:
        for name in ("_interpreters", "_xxsubinterpreters"):
            pytest.raises(ImportError, __import__, name)
        return
    shutil.copy(LIBRARY, str(tmp_path / ("modules" + ALONE)))
    code = """
import modules
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
code = '''
try:
    import modules
    print("imported")
except ImportError as error:
    print("refused:", error)
'''
one = interpreters.create()
if hasattr(interpreters, "exec"):
    interpreters.exec(one, code)
else:
    interpreters.run_string(one, code)
print(modules.multiply(21))
"""
    text = run(tmp_path / "x", code)
    assert "refused: " in text and "imported" not in text, text
    assert "42" in text.splitlines()

