"""The package hpy-host: loading modules of other libraries, and errors for invalid ones."""

import importlib
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys

import pytest
from conftest import CPYTHON, GRAALPY, PYPY, SUFFIX, WINDOWS, copy_of_the_library, text_of

import hpy_host

FOREIGN = os.environ["HPY_TEST_FOREIGN"]


class Spec:
    def __init__(self, name):
        self.name = name


def load(name, path=FOREIGN, **options):
    return hpy_host.load(name, path, Spec(name), **options)


def failure(type, name, path=FOREIGN):
    with pytest.raises(type) as caught:
        load(name, path)
    return str(caught.value)


def test_a_module():
    module = load("good")
    assert module.answer() == 42
    assert module.answer.__doc__ == "Give 42."
    assert (module.__name__, module.__doc__) == ("good", "A module of raw tables.")
    assert "good" not in sys.modules
    assert load("good") is not module


def test_names():
    module = load("package.inner.good")
    assert module.__name__ == "package.inner.good"
    assert module.answer.__module__ == "package.inner.good"
    assert load("empty").__doc__ is None
    assert hpy_host.load("package.good", FOREIGN, None).__name__ == "package.good"
    with pytest.raises(UnicodeEncodeError):
        load("gööd")


def test_a_function_is_one_of_its_module():
    good = load("good")
    assert PYPY or good.answer.__self__ is good
    with pytest.raises(TypeError):
        good.answer(1)


def test_our_extensions(tmp_path):
    module = load("numbers", copy_of_the_library(tmp_path))
    assert module.__hpy_host__ == "native"  # that is, not the one inside of its own file


def test_one_file_for_two_hosts(tmp_path):
    """On CPython each host's functions are its own; elsewhere all of a file's go through one context."""

    def embedded(path):
        loader = importlib.machinery.ExtensionFileLoader("modules", path)
        module = importlib.util.module_from_spec(importlib.util.spec_from_file_location("modules", path, loader=loader))
        loader.exec_module(module)
        return module

    def package(path):
        return load("modules", path)

    why = "the package hpy-host has loaded this file, and on this interpreter a file works with one of the two"
    orders = [(embedded, package, "'HPyInit_modules' returned NULL"), (package, embedded, why)]
    for number, (first, second, message) in enumerate(orders):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copy_of_the_library(folder)
        modules = [first(path)]
        if CPYTHON:
            modules.append(second(path))
        else:
            with pytest.raises((ImportError, RuntimeError), match=message):
                second(path)
        assert [module.multiply(4) for module in modules] == [8] * len(modules)


def test_version():
    version, host = hpy_host.get_version()
    assert version == "0.9.0" and host == "hpy-host " + hpy_host.__version__


@pytest.mark.parametrize(
    "name, texts",
    [
        ("newer_abi", ["'newer_abi'", "Requested version: 7.0", "Current HPy version: 0.0"]),
        ("init_gives_null", ["'HPyInit_init_gives_null' returned NULL", FOREIGN]),
        ("without_version", ["no symbol 'get_required_hpy_major_version_without_version'", FOREIGN]),
        ("without_init", ["no symbol 'HPyInit_without_init'", "HPy_MODINIT", FOREIGN]),
        ("without_context", ["no symbol 'HPyInitGlobalContext_without_context'", FOREIGN]),
        ("not_there", ["holds no HPy module of the name 'not_there'", FOREIGN]),
    ],
)
def test_a_wrong_library(name, texts):
    message = failure(RuntimeError, name)
    for text in texts:
        assert text in message


