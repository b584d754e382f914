"""Calls the six functions of the benchmark in one or more libraries.

    calls.py facts                        what building for this interpreter needs, as JSON
    calls.py count CASE TIMES LIBRARY     the bare loop, for callgrind
    calls.py clock LIBRARY...             nanoseconds per iteration, as JSON: {label: {case: ns}}

LIBRARY is MODULE:LABEL:PATH. What has a label that ends with `native` is loaded by the interpreter's own HPy, all else by import.
"""
import importlib.machinery
import importlib.util
import itertools
import sys

CASES = {
    "f": ("f", ""),
    "o1": ("o1", "None"),
    "f1": ("f1", "41"),
    "add": ("add", "1.5, 2.25"),
    "kwpos": ("kw", "1, 2"),
    "kw": ("kw", "1, b=2"),
}
ANSWERS = {"f": None, "o1": None, "f1": 42, "add": 3.75, "kwpos": 6, "kw": 6}

# Where objects are collected now and then, a round is long enough to have its share of that.
ROUNDS, ROUND_SECONDS = (15, 0.03) if sys.implementation.name == "cpython" else (7, 0.4)


def load(library):
    name, label, path = library.split(":", 2)
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if label.endswith("native"):
        import hpy.universal

        module = hpy.universal.load(name, path, spec)
    else:
        module = importlib.util.module_from_spec(spec)
        loader.exec_module(module)
    for case, (function, arguments) in CASES.items():
        answer = eval("function(%s)" % arguments, {"function": getattr(module, function)})
        assert answer == ANSWERS[case], (library, case, answer)
    return module


def loop(module, case):
    """A loop of its own for each function, so that no compiler mixes what it learns from two."""
    function, arguments = CASES[case]
    source = "def loop(function, times):\n    for _ in times:\n        function(%s)\n" % arguments
    namespace = {}
    exec(source, namespace)
    compiled, function = namespace["loop"], getattr(module, function)
    return lambda times: compiled(function, itertools.repeat(None, times))


def clock(libraries):
    from time import perf_counter

    modules = {library: load(library) for library in libraries}
    best = {library: {} for library in libraries}
    for case in CASES:
        loops = {library: loop(module, case) for library, module in modules.items()}
        times = {}
        for library, run in loops.items():
            run(20000)
            run(20000)
            start = perf_counter()
            run(20000)
            times[library] = int(20000 * ROUND_SECONDS / (perf_counter() - start)) + 1
        # Interleaved: what the machine does meanwhile hits all of them.
        for _ in range(ROUNDS):
            for library, run in loops.items():
                start = perf_counter()
                run(times[library])
                ns = (perf_counter() - start) / times[library] * 1e9
                best[library][case] = min(ns, best[library].get(case, ns))
    return {library.split(":", 2)[1]: cases for library, cases in best.items()}


def facts():
    import os
    import sysconfig

    include = sysconfig.get_paths()["include"]
    header = os.path.join(include, "Python.h")
    return {"executable": sys.executable, "include": include if os.path.exists(header) else None}


def main(command, *rest):
    if command == "count":
        import gc

        case, times, library = rest
        run = loop(load(library), case)
        gc.disable()
        run(int(times))
        return
    import json

    print(json.dumps(facts() if command == "facts" else clock(rest)))


main(*sys.argv[1:])
