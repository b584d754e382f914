import pytest
from conftest import DEBUG, HOST

# An argument that is a reference is released by a later call, and counts as a leak until then.
pytestmark = pytest.mark.skipif(DEBUG, reason="a reference that is left counts as a leak, as it should")


def test_numbers(ext):
    assert ext.integrate(lambda x: 2 * x, 0, 3) == pytest.approx(9)
    assert ext.integrate(abs, -1, 1) == pytest.approx(1)
    assert ext.integrate(lambda x: 1, 0, 2) == pytest.approx(2)  # an int converts


def test_a_rust_function(ext):
    seen = []
    assert ext.as_fn(lambda *args: seen.append(args)) is None
    assert seen == [("text", [1, 2])]
    assert ext.as_fn(lambda text, numbers: len(numbers) == 2) is True


def test_no_arguments(ext):
    assert ext.without_arguments(lambda: "x") == ("x", "x")
    assert ext.without_arguments(str) == ("", "")


def test_objects(ext):
    thing = object()
    assert ext.of_objects(lambda x: [x], thing) == [thing]


def test_failures(ext):
    for wrong in (3, None, "text"):
        with pytest.raises(TypeError, match=r"integrate\(\) argument 'f' must be Callable, not "):
            ext.integrate(wrong, 0, 1)
    with pytest.raises(TypeError, match="the result of the callable must be float, not str"):
        ext.integrate(lambda x: "x", 0, 1)
    with pytest.raises(TypeError, match="the result of the callable must be str, not None"):
        ext.without_arguments(lambda: None)
    with pytest.raises(OverflowError):
        ext.sorted([2, 1], lambda a, b: 1 << 40)
    with pytest.raises(ZeroDivisionError):
        ext.integrate(lambda x: x / 0, 0, 1)
    with pytest.raises(TypeError):
        ext.integrate(lambda: 1.0, 0, 1)


def test_compare(ext):
    assert ext.sorted([3, 1, 2], lambda a, b: b - a) == [3, 2, 1]
    if HOST != "native":  # there no error can be kept while Python is called
        with pytest.raises(KeyError, match="no order"):
            ext.sorted([3, 1, 2], lambda a, b: {}["no order"])


def test_there_and_back(ext):
    def f(x):
        return x

    assert ext.back(f) == (True, f)