@pytest.mark.parametrize(
    "name, text",
    [
        ("negative_size", "HPy does not permit HPyModuleDef.size < 0"),
        ("with_state", "HPyModuleDef.size > 0"),
        ("legacy", "HPyModuleDef.legacy_methods is set"),
        ("as_py_object_in_exec", "HPy_AsPyObject is a legacy feature"),
        ("from_py_object_in_exec", "HPy_FromPyObject is a legacy feature"),
        ("unknown_slot", "Unsupported slot in HPyModuleDef.defines (value: 12345)"),
        ("slot_of_types", "Unsupported slot in HPyModuleDef.defines (value: 66)"),
        ("unknown_kind", "a member or a getset"),
        ("without_name", "a function without a name"),
        ("function_without_trampoline", "without a trampoline"),
        ("without_trampoline", "HPy_mod_exec has no trampoline"),
        ("exec_fails_silently", "execution of module exec_fails_silently failed without setting an exception"),
        ("exec_does_both", "execution of module exec_does_both raised unreported exception"),
        ("create_twice", "HPy_mod_create more than once"),
        ("create_fails_silently", "creation of module create_fails_silently failed without setting an exception"),
        ("create_does_both", "creation of module create_does_both raised unreported exception"),
        ("create_and_more", "HPyModuleDef defines a HPy_mod_create slot and other definitions"),
        ("create_and_doc", "HPyModuleDef defines a HPy_mod_create slot and a docstring or globals"),
    ],
)
def test_a_wrong_definition(name, text):
    assert text in failure(SystemError, name)


def test_an_unknown_signature():
    assert failure(ValueError, "unknown_signature") == "Unsupported HPyMeth signature"


def test_a_module_that_fails():
    assert failure(ValueError, "exec_fails") == "exec says no"


def test_an_unreported_exception_is_the_cause():
    with pytest.raises(SystemError) as caught:
        load("exec_does_both")
    assert isinstance(caught.value.__cause__, ValueError)
    assert str(caught.value.__cause__) == "exec says both"


@pytest.mark.parametrize(
    "name, text",
    [("good.so", "could not find HPy ABI tag"), ("good.hpy7.so", "parsed from filename: 7"), ("a.hpyx.so", "could not find")],
)
def test_a_wrong_file_name(tmp_path, name, text):
    path = str(tmp_path / name)
    shutil.copy(FOREIGN, path)
    message = failure(RuntimeError, "good", path)
    assert text in message and path in message


def test_a_file_that_is_no_library(tmp_path):
    path = tmp_path / ("good" + SUFFIX)
    for content, text in [(b"", "too short"), (b"no library at all" * 100, "can't be loaded")]:
        path.write_bytes(content)
        message = failure(RuntimeError, "good", str(path))
        assert text in message and str(path) in message
    assert ("os error 2" if WINDOWS else "No such file") in failure(RuntimeError, "good", str(tmp_path / ("absent" + SUFFIX)))
    assert "NUL" in failure(RuntimeError, "good", "a\0.hpy0.so")


