"""The probes of `test_twins.py`: what Python code can do to an instance, to a class and to a subclass."""

import abc
import collections.abc
import copy
import inspect
import itertools
import math
import numbers
import operator
import pickle
import re
import sys
import weakref

from conftest import CPYTHON, GRAALPY, MODE
from twin_instances import ATTRIBUTES, INSTANCES, STATES, worlds



class Boom(Exception):
    pass


class Text(str):
    pass


class Index:
    def __index__(self):
        return 2


class BadIndex:
    def __index__(self):
        raise Boom("index")


class Opinion:
    """Answers every operator."""

    def __eq__(self, other):
        return "eq"

    def __lt__(self, other):
        return "lt"

    def __ge__(self, other):
        raise Boom("ge")

    __hash__ = None

    def __radd__(self, other):
        return "radd"

    def __rsub__(self, other):
        return NotImplemented

    def __rmul__(self, other):
        raise Boom("rmul")

    def __add__(self, other):
        return NotImplemented

    def __rpow__(self, other):
        return "rpow"


SEEDS = {
    "0": 0, "1": 1, "-1": -1, "2": 2, "-7": -7, "2**31": 2**31, "2**63": 2**63, "-2**70": -(2**70), "True": True,
    "1.5": 1.5, "nan": math.nan, "1j": 1j, "''": "", "'a'": "a", "'é'": "é", "Text": Text("b"), "b'a'": b"a", "None": None,
    "()": (), "(1,)": (1,), "[1]": [1], "{'a': 1}": {"a": 1}, "...": ..., "NotImplemented": NotImplemented, "int": int,
    "slice": slice(0, 2), "Index": Index(), "BadIndex": BadIndex(), "Opinion": Opinion(), "object": object(),
}  # fmt: skip
HUGE = ["2**31", "2**63", "-2**70"]
FEW = ["1", "-1", "2**63", "1.5", "'a'", "None", "[1]", "Index", "BadIndex"]
if GRAALPY or MODE != "universal":
    SEEDS = {name: SEEDS[name] for name in FEW}

UNARY = {
    function.__name__: function
    for function in (repr, str, bool, int, float, complex, bytes, abs, round, len, iter, next, reversed, callable, ascii)
    + (list, tuple, set, dict, sorted, sum, min, any, operator.neg, operator.pos, operator.invert, operator.index)
    + (operator.length_hint, math.trunc, math.floor, math.ceil, math.sqrt, copy.copy, copy.deepcopy, memoryview, enumerate)
    + (inspect.isclass, inspect.isabstract, inspect.isroutine, inspect.isgenerator, inspect.isawaitable, vars)
}
UNARY["hashable"] = lambda x: (hash(x) == hash(x), {x: 1}[x])
UNARY["unhashable"] = lambda x: type(x).__hash__ is None
UNARY["format"] = lambda x: (format(x, ""), "{:>9}".format(x))
UNARY["percent"] = lambda x: "%s %d" % (x, x)
UNARY["names"] = lambda x: sorted(name for name in dir(x) if not name.startswith("_"))
UNARY["members"] = lambda x: sorted(name for name, _ in inspect.getmembers(x) if name[:1] != "_")
UNARY["unpacked"] = lambda x: (lambda *args: args)(*x)
UNARY["keywords"] = lambda x: (lambda **kwargs: sorted(kwargs))(**x)
UNARY["called"] = lambda x: x()
UNARY["weak"] = lambda x: weakref.ref(x)() is x
UNARY["with"] = lambda x: entered(x, None)
UNARY["with error"] = lambda x: entered(x, Boom("inside"))
UNARY["new attribute"] = lambda x: setattr(x, "made_up", 1) or x.made_up
UNARY["no attribute"] = lambda x: x.never
UNARY["no such deletion"] = lambda x: delattr(x, "never")
UNARY["default of getattr"] = lambda x: getattr(x, "never", "default")
UNARY["class"] = lambda x: x.__class__ is type(x)
UNARY["other class"] = lambda x: setattr(x, "__class__", int)
UNARY["__dict__"] = lambda x: x.__dict__
UNARY["__doc__"] = lambda x: x.__doc__
UNARY["sum of two"] = lambda x: sum([x, x])
UNARY["raised"] = lambda x: raised(x)
UNARY["sizeof"] = lambda x: sys.getsizeof(x) > 0
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    UNARY["pickle %d" % protocol] = lambda x, protocol=protocol: pickle.loads(pickle.dumps(x, protocol))
if sys.version_info >= (3, 13):
    UNARY["replace"] = copy.replace
    UNARY["replaced"] = lambda x: copy.replace(x, cents=1)

