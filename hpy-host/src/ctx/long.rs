//! `int`. Conversions to C take what has `__index__` and refuse the rest, on versions that would take `__int__`, too.

use core::ffi::c_void;

use hpy_sys::{HPy, HPyContext};

use super::{direct, object};
use crate::api;
use crate::cpy::PyObject;

direct! {
    ctx_Long_FromInt64_t(v: i64) -> HPy = PyLong_FromLongLong;
    ctx_Long_FromUInt64_t(v: u64) -> HPy = PyLong_FromUnsignedLongLong;
    ctx_Long_FromSize_t(v: usize) -> HPy = PyLong_FromSize_t;
    ctx_Long_FromSsize_t(v: isize) -> HPy = PyLong_FromSsize_t;
    ctx_Long_AsUInt64_t(h: HPy) -> u64 = PyLong_AsUnsignedLongLong;
    ctx_Long_AsSize_t(h: HPy) -> usize = PyLong_AsSize_t;
    ctx_Long_AsSsize_t(h: HPy) -> isize = PyLong_AsSsize_t;
    ctx_Long_AsDouble(h: HPy) -> f64 = PyLong_AsDouble;
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

/// Calls `read` with the `int` that `h` is, or that its `__index__` gives; `None` with an exception if there is none.
unsafe fn with_index<R>(h: HPy, read: impl FnOnce(*mut PyObject) -> R) -> Option<R> {
    // SAFETY: HPy's rules; the reference is given back.
    unsafe {
        let index = (api().PyNumber_Index)(object(h));
        if index.is_null() {
            return None;
        }
        let value = read(index);
        (api().Py_DecRef)(index);
        Some(value)
    }
}

/// Raises `OverflowError`.
unsafe fn overflow(ctx: *mut HPyContext, text: &core::ffi::CStr) {
    // SAFETY: HPy's rules.
    unsafe { (api().PyErr_SetString)(object((*ctx).h_OverflowError), text.as_ptr()) }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsInt64_t(_: *mut HPyContext, h: HPy) -> i64 {
    // SAFETY: HPy's rules.
    unsafe { with_index(h, |int| (api().PyLong_AsLongLong)(int)).unwrap_or(-1) }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsInt32_t(ctx: *mut HPyContext, h: HPy) -> i32 {
    // SAFETY: HPy's rules.
    unsafe {
        let wide = ctx_Long_AsInt64_t(ctx, h);
        if wide == -1 && !(api().PyErr_Occurred)().is_null() {
            return -1;
        }
        i32::try_from(wide).unwrap_or_else(|_| {
            overflow(ctx, c"Python int too large to convert to C int32_t");
            -1
        })
    }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsUInt32_t(ctx: *mut HPyContext, h: HPy) -> u32 {
    // SAFETY: HPy's rules. As in the C API, only an `int` is taken.
    unsafe {
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

pub(crate) unsafe extern "C" fn ctx_Long_AsUInt32_tMask(_: *mut HPyContext, h: HPy) -> u32 {
    // SAFETY: HPy's rules.
    unsafe { with_index(h, |int| (api().PyLong_AsUnsignedLongMask)(int) as u32).unwrap_or(u32::MAX) }
}

pub(crate) unsafe extern "C" fn ctx_Long_AsUInt64_tMask(_: *mut HPyContext, h: HPy) -> u64 {
    // SAFETY: HPy's rules.
    unsafe { with_index(h, |int| (api().PyLong_AsUnsignedLongLongMask)(int)).unwrap_or(u64::MAX) }
}
