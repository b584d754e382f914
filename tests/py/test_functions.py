import inspect
import re

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY


def wording(text):
    """CPython's words. The interpreter itself counts the arguments of functions that take none or one."""
    return pytest.raises(TypeError, match=re.escape(text))


def test_nothing(ext):
    assert ext.nothing() is None
    with pytest.raises(TypeError):
        ext.nothing(1)
    with pytest.raises(TypeError):
        ext.nothing(x=1)


def test_one(ext):
    x = object()
    assert ext.one(x) is x
    for args, kwargs in [((), {}), ((1, 2), {}), ((), {"x": 1})]:
        with pytest.raises(TypeError):
            ext.one(*args, **kwargs)


def test_positional_only(ext):
    assert ext.positional_only(1, 2) == (1, 2)
    with wording("positional_only() missing 1 required positional argument: 'b'"):
        ext.positional_only(1)
    with wording("positional_only() missing 2 required positional arguments: 'a' and 'b'"):
        ext.positional_only()
    with wording("positional_only() takes 2 positional arguments but 3 were given"):
        ext.positional_only(1, 2, 3)
    with pytest.raises(TypeError):
        ext.positional_only(1, b=2)


def test_plain(ext):
    assert ext.plain(1, 2, 3) == ext.plain(1, c=3, b=2) == ext.plain(a=1, b=2, c=3) == (1, 2, 3)
    with wording("plain() missing 3 required positional arguments: 'a', 'b', and 'c'"):
        ext.plain()
    with wording("plain() missing 1 required positional argument: 'b'"):
        ext.plain(1, c=3)
    with wording("plain() got an unexpected keyword argument 'd'"):
        ext.plain(1, 2, 3, d=4)
    with wording("plain() got multiple values for argument 'a'"):
        ext.plain(1, 2, 3, a=4)
    with wording("plain() takes 3 positional arguments but 4 were given"):
        ext.plain(1, 2, 3, 4)


def test_mixed(ext):
    assert ext.mixed(1, d=4) == (1, 2, 3, 4)
    assert ext.mixed(1, 5, d=4, c=6) == (1, 5, 6, 4)
    with wording("mixed() missing 1 required keyword-only argument: 'd'"):
        ext.mixed(1)
    with wording("mixed() takes from 1 to 2 positional arguments but 3 were given"):
        ext.mixed(1, 2, 3)
    with wording("mixed() takes from 1 to 2 positional arguments but 3 positional arguments (and 1 keyword-only argument) were given"):
        ext.mixed(1, 2, 3, d=4)


def test_everything(ext):
    assert ext.everything(1) == (1, -1, (), "x", {})
    assert ext.everything(1, 2, 3, 4, c="y", d=5) == (1, 2, (3, 4), "y", {"d": 5})
    assert ext.everything(1, b=7, a=8) == (1, 7, (), "x", {"a": 8})
    with wording("everything() missing 1 required positional argument: 'a'"):
        ext.everything(a=1)
    with wording("everything() argument 'c' must be str, not int"):
        ext.everything(1, c=1)


def test_variadic_conversions(ext):
    assert ext.sum_all() == 0
    assert ext.sum_all(*range(100)) == 4950
    with wording("sum_all() argument 'args' must be Sequence[int]: item 1 must be int, not str"):
        ext.sum_all(1, "x")
    assert ext.keywords(b=1, a=2) == [("a", 2), ("b", 1)]
    with wording("keywords() takes 0 positional arguments but 1 was given"):
        ext.keywords(1)
    with wording("keywords() argument 'kwargs' must be dict[str, int]: value of 'a' must be int, not None"):
        ext.keywords(a=None)


def test_defaults(ext):
    assert ext.defaults() == "None true 1.5 it's [1, 2]"
    assert ext.defaults(3, False, 2, "n", []) == "Some(3) false 2 n []"
    assert ext.defaults(items=(4,)) == "None true 1.5 it's [4]"


def test_names(ext):
    assert ext.renamed(type=1) == 2
    assert getattr(ext, "match")(**{"type": 5}) == 5
    assert not hasattr(ext, "rust_name")
    with wording("renamed() missing 1 required positional argument: 'type'"):
        ext.renamed()


def test_what_is_passed(ext):
    assert ext.with_context(-3) == 3
    assert ext.with_module() == "functions"
    assert ext.with_both(7) == ("functions", 7)
    assert ext.module_as_argument(re) == "re"
    with wording("module_as_argument() argument 'module' must be module, not int"):
        ext.module_as_argument(1)


def test_converters(ext):
    assert ext.converted(10) == (5, 7, 0)
    assert ext.converted(10, 20) == (5, 10, 0)
    assert ext.converted(10, 20, 1, 2) == (5, 10, 3)
    with wording("converted() argument 'a' must be int, not str"):
        ext.converted("x")
    with wording("converted() argument 'b' must be int, not None"):
        ext.converted(1, None)
    with wording("converted() argument 'args' must be another value: item 1 must be int, not str"):
        ext.converted(1, 2, 3, "x")


def test_detached(ext):
    assert ext.detached(1000) == 499500


def test_cfg(ext):
    assert ext.compiled_in() is True
    assert not hasattr(ext, "compiled_out")
    assert ext.conditional() is None
    assert not hasattr(ext, "on_nothing") and not hasattr(ext, "two_names")


def test_result(ext):
    assert ext.result(False) == 7
    with pytest.raises(ValueError, match="invalid digit found in string"):
        ext.result(True)


def test_docs(ext):
    assert ext.__doc__ == "Functions of every signature."
    if CPYTHON:  # others keep the signature line in __doc__
        assert ext.nothing.__doc__ == "Takes nothing."
    assert "Takes nothing." in ext.nothing.__doc__
    assert ext.nothing.__name__ == "nothing"
    assert ext.documented.__doc__.endswith("First.\nsecond\nelsewhere")


SIGNATURES = {
    "nothing": "()",
    "one": "(x, /)",
    "positional_only": "(a, b, /)",
    "plain": "(a, b, c)",
    "mixed": "(a, b=2, *, c=3, d)",
    "everything": "(a, /, b=-1, *args, c='x', **kwargs)",
    "defaults": "(x=None, flag=True, ratio=1.5, name=\"it's\", items=[1, 2])",
    "renamed": "(type)",
    "own_text": "(something)",
}


@pytest.mark.parametrize("name", sorted(SIGNATURES))
def test_signatures(ext, name):
    function = getattr(ext, name)
    if CPYTHON:
        assert str(inspect.signature(function)).replace("$module, ", "") == SIGNATURES[name]
    elif GRAALPY and HOST != "native":  # it reads no signature, and is given none, as it would show it as text
        assert "--\n" not in (function.__doc__ or "") and "(" not in (function.__doc__ or "")
    else:  # other interpreters read no signature from an extension's docstring: it is its first line
        text = getattr(function, "__text_signature__", None) or function.__doc__
        assert "(" in text
        if HOST != "native" and PYPY:
            assert text.startswith(name + "(") or text.startswith("(")


def test_no_text_signature(ext):
    if CPYTHON:
        assert ext.no_text.__text_signature__ is None
    assert ext.no_text(1) == 1