OPERATORS = "add sub mul truediv floordiv mod pow and_ or_ xor lshift rshift matmul eq ne lt le gt ge".split()
IN_PLACE = "iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift imatmul iconcat".split()
BINARY = {name: getattr(operator, name) for name in OPERATORS + IN_PLACE + ["concat", "contains", "getitem", "delitem"]}
BINARY.update(
    divmod=divmod, isinstance=isinstance, call=lambda x, v: x(v), call_x=lambda x, v: x(x=v), call_y=lambda x, v: x(1, y=v),
    call_scale=lambda x, v: x(1, 2, scale=v), pow_mod=lambda x, v: pow(x, 2, v), mod_pow=lambda x, v: pow(2, v, x),
    setitem=lambda x, v: operator.setitem(x, 0, v), setkey=lambda x, v: operator.setitem(x, v, 1),
    setname=lambda x, v: operator.setitem(x, "a", v), round=round, format=lambda x, v: format(x, v), getattr=getattr,
    range=lambda x, v: list(itertools.islice(range(x, v), 3)), index=lambda x, v: [1, 2, 3][x:v], exit=lambda x, v: x.__exit__(v, v, v),
    get=lambda x, v: type(x).__get__(x, v), get_owner=lambda x, v: type(x).__get__(x, None, v), set=lambda x, v: type(x).__set__(x, 1, v),
    delete=lambda x, v: type(x).__delete__(x, v), in_list=lambda x, v: x in [v], count=lambda x, v: [v, v].count(x),
    max=lambda x, v: max(x, v), bound=lambda x, v: bound(x, v), set_name=lambda x, v: type(x).__set_name__(x, int, v),
    setattr=lambda x, v: setattr(x, v, 1),
)  # fmt: skip

DUNDERS = """abs add and bool bytes call complex contains copy deepcopy delattr delete delitem dir divmod enter eq exit float
floordiv format ge get getattr getattribute getitem gt hash iadd iand idivmod ifloordiv ilshift imatmul imod imul index init
int invert ior ipow irshift isub iter itruediv ixor le len length_hint lshift lt matmul missing mod mul ne neg new next or pos
pow radd rand rdivmod reduce reduce_ex replace repr reversed rfloordiv rlshift rmatmul rmod rmul ror round rpow rrshift rshift
rsub rtruediv rxor set set_name setattr setitem setstate sizeof str sub subclasshook truediv trunc xor match_args""".split()
NOT_DIRECT = "copy deepcopy dir getattribute getattr init new reduce reduce_ex sizeof subclasshook".split()
DIRECT = [name for name in DUNDERS if name not in NOT_DIRECT]  # the others say what differs between any two classes
ABCS = {cls.__name__: cls for cls in (getattr(collections.abc, name) for name in collections.abc.__all__)}
ABCS.update({cls.__name__: cls for cls in (numbers.Number, numbers.Integral)})


def entered(x, error):
    with x as inner:
        if error:
            raise error
    return inner is x


def raised(x):
    try:
        raise x
    except ValueError as error:
        return error is x and error.__traceback__ is not None


def bound(x, value):
    """As an attribute of a class."""
    Holder = type("Holder", (), {"attribute": x})
    seen = [Holder.attribute, Holder().attribute]
    Holder().attribute = value
    del Holder().attribute
    return seen


