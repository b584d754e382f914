//! Bytes. A `Vec<u8>` converts from `bytes`, from `bytearray`, and from a sequence of numbers (see `sequence`).

use std::borrow::Cow;

use hpy_host::interp::imported_buffer::{ImportedBuffer, SIMPLE};

use crate::core::markers::Bytes;
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Result, ffi};

impl<'a, 'ctx> FromPython<'a, 'ctx> for &'a [u8] {
    type Error = Error;
    const HINT: Hint = Hint::Name("bytes");

    /// Borrows the bytes inside the Python object. Accepts only `bytes`, because the contents of a `bytearray` may change.
    #[inline]
    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        value.downcast::<Bytes>()?.as_bytes()
    }
}

impl<'a, 'ctx> FromPython<'a, 'ctx> for Cow<'a, [u8]> {
    type Error = Error;
    const HINT: Hint = Hint::Union(&[Hint::Name("bytes"), Hint::Name("bytearray")]);

    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        if let Some(copy) = from_bytearray(value)? {
            return Ok(Cow::Owned(copy));
        }
        <&[u8]>::from_python(value).map(Cow::Borrowed)
    }
}

/// A copy of what a `bytearray` holds; `None` for any other object.
pub(super) fn from_bytearray(value: &Handle<'_>) -> Result<Option<Vec<u8>>> {
    if !value.is_a::<crate::core::markers::ByteArray>()? {
        return Ok(None);
    }
    let ctx = value.ctx();
    // Elsewhere, the length of an export can be what a subclass's `__len__` says.
    if ctx.is_embedded() && hpy_host::interp::refuses_surrogates() {
        // SAFETY: invariants 2, 5 and 12; the export ends in this call.
        let Some(held) = (unsafe { ImportedBuffer::get(ffi::object(value.as_raw()), SIMPLE) }) else {
            return Err(Error::fetch(ctx));
        };
        let len = usize::try_from(held.view().len).unwrap_or_default();
        let mut copy = Vec::with_capacity(len);
        if len > 0 {
            // SAFETY: that many bytes, which the export keeps where they are, and room for them.
            unsafe {
                core::ptr::copy_nonoverlapping(held.view().buf.cast::<u8>(), copy.as_mut_ptr(), len);
                copy.set_len(len);
            }
        }
        return Ok(Some(copy));
    }
    let copy = ctx.type_of::<Bytes>()?.call((value,))?;
    Ok(Some(copy.downcast::<Bytes>()?.as_bytes()?.to_vec()))
}

impl<'ctx> IntoPython<'ctx> for &[u8] {
    type Target = Bytes;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Bytes>> {
        Bytes::new(ctx, self)
    }
}

impl<'ctx> IntoPython<'ctx> for Cow<'_, [u8]> {
    type Target = Bytes;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Bytes>> {
        Bytes::new(ctx, &self)
    }
}
