//! [`Fault`]: a failure that already is a Python exception, or becomes one.

use super::embedded_context::address;
use super::handle::object;
use crate::api;

/// Which exception a mistake is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Type,
    Value,
    System,
}

/// A mistake in a spec, or a failure with an exception that is set already.
#[derive(Debug)]
pub(crate) enum Fault {
    Raised,
    Mistake(Kind, String),
}

/// A mistake.
pub(crate) fn mistake<T>(kind: Kind, text: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Mistake(kind, text.into()))
}

impl Fault {
    /// Sets the exception.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub(crate) unsafe fn raise(self) {
        let Fault::Mistake(kind, text) = self else { return };
        let text = std::ffi::CString::new(text).unwrap_or_default();
        let context = address();
        // SAFETY: the caller's word; constants of the context.
        unsafe {
            let ty = match kind {
                Kind::Type => (*context).h_TypeError,
                Kind::Value => (*context).h_ValueError,
                Kind::System => (*context).h_SystemError,
            };
            (api().PyErr_SetString)(object(ty), text.as_ptr());
        }
    }
}
