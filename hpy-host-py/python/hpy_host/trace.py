"""Trace mode: call counts and durations of HPy's functions. The names are those of `hpy.trace`.

    hpy_host.trace.report()       prints the functions that took longest

This covers only modules that are loaded in trace mode: with `HPY=trace`, or `hpy_host.load(..., mode=MODE_TRACE)`.
"""

import sys

from ._trace import get_call_counts, get_durations, get_frequency, set_trace_functions

__all__ = ["get_call_counts", "get_durations", "get_frequency", "report", "set_trace_functions"]


def report(file=None):
    """Print the functions that were called, the one that took longest first: calls, time in all, time of a call."""
    file = sys.stderr if file is None else file
    durations = get_durations()
    called = [(durations[name], count, name) for name, count in get_call_counts().items() if count]
    file.write("%-40s %10s %12s %10s\n" % ("function", "calls", "ms", "us a call"))
    for time, count, name in sorted(called, reverse=True):
        file.write("%-40s %10d %12.3f %10.3f\n" % (name, count, time / 1e6, time / 1e3 / count))
