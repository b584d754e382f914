//! What happens when a function that the interpreter lacks is called.

use std::ffi::CString;

use crate::api;
use crate::context::address;

/// Raises `SystemError` that names a missing function of the C API, by its place in the list.
#[cold]
pub(crate) fn raise(function: usize) {
    crate::capi::function_names::with_name(function, |name| {
        raise_text(&format!("{} has no {}", crate::interp::description(), name.to_string_lossy()));
    });
}

/// The place of a function in the list.
macro_rules! place {
    ($name:ident) => {
        core::mem::offset_of!($crate::Api, $name) / size_of::<usize>()
    };
}
pub(crate) use place;

/// Raises `SystemError` that names a member of the context which this host does not have.
#[cold]
pub(crate) fn raise_member(member: &str) {
    raise_text(&format!("HPy's {member} is not in this host (hpy-host {})", env!("CARGO_PKG_VERSION")));
}

fn raise_text(text: &str) {
    let text = CString::new(text).unwrap_or_default();
    // SAFETY: `PyErr_SetString` of every interpreter is looked up before anything can call this; a null type can't be:
    // the context's constants are set by then.
    unsafe { (api().PyErr_SetString)(crate::context::object((*address()).h_SystemError), text.as_ptr()) }
}
