"""Rust classes that extend builtin classes and exceptions."""

import copy
import pickle
import sys

import pytest
from conftest import CPYTHON, GRAALPY, HOST, PYPY, collect, ends, known_classes, module

NATIVE = HOST == "native"
only_ours = pytest.mark.skipif(NATIVE, reason="this host can't make such classes; see test_refused_by_other_hosts")
ROOM = not GRAALPY  # for data in instances of any builtin class
roomy = pytest.mark.skipif(NATIVE or not ROOM, reason="there is no room for data; see test_no_room")
MIXES = PYPY and sys.pypy_version_info[:3] < (7, 4)


@pytest.fixture(autouse=True, scope="module")
def others():
    """What modules keep for ever is no leak of a test."""
    module("exceptions")


def is_back_at(ext, before):
    return ends(lambda: ext.alive() == before or GRAALPY and ext.alive() <= before)


@pytest.fixture
def errors():
    return module("exceptions")


@pytest.mark.skipif(not NATIVE, reason="this host can")
def test_refused_by_other_hosts(ext):
    assert ext.alive() == 0
    with pytest.raises(TypeError, match="the class Counts extends dict, which .* can't do; import its module with HPY_HOST=embedded"):
        ext.Counts()
    with pytest.raises(TypeError, match="the class ParseError extends ValueError"):
        module("exceptions").ParseError("x")


@pytest.mark.skipif(NATIVE or ROOM, reason="there is room")
def test_no_room(ext):
    for cls, kind in ((ext.Counts, "dict"), (ext.Stack, "list"), (ext.Tagged, "int"), (ext.Row, "tuple"), (ext.Meta, "type")):
        text = "can't have data of its own on graalpy .*: its C API has no room for it in instances of %s; keep the %s in a field" % (kind, kind)
        with pytest.raises(TypeError, match=text):
            cls()
    with pytest.raises(TypeError, match="can't have data|Counts"):
        ext.Named("n")


# dict


@roomy
def test_dict(ext):
    counts = ext.Counts(3)
    assert counts == {} and isinstance(counts, dict)
    assert known_classes(ext.Counts.__mro__) == (ext.Counts, dict, object)
    assert [counts.bump("a"), counts.bump("a"), counts.bump("b")] == [1, 2, 1]
    assert counts == {"a": 2, "b": 1} and (counts.bumps, counts.limit) == (3, 3)
    counts["a"] = 3
    with pytest.raises(ValueError, match="over the limit"):
        counts.bump("a")
    counts.limit = 4
    assert counts.bump("a") == 4
    assert list(counts) == ["a", "b"] and len(counts) == 2
    if not PYPY:  # which asks subclasses in Python only
        assert counts["missing"] == 0
    with pytest.raises(TypeError, match="argument 'limit' must be int"):
        ext.Counts("x")
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        ext.Counts(wrong=1)


@roomy
def test_two_levels_over_a_dict(ext):
    named = ext.Named("n")
    assert (named.name, named.bump("a"), named.limit, dict(named)) == ("n", 1, 2, {"a": 1})
    assert known_classes(ext.Named.__mro__) == (ext.Named, ext.Counts, dict, object)


@roomy
def test_values_end_and_cycles_are_found(ext):
    collect()
    before = ext.alive()
    made = [ext.Counts(), ext.Named("n"), ext.Row(1, 2, 3)]
    assert ext.alive() == before + 4
    del made
    assert is_back_at(ext, before)
    for _ in range(50):
        one = ext.Counts()
        one["two"] = two = ext.Counts(owner=one)
        two["one"] = one
        alone = ext.Named("n")
        alone["me"] = alone
    del one, two, alone
    assert is_back_at(ext, before)


@roomy
def test_python_subclass_of_a_dict(ext):
    class Sub(ext.Counts):
        __slots__ = ("more",)

        def __init__(self, limit, more):
            super().__init__()
            self.more = more

        def __new__(cls, limit, more):
            return super().__new__(cls, limit)

    sub = Sub(5, [1])
    assert (sub.bump("x"), sub.limit, sub.more, dict(sub)) == (1, 5, [1], {"x": 1})
    assert type(sub) is Sub


@roomy
def test_skipped_constructors(ext):
    for make in (dict.__new__, object.__new__):
        for cls in (ext.Counts, type("Sub", (ext.Counts,), {})):
            try:
                bare = make(cls)
            except TypeError:
                continue
            for use in (lambda: bare.limit, lambda: bare.bump("a"), lambda: setattr(bare, "limit", 1)):
                with pytest.raises(TypeError, match="Counts object has no value"):
                    use()
    for wrong in (dict, int, 3, object):
        with pytest.raises(TypeError):
            ext.Counts.__new__(wrong)
    with pytest.raises(TypeError):
        ext.Counts.__new__()
    part = ext.Counts.__new__(ext.Named)
    assert part.limit == 10
    with pytest.raises(TypeError, match="Named object has no value"):
        part.name


