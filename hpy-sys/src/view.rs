//! The order of the context's members: HPy's, or that of PyPy 7.3.1x.
//!
//! PyPy's built-in host has `h_DictType` in the middle of the table, so the nineteen functions after it, from `Capsule_New` to
//! `CallMethod`, are shifted by one. Both orders report ABI 0.0; only the context's name distinguishes them. A library is loaded
//! into one interpreter, so its view is chosen once.

use core::ffi::CStr;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::HPyContext;

static PYPY: AtomicBool = AtomicBool::new(false);

/// Chooses the view that fits a context. Called before any of the nineteen functions.
///
/// # Safety
///
/// `ctx` is a live context.
pub unsafe fn select(ctx: *const HPyContext) {
    // SAFETY: the caller's word; every host's name is a NUL-terminated text.
    let name = unsafe { CStr::from_ptr((*ctx).name) };
    let pypy = name.to_bytes().windows(b"(PyPy backend)".len()).any(|part| part == b"(PyPy backend)");
    PYPY.store(pypy, Ordering::Relaxed);
}

/// Is it the order of PyPy 7.3.1x?
#[inline]
pub fn is_pypy() -> bool {
    PYPY.load(Ordering::Relaxed)
}
