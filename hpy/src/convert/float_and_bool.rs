//! Floats and `bool`.

use hpy_sys::HPy;

use crate::core::markers::{Bool, Float, Int};
use crate::core::{Context, Error, FromPython, Handle, Hint, InPlace, IntoPython, Quick, Ref, Result, ffi};

/// The host read -1.0, or could not read the object.
///
/// # Safety
///
/// `h` is an open handle of `ctx`.
#[cold]
#[inline(never)]
unsafe fn minus_one(ctx: Context<'_>, h: HPy) -> Result<f64> {
    if !ffi::error_occurred(ctx) {
        return Ok(-1.0);
    }
    let error = Error::fetch(ctx);
    if !error.is_instance_of::<crate::core::exceptions::TypeError>(ctx) {
        return Err(error);
    }
    // A wrong type, or a host that does not ask for `__index__` here, as PyPy's.
    drop(error);
    // SAFETY: the caller's word.
    unsafe { slow_f64(ctx, h) }
}

/// Returns whether the object is a number that `float()` accepts.
fn is_real(value: &Handle<'_>) -> Result<bool> {
    if Float::holds(value) || Int::holds(value) {
        return Ok(true);
    }
    // Before 3.10 `complex` has a `__float__` that always fails.
    let ty = value.type_()?;
    Ok(!crate::core::markers::Complex::holds(value)
        && (ty.hasattr("__float__")? || ty.hasattr("__index__")?))
}

/// Converts an object with `__float__` or `__index__`, as `math.sqrt` does.
///
/// # Safety
///
/// `h` is an open handle of `ctx`.
unsafe fn slow_f64(ctx: Context<'_>, h: HPy) -> Result<f64> {
    // SAFETY: the caller's word.
    let value: Ref<'_, '_> = unsafe { Ref::from_raw(ctx, h) };
    if !is_real(&value)? {
        return Err(Error::type_mismatch("float", &*value));
    }
    // SAFETY: invariants 2 and 3.
    let float: Handle<'_, Float> =
        unsafe { Handle::from_result(ctx, hpy_host::calls::HPy_Float(ctx.raw(), value.as_raw())) }?;
    float.value()
}

impl<'ctx> FromPython<'_, 'ctx> for f64 {
    type Error = Error;
    const HINT: Hint = Hint::Name("float");

    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let ctx = value.ctx();
        // SAFETY: invariant 2.
        let number = unsafe { ffi::float_as_f64(ctx, value.as_raw()) };
        if number != -1.0 {
            return Ok(number);
        }
        // SAFETY: invariant 2. (A `&Handle` would have to be in memory for the fast case, too.)
        unsafe { minus_one(ctx, value.as_raw()) }
    }

    const QUICK: Quick<Self> = Quick(Some(real));
}

/// The value of an exact `float`, or of an exact `int` that has one without rounding.
#[cfg_attr(not(debug_assertions), inline(always))]
fn real(item: InPlace<'_>) -> Option<f64> {
    item.float().or_else(|| {
        let int = item.int()?;
        #[expect(clippy::cast_precision_loss, reason = "it has at most 53 bits")]
        (int.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS).then_some(int as f64)
    })
}

impl<'ctx> FromPython<'_, 'ctx> for f32 {
    type Error = Error;
    const HINT: Hint = Hint::Name("float");

    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounds, to infinity if need be, as `array` and NumPy do"
        )]
        f64::from_python(value).map(|wide| wide as f32)
    }

    #[expect(clippy::cast_possible_truncation, reason = "as above")]
    const QUICK: Quick<Self> = Quick(Some(|item| real(item).map(|wide| wide as f32)));
}

impl<'ctx> IntoPython<'ctx> for f64 {
    type Target = Float;
    type Error = Error;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Float>> {
        // SAFETY: invariants 2 and 3.
        unsafe { Handle::from_result(ctx, ffi::float_from_f64(ctx, self)) }
    }
}

impl<'ctx> IntoPython<'ctx> for f32 {
    type Target = Float;
    type Error = Error;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Float>> {
        f64::from(self).into_python(ctx)
    }
}

impl<'ctx> FromPython<'_, 'ctx> for bool {
    type Error = Error;
    const HINT: Hint = Hint::Name("bool");

    /// Accepts only `True`, `False` and NumPy's `bool_`. Use [`Handle::is_true`] for the truth value of other objects.
    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let ctx = value.ctx();
        if value.is(&ctx.bool(true)) {
            Ok(true)
        } else if value.is(&ctx.bool(false)) {
            Ok(false)
        } else {
            other_bool(value)
        }
    }

    const QUICK: Quick<Self> = Quick(Some(|item| item.bool()));
}

/// Returns the value of a `numpy.bool_`, which is not a subclass of `bool` but replaces it in NumPy's arrays.
#[cold]
#[inline(never)]
fn other_bool(value: &Handle<'_>) -> Result<bool> {
    match crate::core::error::mismatch::type_name(value)?.as_str() {
        "numpy.bool_" | "numpy.bool" => value.is_true(),
        _ => Err(Error::type_mismatch("bool", value)),
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