@roomy
def test_init_twice(ext):
    counts = ext.Counts(3)
    counts.bump("a")
    counts.__init__()
    counts.__init__(1, 2, x=3)
    dict.__init__(counts, b=1)
    assert (counts.limit, counts) == (3, {"a": 1, "b": 1})


# list


@roomy
def test_list(ext):
    stack = ext.Stack([1, 2])
    assert stack == [1, 2] and stack.push("x") == 1 and stack == [1, 2, "x"]
    stack.append(stack)
    stack.push(stack)
    assert stack[3] is stack[4] is stack and len(stack) == 5
    assert ext.Stack() == []
    assert ext.Stack(x for x in "ab") == ["a", "b"]
    with pytest.raises(TypeError, match="not iterable"):
        ext.Stack(3)
    del stack
    collect()


@roomy
def test_made_by_rust(ext):
    hidden = ext.hidden()
    assert (hidden, hidden.number, type(hidden)) == ([], 5, ext.Hidden)
    hidden.append(3)
    assert hidden == [3]
    with pytest.raises(TypeError, match="cannot create '.*Hidden' instances"):
        ext.Hidden()


# immutable ones


@only_ours
def test_float(ext):
    measure = ext.Measure(1.5, "m")
    assert measure == 1.5 and measure * 2 == 3.0 and isinstance(measure, float)
    assert (measure.unit, str(measure), ext.unit_of(measure)) == ("m", "1.5 m", "m")
    assert (ext.measure(), ext.measure().unit) == (2.5, "kg")
    assert hash(measure) == hash(1.5)
    with pytest.raises(TypeError, match="argument 'value' must be float"):
        ext.Measure("x", "m")

    class Sub(ext.Measure):
        pass

    assert (Sub(2, "s"), Sub(2, "s").unit) == (2.0, "s")


@only_ours
def test_str(ext):
    for text in ("word", "w\u00f6rd", "\U0001f600", "", "x" * 5000):
        word = ext.Word(text, "en")
        assert word == text and word.language == "en" and word + "s" == text + "s"
        assert {text: 1}[word] == 1


@roomy
def test_int(ext):
    for value in (0, 1, -1, 2**30, -(2**31), 2**64, -(10**50), 10**500):
        tagged = ext.Tagged(value, 7)
        assert tagged == value and tagged.tag == 7 and tagged + 1 == value + 1
        assert type(tagged) is ext.Tagged and [1, 2, 3][tagged % 3] == [1, 2, 3][value % 3]


@roomy
def test_tuple(ext):
    for n in (0, 1, 2, 3, 10, 1000):
        row = ext.Row(n, *range(n))
        assert row == tuple(range(n)) and row.number == n and len(row) == n
        row.number = -n
        assert row.number == -n and row[1:] == tuple(range(1, n))

    class Sub(ext.Row):
        pass

    sub = Sub(5, 1, [2])
    assert (sub.number, sub) == (5, (1, [2]))


@roomy
def test_metaclass(ext):
    Made = ext.Meta("Made", (), {"x": 1})

    class Other(metaclass=ext.Meta):
        pass

    class Sub(Other, option=3):
        def __init_subclass__(cls, **kwargs):
            pass

        @classmethod
        def __init_subclass__(cls, option=None):
            pass

    assert type(Made) is type(Other) is type(Sub) is ext.Meta
    assert [Made.count(), Made.count(), Other.count()] == [1, 2, 1]
    assert (Made.uses, Other.uses, Sub.uses, Made.x) == (2, 1, 0, 1)
    assert isinstance(Made(), Made)
    with pytest.raises(TypeError):
        ext.Meta("x")


@roomy
def test_other_classes_of_an_instance(ext):
    class Plain(dict):
        pass

    plain = Plain()
    for cls in (ext.Counts, ext.Named, type("Sub", (ext.Counts,), {})):
        try:
            plain.__class__ = cls
        except TypeError:
            continue
        assert MIXES
        with pytest.raises(TypeError):
            plain.limit
    with pytest.raises(TypeError):
        type("Both", (ext.Counts, ext.Stack), {})()


# Exceptions


@only_ours
def test_exception(errors):
    error = errors.ParseError("bad", 3)
    assert isinstance(error, ValueError)
    assert known_classes(errors.ParseError.__mro__) == (errors.ParseError, *ValueError.__mro__)
    assert (error.line, error.args, str(error)) == (3, ("bad", 3), "('bad', 3)")
    assert (errors.ParseError("bad").args, str(errors.ParseError("bad")), errors.ParseError("bad").line) == (("bad",), "bad", 0)
    named = errors.ParseError("bad", line=7)
    assert (named.line, named.args, str(named)) == (7, ("bad",), "bad")
    error.line = 4
    assert error.line == 4 and errors.line_of(error) == 4
    with pytest.raises(TypeError, match="argument 'line' must be int"):
        errors.ParseError("bad", "x")
    with pytest.raises(errors.ParseError) as info:
        raise error
    assert info.value is error


