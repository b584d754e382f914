"""The classes of `tests/ext/src/twins_extending.rs` in Python."""

from python_twins.rust_rules import integer, kept_in_place, operand, text, value, wrapped

@kept_in_place
class Loose:
    """With a `__dict__`, and weak references."""

    number = value("number", integer)

    def __new__(cls, number):
        self = object.__new__(cls)
        self._number = integer(number)
        return self


@kept_in_place
class Tally(dict):
    __slots__ = ("_total",)
    total = value("total", integer)

    def __new__(cls, total=0):
        self = dict.__new__(cls)
        self._total = integer(total)
        return self

    def __init__(self, *_args, **_kwargs):
        pass

    def count(self, key):
        dict.__setitem__(self, key, integer(dict.get(self, key, 0)) + 1)
        self._total += 1
        return self._total


@kept_in_place
class Stack(list):
    __slots__ = ("_height",)
    height = value("height", integer)

    def __new__(cls, items=None, height=0):
        self = list.__new__(cls)
        self._height = integer(height)
        list.__init__(self, () if items is None else items)
        return self

    def __init__(self, *_args, **_kwargs):
        pass


@kept_in_place
class Metres(int):
    unit = property(lambda self: vars(self)["_unit"])

    def __new__(cls, value, unit="m"):
        self = int.__new__(cls, integer(value))
        vars(self)["_unit"] = text(unit)
        return self

    def __add__(self, other):
        other = operand(integer, other)
        return NotImplemented if other is None else (wrapped(int(self) + other), self.unit)


@kept_in_place
class Name(str):
    __slots__ = ("_rank",)
    rank = value("rank")

    def __new__(cls, text, rank=0):
        if not isinstance(text, str):
            raise TypeError
        self = str.__new__(cls, text)
        self._rank = integer(rank)
        return self


class Problem(ValueError):
    line = value("line", lambda line: integer(line, 32, False))

    def __new__(cls, *args, **kwargs):
        message, line = (lambda message, line=0: (message, line))(*args, **kwargs)
        self = ValueError.__new__(cls, *args)
        text(message)
        self._line = integer(line, 32, False)
        return self

    def __init__(self, *args, **_kwargs):
        ValueError.__init__(self, *args)
