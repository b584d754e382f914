//! Functions for exceptions.

use core::ffi::{c_char, c_int};

use hpy_sys::{HPy, HPyContext};

use super::{direct, guarded, object};
use crate::api;

direct! {
    ctx_Err_SetString(ty: HPy, message: ptr<c_char>) = PyErr_SetString;
    ctx_Err_SetObject(ty: HPy, value: HPy) = PyErr_SetObject;
    ctx_Err_SetFromErrnoWithFilename(ty: HPy, filename: ptr<c_char>) -> HPy = PyErr_SetFromErrnoWithFilename;
    ctx_Err_ExceptionMatches(exc: HPy) -> c_int = PyErr_ExceptionMatches;
    ctx_Err_Clear() = PyErr_Clear;
    ctx_Err_NewException(name: ptr<c_char>, base: HPy, dict: HPy) -> HPy = PyErr_NewException;
    ctx_Err_NewExceptionWithDoc(name: ptr<c_char>, doc: ptr<c_char>, base: HPy, dict: HPy) -> HPy = PyErr_NewExceptionWithDoc;
    ctx_Err_WriteUnraisable(h: HPy) = PyErr_WriteUnraisable;
}

guarded! {
    ctx_Err_WarnEx(category: HPy, message: ptr<c_char>, stack_level: isize) -> c_int = PyErr_WarnEx;
}

pub(crate) unsafe extern "C" fn ctx_Err_SetFromErrnoWithFilenameObjects(
    _: *mut HPyContext,
    ty: HPy,
    a: HPy,
    b: HPy,
) {
    // SAFETY: HPy's rules. It always returns NULL.
    unsafe { (api().PyErr_SetFromErrnoWithFilenameObjects)(object(ty), object(a), object(b)) };
}

pub(crate) unsafe extern "C" fn ctx_Err_Occurred(_: *mut HPyContext) -> c_int {
    // SAFETY: HPy's rules.
    (!unsafe { (api().PyErr_Occurred)() }.is_null()).into()
}

pub(crate) unsafe extern "C" fn ctx_Err_NoMemory(_: *mut HPyContext) {
    // SAFETY: HPy's rules. It always returns NULL.
    unsafe { (api().PyErr_NoMemory)() };
}

/// The `SystemError` of functions that were given what they can't take, as CPython's own raise it.
#[cold]
pub(crate) unsafe fn bad_argument(ctx: *mut HPyContext) {
    // SAFETY: HPy's rules.
    unsafe {
        (api().PyErr_SetString)(object((*ctx).h_SystemError), c"bad argument to internal function".as_ptr());
    }
}

pub(crate) unsafe extern "C" fn ctx_FatalError(_: *mut HPyContext, message: *const c_char) -> ! {
    let known = crate::interp::interpreter();
    if known.is_some_and(|known| known.implementation == crate::interp::Implementation::GraalPy) {
        // Its function ends the process as if a program had asked for it.
        // SAFETY: HPy's rules.
        let text = unsafe { core::ffi::CStr::from_ptr(message) };
        eprintln!("Fatal Python error: HPy_FatalError: {}", text.to_string_lossy());
    } else {
        // SAFETY: HPy's rules.
        unsafe { (api().Py_FatalError)(message) };
    }
    std::process::abort()
}
