//! The length limit of GraalPy's objects. Java's arrays end at 2 GiB, and GraalPy's C API answers longer ones with a
//! `SystemError` that contains a Java stack trace.

use core::ffi::CStr;

use hpy_sys::HPyContext;

use super::object;
use crate::api;
use crate::interp::{Implementation, interpreter};

/// The longest array that Java's virtual machines make.
pub const LONGEST: usize = i32::MAX as usize - 8;

/// What is raised.
pub const TOO_LONG: &CStr = c"GraalPy can't hold an object of 2 GiB or more";

/// Returns whether a length is too long for this interpreter, and raises `MemoryError` then.
///
/// # Safety
///
/// HPy's rules.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn is_too_long(ctx: *mut HPyContext, len: isize) -> bool {
    // SAFETY: the caller's word.
    hpy_sys::cast::count(len) > LONGEST && unsafe { is_refused(ctx) }
}

#[cold]
unsafe fn is_refused(ctx: *mut HPyContext) -> bool {
    if interpreter().is_none_or(|known| known.implementation != Implementation::GraalPy) {
        return false;
    }
    // SAFETY: the caller's word.
    unsafe { (api().PyErr_SetString)(object((*ctx).h_MemoryError), TOO_LONG.as_ptr()) };
    true
}
