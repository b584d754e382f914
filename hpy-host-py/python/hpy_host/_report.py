"""The report on standard error when a program with `HPY` set to debug or trace mode exits."""

import atexit
import os
import sys

from . import _debug, debug, trace
from ._modes import MODE_DEBUG, MODE_TRACE

FRAMES = 16  # recorded for each handle

_asked = set()


def at_exit(mode):
    """Called before each module of a mode is loaded."""
    if mode in _asked or not os.environ.get("HPY"):
        return
    _asked.add(mode)
    if mode == MODE_DEBUG:
        if _debug.get_handle_stack_trace_limit() is None:
            _debug.set_handle_stack_trace_limit(FRAMES)
        atexit.register(_leaks, _debug.new_generation())
    elif mode == MODE_TRACE:
        atexit.register(trace.report)


def never(mode):
    """Say nothing at the end about what a mode found: somebody else does."""
    _asked.add(mode)


def _leaks(generation):
    leaks = debug.find_leaks(generation)
    if leaks is not None:
        sys.stderr.write("hpy_host: %s\n" % leaks)
        sys.stderr.flush()
