"""Runs loops over the functions of the benchmark, or over its class, in one or more libraries.

    calls.py facts                            what building for this interpreter needs, as JSON
    calls.py count SET CASE TIMES LIBRARY     the bare loop, for callgrind
    calls.py clock SET LIBRARY...             nanoseconds per iteration, as JSON: {label: {case: ns}}

SET is `calls`, `classes` or `data`. LIBRARY is MODULE:LABEL:PATH. What has a label that ends with `native` is loaded by the
interpreter's own HPy, all else by import.
"""
import gc
import importlib.machinery
import importlib.util
import itertools
import os
import sys
from time import perf_counter


def instances(make, times):
    return [make(7) for _ in range(times)]


def iterate(items):
    for _ in items:
        pass


# What `x` is, of a module `m`; the statement that is measured; the answer to it.
SETS = {
    "calls": {
        "f": ("m.f", "x()", None),
        "o1": ("m.o1", "x(None)", None),
        "f1": ("m.f1", "x(41)", 42),
        "add": ("m.add", "x(1.5, 2.25)", 3.75),
        "kwpos": ("m.kw", "x(1, 2)", 6),
        "kw": ("m.kw", "x(1, b=2)", 6),
    },
    "classes": {
        "new": ("m.Number", "x(7)", "Number"),
        "method": ("m.Number(7)", "x.same()", 7),
        "method1": ("m.Number(7)", "x.plus(3)", 10),
        "getter": ("m.Number(7)", "x.value", 7),
        "add": ("m.Number(7)", "x + x", "Number"),
        "getitem": ("m.Number(7)", "x[3]", 10),
        "len": ("m.Number(7)", "len(x)", 7),
        "next": ("m.Count", None, None),  # an item of an iterator; with `None`, the loop is over `x(times)`
        "million": ("m.Count", "iterate(x(1000000))", None),
        # As many instances as there are turns, each of which ends by this.
        "dealloc": ("instances(m.Number, times)", "x.pop()", "Number"),
    },
}

# The values of `data`.
VALUES = {
    "floats": [float(i) for i in range(1000)],
    "ints": [i * 7 for i in range(1000)],
    "texts": ["text %d" % i for i in range(1000)],
    "rows": [[float(i) for i in range(100)] for _ in range(10)],
    "dict_of_ints": {"text %d" % i: i for i in range(1000)},
    "kilo": b"x" * 1024,
    "mega": b"x" * (1 << 20),
    "mega_array": bytearray(1 << 20),
    "point": {"x": 1.5, "y": 2.5},
}
VALUES["tuple_of_floats"], VALUES["set_of_ints"] = tuple(VALUES["floats"]), set(VALUES["ints"])

SETS["data"] = {
    "list[float]": ("m.sum_f64s", "x(floats)", 499500.0),
    "list[int]": ("m.sum_i64s", "x(ints)", 3496500),
    "tuple[float]": ("m.sum_tuple", "x(tuple_of_floats)", 499500.0),
    "list[str]": ("m.strs", "x(texts)", 7890),
    "list[list]": ("m.nested", "x(rows)", 49500.0),
    "tuple of 3": ("m.pair", "x((1, 2.5, 'text'))", (1, 2.5, 4)),
    "set[int]": ("m.sum_set", "x(set_of_ints)", 3496500),
    "dict[str, int]": ("m.sum_dict", "x(dict_of_ints)", 499500),
    "int | None": ("m.option", "x(None)", None),
    "int | str": ("m.either", "x('text')", 4),
    "bytes 1 kB": ("m.bytes_len", "x(kilo)", 1024),
    "bytes 1 MB": ("m.bytes_len", "x(mega)", 1 << 20),
    "bytearray 1 MB": ("m.copy_len", "x(mega_array)", 1 << 20),
    "two items": ("m.fields", "x(point)", 4.0),
    "&Point": ("m.by_reference, m.Point(1.5, 2.5)", "x[0](x[1])", 4.0),
    "Point": ("m.by_value, m.Point(1.5, 2.5)", "x[0](x[1])", 4.0),
    "iterator": ("m.sum_iterator", "x(iter(ints))", 3496500),
    "to list[float]": ("m.f64s_out", "x(1000)", "list"),
    "to list[int]": ("m.i64s_out", "x(1000)", "list"),
    "to list[str]": ("m.strs_out", "x(1000)", "list"),
    "to set[int]": ("m.set_out", "x(1000)", "set"),
    "to dict": ("m.dict_out", "x(1000)", "dict"),
    "to bytes 1 kB": ("m.bytes_out", "x(1024)", "bytes"),
    "to bytes 1 MB": ("m.bytes_out", "x(1048576)", "bytes"),
}

