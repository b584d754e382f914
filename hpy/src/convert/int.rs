//! Integers. They convert from an `int`, or from an object with `__index__`.

use hpy_sys::HPy;

use crate::core::exceptions::OverflowError;
use crate::core::markers::{Bytes, Int};
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Quick, Ref, Result, ffi};

/// Returns whether the object is an `int`, as far as that can be told fast.
#[cfg_attr(not(debug_assertions), inline(always))]
fn is_int(value: &Handle<'_>) -> bool {
    let ctx = value.ctx();
    // SAFETY: invariants 2 and 4.
    let is_exact = || unsafe { ffi::is_exactly(ctx, value.as_raw(), (*ctx.raw()).h_LongType) };
    if ctx.is_embedded() { is_exact() } else { Int::holds(value) }
}

/// Returns whether the object is a non-negative `int` that can be an index; `false` if that can't be told fast.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_natural(value: &Handle<'_>) -> bool {
    if !is_int(value) {
        return false;
    }
    // SAFETY: invariant 2.
    let number = unsafe { ffi::long_as_i64(value.ctx(), value.as_raw()) };
    if number == -1 {
        forget_overflow(value.ctx());
    }
    number >= 0
}

#[cold]
#[inline(never)]
fn forget_overflow(ctx: Context<'_>) {
    if ffi::error_occurred(ctx) {
        drop(Error::fetch(ctx));
    }
}

/// Returns whether `long_as_i64` may read the object as it is: it is an `int`, or the function refuses anything else.
#[cfg_attr(not(debug_assertions), inline(always))]
fn is_readable(value: &Handle<'_>) -> bool {
    let ctx = value.ctx();
    let strict = if ctx.is_embedded() { hpy_host::interp::reads_by_index() } else { ffi::READS_INT_ONLY };
    strict || is_int(value)
}

/// An `int` of an object that is not exactly one: itself for an instance of a subclass, else `__index__()`.
#[cold]
fn index<'ctx>(value: &Handle<'ctx>) -> Result<Handle<'ctx, Int>> {
    if Int::holds(value) {
        // SAFETY: just checked.
        return Ok(unsafe { value.clone().cast_into_unchecked() });
    }
    if !value.type_()?.hasattr("__index__")? {
        return Err(Error::type_mismatch("int", value));
    }
    value.index()
}

#[cold]
fn overflow(value: &Handle<'_, Int>, ty: &str) -> Error {
    // Only the repr of a number that has not more than some hundred digits: a longer one takes its time.
    let ctx = value.ctx();
    let text = f64::from_python(value.as_any()).and_then(|_| value.repr()?.to_string());
    let number = match text {
        Ok(text) => text,
        Err(error) if error.must_propagate(ctx) => return error,
        Err(_) => String::new(),
    };
    let number = if number.is_empty() || number.len() > 45 { "the number" } else { &number };
    Error::new::<OverflowError>(format!("{number} does not fit into {ty}"))
}

/// A number that its wide type could hold, but not the wanted one.
#[cold]
fn out_of_range(number: i128, ty: &str) -> Error {
    Error::new::<OverflowError>(format!("{number} does not fit into {ty}"))
}

/// Reading failed, and left an exception: the `int` to read instead. An overflow is told in our words.
#[cold]
fn failed<'ctx>(value: &Handle<'ctx>, ty: &str) -> Result<Handle<'ctx, Int>> {
    let ctx = value.ctx();
    let error = Error::fetch(ctx);
    if error.is_instance_of::<OverflowError>(ctx) {
        drop(error);
        return Err(overflow(&index(value)?, ty));
    }
    if error.is_instance_of::<crate::core::exceptions::TypeError>(ctx) {
        // A wrong type, or a function that does not ask for `__index__`.
        drop(error);
        return index(value);
    }
    Err(error)
}

