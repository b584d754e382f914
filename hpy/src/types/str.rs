//! Methods of `str`.

use crate::core::markers::{Str, new_handle};
use crate::core::{Context, Error, Handle, Result};

impl Str {
    /// Creates a `str`.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new<'ctx>(ctx: Context<'ctx>, text: &str) -> Result<Handle<'ctx, Str>> {
        // SAFETY: a new `str`, or NULL with an exception.
        unsafe { new_handle(ctx, crate::core::text::new_str(ctx, text)) }
    }
}

/// Drops the exception that is set; whoever cares asks again.
#[cold]
#[inline(never)]
fn forget_exception(ctx: Context<'_>) {
    drop(Error::fetch(ctx));
}

impl Handle<'_, Str> {
    /// Returns the text as UTF-8 without copying it (`HPyUnicode_AsUTF8AndSize`). The object owns the text.
    ///
    /// # Errors
    ///
    /// Returns a `UnicodeEncodeError` for a lone surrogate, which UTF-8 can't represent.
    pub fn as_str(&self) -> Result<&str> {
        let ctx = self.ctx();
        let mut len = 0isize;
        let start = if ctx.is_embedded() && hpy_host::interp::refuses_surrogates() {
            // SAFETY: invariant 5: the API is loaded, and the handle is a pointer to a `str`, whose length CPython knows.
            unsafe {
                (hpy_host::api().PyUnicode_AsUTF8AndSize)(crate::core::ffi::object(self.as_raw()), &mut len)
            }
        } else {
            // SAFETY: invariant 2: an open handle on a `str`.
            unsafe { hpy_host::calls::HPyUnicode_AsUTF8AndSize(ctx.raw(), self.as_raw(), &mut len) }
        };
        if start.is_null() {
            return Err(Error::fetch(ctx));
        }
        let Ok(len) = usize::try_from(len) else { return Err(Error::fetch(ctx)) };
        // SAFETY: the object is immutable, keeps its UTF-8 form of `len` bytes, and lives as long as this handle. Hosts
        // take the length from the text, not from a subclass's `__len__`.
        let bytes: &[u8] = unsafe { core::slice::from_raw_parts(start.cast(), len) };
        if ctx.is_embedded() && hpy_host::interp::refuses_surrogates() {
            // SAFETY: CPython's encoder made the bytes, and refuses what UTF-8 doesn't have.
            return Ok(unsafe { core::str::from_utf8_unchecked(bytes) });
        }
        core::str::from_utf8(bytes).map_err(|_| self.surrogate())
    }

    /// The text as UTF-8, if the host is the embedded one on CPython; `None` elsewhere, and if it has no such form.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn utf8(&self) -> Option<&[u8]> {
        if !self.ctx().is_embedded() || !hpy_host::interp::refuses_surrogates() {
            return None;
        }
        let mut len = 0isize;
        // SAFETY: invariant 5: the API is loaded, and the handle is a pointer to a `str`.
        let start = unsafe {
            (hpy_host::api().PyUnicode_AsUTF8AndSize)(crate::core::ffi::object(self.as_raw()), &mut len)
        };
        if start.is_null() {
            forget_exception(self.ctx());
            return None;
        }
        // SAFETY: as in `as_str`.
        Some(unsafe { core::slice::from_raw_parts(start.cast(), len.unsigned_abs()) })
    }

    /// The error for a text that UTF-8 doesn't have, from an interpreter that encodes it nevertheless.
    #[cold]
    fn surrogate(&self) -> Error {
        match self.call_method("encode", ()) {
            Err(error) => error,
            Ok(_) => Error::new::<crate::core::exceptions::ValueError>("the text has a lone surrogate"),
        }
    }

    /// Returns a copy of the text.
    ///
    /// # Errors
    ///
    /// Same as [`Handle::as_str`].
    #[allow(clippy::inherent_to_string_shadow_display, clippy::inherent_to_string)] // it can fail
    pub fn to_string(&self) -> Result<String> {
        self.as_str().map(str::to_owned)
    }

    /// Encodes the text as `"utf-8"`, `"latin-1"`, … (`str.encode`).
    ///
    /// # Errors
    ///
    /// Returns a `UnicodeEncodeError`, or a `LookupError` for an unknown encoding.
    pub fn encode(&self, encoding: &str) -> Result<Vec<u8>> {
        self.call_method("encode", (encoding,))?.extract()
    }

    /// Returns the code points from `start` up to but not including `end` (`HPyUnicode_Substring`).
    ///
    /// # Errors
    ///
    /// Returns an `IndexError` on hosts that check the bounds.
    pub fn substring(&self, start: usize, end: usize) -> Result<Self> {
        let ctx = self.ctx();
        let (start, end) = (isize::try_from(start)?, isize::try_from(end)?);
        // SAFETY: invariant 2: an open handle on a `str`.
        let h = unsafe { hpy_host::calls::HPyUnicode_Substring(ctx.raw(), self.as_raw(), start, end) };
        // SAFETY: a new `str`, or NULL with an exception.
        unsafe { new_handle(ctx, h) }
    }
}

impl<'ctx> Handle<'ctx, crate::core::markers::Any> {
    /// Decodes a bytes-like object to a `str` (`HPyUnicode_FromEncodedObject`).
    ///
    /// # Errors
    ///
    /// Returns a `UnicodeDecodeError`, a `LookupError` for an unknown encoding, or a `TypeError` for an object without bytes.
    pub fn decode(&self, encoding: &str) -> Result<Handle<'ctx, Str>> {
        let ctx = self.ctx();
        let encoding = crate::core::text::c_string("encoding", encoding)?;
        let strict = c"strict".as_ptr();
        // SAFETY: invariant 2; both texts are NUL-terminated.
        let h = unsafe {
            hpy_host::calls::HPyUnicode_FromEncodedObject(ctx.raw(), self.as_raw(), encoding.as_ptr(), strict)
        };
        // SAFETY: a new `str`, or NULL with an exception.
        unsafe { new_handle(ctx, h) }
    }
}
