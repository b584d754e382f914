//! Floats and `bool`.

use super::{FromPython, IntoPython};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ffi;
use crate::handle::Handle;
use crate::hint::Hint;
use crate::types::{Bool, Float, Int, PythonType};

/// For objects that are not exactly a `float`: what has `__float__` or `__index__` is taken, as by `math.sqrt`.
#[cold]
#[inline(never)]
fn slow_f64(value: &Handle<'_>) -> Result<f64> {
    let ctx = value.ctx();
    if !Float::check(value) && !Int::check(value) {
        let ty = value.type_()?;
        // Before 3.10 `complex` has a `__float__` that always fails.
        let complex = value.is_a::<crate::types::Complex>();
        if complex || !ty.hasattr("__float__") && !ty.hasattr("__index__") {
            return Err(Error::type_mismatch("float", value));
        }
    }
    // SAFETY: invariants 2 and 3.
    let float: Handle<'_, Float> =
        unsafe { Handle::from_result(ctx, hpy_sys::HPy_Float(ctx.as_raw(), value.as_raw())) }?;
    float.value()
}

impl<'ctx> FromPython<'_, 'ctx> for f64 {
    type Error = Error;
    const HINT: Hint = Hint::Name("float");

    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let ctx = value.ctx();
        // SAFETY: invariants 2 and 4; reading an exact `float` can't fail.
        unsafe {
            if ffi::is_exactly(ctx, value.as_raw(), (*ctx.as_raw()).h_FloatType) {
                return Ok(ffi::float_as_f64(ctx, value.as_raw()));
            }
        }
        slow_f64(value)
    }
}

impl<'ctx> FromPython<'_, 'ctx> for f32 {
    type Error = Error;
    const HINT: Hint = Hint::Name("float");

    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        f64::from_python(value).map(|wide| wide as f32)
    }
}

impl<'ctx> IntoPython<'ctx> for f64 {
    type Target = Float;
    type Error = Error;

    #[inline(always)]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Float>> {
        // SAFETY: invariants 2 and 3.
        unsafe { Handle::from_result(ctx, ffi::float_from_f64(ctx, self)) }
    }
}

impl<'ctx> IntoPython<'ctx> for f32 {
    type Target = Float;
    type Error = Error;

    #[inline(always)]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Float>> {
        f64::from(self).into_python(ctx)
    }
}

impl<'ctx> FromPython<'_, 'ctx> for bool {
    type Error = Error;
    const HINT: Hint = Hint::Name("bool");

    /// Only `True` and `False`: ask other objects with [`Handle::is_true`].
    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let ctx = value.ctx();
        if value.is(&ctx.bool(true)) {
            Ok(true)
        } else if value.is(&ctx.bool(false)) {
            Ok(false)
        } else {
            Err(Error::type_mismatch("bool", value))
        }
    }
}

impl<'ctx> IntoPython<'ctx> for bool {
    type Target = Bool;
    type Error = Error;

    #[inline]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Bool>> {
        Ok(ctx.bool(self).to_owned())
    }
}
