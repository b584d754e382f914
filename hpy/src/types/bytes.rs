//! Methods of `bytes`.

use crate::core::exceptions::MemoryError;
use crate::core::markers::{Bytes, new_handle};
use crate::core::{Context, Error, Handle, Result, ffi};

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

    /// Creates a `bytes` object of `len` bytes, which `fill` writes. They are 0 before.
    ///
    /// On CPython, `fill` writes into the object; elsewhere, into memory that is copied.
    ///
    /// ```
    /// # use hpy::{Context, Handle, Result, types::Bytes};
    /// fn counted<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Bytes>> {
    ///     Bytes::new_with(ctx, 256, |bytes| {
    ///         for (i, byte) in (0..).zip(bytes) {
    ///             *byte = i;
    ///         }
    ///         Ok(())
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of `fill`, or a `MemoryError` if the allocation fails.
    pub fn new_with<'ctx>(
        ctx: Context<'ctx>,
        len: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<()>,
    ) -> Result<Handle<'ctx, Bytes>> {
        // CPython has one object for each single byte, and one for none.
        if len < 2 || !ctx.is_embedded() || !hpy_host::interp::refuses_surrogates() {
            let mut bytes = Vec::new();
            bytes
                .try_reserve_exact(len)
                .map_err(|_| Error::new::<MemoryError>(format!("no memory for {len} bytes")))?;
            bytes.resize(len, 0);
            fill(&mut bytes)?;
            return Bytes::new(ctx, &bytes);
        }
        let Ok(size) = isize::try_from(len) else {
            return Err(Error::new::<MemoryError>(format!("no memory for {len} bytes")));
        };
        // SAFETY: invariants 2 and 5: a new `bytes` without contents, which nobody else has, or NULL with an exception.
        let object: Handle<'ctx, Bytes> = unsafe {
            let new = (hpy_host::api().PyBytes_FromStringAndSize)(core::ptr::null(), size);
            new_handle(ctx, ffi::handle(new))?
        };
        // SAFETY: the object has `len` bytes there, which are written before anybody reads them. It can't be found by others: the
        // collector does not know `bytes`.
        let bytes = unsafe {
            let start = (hpy_host::api().PyBytes_AsString)(ffi::object(object.as_raw())).cast::<u8>();
            start.write_bytes(0, len);
            core::slice::from_raw_parts_mut(start, len)
        };
        fill(bytes)?;
        Ok(object)
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
