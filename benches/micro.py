"""Runs the unmodified cases of HPy's own microbenchmarks, from the sdist in $HPY_SDIST.

    micro.py clock C HPY                  nanoseconds of a turn, in turns, as JSON: {case: [C, HPy]}
    micro.py count CASE TURNS API LIB     the case alone, for callgrind; API is cpy or hpy

C is the library with the C extension cpy_simple, HPY the universal one with hpy_simple, which hpy_host loads.
"""
import importlib.machinery
import importlib.util
import json
import os
import sys
import types
from time import perf_counter

TURNS = 200000
ROUNDS = 15


class Timer:
    """What a case measures with."""

    def __enter__(self):
        self.start = perf_counter()

    def __exit__(self, *exception):
        self.elapsed = perf_counter() - self.start


def fixture(*function, **options):
    return function[0] if function else lambda function: function


def cases():
    """The methods of the classes of the sdist's file. What it takes of pytest and valgrind does nothing here."""
    valgrind, pytest = types.ModuleType("_valgrind"), types.ModuleType("pytest")
    valgrind.lib = types.SimpleNamespace(is_running_on_valgrind=lambda: False)
    pytest.fixture, pytest.param = fixture, lambda *values, **options: values
    pytest.mark = types.SimpleNamespace(cpy=None, hpy=None)
    sys.modules.update(_valgrind=valgrind, pytest=pytest)
    sys.path.insert(0, os.path.join(os.environ["HPY_SDIST"], "microbench"))
    import test_microbench

    all = {}
    for group in (test_microbench.TestModule, test_microbench.TestType, test_microbench.TestHeapType):
        for name in vars(group):
            if name.startswith("test_"):
                all["%s.%s" % (group.__name__[4:], name[5:])] = getattr(group(), name)
    return all


def load(api, path):
    if api == "hpy":
        import hpy_host

        return hpy_host.load("hpy_simple", path, None)
    loader = importlib.machinery.ExtensionFileLoader("cpy_simple", path)
    spec = importlib.util.spec_from_file_location("cpy_simple", path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def call(case, api, module, turns):
    timer = Timer()
    wants_api = "api" in case.__code__.co_varnames[: case.__code__.co_argcount]
    case(*([api] if wants_api else []), module, timer, turns)
    return timer.elapsed / turns * 1e9


def clock(c, hpy):
    modules = [(api, load(api, path)) for api, path in (("cpy", c), ("hpy", hpy))]
    best = {}
    for name, case in cases().items():
        times = best[name] = [float("inf")] * 2
        # In turns: what the machine does meanwhile hits both of them.
        for _ in range(ROUNDS):
            for i, (api, module) in enumerate(modules):
                times[i] = min(times[i], call(case, api, module, TURNS))
    return best


def main(command, *rest):
    if command == "clock":
        print(json.dumps(clock(*rest)))
    else:
        case, turns, api, library = rest
        call(cases()[case], api, load(api, library), int(turns))


main(*sys.argv[1:])
