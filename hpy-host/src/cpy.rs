//! The types of the interpreter's C API, as far as the host needs them. Nothing here says how an object is laid out.

#![allow(non_camel_case_types)] // the names are the C API's

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
