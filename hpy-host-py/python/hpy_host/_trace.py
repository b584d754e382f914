"""Trace mode: the functions of HPy's own module `hpy.universal._trace`.

They count for every module that is loaded in trace mode, and for no other.
"""

from ._native import trace as _native

get_call_counts = _native.get_call_counts
get_durations = _native.get_durations
get_frequency = _native.get_frequency

_UNCHANGED = object()


def set_trace_functions(on_enter=_UNCHANGED, on_exit=_UNCHANGED):
    """Set what is called with the name of each function of the context, before and after it; None for nothing.

    What is not given stays as it is. An exception that such a function raises is printed.
    """
    for function in (on_enter, on_exit):
        if function is not _UNCHANGED and function is not None and not callable(function):
            raise TypeError("Expected a callable object or None")
    if on_enter is not _UNCHANGED:
        _native.set_on_enter(on_enter)
    if on_exit is not _UNCHANGED:
        _native.set_on_exit(on_exit)
