//! Fallbacks for C API functions missing from the running interpreter, written in terms of other functions.

use core::ffi::{c_char, c_int, c_void};
use core::ptr::null_mut;

use hpy_sys::cast::count;

use super::tuple;
use super::types::{PyCompilerFlags, PyInterpreterState, PyModuleDef, PyObject, PyThreadState};
use crate::api;

/// CPython before 3.13 has it as a macro. (On PyPy 7.3.11 the function below sets a missing attribute without an error.)
pub(crate) unsafe extern "C" fn del_attr(o: *mut PyObject, name: *mut PyObject) -> c_int {
    // SAFETY: as the C API's function.
    unsafe { (api().PyObject_SetAttr)(o, name, null_mut()) }
}

/// What `next()` takes: an object whose class has `__next__`.
pub(crate) unsafe extern "C" fn iter_check(o: *mut PyObject) -> c_int {
    // SAFETY: as the C API's function; the reference is given back.
    unsafe {
        let ty = (api().PyObject_Type)(o);
        let has = (api().PyObject_HasAttrString)(ty, c"__next__".as_ptr());
        (api().Py_DecRef)(ty);
        has
    }
}

/// The bit of a vectorcall's count that lends the callee the place before the first argument.
pub(crate) const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

/// CPython's destructor of an object without references; [`refs`](super::refs) only calls it where it was found.
pub(crate) unsafe extern "C" fn dealloc(_: *mut PyObject) {
    super::missing_functions::raise(super::missing_functions::place!(_Py_Dealloc));
}

/// GraalPy has only the one without flags, PyPy only the one with them.
pub(crate) unsafe extern "C" fn compile_string(
    source: *const c_char,
    filename: *const c_char,
    start: c_int,
    _flags: *mut PyCompilerFlags,
) -> *mut PyObject {
    // SAFETY: as the C API's function; the host gives no flags.
    unsafe { (api().Py_CompileString)(source, filename, start) }
}

/// CPython 3.8 to 3.10 have it as an inline function only.
pub(crate) unsafe extern "C-unwind" fn vectorcall(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    let nargs = nargsf & !ARGUMENTS_OFFSET;
    // SAFETY: as the C API's function: `args` has `nargs` arguments and one value for each name.
    unsafe {
        let api = api();
        let tuple = tuple::pack(args, nargs);
        if tuple.is_null() {
            return null_mut();
        }
        let mut kwargs = null_mut();
        if !kwnames.is_null() {
            kwargs = (api.PyDict_New)();
            for i in 0..(api.PyTuple_Size)(kwnames) {
                let name = (api.PyTuple_GetItem)(kwnames, i);
                if kwargs.is_null() || (api.PyDict_SetItem)(kwargs, name, *args.add(nargs + count(i))) < 0 {
                    (api.Py_DecRef)(kwargs);
                    (api.Py_DecRef)(tuple);
                    return null_mut();
                }
            }
        }
        let result = (api.PyObject_Call)(callable, tuple, kwargs);
        (api.Py_DecRef)(kwargs);
        (api.Py_DecRef)(tuple);
        result
    }
}

/// CPython 3.8 lacks it.
pub(crate) unsafe extern "C-unwind" fn vectorcall_method(
    name: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: as the C API's function: the first argument is the object.
    unsafe {
        let api = api();
        let method = (api.PyObject_GetAttr)(*args, name);
        if method.is_null() {
            return null_mut();
        }
        let result =
            (api.PyObject_Vectorcall)(method, args.add(1), (nargsf & !ARGUMENTS_OFFSET) - 1, kwnames);
        (api.Py_DecRef)(method);
        result
    }
}

/// PyPy 7.3 lacks it: modules are made from their tables by the import system only.
pub(crate) unsafe extern "C" fn module_from_def_and_spec(
    _: *mut PyModuleDef,
    _: *mut PyObject,
    _: c_int,
) -> *mut PyObject {
    super::missing_functions::raise(super::missing_functions::place!(PyModule_FromDefAndSpec2));
    null_mut()
}

/// In case an interpreter lacks it: there a context is only ever had by a thread that runs Python.
pub(crate) unsafe extern "C" fn gilstate_check() -> c_int {
    1
}

/// PyPy 7.3 lacks it: the current one is this thread's there, if it can be told.
pub(crate) unsafe extern "C" fn this_thread_state() -> *mut PyThreadState {
    // SAFETY: any thread may ask.
    let current = unsafe { api() }._PyThreadState_UncheckedGet;
    if core::ptr::fn_addr_eq(current, same_thread_state as unsafe extern "C" fn() -> *mut PyThreadState) {
        return core::ptr::dangling_mut::<c_void>();
    }
    // SAFETY: any thread may ask.
    unsafe { current() }
}

/// CPython before 3.13 has it under a private name.
pub(crate) unsafe extern "C" fn current_thread_state() -> *mut PyThreadState {
    // SAFETY: any thread may ask.
    unsafe { (api()._PyThreadState_UncheckedGet)() }
}

/// Where it can't be told: the current one is this thread's.
pub(crate) unsafe extern "C" fn same_thread_state() -> *mut PyThreadState {
    // SAFETY: any thread may ask.
    unsafe { (api().PyGILState_GetThisThreadState)() }
}

/// CPython 3.8 has it under a private name.
pub(crate) unsafe extern "C" fn interpreter() -> *mut PyInterpreterState {
    let private = super::table::symbol(c"_PyInterpreterState_Get");
    if private.is_null() {
        return core::ptr::dangling_mut::<c_void>();
    }
    // SAFETY: CPython 3.8's function of that name has that type.
    unsafe {
        let get: unsafe extern "C" fn() -> *mut PyInterpreterState = core::mem::transmute(private);
        get()
    }
}