def test_a_truncated_library(tmp_path):
    path = tmp_path / ("good" + SUFFIX)
    with open(FOREIGN, "rb") as file:
        content = file.read()
    path.write_bytes(content[: len(content) // 2])
    assert "truncated" in failure(RuntimeError, "good", str(path))


def test_an_unknown_mode():
    with pytest.raises(ValueError, match="invalid HPy mode: 9"):
        load("good", mode=9)


def test_modes():
    assert load("good", debug=True).answer() == 42
    assert load("good", mode=hpy_host.MODE_TRACE).answer() == 42
    assert load("good", debug=True, mode=hpy_host.MODE_UNIVERSAL).answer() == 42


def mode(text, module="good"):
    from hpy_host._modes import mode_for, mode_name

    return mode_name(mode_for(module, {} if text is None else {"HPY": text}))


def test_what_HPY_says():
    for text in (None, "", "universal", "other:debug", "other:debug,universal", " "):
        assert mode(text) == "universal"
    for text in ("debug", "DEBUG", "good:debug", "other:trace,good:debug", "good : debug", "package.good:debug"):
        assert mode(text, "package.good") == "debug"
    assert mode("trace,other:debug") == "trace"
    assert mode("good:trace") == "trace" and mode("goo:trace") == "universal"
    for text in ("bogus", "good:bogus", ":debug", "good:", "debug:good", "debug;trace"):
        with pytest.raises(ValueError, match="invalid HPy mode: " + text):
            mode(text)


def test_load_bootstrap(capfd):
    spec = Spec("package.good")
    env = {"HPY_LOG": "1", "HPY": "good:debug"}
    module = hpy_host._load_bootstrap("good", "package.good", "package", FOREIGN, "loader", spec, env)
    assert (module.__name__, module.__package__, module.__loader__) == ("package.good", "package", "loader")
    assert module.__file__ == spec.origin == FOREIGN and module.__spec__ is spec
    assert capfd.readouterr().out == "Loading 'good' in HPy universal mode with a debug context\n"
    with pytest.raises(ValueError, match="invalid HPy mode: bogus"):
        hpy_host._load_bootstrap("good", "good", "", FOREIGN, None, spec, {"HPY": "bogus"})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder on sys.path with the library, and the import hook."""
    shutil.copy(FOREIGN, str(tmp_path / ("good" + SUFFIX)))
    (tmp_path / "package").mkdir()
    shutil.copy(FOREIGN, str(tmp_path / "package" / ("good" + SUFFIX)))
    (tmp_path / "package" / "__init__.py").write_text("from .good import answer\n")
    shutil.copy(FOREIGN, str(tmp_path / ("newer_abi" + SUFFIX)))
    monkeypatch.syspath_prepend(str(tmp_path))
    modules = dict(sys.modules)
    hpy_host.install()
    yield tmp_path
    hpy_host.uninstall()
    for name in set(sys.modules) - set(modules):
        del sys.modules[name]


def test_the_import_hook(folder):
    good = importlib.import_module("good")
    assert good.answer() == 42 and sys.modules["good"] is good
    assert good.__file__ == str(folder / ("good" + SUFFIX)) == good.__spec__.origin
    assert good.__loader__.name == "good" and good.__package__ == ""
    package = importlib.import_module("package")
    assert package.answer() == 42
    assert package.good.__name__ == "package.good" and package.good.__package__ == "package"
    with pytest.raises(ImportError, match="requires unsupported version of the HPy runtime") as caught:
        importlib.import_module("newer_abi")
    assert caught.value.name == "newer_abi" and caught.value.path == str(folder / ("newer_abi" + SUFFIX))
    with pytest.raises(ImportError):
        importlib.import_module("not_there")


def test_the_import_hook_is_installed_once(folder):
    before = list(sys.meta_path)
    hpy_host.install()
    assert sys.meta_path == before
    hpy_host.uninstall()
    assert len(sys.meta_path) == len(before) - 1
    with pytest.raises(ImportError):
        importlib.import_module("good")
    hpy_host.uninstall()


def run(*args, **env):
    """Runs Python; gives its status, and what it printed, errors included."""
    env = dict(os.environ, PYTHON_GIL="1", **env)  # else a warning says that it is turned on
    process = subprocess.run(
        (sys.executable,) + args, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300
    )
    return process.returncode, text_of(process.stdout)


def test_a_stub_of_HPys_build(tmp_path):
    """It imports `hpy.universal` and `pkg_resources`; neither need be there."""
    shutil.copy(FOREIGN, str(tmp_path / ("good" + SUFFIX)))
    (tmp_path / "good.py").write_text("from pkg_resources import resource_filename\n")
    (tmp_path / "other.py").write_text("from hpy.universal import load, get_version, MODE_DEBUG\nimport hpy.debug.pytest, hpy.trace\n")
    # `hpy` is absent: no finder looks for it.
    code = "import sys\nfor name in list(sys.modules): assert not name.startswith('hpy.')\n" + (
        "import hpy_host\nhpy_host._hook._is_there = lambda name: False\nhpy_host.install()\n"
        "import good, other\nprint(good.answer(), other.MODE_DEBUG, other.hpy.debug.LeakDetector is other.hpy.debug.pytest.LeakDetector)"
    )
    path = os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])
    status, text = run("-c", code, PYTHONPATH=path)
    assert status == 0 and text.splitlines()[-1] == "42 1 True", text


def test_the_command_run(folder):
    script = folder / "script.py"
    script.write_text("import sys, good\nprint(good.answer(), sys.argv[1:], __name__)\nsys.exit(3)\n")
    assert run("-m", "hpy_host", "run", str(script), "a", "b") == (3, "42 ['a', 'b'] __main__\n")
    path = os.pathsep.join([str(folder), os.environ["PYTHONPATH"]])
    assert run("-m", "hpy_host", "run", "-m", "script", "c", PYTHONPATH=path) == (3, "42 ['c'] __main__\n")
    status, text = run("-m", "hpy_host", "run", str(script), HPY="bogus")
    assert status == 2 and text.startswith("hpy_host: invalid HPy mode: bogus")
    status, text = run("-m", "hpy_host", "run", str(script), HPY="", HPY_LOG="1")
    assert status == 3 and text.startswith("Loading 'good' in HPy universal mode\n")


def test_the_command_info(capsys, tmp_path):
    from hpy_host._main import main

    assert main(["info"]) == 0
    text = capsys.readouterr().out
    assert sys.implementation.name in text and hpy_host.__version__ in text
    assert main(["info", FOREIGN]) == 0
    text = capsys.readouterr().out
    assert "made for      " in text and "loaded here" not in text
    assert "  module good\n    imports     with an HPy host\n" in text and "\n  HPy ABI       0, as its name says\n" in text
    assert "lacks       HPyInitGlobalContext_without_version" in text
    assert "wants of Python: nothing" in text
    (tmp_path / "x").write_text("x")
    assert main(["info", str(tmp_path / "x")]) == 1
    assert main(["info", str(tmp_path / "y")]) == 1
    assert main(["bogus"]) == 2 and main([]) == 2
    assert "usage: python -m hpy_host" in capsys.readouterr().err


def changed(folder, change):
    """A copy of the library with other contents, which nobody may run."""
    path = folder / ("changed" + SUFFIX)
    with open(FOREIGN, "rb") as file:
        content = bytearray(file.read())
    change(content)
    path.write_bytes(bytes(content))
    return str(path)


def test_a_library_for_another_processor(tmp_path, capsys):
    """`info` reads it all the same, as no code of it runs."""
    from hpy_host._main import main

    def change(content):
        if WINDOWS:
            at = int.from_bytes(content[60:64], "little") + 4
            machine = content[at : at + 2]
            content[at : at + 2] = b"\x64\x86" if machine == b"\x64\xaa" else b"\x64\xaa"  # x86-64 or AArch64
        else:
            assert content[:5] == b"\x7fELF\x02"
            content[18] = 62 if content[18] == 183 else 183

    path = changed(tmp_path, change)
    assert main(["info", path]) == 1
    text = capsys.readouterr().out
    assert "can't be loaded here: it is for " in text and "  module good\n" in text
    message = failure(RuntimeError, "good", path)
    assert "can't be loaded: it is for " in message and path in message


def test_legacy_code_is_refused(tmp_path, capsys):
    """A hybrid module calls Python's own C API: `info` says so, and nothing of it runs."""
    from hpy_host._main import main
    from hpy_host._native import native

    def change(content):
        for name in map(os.fsencode, native.contents(os.fsencode(FOREIGN))[1]):
            at = content.find(b"\0" + name + b"\0")
            if at >= 0 and len(name) > 5:
                content[at + 1 : at + 1 + len(name)] = b"PyList".ljust(len(name), b"_")
                return
        assert False, "no symbol to change"

    path = changed(tmp_path, change)
    assert main(["info", path]) == 1
    text = capsys.readouterr().out
    assert "  wants of Python: PyList" in text and "  legacy code (HPy's hybrid ABI)" in text
    message = failure(RuntimeError, "good", path)
    assert "has legacy code: it calls PyList" in message and "--hpy-abi=universal" in message


def test_memory_of_failed_loads():
    """What a wrong module left behind is given back: the exceptions, and the module that was begun."""
    if PYPY or GRAALPY:
        pytest.skip("references can't be counted there")
    import gc

    def all_fail():
        for name in ("exec_fails", "exec_does_both", "create_does_both", "unknown_slot"):
            failure(Exception, name)

    all_fail()
    gc.collect()
    before = len([o for o in gc.get_objects() if type(o) is type(sys) and o.__name__.startswith("exec_")])
    for _ in range(5):
        all_fail()
    gc.collect()
    assert len([o for o in gc.get_objects() if type(o) is type(sys) and o.__name__.startswith("exec_")]) == before


@pytest.mark.skipif(GRAALPY, reason="a process with a Java heap grows by more than this anyway")
def test_loading_again_costs_little_memory():
    """In a process of its own, of which nothing else is in memory."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "loads.py")
    cost = int(subprocess.check_output([sys.executable, program]).decode())
    # The module's tables alone are 11 kB. PyPy never frees a type: one with as many methods, made by its C API alone, costs 17 kB.
    allowed = 44_000 if PYPY else 3_000
    assert cost < allowed, "%d bytes a load" % cost
