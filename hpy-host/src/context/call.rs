//! Calls of Python objects.

use hpy_sys::{HPy, HPyContext};

use super::{check_stack, handle, object};
use crate::api;
use crate::interp::shutdown::call_or_park;

/// `args` and `kw` may be NULL; else they must be a tuple and a dict.
pub(crate) unsafe extern "C" fn ctx_CallTupleDict(
    ctx: *mut HPyContext,
    callable: HPy,
    args: HPy,
    kw: HPy,
) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        if !args.is_null() && super::ctx_Tuple_Check(ctx, args) == 0 {
            let text = c"HPy_CallTupleDict requires args to be a tuple or null handle";
            (api.PyErr_SetString)(object((*ctx).h_TypeError), text.as_ptr());
            return HPy::NULL;
        }
        if !kw.is_null() && super::ctx_Dict_Check(ctx, kw) == 0 {
            let text = c"HPy_CallTupleDict requires kw to be a dict or null handle";
            (api.PyErr_SetString)(object((*ctx).h_TypeError), text.as_ptr());
            return HPy::NULL;
        }
        if !args.is_null() {
            return handle(call_or_park(|| (api.PyObject_Call)(object(callable), object(args), object(kw))));
        }
        let none = (api.PyTuple_New)(0);
        if none.is_null() {
            return HPy::NULL;
        }
        let result = call_or_park(|| (api.PyObject_Call)(object(callable), none, object(kw)));
        (api.Py_DecRef)(none);
        handle(result)
    }
}

pub(crate) unsafe extern "C" fn ctx_Call(
    _: *mut HPyContext,
    callable: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules; handles are object pointers, so an array of one is an array of the other.
    unsafe {
        handle(call_or_park(|| {
            (api().PyObject_Vectorcall)(object(callable), args.cast(), nargs, object(kwnames))
        }))
    }
}

pub(crate) unsafe extern "C" fn ctx_CallMethod(
    _: *mut HPyContext,
    name: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules; handles are object pointers, so an array of one is an array of the other.
    unsafe {
        handle(call_or_park(|| {
            (api().PyObject_VectorcallMethod)(object(name), args.cast(), nargs, object(kwnames))
        }))
    }
}
