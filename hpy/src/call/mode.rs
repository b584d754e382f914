//! [`Mode`]: the path by which a call came.

use crate::core::host_checks;

/// By which way a call came: known when a trampoline is compiled, and a constant in the inlined copy of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The host passed a context.
    Given,
    /// CPython-signature trampoline of the embedded host. Slots and attributes of classes have such functions on CPython
    /// only, see `HostKind`.
    Direct,
}

impl Mode {
    /// Does the host see to it that a slot of a class is called with an instance of it?
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn checks_self(self) -> bool {
        self == Mode::Direct || host_checks::checks_self()
    }
}
