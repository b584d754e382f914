//! Functions for `bytes`.

use core::ffi::{c_char, c_int};

use hpy_sys::{HPy, HPyContext};

use super::{direct, is_instance, object};
use crate::api;

direct! {
    ctx_Bytes_FromString(bytes: ptr<c_char>) -> HPy = PyBytes_FromString;
}

pub(crate) unsafe extern "C" fn ctx_Bytes_Check(ctx: *mut HPyContext, h: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { is_instance(object(h), (*ctx).h_BytesType) }.into()
}

pub(crate) unsafe extern "C" fn ctx_Bytes_AsString(_: *mut HPyContext, h: HPy) -> *const c_char {
    // SAFETY: HPy's rules.
    unsafe { (api().PyBytes_AsString)(object(h)) }
}

pub(crate) unsafe extern "C" fn ctx_Bytes_AS_STRING(_: *mut HPyContext, h: HPy) -> *const c_char {
    // SAFETY: HPy's rules.
    unsafe { (api().PyBytes_AsString)(object(h)) }
}

/// HPy does not allow a NULL start, unlike the C API.
pub(crate) unsafe extern "C" fn ctx_Bytes_FromStringAndSize(
    ctx: *mut HPyContext,
    start: *const c_char,
    len: isize,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        if start.is_null() {
            let text = c"NULL char * passed to HPyBytes_FromStringAndSize";
            (api().PyErr_SetString)(object((*ctx).h_ValueError), text.as_ptr());
            return HPy::NULL;
        }
        if super::is_too_long(ctx, len) {
            return HPy::NULL;
        }
        super::handle((api().PyBytes_FromStringAndSize)(start, len))
    }
}
