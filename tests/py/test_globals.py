import pytest


def test_remember(ext):
    key, value = ("k", 1), object()
    assert ext.recall(key) is None
    count = ext.remember(key, value)
    assert ext.remember(key, value) == count
    assert ext.recall(key) is value


def test_swap(ext):
    first, second = object(), object()
    ext.swap(first)
    assert ext.swap(second) is first
    assert ext.swap(None) is second
    assert ext.swap(first) is None


def test_a_global_outside_of_a_module_is_refused(ext_module):
    with pytest.raises(BaseException, match="not registered: it must be a `static` inside `#\\[hpy::module\\]") as info:
        ext_module("globals_misuse").load_unregistered()
    assert type(info.value).__name__ == "PanicException"
