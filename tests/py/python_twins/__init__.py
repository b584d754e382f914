"""The classes of `tests/ext/src/twins.rs` and `twins_extending.rs` in Python.

`__slots__` where an instance in Rust has no `__dict__`. Numbers have the sizes that Rust gives them, and what can't be
copied with its data says so: both is what the guide promises, so the twins do it, too.
"""

from python_twins.data_model import Adder, Color, Countdown, Descriptor, Level, Manager, Money, Number, Open, Plain, Row, Table
from python_twins.extending import Loose, Metres, Name, Problem, Stack, Tally

__all__ = ["Plain", "Money", "Number", "Row", "Table", "Countdown", "Adder", "Manager", "Open", "Descriptor", "Color", "Level", "Loose", "Tally", "Stack", "Metres", "Name", "Problem"]
