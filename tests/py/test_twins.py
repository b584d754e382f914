"""Compares operations on a Rust class with the same operations on an equivalent Python class.

The torture test (`test_torture.py`) is deeper, and narrower: programs of 24 steps over two classes that are finished, whose
state, borrows and ends must stay right whatever runs in between. This one found more because of what that one never does:

- Its steps are a fixed set, those that were thought of when the classes were written. It has no step for copies, pickles,
  subclasses, `super()`, abstract classes, `inspect`, or a dunder method called by its name. Here the probes are not made
  for a class: each is tried on each, also where it makes no sense.
- Its two classes extend nothing, so nothing that Python or a base class adds around one was asked for: `dict` and `int` as
  bases lost their data in copies, and no program of any length could see it.
- Its twin was written by the side of the Rust class, borrows and all, to be equal; and where Python's own code raised, it was
  content with the type. A twin that is plain Python shows each place where the class is not what a user of Python expects;
  such a place is mended, or named in `CONVENTIONS` with its reason.
- Random constants meet an operator now and then; here each value of the wrong type meets each operator, on both sides.

Only the torture test finds what needs a history: so both stay. Recursion is in `test_recursion.py`.
"""

import fnmatch
import sys

import pytest
from conftest import CPYTHON, GRAALPY, HOST, MODE, PYPY
from twin_instances import EXTENDING, INSTANCES, SUBCLASSES, worlds
from twin_probes import FEW, SEEDS, World, agree, of_classes, of_instances, of_subclasses

NATIVE_PYPY = PYPY and HOST == "native"
pytestmark = [
    pytest.mark.skipif(
        PYPY and not NATIVE_PYPY and sys.pypy_version_info < (8,),
        reason="not judged yet: PyPy before 8 ends where a call of the C API gives a str whose __len__ raises, and its conventions are its own",
    ),
    pytest.mark.skipif(GRAALPY, reason="not judged yet: methods called without self raise exceptions of Java"),
    pytest.mark.skipif(CPYTHON and HOST != "embedded", reason="the host in the library is judged; the others have conventions of their own"),
    pytest.mark.skipif(MODE != "universal", reason="other modes look at each call, which is not what this compares"),
]