# Turns of a case that are enough to warm up.
WARM = {"million": 1, **{case: 500 for case in SETS["data"]}}
# Instances that are made for a case whose instructions are counted, whatever the turns.
COUNTED = 25000

# Where objects are collected now and then, a round is long enough to have its share of that.
ROUNDS, ROUND_SECONDS = (15, 0.03) if sys.implementation.name == "cpython" else (7, 0.4)


def load(library, cases):
    name, label, path = library.split(":", 2)
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if label.endswith("native"):
        import hpy.universal

        module = hpy.universal.load(name, path, spec)
    else:
        module = importlib.util.module_from_spec(spec)
        loader.exec_module(module)
    for case, (x, statement, answer) in cases.items():
        x = eval(x, dict(globals(), m=module, times=5))
        given = eval(statement, dict(globals(), x=x, **VALUES)) if statement else sum(x(5)) - 10 or None
        assert (type(given).__name__ if isinstance(answer, str) else given) == answer, (library, case, given)
    return module


def loop(module, x, statement, _):
    """A loop of its own for each case and library, so that no compiler mixes what it learns from two.

    It gives a function that prepares so many turns, or more, and gives the function that runs them.
    """
    turns = "times" if statement else "x(times)"
    source = "def loop(x, times):\n    for _ in %s:\n        %s\n" % (turns, statement or "pass")
    namespace = {"iterate": iterate, **VALUES}
    exec(source, namespace)
    compiled, made = namespace["loop"], compile(x, "x", "eval")

    def prepare(times, prepared=0):
        x = eval(made, dict(globals(), m=module, times=max(times, prepared)))
        return lambda: compiled(x, itertools.repeat(None, times) if statement else times)

    return prepare


def timed(prepare, times):
    """Nanoseconds of a turn. What dies later on this interpreter dies in that time, too."""
    run = prepare(times)
    start = perf_counter()
    run()
    if sys.implementation.name == "pypy":
        gc.collect(0)
    return (perf_counter() - start) / times * 1e9


def clock(cases, libraries):
    modules = {library: load(library, cases) for library in libraries}
    best = {library: {} for library in libraries}
    for case, facts in cases.items():
        loops = {library: loop(module, *facts) for library, module in modules.items()}
        times = {}
        for library, prepare in loops.items():
            warm = WARM.get(case, 20000)
            prepare(warm)()
            prepare(warm)()
            times[library] = int(ROUND_SECONDS * 1e9 / timed(prepare, warm)) + 1
        # Interleaved: what the machine does meanwhile hits all of them.
        for _ in range(ROUNDS):
            for library, prepare in loops.items():
                ns = timed(prepare, times[library])
                best[library][case] = min(ns, best[library].get(case, ns))
    return {library.split(":", 2)[1]: cases for library, cases in best.items()}


def facts():
    import sysconfig

    include = sysconfig.get_paths()["include"]
    header = os.path.join(include, "Python.h")
    return {"executable": sys.executable, "include": include if os.path.exists(header) else None}


def main(command, *rest):
    if command == "count":
        cases, case, times, library = SETS[rest[0]], *rest[1:]
        prepare = loop(load(library, cases), *cases[case])
        gc.disable()
        prepare(int(times), COUNTED)()
        os._exit(0)  # the end of what is left over is not to be counted
    import json

    print(json.dumps(facts() if command == "facts" else clock(SETS[rest[0]], rest[1:])))


main(*sys.argv[1:])
