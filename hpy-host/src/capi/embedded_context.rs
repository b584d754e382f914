//! The embedded context: a static, one per file.
//!
//! Its constants (`h_None`, `h_TypeError`, …) are set by [`constants`](crate::interp::constants) when the first module of the
//! file is imported, its functions by [`embedded`](crate::context::embedded()) when the whole context is first asked for.

use core::mem::MaybeUninit;

use hpy_sys::HPyContext;

use super::handle::object;
use super::table::api;
use super::types::PyObject;

static mut EMBEDDED: MaybeUninit<HPyContext> = MaybeUninit::zeroed();

/// Returns the address of the embedded context: a constant, so comparing with it costs nothing where it is known.
///
/// For its constants, and to be given to [`calls`](crate::calls). Its functions may not be there yet.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn address() -> *mut HPyContext {
    (&raw mut EMBEDDED).cast()
}

/// Returns whether it is the embedded context.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn is_embedded(ctx: *mut HPyContext) -> bool {
    core::ptr::eq(ctx, address())
}

/// Returns a new reference to `None`.
///
/// # Safety
///
/// This thread runs Python.
pub(crate) unsafe fn none() -> *mut PyObject {
    // SAFETY: the caller's word: this thread runs Python.
    unsafe {
        let none = object((*address()).h_None);
        (api().Py_IncRef)(none);
        none
    }
}
