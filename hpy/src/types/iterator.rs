//! Iteration over Python objects.

use crate::core::markers::{Any, PythonType, Type};
use crate::core::{Context, Error, Handle, Result, ffi};

/// A Python iterator, as returned by `iter(x)`. Its handle is also a Rust iterator:
///
/// ```
/// # use hpy::{Handle, Result};
/// fn total(numbers: &Handle<'_>) -> Result<i64> {
///     let mut sum = 0;
///     for number in numbers.iter()? {
///         sum += number?.extract::<i64>()?;
///     }
///     Ok(sum)
/// }
/// ```
///
/// After a failure, `next` returns the error once and then `None`.
#[derive(Debug)]
pub enum Iterator {}

impl PythonType for Iterator {
    const NAME: &'static str = "Iterator";

    fn check(value: &Handle<'_>) -> Result<bool> {
        let ctx = value.ctx();
        if ctx.extensions().is_some() {
            // SAFETY: invariant 2; our hosts have all 273 members.
            return Ok(unsafe { hpy_host::calls::HPyIter_Check(ctx.raw(), value.as_raw()) != 0 });
        }
        // As `next()` does it: what the object itself says does not count.
        value.type_()?.hasattr("__next__")
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        ctx.import("collections.abc")?.getattr("Iterator")?.downcast_into()
    }
}

impl<'ctx, T> Handle<'ctx, T> {
    /// Returns `iter(self)`.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` if the object is not iterable, or the exception raised by `__iter__`.
    pub fn iter(&self) -> Result<Handle<'ctx, Iterator>> {
        let ctx = self.ctx();
        let h = if ctx.extensions().is_some() {
            // SAFETY: invariant 2; our hosts have all 273 members.
            unsafe { hpy_host::calls::HPy_GetIter(ctx.raw(), self.as_raw()) }
        } else {
            ctx.builtins().getitem("iter")?.call((self.as_any(),))?.into_raw()
        };
        // SAFETY: a new handle on an iterator, or NULL with an exception.
        unsafe { Handle::from_result(ctx, h) }
    }
}

impl<'ctx> Handle<'ctx, Iterator> {
    fn advance(&self) -> Result<Option<Handle<'ctx>>> {
        let ctx = self.ctx();
        let h = if ctx.extensions().is_some() {
            // SAFETY: invariant 2; our hosts have all 273 members.
            unsafe { hpy_host::calls::HPyIter_Next(ctx.raw(), self.as_raw()) }
        } else {
            // HPy 0.9 has no such function: `next(self, end)` with an object that nobody else has.
            let end: Handle<'ctx, Any> = ctx.type_of::<Any>()?.call(())?;
            let item = ctx.builtins().getitem("next")?.call((self, &end))?;
            return Ok(if item.is(&end) { None } else { Some(item) });
        };
        if h.is_null() {
            return if ffi::error_occurred(ctx) { Err(Error::fetch(ctx)) } else { Ok(None) };
        }
        // SAFETY: a new handle on an object.
        Ok(Some(unsafe { Handle::from_raw(ctx, h) }))
    }
}

impl<'ctx> IntoIterator for Handle<'ctx, Iterator> {
    type Item = Result<Handle<'ctx>>;
    type IntoIter = Items<'ctx>;

    fn into_iter(self) -> Items<'ctx> {
        Items { iterator: Some(self) }
    }
}

/// The items of a Python iterator.
#[derive(Debug)]
pub struct Items<'ctx> {
    iterator: Option<Handle<'ctx, Iterator>>,
}

impl<'ctx> core::iter::Iterator for Items<'ctx> {
    type Item = Result<Handle<'ctx>>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.iterator.as_ref()?.advance().transpose();
        if !matches!(item, Some(Ok(_))) {
            self.iterator = None;
        }
        item
    }
}
