//! Types and constants of the C API, as far as the host needs them. None of them describes the layout of an object.

#![allow(non_camel_case_types, non_upper_case_globals)] // the names are the C API's

use core::ffi::{c_char, c_int, c_uint, c_void};

pub use hpy_sys::{
    cpy_Py_buffer as Py_buffer, cpy_PyModuleDef as PyModuleDef, cpy_PyObject as PyObject, wchar_t,
};

/// A type is an object.
pub type PyTypeObject = PyObject;

/// What `PyEval_SaveThread` returns: the interpreter's own.
pub type PyThreadState = c_void;

/// One of the interpreters of a process.
pub type PyInterpreterState = c_void;

/// What `PyGILState_Ensure` returns, for `PyGILState_Release`.
pub type PyGILState_STATE = c_int;

/// What `Py_CompileStringFlags` may be given: always null here.
pub type PyCompilerFlags = c_void;

/// What a capsule calls when it dies.
pub type PyCapsule_Destructor = Option<unsafe extern "C" fn(*mut PyObject)>;

/// A function of a module, or a method of a type.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyMethodDef {
    /// UTF-8; null ends the list.
    pub ml_name: *const c_char,
    /// Of the signature that the flags say.
    pub ml_meth: *const c_void,
    /// `METH_*`.
    pub ml_flags: c_int,
    /// UTF-8, or null.
    pub ml_doc: *const c_char,
}

impl PyMethodDef {
    /// The end of a list.
    pub const END: Self = PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: core::ptr::null(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    };
}

// SAFETY: constant data; what it points at is constant.
unsafe impl Sync for PyMethodDef {}

/// Of a method: its arguments are a tuple.
pub const METH_VARARGS: c_int = 0x01;
/// Of a method: a keyword's values follow the arguments.
pub const METH_KEYWORDS: c_int = 0x02;
/// Of a method: it takes no arguments.
pub const METH_NOARGS: c_int = 0x04;
/// Of a method: it takes one argument.
pub const METH_O: c_int = 0x08;
/// Of a method: its arguments are an array.
pub const METH_FASTCALL: c_int = 0x80;

/// An attribute that is stored as a C value.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyMemberDef {
    /// UTF-8; null ends the list.
    pub name: *const c_char,
    /// `T_*`.
    pub ty: c_int,
    /// Bytes from the start of the instance.
    pub offset: isize,
    /// [`READONLY`], or 0.
    pub flags: c_int,
    /// UTF-8, or null.
    pub doc: *const c_char,
}

/// Of a member: Python may not set it.
pub const READONLY: c_int = 1;

/// An attribute with functions.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyGetSetDef {
    /// UTF-8; null ends the list.
    pub name: *const c_char,
    /// `getter`, or null.
    pub get: *const c_void,
    /// `setter`, or null.
    pub set: *const c_void,
    /// UTF-8, or null.
    pub doc: *const c_char,
    /// Passed to both.
    pub closure: *mut c_void,
}

/// A slot of a module.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyModuleDef_Slot {
    /// `Py_mod_*`; 0 ends the list.
    pub slot: c_int,
    /// Its value, of the type that the slot says.
    pub value: *mut c_void,
}

/// A slot of a type.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyType_Slot {
    /// `Py_*`; 0 ends the list.
    pub slot: c_int,
    /// Its value, of the type that the slot says.
    pub pfunc: *mut c_void,
}

/// What a type is made of.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyType_Spec {
    /// `module.Name`, UTF-8.
    pub name: *const c_char,
    /// Bytes of an instance.
    pub basicsize: c_int,
    /// Bytes of an item.
    pub itemsize: c_int,
    /// `Py_TPFLAGS_*`.
    pub flags: c_uint,
    /// Ended by slot 0.
    pub slots: *mut PyType_Slot,
}

macro_rules! slots {
    ($($name:ident = $number:literal)*) => {$(
        #[doc = concat!("The slot `", stringify!($name), "` of a type.")]
        pub const $name: c_int = $number;
    )*};
}

// The slots that the host fills by itself.
slots! {
    Py_tp_call = 50
    Py_tp_clear = 51
    Py_tp_dealloc = 52
    Py_tp_doc = 56
    Py_tp_methods = 64
    Py_tp_new = 65
    Py_tp_traverse = 71
    Py_tp_members = 72
    Py_tp_getset = 73
    Py_tp_free = 74
}

/// Of a type: it was made at run time.
pub const Py_TPFLAGS_HEAPTYPE: c_uint = 1 << 9;
/// Of a type: it may be subclassed.
pub const Py_TPFLAGS_BASETYPE: c_uint = 1 << 10;
/// Of a type: instances have a vectorcall function.
pub const Py_TPFLAGS_HAVE_VECTORCALL: c_uint = 1 << 11;
/// Of a type: instances take part in garbage collection.
pub const Py_TPFLAGS_HAVE_GC: c_uint = 1 << 14;
/// Of a type: a `tuple`, or a subclass.
pub const Py_TPFLAGS_TUPLE_SUBCLASS: c_uint = 1 << 26;
/// Of a type: `bytes`, or a subclass.
pub const Py_TPFLAGS_BYTES_SUBCLASS: c_uint = 1 << 27;
/// Of a type: always set.
pub const Py_TPFLAGS_DEFAULT: c_uint = 1 << 18;
