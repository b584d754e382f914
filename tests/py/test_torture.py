"""Random programs over classes with all protocols, compared step by step with the same classes in Python.

10,000 programs on each interpreter, 500 on GraalPy, and a tenth of that in debug and trace mode, which look at each step.
A program is a list of steps; a step names an operation, and what it is done with.
"""

import gc
import operator
import random

import pytest
import torture_twin
from conftest import GRAALPY, MODE, NATIVE_GRAALPY, PYPY

pytestmark = pytest.mark.skipif(NATIVE_GRAALPY, reason="its HPy can't delete attributes, nor fail in a comparison")

PARTS = 10
PROGRAMS = (500 if GRAALPY else 10_000) // PARTS // (1 if MODE == "universal" else 10)
STEPS = 24
THINGS = 3
DEEPEST = 3  # a function may call itself through a thing that is linked to it


class Boom(Exception):
    pass


class Foreign:
    """Has opinions about operators of its own."""

    def __radd__(self, other):
        return "foreign radd"

    def __add__(self, other):
        return NotImplemented

    def __rmul__(self, other):
        raise Boom("foreign rmul")

    def __sub__(self, other):
        return "foreign sub"

    def __eq__(self, other):
        return "foreign eq"

    def __gt__(self, other):
        return "foreign gt"

    def __le__(self, other):
        raise Boom("foreign le")

    __hash__ = None


CONSTANTS = [0, 1, -1, 2, 3, 7, 13, -13, -100, 2**31 - 1, 2**31, -(2**63), 2**70, True, "x", "", None, 1.5, ...]
CONSTANTS += [Foreign()]
NUMBERS = [0, 1, -1, 2, 3, 5, 13, -13, 40, 1000, 50_000, -50_000]
TEXTS = ["", "a", "quiet", "worse"]
UNARY = dict(
    repr=repr, str=str, hash=hash, bool=bool, int=int, float=float, index=operator.index, neg=operator.neg,
    pos=operator.pos, abs=abs, invert=operator.invert, len=len, reversed=reversed, value=lambda x: x.value,
    tag=lambda x: x.tag, link=lambda x: x.link, log=lambda x: x.log, nothing=lambda x: x.nothing,
    format=lambda x: format(x, ">8"), percent=lambda x: "%d" % x, delvalue=lambda x: delattr(x, "value"),
    deltag=lambda x: delattr(x, "tag"), dellink=lambda x: delattr(x, "link"), iter=list, dict=lambda x: len({x: 1, 2: x}),
)  # fmt: skip
BINARY = {
    name: getattr(operator, name)
    for name in "add sub mul truediv floordiv mod pow and_ or_ xor lshift rshift matmul eq ne lt le gt ge".split()
}
BINARY["divmod"] = divmod
BINARY["listed"] = lambda x, y: x in [None, y]
BINARY["least"] = lambda x, y: min(x, y)
IN_PLACE = {name: getattr(operator, name) for name in "iadd isub ior imul iand".split()}
WITH_VALUE = dict(
    getitem=lambda x, v: x[v], delitem=lambda x, v: operator.delitem(x, v), contains=lambda x, v: v in x,
    setvalue=lambda x, v: setattr(x, "value", v), settag=lambda x, v: setattr(x, "tag", v),
    setlink=lambda x, v: setattr(x, "link", v), call=lambda x, v: x(v), shared=lambda x, v: x.shared(v),
    exclusive=lambda x, v: x.exclusive(v), take=lambda x, v: x.take(v), twoargs=lambda x, v: x.take(v, v),
    keyword=lambda x, v: x(v=v), wrong_self=lambda x, v: type(x).__len__(v),
)  # fmt: skip


