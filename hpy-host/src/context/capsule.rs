//! Functions for capsules.

use core::ffi::{CStr, c_char, c_int, c_void};

use hpy_sys::{
    _HPyCapsule_key, HPy, HPyCapsule_Destructor, HPyCapsule_key_Context, HPyCapsule_key_Destructor,
    HPyCapsule_key_Name, HPyCapsule_key_Pointer, HPyContext,
};

use super::{direct, handle, is_instance, object};
use crate::api;

direct! {
    ctx_Capsule_IsValid(h: HPy, name: ptr<c_char>) -> c_int = PyCapsule_IsValid;
}

/// Raises; gives the value that means failure.
unsafe fn fail<R>(ty: HPy, text: &CStr, value: R) -> R {
    // SAFETY: HPy's rules.
    unsafe { (api().PyErr_SetString)(object(ty), text.as_ptr()) };
    value
}

/// What the interpreter calls when the capsule dies: the CPython-signature function of the destructor.
unsafe fn destructor(
    destructor: *mut HPyCapsule_Destructor,
) -> Option<Option<unsafe extern "C" fn(*mut crate::capi::types::PyObject)>> {
    if destructor.is_null() {
        return Some(None);
    }
    // SAFETY: HPy's rules: a destructor that lives as long as the capsule.
    unsafe {
        if (*destructor).cpy_trampoline.is_null() {
            return None;
        }
        Some(Some(core::mem::transmute::<
            *const c_void,
            unsafe extern "C" fn(*mut crate::capi::types::PyObject),
        >((*destructor).cpy_trampoline)))
    }
}

pub(crate) unsafe extern "C" fn ctx_Capsule_New(
    ctx: *mut HPyContext,
    pointer: *mut c_void,
    name: *const c_char,
    end: *mut HPyCapsule_Destructor,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        match destructor(end) {
            Some(end) => handle((api().PyCapsule_New)(pointer, name, end)),
            None => fail((*ctx).h_ValueError, c"Invalid HPyCapsule destructor", HPy::NULL),
        }
    }
}

pub(crate) unsafe extern "C" fn ctx_Capsule_Get(
    ctx: *mut HPyContext,
    capsule: HPy,
    key: _HPyCapsule_key,
    name: *const c_char,
) -> *mut c_void {
    let capsule = object(capsule);
    // SAFETY: HPy's rules.
    unsafe {
        match key {
            HPyCapsule_key_Pointer => (api().PyCapsule_GetPointer)(capsule, name),
            HPyCapsule_key_Name => (api().PyCapsule_GetName)(capsule).cast_mut().cast(),
            HPyCapsule_key_Context => (api().PyCapsule_GetContext)(capsule),
            HPyCapsule_key_Destructor => fail(
                (*ctx).h_ValueError,
                c"Invalid operation: cannot get HPyCapsule destructor",
                core::ptr::null_mut(),
            ),
            _ => fail((*ctx).h_SystemError, c"invalid key of a capsule", core::ptr::null_mut()),
        }
    }
}

pub(crate) unsafe extern "C" fn ctx_Capsule_Set(
    ctx: *mut HPyContext,
    capsule: HPy,
    key: _HPyCapsule_key,
    value: *mut c_void,
) -> c_int {
    let capsule = object(capsule);
    // SAFETY: HPy's rules.
    unsafe {
        match key {
            HPyCapsule_key_Pointer => (api().PyCapsule_SetPointer)(capsule, value),
            // Some of PyPy's functions don't look.
            _ if !is_instance(capsule, (*ctx).h_CapsuleType) => {
                fail((*ctx).h_ValueError, c"HPyCapsule_Set called with invalid PyCapsule object", -1)
            }
            HPyCapsule_key_Name => (api().PyCapsule_SetName)(capsule, value.cast_const().cast()),
            HPyCapsule_key_Context => (api().PyCapsule_SetContext)(capsule, value),
            HPyCapsule_key_Destructor => match destructor(value.cast()) {
                Some(end) => (api().PyCapsule_SetDestructor)(capsule, end),
                None => fail((*ctx).h_ValueError, c"Invalid HPyCapsule destructor", -1),
            },
            _ => fail((*ctx).h_SystemError, c"invalid key of a capsule", -1),
        }
    }
}
