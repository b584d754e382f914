//! C strings and `str` objects made from Rust text.

use std::ffi::CString;

use hpy_sys::HPy;
use hpy_sys::cast::extent;

use super::context::Context;
use super::error::{Error, Result};
use super::exceptions::ValueError;

/// Returns a NUL-terminated copy, or a `ValueError` naming `what` if the text contains a NUL.
pub(crate) fn c_string(what: &str, text: &str) -> Result<CString> {
    CString::new(text).map_err(|_| Error::new::<ValueError>(format!("{what} has an embedded null character")))
}

/// Returns whether a length is too long for an object of this interpreter, and raises `MemoryError` then: GraalPy would raise a `SystemError` with a trace
/// of Java.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_too_long(ctx: Context<'_>, len: usize) -> bool {
    len > hpy_host::LONGEST && is_refused(ctx)
}

#[cold]
#[inline(never)]
fn is_refused(ctx: Context<'_>) -> bool {
    let graalpy = is_graalpy(ctx);
    if graalpy {
        let raw = ctx.raw();
        // SAFETY: invariants 2 and 4; a C string.
        unsafe { hpy_host::calls::HPyErr_SetString(raw, (*raw).h_MemoryError, hpy_host::TOO_LONG.as_ptr()) };
    }
    graalpy
}

/// Is the interpreter GraalPy?
pub(crate) fn is_graalpy(ctx: Context<'_>) -> bool {
    match hpy_host::interp::interpreter() {
        Some(known) => known.implementation == hpy_host::interp::Implementation::GraalPy,
        None => ctx.name().contains("Graal"),
    }
}

/// A new `str` object, or NULL with an exception set. Every Rust `str` can be one, NULs included.
///
/// HPy takes NUL-terminated or ASCII text only, so on a foreign host other texts take a detour.
pub(crate) fn new_str(ctx: Context<'_>, text: &str) -> HPy {
    let (start, len) = (text.as_ptr().cast(), extent(text.len()));
    if is_too_long(ctx, text.len()) {
        return HPy::NULL;
    }
    if ctx.is_embedded() {
        // SAFETY: invariant 5: the API is loaded while its context is used; the text has `len` bytes.
        let object = unsafe { (hpy_host::api().PyUnicode_FromStringAndSize)(start, len) };
        return HPy { _i: object as isize };
    }
    let raw = ctx.raw();
    if text.is_ascii() {
        // SAFETY: invariant 2; `len` ASCII bytes; a null `errors` means "strict".
        return unsafe { hpy_host::calls::HPyUnicode_DecodeASCII(raw, start, len, core::ptr::null()) };
    }
    if let Ok(text) = CString::new(text) {
        // SAFETY: invariant 2; NUL-terminated UTF-8.
        return unsafe { hpy_host::calls::HPyUnicode_FromString(raw, text.as_ptr()) };
    }
    // SAFETY: invariant 2; `len` bytes.
    let bytes = unsafe { hpy_host::calls::HPyBytes_FromStringAndSize(raw, start, len) };
    if bytes.is_null() {
        return bytes;
    }
    // SAFETY: invariant 2; the bytes object is ours, and closed once.
    unsafe {
        let text =
            hpy_host::calls::HPyUnicode_FromEncodedObject(raw, bytes, c"utf-8".as_ptr(), c"strict".as_ptr());
        hpy_host::calls::HPy_Close(raw, bytes);
        text
    }
}
