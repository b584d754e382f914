"""Count the words of the interpreter's own standard library, with the extension and without it.

A word is a maximal run of ASCII letters, digits, underscores and characters outside ASCII.
"""
import collections
import json
import os
import re
import time

import word_count

WORD = re.compile("[A-Za-z0-9_\u0080-\U0010ffff]+")


def texts():
    library = os.path.dirname(os.path.abspath(os.__file__))
    for name in sorted(os.listdir(library)):
        path = os.path.join(library, name)
        if name.endswith(".py") and os.path.isfile(path):  # Debian's sitecustomize.py may be a link to nothing
            with open(path, encoding="utf-8", errors="replace") as file:
                yield file.read()


def count(text):
    return dict(collections.Counter(WORD.findall(text)))


def timed(function, text):
    start = time.perf_counter()
    result = function(text)
    return result, time.perf_counter() - start


text = "\n".join(texts())
native, native_seconds = timed(word_count.count, text)
python, python_seconds = timed(count, text)
print(json.dumps({
    "host": word_count.__hpy_host__,
    "ok": native == python and sum(native.values()) > 0,
    "words": sum(native.values()),
    "native_seconds": native_seconds,
    "python_seconds": python_seconds,
}))
