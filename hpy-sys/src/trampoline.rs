//! Argument structs that differ from the parameters of the implementation.
//!
//! A capsule's destructor has no such struct: its trampoline passes the capsule itself as the arguments.

use core::ffi::{c_int, c_void};

use crate::types::*;

macro_rules! args {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[derive(Clone, Copy, Debug)]
        #[allow(missing_docs)] // the fields are the parameters of the CPython-signature function
        pub struct $name { $(pub $field: $ty),* }
    )*};
}

type Object = *mut cpy_PyObject;

args! {
    /// Of a `HPyFunc_varargs`: `METH_FASTCALL`.
    _HPyFunc_args_VARARGS { self_: Object, args: *const Object, nargs: isize, result: Object }
    /// Of a `HPyFunc_keywords`: `METH_FASTCALL | METH_KEYWORDS`, or a vectorcall.
    _HPyFunc_args_KEYWORDS { self_: Object, args: *const Object, nargsf: usize, kwnames: Object, result: Object }
    /// Of a `HPyFunc_initproc`.
    _HPyFunc_args_INITPROC { self_: Object, args: Object, kw: Object, result: c_int }
    /// Of a `HPyFunc_newfunc`.
    _HPyFunc_args_NEWFUNC { self_: Object, args: Object, kw: Object, result: Object }
    /// Of a `HPyFunc_richcmpfunc`.
    _HPyFunc_args_RICHCMPFUNC { arg0: Object, arg1: Object, arg2: HPy_RichCmpOp, result: Object }
    /// Of a `HPyFunc_getbufferproc`.
    _HPyFunc_args_GETBUFFERPROC { self_: Object, view: *mut cpy_Py_buffer, flags: c_int, result: c_int }
    /// Of a `HPyFunc_releasebufferproc`.
    _HPyFunc_args_RELEASEBUFFERPROC { self_: Object, view: *mut cpy_Py_buffer }
    /// Of a `HPyFunc_traverseproc`.
    _HPyFunc_args_TRAVERSEPROC { self_: Object, visit: cpy_visitproc, arg: *mut c_void, result: c_int }
    /// Of a `HPyFunc_mod_create`.
    _HPyFunc_args_MOD_CREATE { spec: Object, result: Object }
}
