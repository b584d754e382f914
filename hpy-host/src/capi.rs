//! Filling the table of the C API: each function is looked up by its name in the running process.

use core::ffi::{CStr, c_void};
use core::mem::MaybeUninit;
use std::ffi::CString;

use crate::generated::capi::{Api, NAMES, stand_in};
use crate::reason::Reason;

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

/// The C strings of a list, in which each ends with a NUL.
pub(crate) fn c_strings(mut list: &'static [u8]) -> impl Iterator<Item = &'static CStr> {
    core::iter::from_fn(move || {
        let first = CStr::from_bytes_until_nul(list).ok()?;
        list = &list[first.count_bytes() + 1..];
        Some(first)
    })
}

/// The symbol of a function on PyPy: `PyLong_AsLong` is `PyPyLong_AsLong` there, `_Py_Dealloc` is `_PyPy_Dealloc`.
fn on_pypy(name: &CStr) -> CString {
    let name = name.to_bytes();
    let (prefix, rest) = name.split_at(if name.starts_with(b"_") { 3 } else { 2 });
    CString::new([prefix, b"Py", rest].concat()).unwrap_or_default()
}

/// Looks every function up. What may be missing has its stand-in then; what must not is named by the error.
///
/// # Safety
///
/// No other thread uses the table yet.
pub(crate) unsafe fn load() -> Result<(), Reason> {
    let pypy = is_pypy();
    let api: *mut Api = (&raw mut API).cast();
    // SAFETY: the caller's word.
    unsafe { stand_in(api) };
    let (mut found, mut missing) = (false, String::new());
    for (i, listed) in c_strings(NAMES).enumerate() {
        let bytes = listed.to_bytes_with_nul();
        let optional = bytes.strip_prefix(b"?").and_then(|name| CStr::from_bytes_until_nul(name).ok());
        let name = optional.unwrap_or(listed);
        let address = if pypy { symbol(&on_pypy(name)) } else { symbol(name) };
        if !address.is_null() {
            // SAFETY: `Api` is `repr(C)` and has one pointer for each name, in the same order; and a symbol with that
            // name has that type in every interpreter.
            unsafe { api.cast::<*mut c_void>().add(i).write(address) };
            found = true;
        } else if optional.is_none() {
            missing.push(' ');
            missing.push_str(&name.to_string_lossy());
        }
    }
    if !found {
        return Err("the process has no C API of Python that can be found by name".into());
    }
    if !missing.is_empty() {
        return Err(format!("the interpreter's C API lacks{missing}").into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_pypy() {
        assert_eq!(on_pypy(c"PyLong_AsLong").as_c_str(), c"PyPyLong_AsLong");
        assert_eq!(on_pypy(c"Py_IncRef").as_c_str(), c"PyPy_IncRef");
        assert_eq!(on_pypy(c"_Py_Dealloc").as_c_str(), c"_PyPy_Dealloc");
    }

    #[test]
    fn lists_of_c_strings() {
        assert_eq!(c_strings(b"one\0two\0").collect::<Vec<_>>(), [c"one", c"two"]);
        assert_eq!(c_strings(b"").next(), None);
        assert_eq!(c_strings(NAMES).count() * size_of::<usize>(), size_of::<Api>());
    }
}