@only_ours
def test_raised_by_rust(errors):
    with pytest.raises(errors.ParseError) as info:
        errors.parse("alone")
    assert (info.value.line, info.value.args, str(info.value)) == (3, (), "")
    assert info.value.__traceback__ is not None
    with pytest.raises(ValueError) as info:
        errors.parse("args")
    assert (info.value.line, info.value.args) == (4, ("text", 4))
    with pytest.raises(errors.ParseError) as info:
        errors.parse("deep")
    assert (type(info.value), info.value.token, info.value.line, str(info.value)) == (errors.TokenError, "?", 5, "deep")
    with pytest.raises(errors.ParseError) as info:
        errors.parse("question mark")
    assert info.value.line == 6
    assert errors.parse("12") == 12
    assert errors.dropped() > 0


@only_ours
def test_caught_by_rust(errors):
    error = errors.catch("alone")
    assert (type(error), error.line) == (errors.ParseError, 3)
    assert errors.catch("deep").token == "?"
    assert errors.catch("1") is None
    with pytest.raises(TypeError if GRAALPY else OSError):
        errors.catch("disk")


@only_ours
def test_levels_and_other_layouts(errors):
    token = errors.TokenError("(", 9)
    assert (token.token, token.line, str(token), token.args) == ("(", 9, "unexpected (", ("unexpected (",))


@only_ours
def test_exception_with_data_of_its_base(errors):
    if GRAALPY:
        with pytest.raises(TypeError, match="this interpreter has no room for the data of class DiskFull in instances of OSError"):
            errors.DiskFull(100)
        with pytest.raises(TypeError, match="no room for the data of class DiskFull"):
            errors.parse("disk")
        return
    full = errors.DiskFull(100)
    assert (full.free, str(full)) == (100, "100 bytes are left")
    assert (full.errno, full.strerror) == (28, "no space")
    with pytest.raises(OSError) as info:
        errors.parse("disk")
    assert (type(info.value), info.value.free) == (errors.DiskFull, 7)


@only_ours
def test_context_and_cause(errors):
    try:
        try:
            errors.parse("alone")
        except ValueError as first:
            raise errors.ParseError("second", 2) from first
    except errors.ParseError as second:
        assert (second.line, second.__cause__.line, second.__context__.line) == (2, 3, 3)
    try:
        try:
            {}["key"]
        except KeyError:
            errors.parse("alone")
    except errors.ParseError as error:
        assert isinstance(error.__context__, KeyError)


@only_ours
def test_attributes_and_notes(errors):
    error = errors.ParseError("bad")
    error.more = [1]
    assert error.more == [1] and error.__dict__ == {"more": [1]}
    if hasattr(error, "add_note"):
        error.add_note("note")
        assert error.__notes__ == ["note"]
    error.args = (1, 2)
    assert error.args == (1, 2) and str(error) == "(1, 2)"


@only_ours
def test_pickle_and_copy(errors):
    error = errors.ParseError("bad", 5)
    error.more = 6
    sys.modules.setdefault("exceptions", errors)
    # Python does not see all of its fields: see test_pickling for those that it does.
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot pickle 'ParseError' object"):
            way(error)


@only_ours
def test_python_subclass_of_an_exception(errors):
    class Sub(errors.ParseError):
        def __init__(self, message, line):
            super().__init__(message)
            self.message = message

    with pytest.raises(errors.ParseError) as info:
        raise Sub("text", 8)
    assert (info.value.line, info.value.message, info.value.args) == (8, "text", ("text", 8))

    class Skipped(errors.ParseError):
        def __new__(cls):
            return ValueError.__new__(cls)

    try:
        skipped = Skipped()
    except TypeError:
        return
    with pytest.raises(TypeError, match="ParseError object has no value"):
        skipped.line
    with pytest.raises(Skipped):
        raise skipped


@only_ours
def test_two_exceptions_as_bases(errors):
    for bases in ((errors.ParseError, errors.DiskFull), (errors.ParseError, OSError), (errors.ParseError, SyntaxError)):
        try:
            made = type("Both", bases, {})("x")
        except TypeError:
            continue
        assert not CPYTHON
        assert made.line == 0
    if not MIXES:
        with pytest.raises(TypeError):
            type("Final", (errors.TokenError,), {})


@only_ours
def test_exceptions_end(errors):
    collect()
    before = errors.alive()
    for text in ("alone", "args", "deep", "question mark"):
        with pytest.raises(ValueError):
            errors.parse(text)
        errors.catch(text)
    errors.dropped()
    made = errors.ParseError("x")
    made.related = made
    del made
    for _ in range(20):
        one, two = errors.ParseError("one"), errors.ParseError("two")
        one.related, two.related = two, one
        try:
            raise one from two
        except ValueError:
            pass
    del one, two
    assert GRAALPY or is_back_at(errors, before)  # GraalPy keeps some that were raised
