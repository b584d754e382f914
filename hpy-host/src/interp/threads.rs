//! Whether the current thread may call Python.

use crate::api;

/// Returns whether this thread may call Python. Only asked when there is a context.
pub(crate) fn runs_python() -> bool {
    let api = {
        // SAFETY: the table was filled, as there is a context.
        unsafe { api() }
    };
    // SAFETY: any thread may ask, in a process with an interpreter. Once there was a sub-interpreter, `PyGILState_Check`
    // says yes to every thread; so the thread's state is looked at, too.
    unsafe {
        (api.Py_IsInitialized)() != 0 && (api.PyGILState_Check)() != 0 && {
            let current = (api.PyThreadState_GetUnchecked)();
            !current.is_null() && current == (api.PyGILState_GetThisThreadState)()
        }
    }
}
