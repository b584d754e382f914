//! Entering Python from any thread: `PyGILState_Ensure` and `PyGILState_Release`, and what happens at the end of the
//! interpreter.
//!
//! `PyGILState_Ensure` must not be called once the interpreter is gone, and nothing in the C API (before 3.15) says reliably
//! that it is about to go. So the first attach registers [`close`] with Python's `atexit`, which runs before the interpreter
//! ends: from then on no thread enters, and `close` waits for those that are in between. A thread that is attached by then, and
//! lets go of the interpreter later, is stopped when it comes back: see [`shutdown`](super::shutdown).

use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use core::time::Duration;

use super::Owned;
use super::shutdown::call_or_park;
use super::threads::{is_attached, is_elsewhere};
use crate::api;
use crate::capi::embedded_context::none;
use crate::capi::types::{PyGILState_STATE, PyMethodDef, PyObject};

/// Why a thread can't be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Refused {
    /// No module of the file has been imported.
    NotImported = 1,
    /// The interpreter is ending, or has ended.
    Finalizing = 2,
    /// The thread belongs to another interpreter of the process.
    OtherInterpreter = 3,
    /// The host has no way to attach a thread.
    Unsupported = 4,
}

/// Threads between the look at [`CLOSED`] and the end of `PyGILState_Ensure`, and in the upper half the process that they are of:
/// a child made by `fork` has none of its parent's threads.
static ENTERING: AtomicU64 = AtomicU64::new(0);

/// The upper half of [`ENTERING`] in this process.
fn this_process() -> u64 {
    u64::from(std::process::id()) << 32
}

/// Counts this thread in [`ENTERING`] until it is dropped.
struct Entering;

impl Entering {
    fn new() -> Self {
        let process = this_process();
        let one_more = |count: u64| Some(if count >> 32 << 32 == process { count + 1 } else { process + 1 });
        _ = ENTERING.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more);
        Entering
    }

    /// Are there threads of this process?
    fn any() -> bool {
        let count = ENTERING.load(Ordering::SeqCst);
        count >> 32 << 32 == this_process() && count << 32 != 0
    }
}

impl Drop for Entering {
    fn drop(&mut self) {
        ENTERING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Is the interpreter about to end?
static CLOSED: AtomicBool = AtomicBool::new(false);
/// Has `atexit` been told?
static REGISTERED: AtomicBool = AtomicBool::new(false);

/// While it lives, this thread is attached.
#[derive(Debug)]
#[must_use]
pub struct Guard {
    /// What `PyGILState_Ensure` gave; `None` if the thread was known to be attached.
    ensured: Option<PyGILState_STATE>,
    /// The exception that was set before, or nulls.
    exception: [*mut PyObject; 3],
    /// It belongs to its thread.
    _thread: PhantomData<*mut ()>,
}

/// Attaches this thread to the interpreter that the file belongs to, unless it is attached. No exception is set then; one that
/// is on its way (the value of an instance is dropped while it propagates) is kept, and set again at the end.
///
/// # Errors
///
/// [`Refused`], and nothing has changed.
pub fn enter() -> Result<Guard, Refused> {
    let ensured = if is_attached() { None } else { Some(ensure()?) };
    Ok(Guard { ensured, exception: take_exception(), _thread: PhantomData })
}

/// The exception that is set, taken out of the interpreter as it is.
fn take_exception() -> [*mut PyObject; 3] {
    // SAFETY: this thread is attached.
    unsafe { if (api().PyErr_Occurred)().is_null() { [null_mut(); 3] } else { super::fetch::fetch() } }
}

#[cold]
fn ensure() -> Result<PyGILState_STATE, Refused> {
    if !super::threads::has_home() {
        return Err(Refused::NotImported);
    }
    // SAFETY: the file has been loaded, so the table is filled. The interpreter is there, and does not end before `ENTERING`
    // is 0 again.
    unsafe {
        if is_elsewhere() {
            return Err(Refused::OtherInterpreter);
        }
        let entering = Entering::new();
        if CLOSED.load(Ordering::SeqCst) || (api().Py_IsInitialized)() == 0 {
            return Err(Refused::Finalizing);
        }
        let state = call_or_park(|| (api().PyGILState_Ensure)());
        drop(entering);
        if crate::interp::is_cpython() && !is_attached() {
            release(state);
            return Err(Refused::OtherInterpreter);
        }
        if !REGISTERED.swap(true, Ordering::Relaxed) {
            register();
        }
        Ok(state)
    }
}

/// # Safety
///
/// What `PyGILState_Ensure` gave to this thread.
unsafe fn release(state: PyGILState_STATE) {
    // SAFETY: the caller's word.
    call_or_park(|| unsafe { (api().PyGILState_Release)(state) });
}

impl Drop for Guard {
    fn drop(&mut self) {
        // SAFETY: this thread is attached, and the exception is what was set before.
        unsafe {
            let [ty, value, traceback] = self.exception;
            if !ty.is_null() {
                (api().PyErr_Restore)(ty, value, traceback);
            }
            if let Some(state) = self.ensured {
                release(state);
            }
        }
    }
}

/// No thread can be attached any more: the interpreter is ending, or has ended.
pub fn is_over() -> bool {
    if CLOSED.load(Ordering::SeqCst) {
        return true;
    }
    // SAFETY: once the table is filled, any thread may ask CPython.
    super::is_cpython() && super::threads::has_home() && unsafe { (api().Py_IsInitialized)() } == 0
}

/// Has Python call [`close`] before it ends. If that fails, the interpreter has no memory, or no `atexit`.
///
/// # Safety
///
/// This thread is attached.
#[cold]
unsafe fn register() {
    const METH_NOARGS: c_int = 4;
    struct Def([PyMethodDef; 1]);
    // SAFETY: constant data.
    unsafe impl Sync for Def {}
    static CLOSE: Def = Def([PyMethodDef {
        ml_name: c"_hpy_detach_threads".as_ptr(),
        ml_meth: close as *const c_void,
        ml_flags: METH_NOARGS,
        ml_doc: core::ptr::null(),
    }]);
    // SAFETY: the caller's word; the definition is static, and interpreters don't write to it.
    unsafe {
        let def = CLOSE.0.as_ptr().cast_mut();
        let Ok(function) = Owned::new((api().PyCFunction_NewEx)(def, null_mut(), null_mut())) else { return };
        let Ok(register) = Owned::import(c"atexit").and_then(|atexit| atexit.attribute(c"register")) else {
            return;
        };
        let result = call_or_park(|| (api().PyObject_Vectorcall)(register.0, &function.0, 1, null_mut()));
        _ = Owned::new(result);
    }
}

/// For `atexit`: lets no thread in any more, and those that are about to be attached finish that.
unsafe extern "C" fn close(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    CLOSED.store(true, Ordering::SeqCst);
    // SAFETY: the interpreter calls this, so this thread is attached; others run while it waits.
    unsafe {
        if Entering::any() {
            let state = (api().PyEval_SaveThread)();
            while Entering::any() {
                std::thread::sleep(Duration::from_millis(1));
            }
            call_or_park(|| (api().PyEval_RestoreThread)(state));
        }
        none()
    }
}
