//! Filling the table of the C API: each function is looked up by its name in the running process.

use core::ffi::{CStr, c_void};
use core::mem::MaybeUninit;

use crate::capi::function_names::FunctionNames;
use crate::capi::functions::{Api, stand_in};
use crate::capi::import_error::ImportError;

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

pub(crate) use crate::platform::symbol;

/// Is this PyPy? Its C API has another prefix.
pub(crate) fn is_pypy() -> bool {
    !symbol(c"PyPyObject_Type").is_null()
}

/// The C string that some bytes begin with; an empty one if there is none. Not inlined: the search for its end is long.
#[inline(never)]
pub(crate) fn c_string(bytes: &[u8]) -> &CStr {
    CStr::from_bytes_until_nul(bytes).unwrap_or_default()
}

/// The C strings of a list, in which each ends with a NUL.
pub(crate) fn c_strings(mut list: &'static [u8]) -> impl Iterator<Item = &'static CStr> {
    core::iter::from_fn(move || {
        let first = c_string(list);
        list = list.get(first.count_bytes() + 1..)?;
        Some(first)
    })
}

/// Looks every function up. What may be missing has its stand-in then; what must not is named by the error.
///
/// # Safety
///
/// No other thread uses the table yet.
pub(crate) unsafe fn load() -> Result<(), ImportError> {
    let pypy = is_pypy();
    let api: *mut Api = (&raw mut API).cast();
    // SAFETY: the caller's word.
    unsafe { stand_in(api) };
    let (mut found, mut missing) = (false, String::new());
    let mut names = FunctionNames::new();
    let mut field: *mut *mut c_void = api.cast();
    while let Some(optional) = names.next() {
        let address = names.symbol(pypy);
        if !address.is_null() {
            // SAFETY: `Api` is `repr(C)` and has one pointer for each name, in the same order; and a symbol with that
            // name has that type in every interpreter.
            unsafe { field.write(address) };
            found = true;
        } else if !optional {
            missing.push(' ');
            missing.push_str(&names.name().to_string_lossy());
        }
        field = field.wrapping_add(1);
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
    fn lists_of_c_strings() {
        assert_eq!(c_strings(b"one\0two\0").collect::<Vec<_>>(), [c"one", c"two"]);
        assert_eq!(c_strings(b"").next(), None);
    }
}