class World:
    """One of the two: what the probes run on, and what came of them as plain data."""

    def __init__(self, classes):
        self.classes = classes
        self.names = {cls: name for name, cls in classes.items()}

    def state(self, name, x):
        try:
            return STATES[name](x)
        except Exception as error:
            return type(error).__name__

    def seen(self, value, depth=0):
        """What both worlds must agree on: no addresses, and no names of modules."""
        if isinstance(value, type):
            return "class", value.__name__
        for cls in type(value).__mro__:
            if cls in self.names:
                return type(value).__name__, self.state(self.names[cls], value)
        if depth < 4 and isinstance(value, (tuple, list, set, frozenset)):
            return type(value).__name__, [self.seen(item, depth + 1) for item in value]
        if depth < 4 and isinstance(value, dict):
            return "dict", [(self.seen(key, depth + 1), self.seen(item, depth + 1)) for key, item in value.items()]
        if isinstance(value, (collections.abc.Iterator, enumerate)):
            return "iterator", [self.seen(self.next_of(value)) for _ in range(4)]
        if callable(value) and not isinstance(value, (Index, Opinion)):
            return "callable", getattr(value, "__name__", "?")
        return type(value).__name__, plain(repr(value))

    @staticmethod
    def next_of(iterator):
        try:
            return next(iterator, "end")
        except Exception as error:
            return "raises", type(error).__name__

    def outcome(self, probe, *args):
        """What a probe gives or raises; the text of an exception only if the class wrote it itself."""
        try:
            return "gives", self.seen(probe(*args))
        except Exception as error:
            wrote = getattr(error, "ours", False) or isinstance(error, Boom)
            return "raises", type(error).__name__, plain(repr(error.args)), wrote

    def fresh(self, name):
        """Ways to make an instance: what one probe did to it is not seen by the next one."""
        return [lambda make=make: make(self.classes[name]) for make in INSTANCES[name]]


def unchanged(seed):
    """A probe may change what it is given."""
    return copy.copy(seed) if type(seed) in (list, dict) else seed


def plain(text):
    text = re.sub(r"0x[0-9a-fA-F]+", "0x", text)
    return re.sub(r"python_twins\.(data_model\.|extending\.)?|twins_extending\.|twins\.", "", text)


def agree(real, twin):
    if real[0] == "raises" == twin[0]:
        return real[1] == twin[1] and (not twin[3] or real[2] == twin[2])
    return real == twin


def of_instances(name, world):
    """Every function and operator, on each instance, with each seed, on both sides."""
    attributes = ATTRIBUTES[name].split()
    # `x ** 2**63` of an int and `x * 2**31` of a list have no end.
    endless = HUGE if name in ("Level", "Metres", "Stack", "Name") else ()
    seeds = {seed: value for seed, value in SEEDS.items() if seed not in endless}
    for number, make in enumerate(world.fresh(name)):

        def run(what, probe, *args):
            try:
                x = make()
            except Exception as error:  # itself a result
                return "%d %s" % (number, what), ("raises", type(error).__name__, "", False)
            result = world.outcome(probe, x, *map(unchanged, args))
            return "%d %s" % (number, what), result + (world.state(name, x),)

        for what, probe in UNARY.items():
            yield run(what, probe)
        for seed in seeds:
            value = SEEDS[seed]
            for what, probe in BINARY.items():
                yield run("x %s %s" % (what, seed), probe, value)
            for what in OPERATORS:
                yield run("%s %s x" % (seed, what), lambda x, v, do=BINARY[what]: do(v, x), value)
        for what, probe in BINARY.items():
            yield run("x %s x" % what, lambda x, do=probe: do(x, x))
            yield run("x %s another" % what, lambda x, do=probe: do(x, INSTANCES[name][0](world.classes[name])))
        for attribute in attributes:
            yield run("x.%s" % attribute, getattr, attribute)
            yield run("del x.%s" % attribute, delattr, attribute)
            yield run("x.%s()" % attribute, lambda x, a=attribute: getattr(x, a)())
            for seed, value in seeds.items():
                yield run("x.%s = %s" % (attribute, seed), setattr, attribute, value)
                yield run("x.%s(%s)" % (attribute, seed), lambda x, v, a=attribute: getattr(x, a)(v), value)
                yield run("x.%s(1, %s)" % (attribute, seed), lambda x, v, a=attribute: getattr(x, a)(1, v), value)
                yield run("x.%s(scale=%s)" % (attribute, seed), lambda x, v, a=attribute: getattr(x, a)(scale=v), value)
        for dunder in DIRECT:
            if all(hasattr(classes[name], "__%s__" % dunder) for classes in worlds()):
                for seed in sorted(set(FEW) & set(seeds)):
                    method = "__%s__" % dunder
                    yield run("%s %s" % (method, seed), lambda x, v, m=method: getattr(type(x), m)(x, v), SEEDS[seed])
                    yield run("%s of %s" % (method, seed), lambda x, v, m=method: getattr(type(x), m)(v), SEEDS[seed])
        for abstract, cls in ABCS.items():
            yield run("is a %s" % abstract, lambda x, c=cls: (isinstance(x, c), issubclass(type(x), c)))