macro_rules! readers {
    ($($as:ident, $failed:ident, $slow:ident: $wide:ident by $read:ident, $sentinel:expr;)*) => {$(
        /// The value of an object that was found readable, if it fits.
        #[cfg_attr(not(debug_assertions), inline(always))]
        fn $as(value: &Handle<'_>, ty: &'static str) -> Result<$wide> {
            // SAFETY: invariant 2.
            let number = unsafe { ffi::$read(value.ctx(), value.as_raw()) };
            if number != $sentinel {
                return Ok(number);
            }
            // SAFETY: invariant 2.
            unsafe { $failed(value.ctx(), value.as_raw(), ty) }
        }

        /// Reading gave the number that stands for a failure, which may be a real one.
        ///
        /// # Safety
        ///
        /// `h` is an open handle of `ctx`. (A `&Handle` would have to be in memory for the fast case, too.)
        #[cold]
        #[inline(never)]
        unsafe fn $failed(ctx: Context<'_>, h: HPy, ty: &'static str) -> Result<$wide> {
            if !ffi::error_occurred(ctx) {
                return Ok($sentinel);
            }
            // SAFETY: the caller's word.
            let value: Ref<'_, '_> = unsafe { Ref::from_raw(ctx, h) };
            let int = failed(&value, ty)?;
            // SAFETY: invariant 2.
            let number = unsafe { ffi::$read(ctx, int.as_raw()) };
            if number == $sentinel && ffi::error_occurred(ctx) {
                failed(int.as_any(), ty)?;
            }
            Ok(number)
        }

        /// By `index`, for objects that were not found readable.
        ///
        /// # Safety
        ///
        /// `h` is an open handle of `ctx`.
        #[cold]
        #[inline(never)]
        unsafe fn $slow(ctx: Context<'_>, h: HPy, ty: &'static str) -> Result<$wide> {
            // SAFETY: the caller's word.
            let value: Ref<'_, '_> = unsafe { Ref::from_raw(ctx, h) };
            $as(index(&value)?.as_any(), ty)
        }
    )*};
}

readers! {
    as_i64, failed_i64, slow_i64: i64 by long_as_i64, -1;
    as_u64, failed_u64, slow_u64: u64 by long_as_u64, u64::MAX;
}

macro_rules! integers {
    ($($ty:ident as $wide:ident by $as:ident, $readable:ident, $slow:ident, $from:ident $({ $($from_vec:tt)* } { $($into_vec:tt)* })?;)*) => {$(
        impl<'ctx> FromPython<'_, 'ctx> for $ty {
            type Error = Error;
            const HINT: Hint = Hint::Name("int");

            #[inline]
            fn from_python(value: &Handle<'ctx>) -> Result<Self> {
                let wide: $wide = if $readable(value) {
                    $as(value, stringify!($ty))?
                } else {
                    // SAFETY: invariant 2.
                    unsafe { $slow(value.ctx(), value.as_raw(), stringify!($ty)) }?
                };
                #[allow(irrefutable_let_patterns, clippy::useless_conversion)]
                if let Ok(number) = $ty::try_from(wide) {
                    return Ok(number);
                }
                Err(out_of_range(wide.into(), stringify!($ty)))
            }

            const QUICK: Quick<Self> = Quick(Some(|item| $ty::try_from(item.int()?).ok()));

            $($($from_vec)*)?
        }

        impl<'ctx> IntoPython<'ctx> for $ty {
            type Target = Int;
            type Error = Error;

            #[cfg_attr(not(debug_assertions), inline(always))]
            #[allow(clippy::cast_lossless, reason = "`isize` and `usize` have no `From`; nothing is wider than 64 bits")]
            fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Int>> {
                // SAFETY: invariants 2 and 3.
                unsafe { Handle::from_result(ctx, ffi::$from(ctx, self as $wide)) }
            }

            $($($into_vec)*)?
        }
    )*};
}

