"""What Rust's types say, in Python: sizes of numbers, final classes, data that is not copied."""

import operator


def ours(error):
    """What the class itself raises: both have to raise it with the same arguments."""
    error.ours = True
    return error


def integer(value, bits=64, signed=True):
    value = int(operator.index(value))  # no bool
    low = -(1 << bits - 1) if signed else 0
    if not low <= value < low + (1 << bits):
        raise OverflowError
    return value


def wrapped(value):
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def text(value):
    if not isinstance(value, str):
        raise TypeError
    return value


def operand(convert, *args):
    """What an operand is taken as; None if it is something else."""
    try:
        return convert(*args)
    except (TypeError, ValueError, OverflowError):
        return None


def final(cls):
    """No base of other classes."""

    def __init_subclass__(cls, **_):
        raise TypeError

    cls.__init_subclass__ = classmethod(__init_subclass__)
    return cls


def kept_in_place(cls):
    """Never copied or pickled without its data."""

    def __reduce_ex__(self, protocol):
        if type(self).__reduce__ is not object.__reduce__:
            return self.__reduce__()
        raise TypeError

    cls.__reduce_ex__ = __reduce_ex__
    return cls


def value(name, convert=None):
    """An attribute that is what Rust takes; read only without a conversion."""
    hidden = "_" + name

    def change(self, new):
        setattr(self, hidden, convert(new))

    return property(lambda self: getattr(self, hidden), convert and change)
