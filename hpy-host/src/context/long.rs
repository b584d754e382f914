//! Functions for `int`. Conversions to C accept what the function of the same name accepts in that version of CPython.

use core::ffi::c_void;

use hpy_sys::{HPy, HPyContext};

use super::{check_stack, direct, guarded, is_instance, object};
use crate::api;
use crate::interp::is_cpython;

direct! {
    ctx_Long_FromInt64_t(v: i64) -> HPy = PyLong_FromLongLong;
    ctx_Long_FromUInt64_t(v: u64) -> HPy = PyLong_FromUnsignedLongLong;
    ctx_Long_FromSize_t(v: usize) -> HPy = PyLong_FromSize_t;
    ctx_Long_FromSsize_t(v: isize) -> HPy = PyLong_FromSsize_t;
    ctx_Long_AsDouble(h: HPy) -> f64 = PyLong_AsDouble;
}

guarded! {
    ctx_Long_AsUInt64_tMask(h: HPy) -> u64 = PyLong_AsUnsignedLongLongMask;
}

pub(crate) unsafe extern "C" fn ctx_Long_AsInt64_t(_: *mut HPyContext, h: HPy) -> i64 {
    // SAFETY: HPy's rules.
    unsafe { crate::interp::fast_number::long_as_long_long(object(h)) }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsVoidPtr(_: *mut HPyContext, h: HPy) -> *mut c_void {
    // SAFETY: HPy's rules.
    unsafe { (api().PyLong_AsVoidPtr)(object(h)) }
}

pub(crate) unsafe extern "C" fn ctx_Long_FromInt32_t(_: *mut HPyContext, v: i32) -> HPy {
    // SAFETY: HPy's rules.
    super::handle(unsafe { (api().PyLong_FromLong)(v.into()) })
}

pub(crate) unsafe extern "C" fn ctx_Long_FromUInt32_t(_: *mut HPyContext, v: u32) -> HPy {
    // SAFETY: HPy's rules.
    super::handle(unsafe { (api().PyLong_FromUnsignedLong)(v.into()) })
}

/// Returns whether it is an `int`. CPython's functions for unsigned numbers and sizes look for themselves and take nothing
/// else; PyPy's take what converts. Raises `TypeError` if not.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn is_int(ctx: *mut HPyContext, h: HPy) -> bool {
    // SAFETY: HPy's rules.
    unsafe {
        if is_cpython() || is_instance(object(h), (*ctx).h_LongType) {
            return true;
        }
        (api().PyErr_SetString)(object((*ctx).h_TypeError), c"an integer is required".as_ptr());
        false
    }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsUInt64_t(ctx: *mut HPyContext, h: HPy) -> u64 {
    // SAFETY: HPy's rules.
    unsafe { if is_int(ctx, h) { (api().PyLong_AsUnsignedLongLong)(object(h)) } else { u64::MAX } }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsSsize_t(ctx: *mut HPyContext, h: HPy) -> isize {
    // SAFETY: HPy's rules.
    unsafe { if is_int(ctx, h) { (api().PyLong_AsSsize_t)(object(h)) } else { -1 } }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsSize_t(ctx: *mut HPyContext, h: HPy) -> usize {
    // SAFETY: HPy's rules.
    unsafe {
        if !is_int(ctx, h) {
            return usize::MAX;
        }
        let value = (api().PyLong_AsSize_t)(object(h));
        // PyPy raises ValueError for a negative number.
        if value == usize::MAX
            && !is_cpython()
            && !(api().PyErr_Occurred)().is_null()
            && (api().PyErr_ExceptionMatches)(object((*ctx).h_ValueError)) != 0
        {
            (api().PyErr_Clear)();
            overflow(ctx, c"can't convert negative value to size_t");
        }
        value
    }
}

/// Raises `OverflowError`.
unsafe fn overflow(ctx: *mut HPyContext, text: &core::ffi::CStr) {
    // SAFETY: HPy's rules.
    unsafe { (api().PyErr_SetString)(object((*ctx).h_OverflowError), text.as_ptr()) }
}

/// HPy's own host says what `PyLong_AsLong` says where C's `long` has 32 bits.
const TOO_LARGE_FOR_INT32: &core::ffi::CStr = if size_of::<core::ffi::c_long>() == 4 {
    c"Python int too large to convert to C long"
} else {
    c"Python int too large to convert to C int32_t"
};

pub(crate) unsafe extern "C" fn ctx_Long_AsInt32_t(ctx: *mut HPyContext, h: HPy) -> i32 {
    // SAFETY: HPy's rules.
    unsafe {
        let wide = crate::interp::fast_number::long_as_long_long(object(h));
        if wide == -1 && !(api().PyErr_Occurred)().is_null() {
            return -1;
        }
        i32::try_from(wide).unwrap_or_else(|_| {
            overflow(ctx, TOO_LARGE_FOR_INT32);
            -1
        })
    }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsUInt32_t(ctx: *mut HPyContext, h: HPy) -> u32 {
    // SAFETY: HPy's rules.
    unsafe {
        if !is_int(ctx, h) {
            return u32::MAX;
        }
        let wide = (api().PyLong_AsUnsignedLong)(object(h));
        if wide == core::ffi::c_ulong::MAX && !(api().PyErr_Occurred)().is_null() {
            return u32::MAX;
        }
        u32::try_from(wide).unwrap_or_else(|_| {
            overflow(ctx, c"Python int too large to convert to C uint32_t");
            u32::MAX
        })
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a mask is what was asked for; C's `long` has 32 bits or 64"
)]
pub(crate) unsafe extern "C" fn ctx_Long_AsUInt32_tMask(_: *mut HPyContext, h: HPy) -> u32 {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe { (api().PyLong_AsUnsignedLongMask)(object(h)) as u32 }
}