def of_classes(name, world):
    """What is asked of a class itself."""
    cls = world.classes[name]
    for what, probe in CLASSES.items():
        yield what, world.outcome(probe, cls)
    for dunder in DUNDERS:
        yield "has __%s__" % dunder, world.outcome(hasattr, cls, "__%s__" % dunder)
    for seed, value in SEEDS.items():
        yield "cls(%s)" % seed, world.outcome(cls, value)
        yield "cls(1, %s)" % seed, world.outcome(cls, 1, value)
        yield "cls(label=%s)" % seed, world.outcome(lambda: cls(label=value))
        yield "cls.__new__(%s)" % seed, world.outcome(cls.__new__, value)
        yield "object.__new__(cls, %s)" % seed, world.outcome(object.__new__, cls, value)
    for attribute in ATTRIBUTES[name].split():
        found = lambda c, a=attribute: inspect.getattr_static(c, a)  # NOQA: E731
        yield "%s is data" % attribute, world.outcome(lambda c: inspect.isdatadescriptor(found(c)), cls)
        yield "%s is routine" % attribute, world.outcome(lambda c: inspect.isroutine(getattr(c, attribute)), cls)
        yield "%s named" % attribute, world.outcome(lambda c: getattr(c, attribute).__name__, cls)
        yield "%s signed" % attribute, world.outcome(lambda c: str(inspect.signature(getattr(c, attribute))), cls)
        yield "%s without self" % attribute, world.outcome(lambda c: getattr(c, attribute)(), cls)
        yield "%s of 1" % attribute, world.outcome(lambda c: getattr(c, attribute)(1), cls)
        yield "%s of None" % attribute, world.outcome(lambda c: getattr(c, attribute)(None), cls)


def restored(cls):
    cls.made_up = 1
    del cls.made_up


CLASSES = {
    "name": lambda c: (c.__name__, c.__qualname__),
    "doc": lambda c: c.__doc__,
    "getdoc": inspect.getdoc,
    "mro": lambda c: [cls for cls in c.__mro__ if cls.__name__ != "Fields"],
    "bases": lambda c: [cls for cls in c.__bases__ if cls.__name__ != "Fields"],
    "metaclass": type,
    "names": lambda c: sorted(name for name in dir(c) if name[:1] != "_"),
    "signature": lambda c: str(inspect.signature(c)),
    "repr": repr,
    "call without arguments": lambda c: c(),
    "call with too many": lambda c: c(*range(20)),
    "call with unknown": lambda c: c(unknown=1),
    "new of itself": lambda c: c.__new__(c),
    "class attribute": restored,
    "no class attribute": lambda c: c.never,
    "item": lambda c: c[0],
    "pickled": lambda c: pickle.loads(pickle.dumps(c)) is c,
    "copied": lambda c: copy.deepcopy(c) is c,
    "base": lambda c: type("Sub", (c,), {}),
    "base with keywords": lambda c: type("Sub", (c,), {}, unknown=1),
    "instance of itself": lambda c: isinstance(c, c),
    "union": lambda c: isinstance(1, (c, int)),
    "hash": lambda c: hash(c) == hash(c),
    "isclass": lambda c: (inspect.isclass(c), inspect.isabstract(c), callable(c)),
    "subclasses": lambda c: c.__subclasses__.__name__,
    "unbound repr": lambda c: c.__repr__(1),
    "unbound eq": lambda c: c.__eq__(1, 2),
}
if CPYTHON:  # PyPy raises SystemError or aborts, GraalPy raises an exception of Java, for any class of the C API
    CLASSES["new without class"] = lambda c: c.__new__()
    CLASSES["bases set"] = lambda c: setattr(c, "__bases__", (int,))  # PyPy does it, and the class is another one from then on


