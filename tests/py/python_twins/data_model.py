"""The classes of `tests/ext/src/twins.rs` in Python."""

import collections.abc
import copy
import enum
import operator

from python_twins.rust_rules import final, integer, kept_in_place, operand, ours, text, value, wrapped

@kept_in_place
class Plain:
    """Attributes and methods."""

    __slots__ = "_count", "_label", "_note"
    LIMIT = 100

    count = value("count", integer)
    label = value("label")

    def __new__(cls, count=0, *, label=""):
        self = object.__new__(cls)
        self._count, self._label, self._note = integer(count), text(label), ""
        if self._count > Plain.LIMIT:
            raise ours(ValueError("too much"))
        return self

    @property
    def note(self):
        if not self._note:
            raise ours(AttributeError("no note"))
        return self._note

    @note.setter
    def note(self, note):
        if text(note) == "a":
            raise ours(ValueError("too short"))
        self._note = note

    @note.deleter
    def note(self):
        self._note = ""

    def add(self, by=1, *more, scale=1):
        by, more, scale = integer(by), [integer(n) for n in more], integer(scale)
        total = (by + sum(more)) * scale + self._count
        if not -(1 << 63) <= total < 1 << 63:
            raise ours(ValueError("too much"))
        self._count = total
        return total

    def joined(self, other):
        if not isinstance(other, Plain):
            raise TypeError
        return self._label + other._label

    @staticmethod
    def twice(n):
        return 2 * integer(n, 32)

    @classmethod
    def named(cls, label):
        return cls.__name__, cls(len(text(label).encode()))


class Money:
    """All that Rust's traits and the fields give."""

    __slots__ = "_cents", "_unit"
    __match_args__ = "cents", "unit"
    cents, unit = value("cents"), value("unit")

    def __new__(cls, cents, unit):
        self = object.__new__(cls)
        self._cents, self._unit = integer(cents), None if unit is None else text(unit)
        return self

    def _key(self):
        return self._cents, self._unit is not None, self._unit or ""

    def __bool__(self):
        return self._cents != 0

    def __repr__(self):
        return "%s(cents=%r, unit=%r)" % (type(self).__name__, self._cents, self._unit)

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, Money) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, Money) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, Money) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, Money) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, Money) else NotImplemented

    def __getnewargs__(self):
        return self._cents, self._unit

    def __getstate__(self):
        names = [name for cls in type(self).__mro__ for name in getattr(cls, "__slots__", ()) if name[0] != "_"]
        slots = {name: getattr(self, name) for name in names if hasattr(self, name)}
        return (getattr(self, "__dict__", None), slots) if slots else getattr(self, "__dict__", None)

    def __reduce_ex__(self, protocol):
        return object.__reduce_ex__(self, max(protocol, 2))

    def __copy__(self):
        return copy._reconstruct(self, None, *self.__reduce_ex__(4))

    def __deepcopy__(self, memo):
        return copy._reconstruct(self, memo, *self.__reduce_ex__(4))

    def __replace__(self, **changes):
        return type(self)(**{"cents": self._cents, "unit": self._unit, **changes})


@kept_in_place
class Number:
    """Operators, reflected and in place, and conversions. Equal, so not hashable."""

    __slots__ = ("_value",)
    value = value("value")

    def __new__(cls, value, /):
        self = object.__new__(cls)
        self._value = integer(value)
        return self

    def __repr__(self):
        return "Number(%d)" % self._value

    def __add__(self, other):
        return Number(wrapped(self._value + other._value)) if isinstance(other, Number) else NotImplemented

    def __radd__(self, other):
        other = operand(integer, other, 32)
        return NotImplemented if other is None else "%d + %d" % (other, self._value)

    def __iadd__(self, other):
        other = operand(integer, other, 32)
        if other is None:
            return NotImplemented
        self._value = wrapped(self._value + other)
        return self

    def __sub__(self, other):
        other = operand(integer, other, 32)
        return NotImplemented if other is None else wrapped(self._value - other)

    def __rsub__(self, other):
        return "%s - %d" % (other, self._value) if isinstance(other, str) else NotImplemented

    def __isub__(self, other):
        if not isinstance(other, Number):
            return NotImplemented
        if other._value == 13:
            raise ours(ValueError("unlucky"))
        self._value = wrapped(self._value - other._value)
        return self

    def __mul__(self, other):
        return other

    def __imul__(self, other):
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, str):
            return NotImplemented
        other = operand(float, other)
        if other is None:
            return NotImplemented
        if other == 0:
            raise ours(ZeroDivisionError("by nothing"))
        return self._value / other

    def __rdivmod__(self, other):
        other = operand(integer, other, 32)
        return NotImplemented if other is None else (other, self._value)

    def __pow__(self, other, modulo=None):
        other = operand(integer, other, 32)
        if other is None:
            return NotImplemented
        if modulo is not None:
            modulo = operand(integer, modulo, 32)
            if modulo is None:
                return NotImplemented
        return other, modulo

    def __neg__(self):
        return Number(wrapped(-self._value))

    def __abs__(self):
        return wrapped(abs(self._value))

    def __int__(self):
        return self._value

    def __index__(self):
        if self._value == 13:
            raise ours(ValueError("unlucky"))
        return self._value

    def __bool__(self):
        if self._value == 13:
            raise ours(ValueError("unlucky"))
        return self._value != 0

    def __round__(self, digits=None, /):
        return self._value, None if digits is None else integer(digits)

    def __format__(self, format):
        return "%d|%s" % (self._value, text(format))

    def __eq__(self, other):
        return self._value == other._value if isinstance(other, Number) else NotImplemented

    def __lt__(self, other):
        if not isinstance(other, Number):
            return NotImplemented
        if other._value == 13:
            raise ours(ValueError("unlucky"))
        return self._value < other._value

    def __ge__(self, other):
        other = operand(integer, other, 32)
        return NotImplemented if other is None else self._value >= other


