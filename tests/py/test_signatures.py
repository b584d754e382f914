"""Signatures of classes and instances in `inspect`, docstrings, and names in messages."""

import inspect
import re
import sys

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY, load

OURS = HOST != "native"
CLASS_SIGNATURES = CPYTHON and OURS


@pytest.fixture(scope="module")
def ext():
    return load("signatures")


CLASSES = {
    "Made": "(n, /, *, m=2)",
    "Text": None,  # `inspect` can not tell what its default is
    "Fields": "(x, y)",
    "Items": "(count, *items)",
    "Shape.Circle": "(radius)",
    "Shape.Rect": "(width, height=1.0)",
}


def find(ext, name):
    for part in name.split("."):
        ext = getattr(ext, part)
    return ext


@pytest.mark.skipif(not CLASS_SIGNATURES, reason="this interpreter keeps no signature of an extension's class")
@pytest.mark.parametrize("name", sorted(name for name in CLASSES if CLASSES[name]))
def test_classes(ext, name):
    assert str(inspect.signature(find(ext, name))) == CLASSES[name]


def test_text_signature_of_new(ext):
    if CLASS_SIGNATURES:
        assert ext.Text.__text_signature__ == "(a, b=TWO)"
    assert ext.Text.one() == 1 and ext.Text(1) is not None
    with pytest.raises(TypeError):
        ext.Text()


def test_subclass_of_python(ext):
    if not OURS:
        pytest.skip("the native host has no subclasses")

    class Sub(ext.Made):
        pass

    assert Sub(1)(2) == 6 and Sub(1).__call__(2, b=3) == 8
    if CLASS_SIGNATURES:
        assert str(inspect.signature(Sub)) == CLASSES["Made"]
    if CPYTHON:
        assert str(inspect.signature(Sub(1))) == "(a, b=1)"

    class Other(ext.Made):
        def __call__(self, *args):
            return super().__call__(*args) + 100

    assert Other(1)(2) == 106


def test_instances(ext):
    made = ext.Made(1)
    assert made(2) == 6 and made(2, b=4) == 9 and made.__call__(2) == 6
    assert ext.Made.__call__(made, 2) == 6
    with pytest.raises(TypeError):
        ext.Made.__call__(object(), 2)
    with pytest.raises(TypeError):
        made()
    if CPYTHON and OURS:
        assert str(inspect.signature(made)) == "(a, b=1)"
        assert ext.Made.__call__.__doc__ == "Add some."


def test_docs(ext):
    assert ext.Made.__doc__ == "With a constructor."
    assert ext.Fields.__doc__ == "Makes itself from its fields."
    assert ext.Text.__doc__ is None and ext.Shape.__doc__ is None
    if OURS:
        assert ext.Shape.Circle.__doc__ is None
        # GraalPy takes signatures for text, so it is given none.
        assert ext.non_ascii.__doc__ in (None, "")
        assert ext.spelt.__doc__ == "The options of a function may stand in `#[hpy]`."


def test_attributes_without_docs(ext):
    assert not ext.Made.plain.__doc__
    if not GRAALPY and OURS:  # PyPy's own HPy gives an empty text to a method without docs
        assert ext.Made.plain.__doc__ is None and ext.Fields.x.__doc__ is None
    if not GRAALPY and not (PYPY and sys.pypy_version_info < (7, 3, 12)):
        assert ext.Made.documented.__doc__ == "With text." and ext.Fields.y.__doc__ == "Up."


def test_non_ascii(ext):
    assert ext.non_ascii() == "naïve€🐍"
    assert ext.non_ascii_name(größe=3) == 3
    if CPYTHON:
        expected = "(text='naïve', sign='€', snake='🐍')"
        assert str(inspect.signature(ext.non_ascii)) == expected
        # `inspect` can't read the name of the parameter, which is why the function hides its signature.
        with pytest.raises(ValueError, match="no signature found"):
            inspect.signature(ext.non_ascii_name)


def test_options_of_a_function(ext):
    assert ext.spelt(1) == 4 and ext.spelt(1, b=1) == 2
    with pytest.raises(TypeError, match=r"spelt\(\) takes 1 positional argument but 2 were given"):
        ext.spelt(1, 2)


MESSAGES = [
    (lambda nice: type(nice)(), "Nice() missing 1 required positional argument: 'size'"),
    (lambda nice: type(nice)("a"), "Nice() argument 'size' must be int, not str"),
    (lambda nice: nice.method("a"), "Nice.method() argument 'x' must be int, not str"),
    (lambda nice: nice.method(y=1), "Nice.method() got an unexpected keyword argument 'y'"),
    (lambda nice: nice.other("a"), "Nice.other() argument 'x' must be int, not str"),
    (lambda nice: nice.free("a"), "Nice.free() argument 'x' must be int, not str"),
    (lambda nice: nice.of_class("a"), "Nice.of_class() argument 'x' must be int, not str"),
    (lambda nice: nice.__setitem__(1, "a"), "Nice.__setitem__() argument 'value' must be int, not str"),
    (lambda nice: nice("a"), "Nice.__call__() argument 'x' must be int, not str"),
    (lambda nice: setattr(nice, "value", "a"), "Nice.value() argument 'value' must be int, not str"),
]


@pytest.mark.parametrize("at", range(len(MESSAGES)))
def test_names_in_messages(ext, at):
    call, message = MESSAGES[at]
    with pytest.raises(TypeError) as raised:
        call(ext.Nice(1))
    assert message in str(raised.value) and "NicePy" not in str(raised.value)


def test_names_of_variants(ext):
    with pytest.raises(TypeError) as raised:
        ext.Figure.Dot("a")
    assert "Figure.Dot() argument 'x' must be int, not str" in str(raised.value)
    assert "RustFigure" not in repr(ext.Figure.Dot(1))


def test_attribute_of_another_name(ext):
    with pytest.raises(TypeError) as raised:
        ext.Nice(1).size = "a"
    assert "size" in str(raised.value) and not re.search("NicePy|rust_size", str(raised.value))


def test_hooks_without_classmethod(ext):
    assert ext.Hooks[int] == ("Hooks", int)
    if OURS:

        class Sub(ext.Hooks, option=1):
            pass

        assert Sub.made_with == {"option": 1} and Sub[str] == ("Sub", str)
