//! Filling the table of the C API: each function is looked up by its name in the running process.

use core::ffi::{CStr, c_void};
use std::ffi::CString;

use crate::generated::capi::{Api, EMPTY, NAMES};

/// The table. Written once, by [`load`], before the embedded context is given to anybody.
static mut API: Api = EMPTY;

/// The interpreter's C API.
///
/// Before the first module is imported every function is a fallback, or one that fails.
#[inline(always)]
#[allow(clippy::deref_addrof)] // a reference to a `static mut` is only allowed this way
pub fn api() -> &'static Api {
    // SAFETY: the table is only written by `load`, before any other code of this file runs Python.
    unsafe { &*(&raw const API) }
}

/// The address of a symbol of the process.
pub(crate) fn symbol(name: &CStr) -> *mut c_void {
    // SAFETY: a NUL-terminated name.
    unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) }
}

/// Is this PyPy? Its C API has another prefix.
pub(crate) fn is_pypy() -> bool {
    !symbol(c"PyPyObject_Type").is_null()
}

/// `PyLong_AsLong` is `PyPyLong_AsLong` on PyPy, `_Py_Dealloc` is `_PyPy_Dealloc`.
fn pypy_name(name: &CStr) -> CString {
    let text = name.to_bytes();
    let mut renamed = Vec::with_capacity(text.len() + 2);
    let prefix = if text.starts_with(b"_Py") { 3 } else { 2 };
    renamed.extend_from_slice(&text[..prefix]);
    renamed.extend_from_slice(b"Py");
    renamed.extend_from_slice(&text[prefix..]);
    CString::new(renamed).unwrap_or_default()
}

/// Looks every function up. What is missing keeps its fallback. Gives how many were found.
///
/// # Safety
///
/// No other thread uses the table yet.
pub(crate) unsafe fn load() -> usize {
    const { assert!(size_of::<Api>() == NAMES.len() * size_of::<usize>()) };
    let pypy = is_pypy();
    let fields: *mut *mut c_void = (&raw mut API).cast();
    let mut found = 0;
    for (i, name) in NAMES.iter().enumerate() {
        let address = if pypy { symbol(&pypy_name(name)) } else { symbol(name) };
        if !address.is_null() {
            // SAFETY: `Api` is `repr(C)` and has one function pointer for each name, in the same order; and a symbol
            // with that name has that type in every interpreter.
            unsafe { fields.add(i).write(address) };
            found += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_pypy() {
        assert_eq!(pypy_name(c"PyLong_AsLong").as_c_str(), c"PyPyLong_AsLong");
        assert_eq!(pypy_name(c"Py_IncRef").as_c_str(), c"PyPy_IncRef");
        assert_eq!(pypy_name(c"_Py_Dealloc").as_c_str(), c"_PyPy_Dealloc");
    }
}
