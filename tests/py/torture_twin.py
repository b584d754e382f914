"""The classes of `tests/ext/src/torture.rs` in Python, borrows and all."""

LIMIT = 50_000  # a text can be repeated as often as a thing says
ROOM = 6
EMPTY = object()  # what a field holds that holds nothing, not even None


def ours(error):
    """What the class itself raises: its twin has to raise it with the same arguments."""
    error.ours = True
    return error


def fit(value):
    if abs(value) > LIMIT:
        raise ours(OverflowError("too large"))
    return value


def number(value, bits):
    """What Rust takes as an integer of that many bits."""
    if isinstance(value, Thing):
        value = value.__index__()
    if not isinstance(value, int):
        raise TypeError
    if not -(1 << bits - 1) <= value < 1 << bits - 1:
        raise OverflowError
    return int(value)


def operand(value):
    """An i32, or None."""
    try:
        return number(value, 32)
    except (TypeError, OverflowError):
        return None


def text(value):
    if not isinstance(value, str):
        raise TypeError
    return value


def divide(a, b):
    if b == 0:
        raise ours(ZeroDivisionError("by nothing"))
    return divmod(a, b)


class Borrow:
    """`with` it, the object is borrowed."""

    def __init__(self, object, change, prefix=""):
        self.object, self.change, self.prefix = object, change, prefix

    def __enter__(self):
        name, borrows = type(self.object).__name__, vars(self.object)["borrows"]
        if borrows < 0:
            raise ours(RuntimeError("%sthis %s object is being changed and can't be used now" % (self.prefix, name)))
        if borrows and self.change:
            raise ours(RuntimeError("%sthis %s object is in use and can't be changed now" % (self.prefix, name)))
        vars(self.object)["borrows"] = -1 if self.change else borrows + 1

    def __exit__(self, *_):
        vars(self.object)["borrows"] -= -1 if self.change else 1


def use(object):
    return Borrow(object, False)


def change(object, prefix=""):
    return Borrow(object, True, prefix)


def method(borrow):
    """A method whose receiver is borrowed while it runs."""

    def decorate(function):
        def call(self, *args):
            if not isinstance(self, (Thing, Walk, Open)):
                raise TypeError
            with borrow(self):
                return function(self, *args)

        return call

    return decorate


def operator(takes, reflected=False):
    """One whose other operand is another Thing, an i32 or a str."""

    def decorate(function):
        def call(self, other, modulo=None):
            if takes is Thing:
                if not isinstance(other, Thing):
                    return NotImplemented
                with use(other), use(self):
                    return function(self, other)
            if takes is int:
                other = operand(other)
            if not isinstance(other, takes):
                return NotImplemented
            with use(self):
                return function(self, other)

        return call

    return decorate


def new(value):
    return Thing(fit(value))


class Thing:
    def __init__(self, value=0, *, tag="", link=None):
        value = fit(number(value, 64))
        self.borrows, self._value, self._tag, self._link = 0, value, text(tag), EMPTY if link is None else link
        self.items, self._log = {}, []

    @property
    @method(use)
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        value = number(value, 64)
        with change(self):
            self._value = fit(value)

    @value.deleter
    @method(change)
    def value(self):
        self._value = 0

    @property
    @method(use)
    def tag(self):
        return self._tag

    @tag.setter
    def tag(self, tag):
        text(tag)
        with change(self):
            self._tag = tag

    @property
    @method(use)
    def link(self):
        return None if self._link is EMPTY else self._link

    @link.setter
    @method(change)
    def link(self, link):
        self._link = link

    @link.deleter
    @method(change)
    def link(self):
        self._link = EMPTY

    @property
    @method(use)
    def log(self):
        return list(self._log)

    @method(use)
    def __repr__(self):
        return '<%d "%s" %d>' % (self._value, self._tag, len(self.items))

    @method(use)
    def __str__(self):
        return self._tag

    @method(use)
    def __format__(self, format):
        return "%d|%s" % (self._value, format)

    @method(use)
    def __hash__(self):
        if self._value == 13:
            raise ours(TypeError("unlucky"))
        return self._value

    @method(use)
    def __bool__(self):
        if self._value == 13:
            raise ours(ValueError("unlucky"))
        return self._value != 0

    @method(use)
    def __int__(self):
        return self._value

    @method(use)
    def __float__(self):
        return float(self._value)

    @method(use)
    def __index__(self):
        return self._value

    @method(use)
    def __neg__(self):
        return new(-self._value)

    def __pos__(self):
        return self

    @method(use)
    def __abs__(self):
        return new(abs(self._value))

    @method(use)
    def __invert__(self):
        return ~self._value

    def __call__(self, *args):
        with use(self):
            link = self._link
        if link is EMPTY or isinstance(link, Thing):
            raise ours(TypeError("calls nothing"))
        result = link(args)
        with change(self):
            self._log.append("called")
        return result

    @method(use)
    def shared(self, function):
        return self._value, function(), self._value

    @method(change)
    def exclusive(self, function):
        self._log.append("in")
        result = function()
        self._log.append("out")
        return result

    def take(self, other):
        if not isinstance(other, Thing):
            raise TypeError
        with change(other, "Thing.take() argument 'other': "), change(self):
            self._value, other._value = other._value, 0

    def __enter__(self):
        with change(self):
            self._log.append("enter")
        return self

    @method(change)
    def __exit__(self, exc_type, exc, traceback):
        self._log.append("exit " + (exc_type.__name__ if exc_type else ""))
        if self._tag == "worse":
            raise ours(StopIteration("worse"))
        return self._tag == "quiet"

    @method(use)
    def __len__(self):
        return len(self.items)

    def __getitem__(self, key):
        key = number(key, 64)
        with use(self):
            if key not in self.items:
                raise ours(KeyError("no %d" % key))
            return self.items[key]

    def __setitem__(self, key, value):
        key = number(key, 64)
        with change(self):
            if len(self.items) >= ROOM and key not in self.items:
                raise ours(ValueError("full"))
            self.items[key] = value

    def __delitem__(self, key):
        key = number(key, 64)
        with change(self):
            if key not in self.items:
                raise ours(KeyError("no %d" % key))
            del self.items[key]

    @method(use)
    def __contains__(self, key):
        try:
            return number(key, 64) in self.items
        except Exception:
            return False

    def __iter__(self):
        return Walk(self)

    @method(use)
    def __reversed__(self):
        return sorted(self.items, reverse=True)

    def __matmul__(self, other):
        with use(self):
            return other(self._value)


