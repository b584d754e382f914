//! `SystemError` for functions missing from the running interpreter, and for members missing from the context.

use std::ffi::CString;
use std::sync::OnceLock;

use super::embedded_context::address;
use super::handle::object;
use crate::api;

/// For messages: `cpython 3.11.7`, once that is known.
static INTERPRETER: OnceLock<String> = OnceLock::new();

/// Sets the interpreter's name for messages.
pub(crate) fn set_interpreter(text: String) {
    _ = INTERPRETER.set(text);
}

/// Raises `SystemError` that names a missing function of the C API, by its place in the list.
#[cold]
pub(crate) fn raise(function: usize) {
    crate::capi::function_names::with_name(function, |name| {
        let interpreter = INTERPRETER.get().map_or("this interpreter", String::as_str);
        raise_text(&format!("{interpreter} has no {}", name.to_string_lossy()));
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
    unsafe { (api().PyErr_SetString)(object((*address()).h_SystemError), text.as_ptr()) }
}