@kept_in_place
class Row(collections.abc.MutableSequence):
    """A `MutableSequence`."""

    __slots__ = ("_items",)

    def __new__(cls, *items):
        self = object.__new__(cls)
        self._items = [integer(item) for item in items]
        return self

    def _place(self, index):
        index = operator.index(index)
        if index < 0:
            index += len(self._items)
        if not 0 <= index < len(self._items):
            raise IndexError
        return index

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        return self._items[self._place(index)]

    def __setitem__(self, index, value):
        if not -(1 << 63) <= operator.index(index) < 1 << 63:
            raise IndexError
        value = integer(value)
        self._items[self._place(index)] = value

    def __delitem__(self, index):
        del self._items[self._place(index)]

    def insert(self, index, value):
        self._items.insert(integer(index), integer(value))


@kept_in_place
class Table(collections.abc.MutableMapping):
    """A `MutableMapping`."""

    __slots__ = ("_entries",)

    def __new__(cls, **entries):
        self = object.__new__(cls)
        self._entries = {key: integer(value) for key, value in entries.items()}
        return self

    def __len__(self):
        return len(self._entries)

    def __getitem__(self, key):
        if text(key) not in self._entries:
            raise ours(KeyError(key))
        return self._entries[key]

    def __setitem__(self, key, value):
        key = text(key)
        self._entries[key] = integer(value)

    def __delitem__(self, key):
        if text(key) not in self._entries:
            raise ours(KeyError(key))
        del self._entries[key]

    def __iter__(self):
        return iter(sorted(self._entries))

    def __eq__(self, other):
        return self._entries == other._entries if isinstance(other, Table) else NotImplemented

    __hash__ = None


@final
@kept_in_place
class Countdown:
    """An iterator that fails at 13, and goes on."""

    __slots__ = ("_left",)
    left = value("left")

    def __new__(cls, left):
        self = object.__new__(cls)
        self._left = integer(left, 32, False)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if not self._left:
            raise StopIteration
        self._left -= 1
        if self._left == 12:
            raise ours(ValueError("unlucky"))
        return self._left

    def __length_hint__(self):
        return self._left


@final
@kept_in_place
class Adder:
    """Can be called."""

    __slots__ = ("_n",)
    n = value("n")

    def __new__(cls, n):
        self = object.__new__(cls)
        self._n = integer(n)
        return self

    def __call__(self, x, /, y=2, *, scale=1):
        return (self._n + integer(x, 32) + integer(y, 32)) * integer(scale, 32)


@final
@kept_in_place
class Manager:
    """A context manager."""

    __slots__ = "_log", "_swallow"
    log = property(lambda self: list(self._log))

    def __new__(cls, swallow=False):
        if not isinstance(swallow, bool):
            raise TypeError
        self = object.__new__(cls)
        self._log, self._swallow = [], swallow
        return self

    def __enter__(self):
        self._log.append("enter")
        return self

    def __exit__(self, exc_type, exc, traceback, /):
        if exc_type is not None and not isinstance(exc_type, type):
            raise TypeError
        self._log.append("exit " + ("" if exc_type is None else exc_type.__name__))
        return self._swallow


@kept_in_place
class Open:
    """Makes attributes up."""

    __slots__ = "_real", "_names"
    real = value("real", integer)

    def __new__(cls):
        self = object.__new__(cls)
        object.__setattr__(self, "_real", 1)
        object.__setattr__(self, "_names", {})
        return self

    def __getattr__(self, name):
        if text(name) in self._names:
            return self._names[name]
        raise ours(ValueError("broken") if name == "broken" else AttributeError("no " + name))

    def __setattr__(self, name, value):
        self._names[text(name)] = value

    def __delattr__(self, name):
        if text(name) not in self._names:
            raise ours(AttributeError("no " + name))
        del self._names[name]

    def __dir__(self):
        return sorted(self._names)


@final
@kept_in_place
class Descriptor:
    """An attribute of other classes."""

    __slots__ = ("_log",)
    log = property(lambda self: list(self._log))

    def __new__(cls):
        self = object.__new__(cls)
        self._log = []
        return self

    def __get__(self, instance, owner=None):
        if len(self._log) > 3:
            raise ours(AttributeError("too often"))
        return instance is None, owner is None

    def __set__(self, instance, value):
        self._log.append("set %d" % integer(value))

    def __delete__(self, instance):
        self._log.append("delete of " + type(instance).__name__)

    def __set_name__(self, owner, name):
        self._log.append("named " + text(name))


class Color:
    """Variants without data, equal by their numbers."""

    __slots__ = "_name", "_number"
    warm = property(lambda self: self._name == "Red")

    def __new__(cls, *_args, **_kwargs):
        raise TypeError

    def __repr__(self):
        return "Color." + self._name

    def __eq__(self, other):
        if isinstance(other, Color):
            return self._number == other._number
        other = operand(integer, other)
        return NotImplemented if other is None else self._number == other

    def __hash__(self):
        return hash(self._number)

    def __int__(self):
        return self._number

    def __reduce__(self):
        return getattr, (Color, self._name)


for name, number in ("Red", 1), ("Green", 5):
    color = object.__new__(Color)
    color._name, color._number = name, number
    setattr(Color, name, color)
final(Color)


class Level(enum.IntEnum):
    """An enum of Python's own kind."""

    Low = 1
    High = 5