class Walk:
    def __init__(self, of):
        self.of, self.last, self.borrows = of, None, 0

    def __iter__(self):
        return self

    @method(change)
    def __next__(self):
        with use(self.of):
            keys = sorted(key for key in self.of.items if self.last is None or key > self.last)
            if not keys:
                raise StopIteration
            if keys[0] == 13:
                raise ours(ValueError("unlucky"))
            self.last = keys[0]
            return keys[0]


def shift(self, other):
    if not 0 <= other <= 40:
        raise ours(ValueError("no such shift"))
    return new(self._value << other)


def right_shift(self, other):
    if not 0 <= self._value <= 40:
        raise ours(ValueError("no such shift"))
    return other >> self._value


def power(self, other, modulo=None):
    other = operand(other)
    if other is None:
        return NotImplemented
    if modulo is not None:
        modulo = operand(modulo)
        if modulo is None:
            return NotImplemented
    with use(self):
        if not 0 <= other <= 3:
            raise ours(ValueError("no such power"))
        if modulo == 0:
            raise ours(ZeroDivisionError("by nothing"))
        result = self._value**other
        if modulo is None:
            return new(result)
        return new(result % abs(modulo) if modulo > 0 else ((abs(result) % -modulo) * (1 if result >= 0 else -1) + modulo) % modulo)


def true_divide(self, other):
    if other._value == 0:
        raise ours(ZeroDivisionError("by nothing"))
    return self._value / other._value


def equal(self, other):
    if self._value == -13:
        raise ours(ValueError("unlucky"))
    return self._value == other._value


def add_in_place(self, other):
    other = operand(other)
    if other is None:
        return NotImplemented
    with change(self):
        self._value = fit(self._value + other)
    return self


def subtract_in_place(self, other):
    if not isinstance(other, Thing):
        return NotImplemented
    with use(other), change(self):
        self._value = fit(self._value - other._value)
    return self


def or_in_place(self, other):
    other = operand(other)
    if other is None:
        return NotImplemented
    with change(self):
        self._value |= other
    return self


Thing.__add__ = operator(Thing)(lambda self, other: new(self._value + other._value))
Thing.__radd__ = operator(int)(lambda self, other: new(other + self._value))
Thing.__sub__ = operator(int)(lambda self, other: new(self._value - other))
Thing.__rsub__ = operator(int)(lambda self, other: fit(other - self._value))
Thing.__mul__ = operator(Thing)(lambda self, other: new(self._value * other._value))
Thing.__rmul__ = operator(str)(lambda self, other: "%s*%d" % (other, self._value))
Thing.__truediv__ = operator(Thing)(true_divide)
Thing.__floordiv__ = operator(int)(lambda self, other: new(divide(self._value, other)[0]))
Thing.__rfloordiv__ = operator(int)(lambda self, other: new(divide(other, self._value)[0]))
Thing.__mod__ = operator(Thing)(lambda self, other: new(divide(self._value, other._value)[1]))
Thing.__divmod__ = operator(int)(lambda self, other: tuple(map(fit, divide(self._value, other))))
Thing.__pow__ = power
Thing.__rpow__ = operator(str)(lambda self, other: "%s**%d" % (other, self._value))
Thing.__and__ = operator(int)(lambda self, other: self._value & other)
Thing.__ror__ = operator(int)(lambda self, other: other | self._value)
Thing.__xor__ = operator(Thing)(lambda self, other: self._value ^ other._value)
Thing.__lshift__ = operator(int)(shift)
Thing.__rrshift__ = operator(int)(right_shift)
Thing.__iadd__ = add_in_place
Thing.__isub__ = subtract_in_place
Thing.__ior__ = or_in_place
Thing.__eq__ = operator(Thing)(equal)
Thing.__lt__ = operator(Thing)(lambda self, other: self._value < other._value)
Thing.__ge__ = operator(int)(lambda self, other: self._value >= other)


class Open:
    def __init__(self):
        vars(self).update(borrows=0, names={})

    def __getattr__(self, name):
        with use(self):
            names = vars(self)["names"]
            if name not in names:
                raise ours(AttributeError("no " + name))
            return names[name]

    def __setattr__(self, name, value):
        with change(self):
            if name == "never":
                raise ours(AttributeError("never"))
            vars(self)["names"][name] = value

    def __delattr__(self, name):
        with change(self):
            if name not in vars(self)["names"]:
                raise ours(AttributeError("no " + name))
            del vars(self)["names"][name]

    @method(use)
    def __dir__(self):
        return sorted(vars(self)["names"])
