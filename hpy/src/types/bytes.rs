//! Methods of `bytes`.

use super::{Bytes, new_handle};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::handle::Handle;

impl Bytes {
    /// A new `bytes` object (`HPyBytes_FromStringAndSize`).
    ///
    /// # Errors
    ///
    /// `MemoryError`.
    pub fn new<'ctx>(ctx: Context<'ctx>, bytes: &[u8]) -> Result<Handle<'ctx, Bytes>> {
        if crate::text::is_too_long(ctx, bytes.len()) {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: invariant 2; a slice of that length.
        let h = unsafe {
            hpy_host::calls::HPyBytes_FromStringAndSize(
                ctx.raw(),
                bytes.as_ptr().cast(),
                bytes.len() as isize,
            )
        };
        // SAFETY: a new `bytes`, or NULL with an exception.
        unsafe { new_handle(ctx, h) }
    }
}

impl Handle<'_, Bytes> {
    /// The bytes, without a copy (`HPyBytes_AsString`, `HPyBytes_Size`).
    ///
    /// # Errors
    ///
    /// What the host raised; none of the known ones does.
    pub fn as_bytes(&self) -> Result<&[u8]> {
        let ctx = self.ctx();
        // SAFETY: invariant 2: an open handle on a `bytes`.
        let (start, len) = unsafe {
            (
                hpy_host::calls::HPyBytes_AsString(ctx.raw(), self.as_raw()),
                hpy_host::calls::HPyBytes_Size(ctx.raw(), self.as_raw()),
            )
        };
        if start.is_null() || len < 0 {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: the object is immutable and lives for as long as this handle; it has `len` bytes at `start`.
        Ok(unsafe { core::slice::from_raw_parts(start.cast(), len as usize) })
    }
}
