//! Methods of `bytes`.

use crate::core::markers::{Bytes, new_handle};
use crate::core::{Context, Error, Handle, Result};

impl Bytes {
    /// Creates a `bytes` object (`HPyBytes_FromStringAndSize`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new<'ctx>(ctx: Context<'ctx>, bytes: &[u8]) -> Result<Handle<'ctx, Bytes>> {
        if crate::core::text::is_too_long(ctx, bytes.len()) {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: invariant 2; a slice of that length.
        let h = unsafe {
            hpy_host::calls::HPyBytes_FromStringAndSize(
                ctx.raw(),
                bytes.as_ptr().cast(),
                hpy_sys::cast::extent(bytes.len()),
            )
        };
        // SAFETY: a new `bytes`, or NULL with an exception.
        unsafe { new_handle(ctx, h) }
    }
}

impl Handle<'_, Bytes> {
    /// Returns the bytes without copying them (`HPyBytes_AsString`, `HPyBytes_Size`).
    ///
    /// # Errors
    ///
    /// Returns an exception raised by the host; no known host raises one.
    pub fn as_bytes(&self) -> Result<&[u8]> {
        let ctx = self.ctx();
        let len = self.size()?;
        // SAFETY: invariant 2: an open handle on a `bytes`.
        let start = unsafe { hpy_host::calls::HPyBytes_AsString(ctx.raw(), self.as_raw()) };
        if start.is_null() {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: the object is immutable and lives for as long as this handle; it has `len` bytes at `start`.
        Ok(unsafe { core::slice::from_raw_parts(start.cast(), len) })
    }

    /// Returns the number of bytes, whatever a `__len__` says.
    #[inline]
    fn size(&self) -> Result<usize> {
        let ctx = self.ctx();
        // SAFETY: invariant 4: a constant of the context.
        let bytes = unsafe { (*ctx.raw()).h_BytesType };
        // SAFETY: invariant 2: an open handle on a `bytes`.
        let len = unsafe { hpy_host::calls::HPyBytes_Size(ctx.raw(), self.as_raw()) };
        if !ctx.is_embedded() && len >= 0 && !self.as_any().has_type(bytes) {
            // Other hosts ask a subclass. Ours does not.
            let real = ctx.type_of::<Bytes>()?.getattr("__len__")?.call((self,))?.extract::<usize>()?;
            if len.unsigned_abs() < real {
                return Err(Error::new::<crate::core::exceptions::ValueError>(format!(
                    "__len__ of this subclass of bytes says {len}, but there are {real} bytes"
                )));
            }
            return Ok(real);
        }
        usize::try_from(len).map_err(|_| Error::fetch(ctx))
    }
}
