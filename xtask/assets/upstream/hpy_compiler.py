"""Compiles universal modules, each once for all interpreters.

What was compiled is kept in the folder $HPY_COMPILED, by what went into it: sources, flags, compiler, HPy's headers.
"""
import hashlib
import os
import shutil
import subprocess

SDIST = os.environ["HPY_SDIST"]
DEVEL = os.path.join(SDIST, "hpy", "devel")
COMPILED = os.environ["HPY_COMPILED"]
HELPERS = os.environ["HPY_HELPERS"]  # the static library of what modules link
SUFFIX = ".hpy0.so"

# As HPy's build does, with the warnings that a CPython of pyenv adds.
FLAGS = [
    "-fPIC", "-shared", "-Wall", "-Wno-unused-result", "-Wsign-compare", "-DHPY", "-DHPY_ABI_UNIVERSAL",
    "-I" + os.path.join(DEVEL, "include", "hpy", "forbid_python_h"), "-I" + os.path.join(DEVEL, "include"),
]


class CompileError(Exception):
    """What the compiler says is on standard error."""


def library(name, sources, folder, flags=()):
    """Leave the library of the module `name` in the folder, and return its path."""
    path = os.path.join(folder, name + SUFFIX)
    compiler = os.environ["CXX" if sources[0].endswith(".cpp") else "CC"]
    kept = os.path.join(COMPILED, key(compiler, sources, flags) + ".so")
    if not os.path.exists(kept):
        new = "%s.%d" % (kept, os.getpid())
        command = [compiler] + FLAGS + list(flags) + ["-o", new] + list(sources) + [HELPERS]
        if subprocess.call(command, cwd=folder) != 0:
            raise CompileError("%s can't be compiled" % ", ".join(sources))
        os.replace(new, kept)
    # A copy each: the dynamic loader takes two names of one file for one library, with one set of variables.
    shutil.copyfile(kept, path)
    return path


def key(compiler, sources, flags):
    what = hashlib.sha256(repr((compiler, FLAGS, list(flags), len(sources))).encode())
    what.update(os.environ["HPY_COMPILER"].encode())  # its version
    for source in sources:
        with open(source, "rb") as file:
            what.update(hashlib.sha256(file.read()).digest())
    return what.hexdigest()
