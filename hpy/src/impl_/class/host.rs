//! Which kind of host makes the class.

use core::ffi::c_void;

use hpy_sys::HPyDef;

use super::super::slot::{DefPair, Trampolines};
use crate::context::Context;

/// A host, as far as classes differ between hosts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HostKind {
    /// Has all that we need. Does it want functions that call the Rust code?
    Ours { direct: bool },
    /// PyPy's own. It does not know of classes that nobody may inherit from.
    PyPy,
    /// CPython's `hpy`, or GraalPy's own: there Python classes that inherit from ours break the interpreter.
    Foreign,
}

impl HostKind {
    pub(super) fn of(ctx: Context<'_>) -> Self {
        if ctx.is_embedded() {
            let pypy = hpy_host::interp::interpreter()
                .is_some_and(|known| known.implementation == hpy_host::interp::Implementation::PyPy);
            HostKind::Ours { direct: !pypy }
        } else if ctx.extensions().is_some() {
            HostKind::Ours { direct: false }
        } else if hpy_sys::view::is_pypy() {
            HostKind::PyPy
        } else {
            HostKind::Foreign
        }
    }

    /// Do instances of Python's own subclasses work? Other hosts give them wrong memory, or die of their end.
    pub(super) fn has_subclasses(self) -> bool {
        matches!(self, HostKind::Ours { .. })
    }

    pub(super) fn pick(self, pair: &'static DefPair) -> *mut HPyDef {
        core::ptr::from_ref(pair.def(self)).cast_mut() // hosts never write there
    }

    pub(super) fn function(self, functions: &Trampolines) -> *mut c_void {
        let direct = self == (HostKind::Ours { direct: true });
        if direct { functions.direct.cast_mut() } else { functions.portable.cast_mut() }
    }
}

impl DefPair {
    /// The one for that kind of host.
    pub(super) fn def(&'static self, host: HostKind) -> &'static HPyDef {
        let direct = host == HostKind::Ours { direct: true };
        if direct { self.embedded.get() } else { self.universal.get() }
    }
}