# (where, the probes that differ, why)
ANYWHERE = True
CONVENTIONS = [
    (CPYTHON and sys.version_info < (3, 10), "* signature", "inspect finds no signatures of classes of C before Python 3.10"),
    (PYPY or GRAALPY, "* signature", "inspect finds no signatures of classes of C"),
    (PYPY, "* vars", "every instance has a __dict__"),
    (PYPY, "* __dict__", "the same"),
    (PYPY, "* new attribute", "the same"),
    (PYPY, "* x setattr *", "the same"),
    (PYPY, "* ? x.* = *", "the same: attributes of the class can be hidden"),
    (PYPY, "* del x.*", "the same"),
    (PYPY, "* __delattr__ *", "the same"),
    (PYPY, "* sub: of the base", "the same: nothing is in its memory that the base has not"),
    (PYPY, "Open bases", "a class with fields extends hpy_host.Fields, which is left out here"),
    (NATIVE_PYPY, "* base", "its own HPy has no Python subclasses of such classes"),
    (NATIVE_PYPY, "* x.*", "its own HPy gives methods no __name__"),
    (NATIVE_PYPY, "Descriptor ? *get*", "its __get__ takes exactly two arguments"),
    (PYPY, "* other class", "x.__class__ = C is taken without a word"),
    (sys.version_info < (3, 13), "* named", "an attribute of C has a name; before Python 3.13 a property has none"),
    (ANYWHERE, "* signed", "a method of C has a positional-only self"),
    (ANYWHERE, "* ? __*__ of *", "with another class's object, a method of C raises TypeError before it looks for attributes"),
    (ANYWHERE, "* unbound *", "the same"),
    (ANYWHERE, "Plain add of *", "the same"),
    (ANYWHERE, "Number has __*__", "C has one function for an operator and its reflection, so a type with one has both names"),
    (ANYWHERE, "Metres ? __radd__ *", "the same: its own __add__ hides the __radd__ of int"),
    (ANYWHERE, "* sub: own eq", "C has one function for all comparisons: != asks that, not an __eq__ of the subclass"),
    (ANYWHERE, "* sub: own setattr", "the twin keeps its own attributes by __setattr__"),
    (ANYWHERE, "* sub: getattribute", "the twin reads its own attributes by __getattribute__"),
    (ANYWHERE, "Descriptor ? * None", "CPython's __get__ of a slot refuses None twice"),
    (ANYWHERE, "Number ? x isub x", "Rust can't read what it is changing: RuntimeError, as the guide says"),
    (ANYWHERE, "Row mro", "registered with MutableSequence, and not extending it"),
    (ANYWHERE, "Row bases", "the same"),
    (ANYWHERE, "Row metaclass", "the same"),
    (sys.version_info >= (3, 9), "Row item", "the same: [int] is from Sequence"),
    (sys.version_info >= (3, 9), "Row sub: generic", "the same"),
    (ANYWHERE, "Row has __*__", "CPython itself iterates over sequences of C, and looks for items in them"),
    (ANYWHERE, "Table mro", "registered with MutableMapping, and not extending it"),
    (ANYWHERE, "Table bases", "the same"),
    (ANYWHERE, "Table metaclass", "the same"),
    (sys.version_info >= (3, 9), "Table item", "the same"),
    (sys.version_info >= (3, 9), "Table sub: generic", "the same"),
    (ANYWHERE, "Color signature", "it has no constructor; the twin has one that raises TypeError"),
    (ANYWHERE, "Problem signature", "the twin's constructor takes any arguments, as BaseException wants them unbound"),
    (ANYWHERE, "Loose ? vars", "the value is Rust's, and not in the __dict__"),
    (ANYWHERE, "Loose ? __dict__", "the same"),
    (ANYWHERE, "Loose sub: of another", "an object's class can't become one with other memory"),
    (ANYWHERE, "Stack ? x iadd Opinion", "as list itself: a class of Python asks its list's += alone"),
    (ANYWHERE, "Metres ? vars", "no __dict__, which a subclass of int in Python can't do without, as it can't have slots"),
    (ANYWHERE, "Metres ? __dict__", "the same"),
    (ANYWHERE, "Metres ? new attribute", "the same"),
    (ANYWHERE, "Metres ? x setattr *", "the same"),
    (ANYWHERE, "Metres sub: of *", "the same: other memory"),
    (ANYWHERE, "Problem ? vars", "the value is Rust's, and not in the __dict__"),
    (ANYWHERE, "Problem ? __dict__", "the same"),
    (ANYWHERE, "Problem sub: * slots", "the same"),
    (ANYWHERE, "Problem sub: slots", "the same"),
    (ANYWHERE, "Problem sub: of the base", "the same: other memory"),
    (ANYWHERE, "Problem ? weak", "no weak references unless the class says so"),
]


_differences = {}


def differences(name):
    """How often they were compared, and the probes of a class that differ."""
    if name not in _differences:
        probes = [of_classes, of_instances] + ([of_subclasses] if name in SUBCLASSES and HOST != "native" else [])
        real, twin = (
            [("%s %s" % (name, key), value) for probe in probes for key, value in probe(name, World(classes))]
            for classes in worlds()
        )
        assert [key for key, _ in real] == [key for key, _ in twin]
        found = [(key, a, b) for (key, a), (_, b) in zip(real, twin) if not agree(a, b)]
        _differences[name] = len(real), found
    return _differences[name]


def explained(key):
    return [i for i, (where, pattern, _) in enumerate(CONVENTIONS) if where and fnmatch.fnmatchcase(key, pattern)]


def names():
    return [name for name in INSTANCES if HOST != "native" or name not in EXTENDING]


@pytest.mark.parametrize("name", names())
def test_twins(name):
    count, found = differences(name)
    left = ["%s:\n    Rust   %r\n    Python %r" % (key, a, b) for key, a, b in found if not explained(key)]
    assert not left, "%d of %d differ\n%s" % (len(left), count, "\n".join(left))
    assert count > 500


@pytest.mark.skipif(not CPYTHON or HOST == "native" or len(SEEDS) == len(FEW), reason="some are CPython's, some need all seeds")
def test_every_convention_is_met():
    """None is left that explains nothing."""
    needed = {i for name in names() for key, _, _ in differences(name)[1] for i in explained(key)}
    left = [pattern for i, (where, pattern, _) in enumerate(CONVENTIONS) if where and i not in needed]
    assert not left
