//! Filling the table of the C API: each function is looked up by its name in the running process.

use core::ffi::{CStr, c_void};
use core::mem::MaybeUninit;
use std::ffi::CString;

use crate::generated::capi::{Api, NAMES, stand_in};

/// The table. Written once, by [`load`], before the embedded context is given to anybody.
static mut API: MaybeUninit<Api> = MaybeUninit::zeroed();

/// The interpreter's C API.
///
/// # Safety
///
/// The table was filled: the caller was given the embedded context, or is a part of what fills it.
#[inline(always)]
pub unsafe fn api() -> &'static Api {
    // SAFETY: the caller's word; and only `load` writes the table, before anything else of this file runs Python.
    unsafe { &*(&raw const API).cast() }
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

/// The symbol of a function: `PyLong_AsLong` is `PyPyLong_AsLong` on PyPy, `_Py_Dealloc` is `_PyPy_Dealloc`.
fn exported(name: &str, pypy: bool) -> CString {
    let (prefix, rest) = name.split_at(if name.starts_with('_') { 3 } else { 2 });
    let text = if pypy { [prefix, "Py", rest].concat() } else { name.to_owned() };
    CString::new(text).unwrap_or_default()
}

/// Looks every function up. What may be missing has its stand-in then; what must not is named by the error.
///
/// # Safety
///
/// No other thread uses the table yet.
pub(crate) unsafe fn load() -> Result<(), String> {
    let pypy = is_pypy();
    let api: *mut Api = (&raw mut API).cast();
    // SAFETY: the caller's word.
    unsafe { stand_in(api) };
    let (mut found, mut missing) = (false, Vec::new());
    for (i, listed) in NAMES.split_terminator('\0').enumerate() {
        let name = listed.strip_prefix('?').unwrap_or(listed);
        let address = symbol(&exported(name, pypy));
        if !address.is_null() {
            // SAFETY: `Api` is `repr(C)` and has one pointer for each name, in the same order; and a symbol with that
            // name has that type in every interpreter.
            unsafe { api.cast::<*mut c_void>().add(i).write(address) };
            found = true;
        } else if name == listed {
            missing.push(name);
        }
    }
    if !found {
        return Err("the process has no C API of Python that can be found by name".to_owned());
    }
    if !missing.is_empty() {
        return Err(format!("the interpreter's C API lacks {}", missing.join(", ")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_pypy() {
        assert_eq!(exported("PyLong_AsLong", false).as_c_str(), c"PyLong_AsLong");
        assert_eq!(exported("PyLong_AsLong", true).as_c_str(), c"PyPyLong_AsLong");
        assert_eq!(exported("Py_IncRef", true).as_c_str(), c"PyPy_IncRef");
        assert_eq!(exported("_Py_Dealloc", true).as_c_str(), c"_PyPy_Dealloc");
    }
}
