//! Whether the current thread may call Python.

use core::sync::atomic::{AtomicUsize, Ordering};

use crate::api;

/// The address of the interpreter that the file belongs to, once its first module is being executed; 0 before. Interpreters
/// of which a process has only one stand as 1.
static HOME: AtomicUsize = AtomicUsize::new(0);

/// The running interpreter, as in [`HOME`].
///
/// # Safety
///
/// This thread runs Python.
unsafe fn here() -> usize {
    // SAFETY: the caller's word.
    if super::is_cpython() { unsafe { (api().PyInterpreterState_Get)() }.addr() } else { 1 }
}

/// Notes that modules of this file belong to the running interpreter.
///
/// # Safety
///
/// This thread runs Python, and the embedded context is ready.
pub(crate) unsafe fn set_home() {
    // SAFETY: the caller's word.
    HOME.store(unsafe { here() }, Ordering::Release);
    if super::interpreter().is_some_and(|known| known.implementation == super::Implementation::PyPy) {
        // SAFETY: this thread runs Python.
        unsafe { set_up_threads() }
    }
}

/// PyPy 7.3.11 has no GIL before Python starts a thread, and ends the process if a thread of another kind waits for it.
///
/// # Safety
///
/// This thread runs Python, in PyPy.
unsafe fn set_up_threads() {
    let function = crate::platform::symbol(c"PyPyEval_InitThreads");
    if !function.is_null() {
        // SAFETY: `void PyEval_InitThreads(void)`; a second call does nothing.
        unsafe { core::mem::transmute::<*mut core::ffi::c_void, unsafe extern "C" fn()>(function)() }
    }
}

/// Has the embedded host executed a module of this file?
pub fn has_home() -> bool {
    HOME.load(Ordering::Acquire) != 0
}

/// Returns whether this thread is attached to the interpreter that the file belongs to. Never before its first module is
/// executed, and on CPython only: PyPy's C API takes the GIL to answer any question, so a thread that only asks would wait for one
/// that waits for it.
pub fn is_attached() -> bool {
    if !super::is_cpython() || !has_home() {
        return false;
    }
    // SAFETY: the file has been loaded, so the table is filled; any thread may ask for its state. A thread whose state is the
    // current one is attached, and may ask for its interpreter.
    unsafe { is_current() && here() == HOME.load(Ordering::Relaxed) }
}

/// Is the current thread state this thread's? Before CPython 3.12 the current one can be another thread's.
///
/// # Safety
///
/// The table of the C API is filled.
unsafe fn is_current() -> bool {
    // SAFETY: any thread may ask.
    unsafe {
        let current = (api().PyThreadState_GetUnchecked)();
        !current.is_null() && current == (api().PyGILState_GetThisThreadState)()
    }
}

/// Does this thread run Python in another interpreter than that of the file, as far as that can be told?
///
/// # Safety
///
/// The table of the C API is filled, and the thread is not attached to the file's interpreter.
pub(super) unsafe fn is_elsewhere() -> bool {
    let Some(known) = super::interpreter().filter(|_| super::is_cpython()) else { return false };
    // SAFETY: any thread may ask.
    unsafe { is_current() || known.version >= (3, 12) && !(api().PyThreadState_GetUnchecked)().is_null() }
}

/// Returns whether this thread may call Python. Only asked when there is a context.
pub(crate) fn runs_python() -> bool {
    // SAFETY: the table was filled, as there is a context, and any thread may ask, in a process with an interpreter. Once there
    // was a sub-interpreter, `PyGILState_Check` says yes to every thread; so the thread's state is looked at, too.
    unsafe { (api().Py_IsInitialized)() != 0 && (api().PyGILState_Check)() != 0 && is_current() }
}
