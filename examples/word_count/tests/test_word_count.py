import inspect
import sys

import pytest
import word_count


def test_counts():
    assert word_count.count("to be or not to be") == {"to": 2, "be": 2, "or": 1, "not": 1}
    assert word_count.count("") == {}


def test_options():
    assert word_count.count("a bb ccc", min_length=2) == {"bb": 1, "ccc": 1}
    assert word_count.count("Be be", ignore_case=True) == {"be": 2}


def test_words_of_any_script():
    assert word_count.count("naïve, naïve 東京") == {"naïve": 2, "東京": 1}


def test_bad_input():
    with pytest.raises(TypeError, match=r"count\(\) argument 'text' must be str, not int"):
        word_count.count(3)
    with pytest.raises(TypeError, match="unexpected keyword argument 'min'"):
        word_count.count("", min=1)
    with pytest.raises(OverflowError, match="argument 'min_length': -1 does not fit into usize"):
        word_count.count("", min_length=-1)


def test_documented():
    assert "Count the words" in word_count.count.__doc__
    if sys.implementation.name == "cpython":  # others read no signature from an extension
        assert str(inspect.signature(word_count.count)) == "(text, /, *, min_length=1, ignore_case=False)"
