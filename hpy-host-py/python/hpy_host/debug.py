"""Debug mode: finds the handles that an extension leaks. The names are those of HPy's own `hpy.debug`.

    with hpy_host.debug.LeakDetector():
        extension.function()                        raises HPyLeakError, if the function leaks a handle

    hpy_host.debug.set_handle_stack_trace_limit(16) from now on it is recorded where each handle is made

This covers only modules that are loaded in debug mode: with `HPY=debug`, or `hpy_host.load(..., mode=MODE_DEBUG)`.
"""

from . import _debug

__all__ = [
    "HPyDebugError",
    "HPyLeakError",
    "LeakDetector",
    "disable_handle_stack_traces",
    "set_handle_stack_trace_limit",
]


class HPyDebugError(Exception):
    """Debug mode found something."""


class HPyLeakError(HPyDebugError):
    """Handles were opened and not closed."""

    def __init__(self, leaks, builders=()):
        super().__init__()
        self.leaks = leaks
        """The handles, as DebugHandle."""
        self.builders = builders
        """Lines about each builder and tracker that was not finished."""

    def __str__(self):
        parts = []
        if self.leaks:
            parts.append(_counted(len(self.leaks), "unclosed handle"))
            parts += [_indented(repr(leak)) for leak in self.leaks]
        if self.builders:
            parts.append(_counted(len(self.builders), "unfinished builder"))
            parts += [_indented(builder) for builder in self.builders]
        return "\n".join(parts)


def _counted(number, what):
    return "%d %s%s:" % (number, what, "" if number == 1 else "s")


def _indented(text):
    return "\n".join("    " + line for line in text.rstrip().split("\n"))


class LeakDetector:
    """Raises HPyLeakError for the handles that are opened from `start` to `stop`, and not closed.

    It is a context manager, too.
    """

    def __init__(self):
        self.generation = None

    def start(self):
        if self.generation is not None:
            raise ValueError("LeakDetector already started")
        self.generation = _debug.new_generation()

    def stop(self):
        if self.generation is None:
            raise ValueError("LeakDetector not started yet")
        error = find_leaks(self.generation)
        if error is not None:
            raise error

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, etype, evalue, tb):
        self.stop()


def find_leaks(generation):
    """An HPyLeakError with what was opened since a generation began and is open now, or None."""
    leaks = _debug.get_open_handles(generation)
    builders = _debug.get_open_builders(generation)
    return HPyLeakError(leaks, builders) if leaks or builders else None


def set_handle_stack_trace_limit(limit):
    """Record where each handle is made, from now on: at most `limit` frames of Python, and as many of native code."""
    _debug.set_handle_stack_trace_limit(limit)


def disable_handle_stack_traces():
    """Don't record any more where handles are made."""
    _debug.set_handle_stack_trace_limit(None)
