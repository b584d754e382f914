//! What our hosts can do beyond HPy: a table that the safe crate finds through the context.
//!
//! A foreign host's context has private data of its own, which must not be read. So the context's name decides: ours
//! begins with [`PREFIX`], whichever file made it.

use core::ffi::{CStr, c_int};

use hpy_sys::{HPy, HPyContext};

use crate::api;
use crate::context::is_embedded;
use crate::cpy::PyObject;
use crate::ctx::{handle, object};

/// How the names of our contexts begin. The number is the version of [`Extensions`].
const PREFIX: &[u8] = b"HPy Universal ABI (hpy-host, ";

/// Functions beyond HPy. Later versions only append.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Extensions {
    /// How many functions this table has.
    pub count: usize,
    /// Takes the current exception out of the interpreter, normalised and with its traceback: a new handle, or NULL if
    /// there is none.
    pub err_fetch: unsafe extern "C" fn(*mut HPyContext) -> HPy,
    /// Makes an exception object the current exception. The handle stays the caller's.
    pub err_restore: unsafe extern "C" fn(*mut HPyContext, HPy),
    /// May this thread call Python now?
    pub runs_python: unsafe extern "C" fn(*mut HPyContext) -> c_int,
}

/// The embedded host's.
pub(crate) static EXTENSIONS: Extensions = Extensions { count: 3, err_fetch, err_restore, runs_python };

/// The extensions of a context's host, if it is one of ours.
#[inline]
pub fn of(ctx: *mut HPyContext) -> Option<&'static Extensions> {
    if is_embedded(ctx) { Some(&EXTENSIONS) } else { of_another(ctx) }
}

#[cold]
fn of_another(ctx: *mut HPyContext) -> Option<&'static Extensions> {
    // SAFETY: a live context with a NUL-terminated name; if the name is ours, so is the private data.
    unsafe {
        let name = CStr::from_ptr((*ctx).name);
        if name.to_bytes().starts_with(PREFIX) { (*ctx)._private.cast::<Extensions>().as_ref() } else { None }
    }
}

unsafe extern "C" fn err_fetch(_: *mut HPyContext) -> HPy {
    let (mut ty, mut value, mut traceback): (*mut PyObject, *mut PyObject, *mut PyObject) =
        (core::ptr::null_mut(), core::ptr::null_mut(), core::ptr::null_mut());
    // SAFETY: this thread runs Python, as it has a context; the three references are ours, and given back.
    unsafe {
        let api = api();
        (api.PyErr_Fetch)(&mut ty, &mut value, &mut traceback);
        if ty.is_null() {
            return HPy::NULL;
        }
        (api.PyErr_NormalizeException)(&mut ty, &mut value, &mut traceback);
        if !traceback.is_null() {
            if !value.is_null() {
                (api.PyException_SetTraceback)(value, traceback);
            }
            (api.Py_DecRef)(traceback);
        }
        (api.Py_DecRef)(ty);
    }
    handle(value)
}

unsafe extern "C" fn err_restore(_: *mut HPyContext, value: HPy) {
    let value = object(value);
    // SAFETY: this thread runs Python, as it has a context; PyErr_Restore takes three references of its own.
    unsafe {
        let api = api();
        let ty = (api.PyObject_Type)(value);
        let traceback = (api.PyException_GetTraceback)(value);
        (api.Py_IncRef)(value);
        (api.PyErr_Restore)(ty, value, traceback);
    }
}

unsafe extern "C" fn runs_python(_: *mut HPyContext) -> c_int {
    // SAFETY: any thread may ask, in a process with an interpreter.
    unsafe { ((api().Py_IsInitialized)() != 0 && (api().PyGILState_Check)() != 0).into() }
}
