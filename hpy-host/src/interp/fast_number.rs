//! Fast paths for exact `float`s and `int`s, which run no Python code. Other objects have `__float__` or `__index__`, so the
//! stack is checked before they are converted.

use core::ffi::c_longlong;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use crate::api;
use crate::capi::types::PyObject;
use crate::interp::stack;
use crate::interp::{Implementation, Interpreter, Owned, type_of};

/// `float`, where the place of a `float`'s value is known; else null. Written before the context is in use, like the others.
static FLOAT: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());
/// Bytes from the start of a `float` to its value.
static VALUE: AtomicUsize = AtomicUsize::new(0);
/// `int`, where its type can be read.
static INT: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());

/// `PyFloat_AsDouble`.
///
/// # Safety
///
/// As there.
pub unsafe fn float_as_double(o: *mut PyObject) -> f64 {
    // SAFETY: the caller's word: a live object; the place of the value was proven by `probe`.
    unsafe {
        if type_of(o) == Some(FLOAT.load(Ordering::Relaxed)) {
            return o.byte_add(VALUE.load(Ordering::Relaxed)).cast::<f64>().read();
        }
        if stack::is_low() {
            return stack::refuse();
        }
        (api().PyFloat_AsDouble)(o)
    }
}

/// `PyLong_AsLongLong`.
///
/// # Safety
///
/// As there.
pub unsafe fn long_as_long_long(o: *mut PyObject) -> c_longlong {
    // SAFETY: the caller's word: a live object.
    unsafe {
        if type_of(o) == Some(INT.load(Ordering::Relaxed)) {
            #[cfg(target_pointer_width = "64")]
            return (api().PyLong_AsSsize_t)(o) as c_longlong;
            #[cfg(not(target_pointer_width = "64"))]
            return (api().PyLong_AsLongLong)(o);
        }
        if stack::is_low() {
            return stack::refuse();
        }
        (api().PyLong_AsLongLong)(o)
    }
}

/// Looks at a `float` and an `int` of this interpreter.
///
/// # Safety
///
/// The table of the C API is filled, and this thread runs Python.
pub(crate) unsafe fn probe(interpreter: &Interpreter) {
    const PROBE: f64 = 1234.5;
    if interpreter.implementation != Implementation::CPython {
        return;
    }
    // SAFETY: the caller's word; a `float` has its value behind the header, at an address that is aligned for it.
    unsafe {
        let (Ok(float), Ok(int)) =
            (Owned::new((api().PyFloat_FromDouble)(PROBE)), Owned::new((api().PyLong_FromLong)(1)))
        else {
            return;
        };
        if let Some(ty) = type_of(int.0) {
            INT.store(ty, Ordering::Relaxed);
        }
        let offset = interpreter.header.next_multiple_of(align_of::<f64>());
        let value = float.0.byte_add(offset).cast::<u64>().read();
        if let Some(ty) = type_of(float.0).filter(|_| value == PROBE.to_bits()) {
            VALUE.store(offset, Ordering::Relaxed);
            FLOAT.store(ty, Ordering::Relaxed);
        }
    }
}