def derived(cls, **names):
    return type("Sub", (cls,), names)


def by_super(cls, method):
    """A subclass that goes on with the method of its base."""

    def override(self, *args):
        return "sub", getattr(super(Sub, self), method)(*args)

    Sub = derived(cls, **{method: override})
    return Sub


def abstract(cls, **names):
    namespace = {"needed": abc.abstractmethod(lambda self: 0)}
    Abstract = type(cls)("Abstract", (cls,), namespace) if type(cls) is abc.ABCMeta else abc.ABCMeta("Abstract", (cls,), namespace)
    return type(Abstract)("Sub", (Abstract,), names)


def other_class(x, cls):
    x.__class__ = cls
    return type(x)


def extra(x):
    x.extra = 1
    return x.extra, sorted(getattr(x, "__dict__", {}).items()), copy.copy(x)


class Mixin:
    def __repr__(self):
        return "mixin " + super().__repr__()

    def __add__(self, other):
        return "mixin add"

    def __len__(self):
        return 9


SUBS = {
    "as it is": (derived, lambda x: x),
    "repr": (lambda c: by_super(c, "__repr__"), lambda x: type(x).__mro__[1].__repr__(x)),
    "hash": (lambda c: by_super(c, "__hash__"), hash),
    "add": (lambda c: by_super(c, "__add__"), lambda x: x + 1),
    "eq": (lambda c: by_super(c, "__eq__"), lambda x: (x == x, x != x)),
    "lt": (lambda c: by_super(c, "__lt__"), lambda x: x < x),
    "len": (lambda c: by_super(c, "__len__"), lambda x: x.__len__()),
    "getitem": (lambda c: by_super(c, "__getitem__"), lambda x: x[0]),
    "iadd": (lambda c: by_super(c, "__iadd__"), lambda x: operator.iadd(x, 1)),
    "getattribute": (lambda c: by_super(c, "__getattribute__"), lambda x: x.never),
    "getattr": (lambda c: by_super(c, "__getattr__"), lambda x: x.never),
    "own getattr": (lambda c: derived(c, __getattr__=lambda self, name: name), lambda x: (x.never, x.broken)),
    "setattr": (lambda c: by_super(c, "__setattr__"), lambda x: setattr(x, "made_up", 1)),
    "own setattr": (lambda c: derived(c, __setattr__=lambda self, *args: None), lambda x: setattr(x, "made_up", 1)),
    "delattr": (lambda c: by_super(c, "__delattr__"), lambda x: delattr(x, "made_up")),
    "dir": (lambda c: by_super(c, "__dir__"), lambda x: x.__dir__()[0]),
    "own eq": (lambda c: derived(c, __eq__=lambda self, other: 5), lambda x: (x == 1, x != 1, type(x).__hash__)),
    "own hash": (lambda c: derived(c, __hash__=lambda self: 5), hash),
    "own len": (lambda c: derived(c, __len__=lambda self: 0), lambda x: (len(x), not x)),
    "own bool": (lambda c: derived(c, __bool__=lambda self: 0), bool),
    "own iter": (lambda c: derived(c, __iter__=lambda self: iter("ab")), list),
    "own radd": (lambda c: derived(c, __radd__=lambda self, other: "sub"), lambda x: base(x) + x),
    "own call": (lambda c: derived(c, __call__=lambda self, v: v), lambda x: x(3)),
    "own repr fails": (lambda c: derived(c, __repr__=lambda self: 3), repr),
    "own float": (lambda c: derived(c, __float__=lambda self: 2.5), lambda x: (float(x), math.sqrt(x))),
    "own index": (lambda c: derived(c, __index__=lambda self: 1), lambda x: "ab"[x]),
    "own init": (lambda c: derived(c, __init__=lambda self, *args, **kwargs: setattr(self, "made", args)), lambda x: x.made),
    "init fails": (lambda c: derived(c, __init__=lambda self, *args, **kwargs: 1 // 0), lambda x: x),
    "own new": (lambda c: derived(c, __new__=lambda cls, *args, **kwargs: c.__new__(cls, *args, **kwargs)), lambda x: x),
    "other from new": (lambda c: derived(c, __new__=lambda cls, *args, **kwargs: 3), lambda x: x),
    "slots": (lambda c: derived(c, __slots__=("extra",)), extra),
    "no slots": (derived, extra),
    "weak": (derived, lambda x: weakref.ref(x)() is x),
    "property": (lambda c: derived(c, count=property(lambda self: 99)), lambda x: x.count),
    "class level": (lambda c: derived(c, LIMIT=1), lambda x: (x.LIMIT, x)),
    "abstract": (abstract, lambda x: x),
    "not abstract": (lambda c: abstract(c, needed=lambda self: 1), lambda x: (x, x.needed())),
    "mixin": (lambda c: type(c)("Sub", (Mixin, c), {}), lambda x: (repr(x), x + 1, len(x))),
    "mixin last": (lambda c: type(c)("Sub", (c, Mixin), {}), lambda x: (x + 1, len(x))),
    "equal to base": (derived, lambda x: (x == base(x), base(x) == x, x != base(x))),
    "of the base": (derived, lambda x: other_class(x, type(x).__mro__[1])),
    "of a sister": (derived, lambda x: other_class(x, derived(type(x).__mro__[1]))),
    "of another": (derived, lambda x: other_class(x, Mixin)),
    "copy": (derived, copy.copy),
    "own copy": (lambda c: derived(c, __copy__=lambda self: "copied"), copy.copy),
    "own reduce": (lambda c: derived(c, __reduce__=lambda self: (int, ("3",))), lambda x: pickle.loads(pickle.dumps(x))),
    "pickled": (derived, lambda x: pickle.loads(pickle.dumps(x))),
    "named": (derived, lambda x: type(x).named("ab")),
    "hooks": (lambda c: derived(c, __init_subclass__=classmethod(lambda cls: setattr(cls, "hooked", 1))), lambda x: derived(type(x)).hooked),
    "subclass of it": (lambda c: derived(derived(c)), lambda x: x),
    "of two": (lambda c: type("Sub", (c, dict), {}), lambda x: x),
    "generic": (derived, lambda x: type(x)[int]),
}  # fmt: skip


def base(x):
    """An instance of the class that this one's class extends."""
    name = type(x).__mro__[1].__name__
    return INSTANCES[name][0](type(x).__mro__[1])


def of_subclasses(name, world):
    """Python classes that extend it, with methods of their own."""
    cls = world.classes[name]
    for what, (make, probe) in SUBS.items():
        made = []

        def run():
            Sub = make(cls)
            Sub.__module__, Sub.__qualname__ = __name__, "Sub"
            globals()["Sub"] = Sub  # for pickle
            made.extend(INSTANCES[name][0](Sub) for _ in range(1))
            return probe(made[0])

        result = world.outcome(run)
        yield "sub: " + what, result + tuple(world.state(name, x) for x in made)
        globals().pop("Sub", None)