class Program:
    """Makes steps."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.steps = [self.step(2) for _ in range(STEPS)]

    def step(self, depth):
        pick, chance = self.random.choice, self.random.random()
        if chance < 0.16:
            return "unary", pick(list(UNARY)), self.thing()
        if chance < 0.36:
            pair = [self.thing(), self.operand(depth)]
            if self.random.random() < 0.3:
                pair.reverse()
            return ("binary", pick(list(BINARY)), *pair)
        if chance < 0.44:
            return "in place", pick(list(IN_PLACE)), self.thing(), self.operand(depth)
        if chance < 0.64:
            return "with value", pick(list(WITH_VALUE)), self.thing(), self.operand(depth)
        if chance < 0.76:
            return "setitem", self.thing(), self.key(), self.operand(depth)
        if chance < 0.80:
            return "new", self.thing(), ("constant", pick(NUMBERS)), pick(TEXTS), self.operand(depth)
        if chance < 0.84:
            return "walk", self.thing(), self.key(), self.key()
        if chance < 0.88 and depth:
            return "with", self.thing(), self.steps_within(depth), pick([None, None, ValueError, KeyError])
        if chance < 0.94:
            return "open", pick(["get", "set", "del", "has", "dir"]), pick(["a", "b", "never"]), self.operand(depth)
        if chance < 0.97:
            return "pow", self.thing(), ("constant", pick([0, 2, 3, 4, "x"])), ("constant", pick([None, 0, 7, -7, "x"]))
        if chance < 0.9995:
            return "with value", pick(["shared", "exclusive", "setlink", "call"]), self.thing(), self.hook(depth)
        return ("collect",)

    def steps_within(self, depth):
        return [self.step(depth - 1) for _ in range(self.random.randrange(3))]

    def thing(self):
        return "thing", self.random.randrange(THINGS)

    def key(self):
        return "constant", self.random.choice([0, 1, 2, 3, 4, 5, 6, 7, 13, "x", 2**70])

    def hook(self, depth):
        if not depth:
            return "constant", None
        end = self.random.choice(CONSTANTS[:5] + [Boom, KeyError])
        return "hook", self.steps_within(depth), end

    def operand(self, depth):
        chance = self.random.random()
        if chance < 0.4:
            return self.thing()
        if chance < 0.5:
            return self.hook(depth)
        return "constant", self.random.choice(CONSTANTS)


class World:
    """Where a program runs: on the classes of the extension, or on their twins."""

    def __init__(self, classes, real):
        self.classes, self.real = classes, real
        self.things = [classes.Thing(n) for n in range(THINGS)]
        self.open = classes.Open()
        self.trace = []
        self.depth = 0

    def value(self, what):
        kind, value, *rest = what
        if kind == "thing":
            return self.things[value]
        if kind == "hook":
            return self.hook(value, *rest)
        return value

    def hook(self, steps, end):
        def hook(*args):
            self.trace.append(self.seen(args))
            if self.depth == DEEPEST:
                raise Boom("deep enough")
            self.depth += 1
            for step in steps:
                self.run(step)
            self.depth -= 1
            if isinstance(end, type):
                raise torture_twin.ours(end("hook"))
            return end

        return hook

    def seen(self, value):
        """What both worlds must agree on."""
        if isinstance(value, self.classes.Thing):
            for i, thing in enumerate(self.things):
                if thing is value:
                    return "thing", i
            try:
                return "new", value.value, value.tag, len(value)
            except RuntimeError as error:
                return "locked", str(error)
        if isinstance(value, (tuple, list)):
            return type(value).__name__, [self.seen(item) for item in value]
        if value is self.open:
            return "open"
        if callable(value):
            return "hook"
        if isinstance(value, Foreign):
            return "foreign"
        return type(value).__name__, value

    def run(self, step):
        """Does one step, also inside of another one; what came of it is the last entry of the trace."""
        try:
            result = "gives", self.seen(self.do(*step))
        except Exception as error:
            result = "raises", type(error), error.args, getattr(error, "ours", False) or isinstance(error, Boom)
        self.trace.append(result)

    def do(self, kind, *rest):
        if kind == "unary":
            return UNARY[rest[0]](self.value(rest[1]))
        if kind == "binary":
            return BINARY[rest[0]](self.value(rest[1]), self.value(rest[2]))
        if kind == "with value":
            return WITH_VALUE[rest[0]](self.value(rest[1]), self.value(rest[2]))
        if kind == "in place":
            result = IN_PLACE[rest[0]](self.value(rest[1]), self.value(rest[2]))
            if isinstance(result, self.classes.Thing):
                self.things[rest[1][1]] = result
            return result
        if kind == "setitem":
            self.value(rest[0])[self.value(rest[1])] = self.value(rest[2])
            return None
        if kind == "new":
            place, value, tag, link = rest
            self.things[place[1]] = self.classes.Thing(self.value(value), tag=tag, link=self.value(link))
            return None
        if kind == "walk":
            thing, first, second = map(self.value, rest)
            walk = iter(thing)
            seen = [next(walk, None)]
            thing[first] = first
            seen.append(next(walk, None))
            del thing[second]
            return seen + list(walk) + [next(walk, None)]
        if kind == "with":
            thing, steps, error = rest
            with self.value(thing) as entered:
                for step in steps:
                    self.run(step)
                if error:
                    raise torture_twin.ours(error("inside"))
            return entered
        if kind == "open":
            what, name, value = rest
            if what == "get":
                return getattr(self.open, name)
            if what == "set":
                return setattr(self.open, name, self.value(value))
            if what == "del":
                return delattr(self.open, name)
            return hasattr(self.open, name) if what == "has" else dir(self.open)
        if kind == "pow":
            return pow(*map(self.value, rest))
        assert kind == "collect"
        if self.real:
            gc.collect()
        return None


def agree(real, twin):
    if len(real) != len(twin):
        return False
    for a, b in zip(real, twin):
        if a[0] == "raises" == b[0]:
            if a[1] is not b[1] or (b[3] and a[2] != b[2]):
                return False
        elif a != b:
            return False
    return True


def run(ext, seed):
    real, twin = World(ext, True), World(torture_twin, False)
    for i, step in enumerate(Program(seed).steps):
        before = len(twin.trace)
        real.run(step)
        twin.run(step)
        a, b = real.trace[before:], twin.trace[before:]
        assert agree(a, b), "program %d, step %d: %r\nRust   %r\nPython %r" % (seed, i, step, a, b)
    for a, b in zip(real.things, twin.things):
        for name in "value", "tag", "log":
            assert getattr(a, name) == getattr(b, name), "program %d: %s" % (seed, name)
        assert list(reversed(a)) == list(reversed(b)), "program %d: keys" % seed
    return len(twin.trace)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_programs(ext, part):
    steps = sum(run(ext, seed) for seed in range(part * PROGRAMS, (part + 1) * PROGRAMS))
    print("%d programs, %d steps" % (PROGRAMS, steps))
    assert steps >= PROGRAMS * STEPS


@pytest.mark.skipif(GRAALPY, reason="its collector does not see cycles through Python's own objects")
def test_nothing_is_left(ext):
    """Every instance ends once, whatever cycle it was part of.

    Not so where PyPy's compiler took part and its C API did: about one object of two programs stays for ever, which
    none does with `--jit off`. The cause is not known; so the compiler is off here.
    """
    if PYPY:
        import pypyjit

        pypyjit.set_param("off")
    try:
        gc.collect()
        before = ext.alive()
        for seed in range(300):
            run(ext, seed)
        for _ in range(20 if PYPY else 2):
            gc.collect()
        assert ext.alive() <= before
    finally:
        if PYPY:
            pypyjit.set_param("default")


def test_differences_are_seen(ext):
    """A class that differs from its twin in one method does not pass."""

    class Wrong(torture_twin.Thing):
        def __invert__(self):
            return 0

    class Classes:
        Thing, Open = Wrong, torture_twin.Open

    with pytest.raises(AssertionError, match="step"):
        for seed in range(PROGRAMS * PARTS):
            run(Classes, seed)
