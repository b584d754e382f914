//! `PyErr_Fetch`, with enough stack on PyPy.
//!
//! There it creates a C struct for each traceback of the exception, for its frame and for all frames around that, each inside of the
//! one before. It ends the process if the interpreter's limit of the stack is hit meanwhile, as after an endless recursion in
//! Python code. So the limit is raised to what the thread's stack has, for the time of the call. The GIL is held, and no Python
//! code runs.

use core::ffi::{c_int, c_void};
use core::mem::transmute;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::{Implementation, Interpreter, stack};
use crate::api;
use crate::capi::types::PyObject;

/// `Py_GetRecursionLimit` and `Py_SetRecursionLimit` of PyPy; null on other interpreters.
static LIMIT: [AtomicPtr<c_void>; 2] = [const { AtomicPtr::new(null_mut()) }; 2];

type Get = unsafe extern "C" fn() -> c_int;
type Set = unsafe extern "C" fn(c_int);

/// Finds the functions of the limit.
pub(crate) fn probe(interpreter: &Interpreter) {
    if interpreter.implementation == Implementation::PyPy {
        for (function, name) in LIMIT.iter().zip([c"PyPy_GetRecursionLimit", c"PyPy_SetRecursionLimit"]) {
            function.store(crate::platform::symbol(name), Ordering::Relaxed);
        }
    }
}

/// A raised limit of the stack; as before when dropped.
struct Raised(Set, c_int);

impl Raised {
    /// # Safety
    ///
    /// This thread runs Python.
    unsafe fn new() -> Option<Self> {
        let [get, set] = LIMIT.each_ref().map(|function| function.load(Ordering::Relaxed));
        if get.is_null() || set.is_null() {
            return None;
        }
        // SAFETY: the functions have these types; the caller's word.
        unsafe {
            let (get, set) = (transmute::<*mut c_void, Get>(get), transmute::<*mut c_void, Set>(set));
            let (before, most) = (get(), stack::most_levels());
            if most <= before {
                return None;
            }
            set(most);
            Some(Raised(set, before))
        }
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        // SAFETY: as in `new`. Functions of an extension are entered above the old limit only, so it holds here.
        unsafe { (self.0)(self.1) }
    }
}

/// `PyErr_Fetch`: the type, the value and the traceback, each a new reference or null.
///
/// # Safety
///
/// This thread runs Python.
pub(crate) unsafe fn fetch() -> [*mut PyObject; 3] {
    let [mut ty, mut value, mut traceback] = [null_mut(); 3];
    // SAFETY: the caller's word.
    unsafe {
        let _raised = Raised::new();
        (api().PyErr_Fetch)(&raw mut ty, &raw mut value, &raw mut traceback);
    }
    [ty, value, traceback]
}
