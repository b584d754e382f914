"""Debug mode: the functions of HPy's own module `hpy.universal._debug`.

They apply to all modules that are loaded in debug mode, and to no others.
"""

from ._native import debug as _native

new_generation = _native.new_generation
get_closed_handles_queue_max_size = _native.get_closed_handles_queue_max_size
set_closed_handles_queue_max_size = _native.set_closed_handles_queue_max_size
get_protected_raw_data_max_size = _native.get_protected_raw_data_max_size
set_protected_raw_data_max_size = _native.set_protected_raw_data_max_size


class DebugHandle:
    """A handle of an extension.

    Two of them are equal if they stand for the same place. Some time after a handle was closed its place is given to a
    new one; `set_closed_handles_queue_max_size` says how many are closed before that happens.
    """

    __slots__ = ("id",)

    def __init__(self, id):
        self.id = id

    @property
    def obj(self):
        """The object. A ValueError says that the handle is closed."""
        return _native.handle_object(self.id)

    @property
    def is_closed(self):
        return _native.handle_is_closed(self.id)

    @property
    def raw_data_size(self):
        """How many bytes were handed out for the handle that are still there, or -1."""
        size = _native.handle_raw_data_size(self.id)
        return -1 if size is None else size

    def _force_close(self):
        """Close the handle, as the extension should have done."""
        _native.force_close(self.id)

    def __eq__(self, other):
        return self.id == other.id if isinstance(other, DebugHandle) else NotImplemented

    def __ne__(self, other):
        return self.id != other.id if isinstance(other, DebugHandle) else NotImplemented

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        try:
            what = "for %s" % _repr(self.obj)
        except ValueError:
            what = "CLOSED"
        trace = _native.handle_trace(self.id)
        if trace is None:
            where = "To see where it was made, call hpy_host.debug.set_handle_stack_trace_limit(16) before it is made."
        else:
            where = "Made at:\n%s" % trace.rstrip()
        return "<DebugHandle 0x%x %s>\n%s" % (self.id, what, where)


def _repr(obj):
    try:
        return repr(obj)
    except Exception as error:
        return "a %s whose repr raises %s" % (type(obj).__name__, type(error).__name__)


def get_open_handles(generation):
    """The open handles of this generation and later ones, in the order in which they were opened."""
    return [DebugHandle(id) for id in _native.open_handles(generation)]


def get_closed_handles(generation=0):
    """The closed handles of this generation and later ones that are remembered, the first closed first."""
    return [DebugHandle(id) for id in _native.closed_handles(generation)]


def get_open_builders(generation):
    """Lines about each builder and tracker of this generation and later ones that is not finished."""
    return _native.open_builders(generation)


def set_on_invalid_handle(function):
    """Set what is called, without arguments, for wrong use of a handle; None for the end of the process."""
    _native.set_on_invalid_handle(_callable(function))


def set_on_invalid_builder_handle(function):
    """Set what is called, without arguments, for wrong use of a builder; None for the end of the process."""
    _native.set_on_invalid_builder_handle(_callable(function))


def get_handle_stack_trace_limit():
    """How many frames are recorded for each new handle, or None."""
    return _native.get_handle_stack_trace_limit() or None


def set_handle_stack_trace_limit(limit):
    """Set how many frames are recorded for each new handle; None for no recording."""
    _native.set_handle_stack_trace_limit(0 if limit is None else limit)


def _callable(function):
    if function is not None and not callable(function):
        raise TypeError("Expected a callable object")
    return function
