"""Measures the time to import a module in a new process.

    imports.py MODULE LIBRARY     seconds, for an extension that the interpreter loads by itself
    imports.py PACKAGE            the same for a package on sys.path
"""
import importlib.machinery
import importlib.util
import sys
from time import perf_counter

if len(sys.argv) > 2:
    name, path = sys.argv[1:]
    start = perf_counter()
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
else:
    start = perf_counter()
    __import__(sys.argv[1])
print(perf_counter() - start)