integers! {
    i8 as i64 by as_i64, is_readable, slow_i64, long_from_i64;
    i16 as i64 by as_i64, is_readable, slow_i64, long_from_i64;
    i32 as i64 by as_i64, is_readable, slow_i64, long_from_i64;
    i64 as i64 by as_i64, is_readable, slow_i64, long_from_i64;
    isize as i64 by as_i64, is_readable, slow_i64, long_from_i64;
    u8 as u64 by as_u64, is_int, slow_u64, long_from_u64 {
        fn vec_from_python(value: &Handle<'ctx>) -> Option<Result<Vec<u8>>> {
            if Bytes::holds(value) {
                return Some(value.downcast::<Bytes>().and_then(|bytes| bytes.as_bytes()).map(<[u8]>::to_vec));
            }
            super::bytes::from_bytearray(value).transpose()
        }
    } {
        const VEC_HINT: Hint = Hint::Name("bytes");

        fn vec_into_python(items: Vec<u8>, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
            Bytes::new(ctx, &items).map(Handle::into_any)
        }
    };
    u16 as u64 by as_u64, is_int, slow_u64, long_from_u64;
    u32 as u64 by as_u64, is_int, slow_u64, long_from_u64;
    u64 as u64 by as_u64, is_int, slow_u64, long_from_u64;
    usize as u64 by as_u64, is_int, slow_u64, long_from_u64;
}

// 128 bits: HPy has no function for them, so they go as two halves through Python's own operators.

fn halves<'ctx>(value: &Handle<'ctx, Int>, ty: &'static str) -> Result<(i128, u64)> {
    let ctx = value.ctx();
    let low = value.bitand(u64::MAX)?.extract::<u64>()?;
    let high = value.rshift(64)?;
    // SAFETY: `int >> int` is an `int`.
    let high: Handle<'ctx, Int> = unsafe { high.cast_into_unchecked() };
    let fits = if ty == "u128" {
        as_u64(high.as_any(), ty).map(i128::from)
    } else {
        as_i64(high.as_any(), ty).map(i128::from)
    };
    match fits {
        Ok(high) => Ok((high, low)),
        Err(error) if error.is_instance_of::<OverflowError>(ctx) => Err(overflow(value, ty)),
        Err(error) => Err(error),
    }
}

fn join<'ctx>(ctx: Context<'ctx>, high: Handle<'ctx, Int>, low: u64) -> Result<Handle<'ctx, Int>> {
    let value = high.lshift(64)?.bitor(low)?;
    // SAFETY: the operators of `int` give an `int`.
    Ok(unsafe { value.cast_into_unchecked::<Int>() })
        .inspect(|value| debug_assert!(value.ctx().raw() == ctx.raw()))
}

impl<'ctx> FromPython<'_, 'ctx> for i128 {
    type Error = Error;
    const HINT: Hint = Hint::Name("int");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let (high, low) = halves(&index(value)?, "i128")?;
        Ok(high << 64 | i128::from(low))
    }
}

impl<'ctx> FromPython<'_, 'ctx> for u128 {
    type Error = Error;
    const HINT: Hint = Hint::Name("int");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let (high, low) = halves(&index(value)?, "u128")?;
        Ok(high.unsigned_abs() << 64 | u128::from(low))
    }
}

impl<'ctx> IntoPython<'ctx> for i128 {
    type Target = Int;
    type Error = Error;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the two halves")]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Int>> {
        match i64::try_from(self) {
            Ok(small) => small.into_python(ctx),
            Err(_) => join(ctx, ((self >> 64) as i64).into_python(ctx)?, self as u64),
        }
    }
}

impl<'ctx> IntoPython<'ctx> for u128 {
    type Target = Int;
    type Error = Error;

    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Int>> {
        match u64::try_from(self) {
            Ok(small) => small.into_python(ctx),
            Err(_) => join(ctx, ((self >> 64) as u64).into_python(ctx)?, self as u64),
        }
    }
}

/// A reference to a number becomes the number: what iterators over slices give.
macro_rules! by_reference {
    ($($ty:ty)*) => {$(
        impl<'ctx> IntoPython<'ctx> for &$ty {
            type Target = <$ty as IntoPython<'ctx>>::Target;
            type Error = <$ty as IntoPython<'ctx>>::Error;

            #[inline]
            fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Self::Target>, Self::Error> {
                (*self).into_python(ctx)
            }
        }
    )*};
}
by_reference!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char);
