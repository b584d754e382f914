//! Methods of `int`, `float` and `bool`.

use crate::core::markers::{Bool, Float, Int, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result, ffi};

impl Int {
    /// Creates an `int` from any Rust integer.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new<'ctx, I>(ctx: Context<'ctx>, value: I) -> Result<Handle<'ctx, Int>>
    where
        I: IntoPython<'ctx, Target = Int>,
    {
        value.into_python(ctx).map_err(Into::into)
    }
}

impl Float {
    /// Creates a `float` (`HPyFloat_FromDouble`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new(ctx: Context<'_>, value: f64) -> Result<Handle<'_, Float>> {
        // SAFETY: invariant 2; a new `float`, or NULL with an exception.
        unsafe { new_handle(ctx, ffi::float_from_f64(ctx, value)) }
    }
}

impl Handle<'_, Float> {
    /// Returns the number (`HPyFloat_AsDouble`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by `__float__` of a subclass, on hosts that call it.
    pub fn value(&self) -> Result<f64> {
        let ctx = self.ctx();
        // SAFETY: invariant 2.
        let value = unsafe { ffi::float_as_f64(ctx, self.as_raw()) };
        if value == -1.0 && ffi::error_occurred(ctx) { Err(Error::fetch(ctx)) } else { Ok(value) }
    }
}

impl Handle<'_, Bool> {
    /// Returns the value.
    pub fn value(&self) -> bool {
        self.is(&self.ctx().bool(true))
    }
}
