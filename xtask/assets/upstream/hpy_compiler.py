"""Compiles universal modules, each once for all interpreters.

What was compiled is kept in the folder $HPY_COMPILED, by what went into it: sources, flags, compiler, HPy's headers.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import uuid

SDIST = os.environ["HPY_SDIST"]
DEVEL = os.path.join(SDIST, "hpy", "devel")
COMPILED = os.environ["HPY_COMPILED"]
HELPERS = os.environ["HPY_HELPERS"]  # the static library of what modules link
WINDOWS = sys.platform == "win32"
SUFFIX = ".hpy0.pyd" if WINDOWS else ".hpy0.so"

# As HPy's build does, with the warnings that a CPython of pyenv adds.
FLAGS = [
    "-fPIC", "-shared", "-Wall", "-Wno-unused-result", "-Wsign-compare", "-DHPY", "-DHPY_ABI_UNIVERSAL",
    "-I" + os.path.join(DEVEL, "include", "hpy", "forbid_python_h"), "-I" + os.path.join(DEVEL, "include"),
]
LIBRARIES = []
if WINDOWS:
    # The compiler's own libraries become part of each module. HPy's macros give GCC attributes that it has not for Windows.
    FLAGS += ["-static", "-Wno-attributes"]
    # Python's C library, with its `errno`; GCC's default is an older one.
    LIBRARIES.append("-lucrt")


class CompileError(Exception):
    """What the compiler says is on standard error."""


def library(name, sources, folder, flags=()):
    """Leave the library of the module `name` in the folder, and return its path."""
    path = os.path.join(folder, name + SUFFIX)
    compiler = os.environ["CXX" if sources[0].endswith(".cpp") else "CC"]
    kept = os.path.join(COMPILED, key(compiler, sources, flags) + ".so")
    if not os.path.exists(kept):
        new = "%s.%d" % (kept, os.getpid())
        command = [compiler] + FLAGS + list(flags) + ["-o", new] + list(sources) + [HELPERS] + LIBRARIES
        if run(command, folder) != 0:
            raise CompileError("%s can't be compiled" % ", ".join(sources))
        os.replace(new, kept)
    # A copy each: the dynamic loader takes two names of one file for one library, with one set of variables.
    shutil.copyfile(kept, path)
    return path


def run(command, folder):
    """Run the compiler and return its exit status."""
    requests = os.environ.get("HPY_REQUESTS")
    if requests is None:
        return subprocess.call(command, cwd=folder)
    # This Python can't wait for a program of the machine below: `cargo xtask upstream` runs it.
    place = os.path.join(requests, uuid.uuid4().hex)
    with open(place + ".new", "w") as file:
        words = [part for word in command for part in (["-I", word[2:]] if word.startswith("-I") else [word])]
        json.dump({"command": words, "folder": str(folder)}, file)
    os.rename(place + ".new", place + ".request")
    asked = time.monotonic()
    while not os.path.exists(place + ".answer"):
        if time.monotonic() - asked > 300:
            raise CompileError("no answer to %s.request" % place)
        time.sleep(0.01)
    with open(place + ".answer", encoding="utf-8") as file:
        answer = json.load(file)
    sys.stderr.write(answer["said"])
    return answer["status"]


def key(compiler, sources, flags):
    what = hashlib.sha256(repr((compiler, FLAGS + LIBRARIES, list(flags), len(sources))).encode())
    what.update(os.environ["HPY_COMPILER"].encode())  # its version
    for source in sources:
        with open(source, "rb") as file:
            what.update(hashlib.sha256(file.read()).digest())
    return what.hexdigest()
