//! Functions for context variables.

use core::ffi::c_char;

use hpy_sys::{HPy, HPyContext};

use super::{direct, object};
use crate::api;

direct! {
    ctx_ContextVar_New(name: ptr<c_char>, default_value: HPy) -> HPy = PyContextVar_New;
    ctx_ContextVar_Set(var: HPy, value: HPy) -> HPy = PyContextVar_Set;
}

/// 0 and the value, or NULL in `result` if there is none; -1 with an exception.
pub(crate) unsafe extern "C" fn ctx_ContextVar_Get(
    _: *mut HPyContext,
    var: HPy,
    default_value: HPy,
    result: *mut HPy,
) -> i32 {
    let mut value = core::ptr::null_mut();
    // SAFETY: HPy's rules.
    unsafe {
        if (api().PyContextVar_Get)(object(var), object(default_value), &mut value) < 0 {
            return -1;
        }
        *result = super::handle(value);
    }
    0
}
