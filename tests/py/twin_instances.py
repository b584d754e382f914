"""The instances of `test_twins.py`: how they are made, and what they have."""

import python_twins
from conftest import HOST
from conftest import module as extension

EXTENDING = "Loose Tally Stack Metres Name Problem".split()
SUBCLASSES = "Plain Money Number Row Table Open".split() + EXTENDING

# How instances are made, with the same arguments in both worlds; and what they have.
INSTANCES = {
    "Plain": [lambda c: c(5, label="five"), lambda c: c()],
    "Money": [lambda c: c(250, "EUR"), lambda c: c(0, None)],
    "Number": [lambda c: c(7), lambda c: c(13), lambda c: c(0), lambda c: c(-(2**63))],
    "Row": [lambda c: c(3, 1, 2), lambda c: c()],
    "Table": [lambda c: c(a=1, b=2), lambda c: c()],
    "Countdown": [lambda c: c(3), lambda c: c(14), lambda c: c(0)],
    "Adder": [lambda c: c(40)],
    "Manager": [lambda c: c(), lambda c: c(True)],
    "Open": [lambda c: c()],
    "Descriptor": [lambda c: c()],
    "Color": [lambda c: c.Red, lambda c: c.Green],
    "Level": [lambda c: c.Low, lambda c: c(5)],
    "Loose": [lambda c: c(3)],
    "Tally": [lambda c: c(2)],
    "Stack": [lambda c: c([1, 2], 2), lambda c: c()],
    "Metres": [lambda c: c(7, "km")],
    "Name": [lambda c: c("abc", 3)],
    "Problem": [lambda c: c("wrong", 3), lambda c: c("wrong")],
}
ATTRIBUTES = {
    "Plain": "count label note LIMIT add joined twice named",
    "Money": "cents unit",
    "Number": "value",
    "Row": "insert append extend pop remove reverse clear index count",
    "Table": "get keys items values pop popitem clear update setdefault",
    "Countdown": "left",
    "Adder": "n",
    "Manager": "log",
    "Open": "real broken made_up",
    "Descriptor": "log",
    "Color": "warm Red",
    "Level": "name value Low",
    "Loose": "number",
    "Tally": "total count get keys",
    "Stack": "height append",
    "Metres": "unit real numerator",
    "Name": "rank upper",
    "Problem": "line args with_traceback",
}
STATES = {
    "Plain": lambda x: (x.count, x.label, getattr(x, "note", None)),
    "Money": lambda x: (x.cents, x.unit),
    "Number": lambda x: x.value,
    "Row": lambda x: [x[i] for i in range(len(x))],
    "Table": lambda x: [(key, x[key]) for key in x],
    "Countdown": lambda x: x.left,
    "Adder": lambda x: x.n,
    "Manager": lambda x: x.log,
    "Open": lambda x: (x.real, [(name, repr(type(getattr(x, name)))) for name in dir(x)]),
    "Descriptor": lambda x: x.log,
    "Color": lambda x: (int(x), x.warm),
    "Level": lambda x: (x.name, x.value),
    "Loose": lambda x: x.number,
    "Tally": lambda x: (x.total, sorted(map(repr, dict.items(x)))),
    "Stack": lambda x: (x.height, repr(list(x))),
    "Metres": lambda x: (x.unit, x.real),
    "Name": lambda x: (x.rank, str.upper(x)),
    "Problem": lambda x: (x.line, repr(x.args)),
}


def worlds():
    """The classes in Rust, and those in Python."""
    twins, extending = extension("twins"), None
    real = {name: getattr(twins, name) for name in INSTANCES if name not in EXTENDING}
    if HOST != "native":
        extending = extension("twins_extending")
        real.update((name, getattr(extending, name)) for name in EXTENDING)
    return real, {name: getattr(python_twins, name) for name in real}
