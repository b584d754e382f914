//! Module objects that no import creates: those of other files, and submodules.
//!
//! The module is created as an object and filled, the only way that works on every interpreter: PyPy can't make a module from a
//! `PyModuleDef` outside of an import.

use core::ffi::{CStr, c_char};
use core::ptr::null_mut;
use std::ffi::CString;

use hpy_sys::{HPy, HPyContext, HPyDef_Kind_Meth, HPyModuleDef};

use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::handle::{handle, object};
use crate::capi::interned;
use crate::capi::types::{PyMethodDef, PyObject};
use crate::types::definitions::{definitions, method};

/// Creates a module with its functions and its docstring: a new reference, or null with an exception.
///
/// # Safety
///
/// This thread runs Python. The functions and texts of `methods` are valid, and alive for ever; `doc` is null or a C string.
pub(crate) unsafe fn module_of_functions(
    name: &CStr,
    doc: *const c_char,
    mut methods: Vec<PyMethodDef>,
) -> *mut PyObject {
    // SAFETY: the caller's word; references that are made are given back or handed out. The interpreter keeps
    // pointers to the methods.
    unsafe {
        let api = api();
        let text = (api.PyUnicode_FromString)(name.as_ptr());
        if text.is_null() {
            return null_mut();
        }
        let module = (api.PyModule_NewObject)(text);
        (api.Py_DecRef)(text);
        if module.is_null() {
            return null_mut();
        }
        methods.push(PyMethodDef::END);
        if (api.PyModule_AddFunctions)(module, interned::list(methods)) == 0 && document(module, doc) {
            return module;
        }
        (api.Py_DecRef)(module);
        null_mut()
    }
}

/// Sets `__doc__`, to `None` without a text; false if that failed.
unsafe fn document(module: *mut PyObject, doc: *const c_char) -> bool {
    // SAFETY: the caller's word; `Py_DecRef` takes null.
    unsafe {
        let api = api();
        let name = (api.PyUnicode_FromString)(c"__doc__".as_ptr());
        let text = if doc.is_null() {
            object(crate::context::ctx_Dup(address(), (*address()).h_None))
        } else {
            (api.PyUnicode_FromString)(doc)
        };
        let good = !name.is_null() && !text.is_null() && (api.PyObject_SetAttr)(module, name, text) == 0;
        (api.Py_DecRef)(name);
        (api.Py_DecRef)(text);
        good
    }
}

/// [`Extensions::new_module`](crate::context::extensions::Extensions::new_module).
///
/// # Safety
///
/// As there.
pub(crate) unsafe extern "C" fn new_module(
    _: *mut HPyContext,
    name: *const c_char,
    def: *const HPyModuleDef,
) -> HPy {
    // SAFETY: the caller's word: each definition's kind says which part of the union is meant.
    let module = unsafe {
        let functions = definitions((*def).defines).filter(|definition| definition.kind == HPyDef_Kind_Meth);
        match functions.map(|definition| method(&definition.value.meth)).collect() {
            Ok(methods) => module_of_functions(CStr::from_ptr(name), (*def).doc, methods),
            Err(reason) => {
                let text = CString::new(reason.as_str()).unwrap_or_default();
                (api().PyErr_SetString)(object((*address()).h_SystemError), text.as_ptr());
                null_mut()
            }
        }
    };
    handle(module)
}
