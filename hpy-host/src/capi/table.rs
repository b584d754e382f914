//! The table of the C API's functions, and symbol lookup.

use core::ffi::CStr;
use core::mem::MaybeUninit;

use super::functions::Api;

/// The table. Written once, by [`load`](super::load_table::load), before the embedded context is given to anybody.
static mut API: MaybeUninit<Api> = MaybeUninit::zeroed();

/// The table's address, for [`load`](super::load_table::load).
pub(super) fn address() -> *mut Api {
    (&raw mut API).cast()
}

/// The interpreter's C API.
///
/// # Safety
///
/// The table was filled: the caller was given the embedded context, or is a part of what fills it.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn api() -> &'static Api {
    // SAFETY: the caller's word; and only `load` writes the table, before anything else of this file runs Python.
    unsafe { &*(&raw const API).cast() }
}

pub(crate) use crate::platform::symbol;

/// Returns whether this is PyPy, whose C API has another prefix.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_c_strings() {
        assert_eq!(c_strings(b"one\0two\0").collect::<Vec<_>>(), [c"one", c"two"]);
        assert_eq!(c_strings(b"").next(), None);
    }
}
