import pytest
from conftest import HOST, load


def test_constants(ext):
    assert (ext.ANSWER, ext.GREETING, ext.RATIO, ext.flag) == (42, "héllo", 0.5, True)
    assert not hasattr(ext, "FLAG")
    assert not hasattr(ext, "NOT_THERE")
    assert not hasattr(ext, "NOT_EXPORTED")
    assert not hasattr(ext, "helper")


def test_items_from_elsewhere(ext):
    assert ext.multiply(3) == 6
    assert ext.multiply(3, by=5) == 15
    assert ext.halve(3) == 1.5
    assert ext.negate(3) == -3
    assert not hasattr(ext, "scale")


def test_functions_see_their_neighbours(ext):
    assert ext.answer_and_one() == 43


def test_init(ext):
    assert ext.made_by_init == [42]
    assert ext.name_in_init == "modules"


def test_names_and_docs(ext):
    assert ext.__name__ == "modules"
    assert ext.__doc__ == "A module with everything.\n\nIts documentation has two paragraphs."


def test_host(ext):
    assert ext.host() == ext.__hpy_host__ == ("embedded" if HOST == "embedded" else "native")


def test_init_that_fails(monkeypatch):
    monkeypatch.setenv("HPY_TESTS_INIT", "error")
    with pytest.raises(ImportError, match="init said no"):
        load("failing")
    for how, message in [("panic", "init panicked"), ("type", "in type_object")]:
        monkeypatch.setenv("HPY_TESTS_INIT", how)
        with pytest.raises(BaseException, match=message) as info:
            load("failing")
        assert type(info.value).__name__ == "PanicException"
    monkeypatch.setenv("HPY_TESTS_INIT", "work")
    assert load("failing").__name__ == "failing"


def test_loaded_twice():
    one, two = load("modules"), load("modules")
    assert one is not two or HOST == "native"
    assert one.ANSWER == two.ANSWER
    assert one.multiply(2) == two.multiply(2) == 4
