//! Modules of other files: from the `HPyModuleDef` that another library handed over to a Python module.
//!
//! The module is created as an object and filled, the only way that works on every interpreter: PyPy can't make a module from a
//! `PyModuleDef` outside of an import.

#![allow(non_upper_case_globals)] // the names are HPy's

use core::ffi::{CStr, c_int};
use core::mem::transmute;
use std::ffi::CString;

use hpy_sys::{HPy, HPy_mod_create, HPy_mod_exec, HPyDef_Kind_Meth, HPyDef_Kind_Slot, HPyModuleDef, HPySlot};

use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::handle::{handle, object};
use crate::capi::types::{PyMethodDef, PyModuleDef, PyObject};
use crate::context::new_module::module_of_functions;
use crate::types::definitions::{definitions, method};

/// Why there is no module.
enum Failure {
    /// A `SystemError` with this text is to be raised.
    System(String),
    /// A `ValueError` with this text is to be raised.
    Value(&'static CStr),
    /// An exception is set.
    Raised,
}

type Result<T> = core::result::Result<T, Failure>;

fn system<T>(text: impl Into<String>) -> Result<T> {
    Err(Failure::System(text.into()))
}

/// What a table says.
#[derive(Default)]
struct Contents<'a> {
    methods: Vec<PyMethodDef>,
    create: Option<&'a HPySlot>,
    exec: Vec<&'a HPySlot>,
}

/// Makes the module `name` of the table that `HPyInit_<module>` returned, and executes it.
///
/// The result is a new handle, or NULL with an exception: the module's own, or a `SystemError` that says what is wrong
/// with the table. A module with `HPy_mod_create` may be any object but a module.
///
/// # Safety
///
/// This thread runs Python. `def` is a table as HPy 0.9 describes it, alive for ever, and the library that it is from was
/// given a context of this host by `HPyInitGlobalContext_<module>`: the embedded one, which is
/// [complete](crate::context::embedded), or one that wraps it. `spec` is an open handle of the embedded context.
pub unsafe fn load(name: &CStr, def: *mut HPyModuleDef, spec: HPy) -> HPy {
    // SAFETY: the caller's word.
    match unsafe { make(name, &*def, object(spec)) } {
        Ok(module) => handle(module),
        Err(failure) => {
            // SAFETY: this thread runs Python, and the context has its constants.
            unsafe {
                match failure {
                    Failure::System(text) => {
                        let text = CString::new(text).unwrap_or_default();
                        (api().PyErr_SetString)(object((*address()).h_SystemError), text.as_ptr());
                    }
                    Failure::Value(text) => {
                        (api().PyErr_SetString)(object((*address()).h_ValueError), text.as_ptr());
                    }
                    Failure::Raised => {}
                }
            }
            HPy::NULL
        }
    }
}

unsafe fn make(name: &CStr, def: &HPyModuleDef, spec: *mut PyObject) -> Result<*mut PyObject> {
    // SAFETY: the caller's word; references that are made are given back or handed out.
    unsafe {
        let contents = read(def)?;
        if let Some(slot) = contents.create {
            return create(name, slot, spec);
        }
        let module = module_of_functions(name, def.doc, contents.methods);
        if module.is_null() {
            return Err(Failure::Raised);
        }
        for slot in contents.exec {
            if let Err(failure) = execute(name, slot, module) {
                (api().Py_DecRef)(module);
                return Err(failure);
            }
        }
        Ok(module)
    }
}

/// What a table may say: the rules of HPy, and its messages.
unsafe fn read(def: &HPyModuleDef) -> Result<Contents<'_>> {
    if def.size < 0 {
        return system("HPy does not permit HPyModuleDef.size < 0");
    }
    if def.size > 0 {
        return system("HPyModuleDef.size > 0: HPy has no module state yet; use globals, and set it to 0");
    }
    if !def.legacy_methods.is_null() {
        return system(
            "HPyModuleDef.legacy_methods is set, but there are no legacy features on this host: the module \
             needs one that is built for a single CPython version",
        );
    }
    let mut contents = Contents::default();
    let mut defined = false;
    // SAFETY: the caller's word: each definition's kind says which part of the union is meant.
    for definition in unsafe { definitions(def.defines) } {
        match definition.kind {
            HPyDef_Kind_Meth => {
                // SAFETY: the same.
                let meth = unsafe { &definition.value.meth };
                let unsupported = |_| Failure::Value(c"Unsupported HPyMeth signature");
                // SAFETY: the same.
                let method = unsafe { method(meth) }.map_err(unsupported)?;
                if method.ml_name.is_null() || method.ml_meth.is_null() {
                    return system(
                        "HPyModuleDef.defines has a function without a name or without a trampoline",
                    );
                }
                contents.methods.push(method);
            }
            HPyDef_Kind_Slot => {
                // SAFETY: the same.
                let slot = unsafe { &definition.value.slot };
                match slot.slot {
                    HPy_mod_create if contents.create.is_some() => {
                        return system("HPyModuleDef.defines has HPy_mod_create more than once");
                    }
                    HPy_mod_create => {
                        contents.create = Some(slot);
                        continue;
                    }
                    HPy_mod_exec => contents.exec.push(slot),
                    other => {
                        return system(format!(
                            "Unsupported slot in HPyModuleDef.defines (value: {other}): a module has \
                             HPy_mod_create and HPy_mod_exec only"
                        ));
                    }
                }
            }
            _ => return system("HPyModuleDef.defines has a member or a getset; those belong to types"),
        }
        defined = true;
    }
    if contents.create.is_some() && (defined || !def.doc.is_null() || !def.globals.is_null()) {
        let what = if defined { "other definitions" } else { "a docstring or globals" };
        return system(format!(
            "HPyModuleDef defines a HPy_mod_create slot and {what}: what the slot makes is no module object, so \
             nothing else of the definition can be used"
        ));
    }
    Ok(contents)
}

/// `HPy_mod_create`.
unsafe fn create(name: &CStr, slot: &HPySlot, spec: *mut PyObject) -> Result<*mut PyObject> {
    type Create = unsafe extern "C" fn(*mut PyObject, *mut PyModuleDef) -> *mut PyObject;
    if slot.cpy_trampoline.is_null() {
        return system("HPyModuleDef.defines: HPy_mod_create has no trampoline");
    }
    // SAFETY: the caller's word: the trampoline of this slot has this type; the definition is not used.
    unsafe {
        let run: Create = transmute(slot.cpy_trampoline);
        let module = run(spec, core::ptr::null_mut());
        if let Err(failure) = checked(name, "creation", !module.is_null()) {
            (api().Py_DecRef)(module);
            return Err(failure);
        }
        Ok(module)
    }
}

/// `HPy_mod_exec`.
unsafe fn execute(name: &CStr, slot: &HPySlot, module: *mut PyObject) -> Result<()> {
    type Exec = unsafe extern "C" fn(*mut PyObject) -> c_int;
    if slot.cpy_trampoline.is_null() {
        return system("HPyModuleDef.defines: HPy_mod_exec has no trampoline");
    }
    // SAFETY: the caller's word: the trampoline of this slot has this type.
    unsafe {
        let run: Exec = transmute(slot.cpy_trampoline);
        checked(name, "execution", run(module) == 0)
    }
}

/// Checks that a slot failed if and only if an exception is set.
unsafe fn checked(name: &CStr, what: &str, good: bool) -> Result<()> {
    // SAFETY: the caller's word.
    let raised = !unsafe { (api().PyErr_Occurred)() }.is_null();
    let name = name.to_string_lossy();
    match (good, raised) {
        (true, false) => Ok(()),
        (false, true) => Err(Failure::Raised),
        (false, false) => system(format!("{what} of module {name} failed without setting an exception")),
        (true, true) => {
            let text = CString::new(format!("{what} of module {name} raised unreported exception"));
            // SAFETY: this thread runs Python.
            unsafe { raise_because(&text.unwrap_or_default()) };
            Err(Failure::Raised)
        }
    }
}

/// Raises `SystemError`, with the exception that is set as its cause.
unsafe fn raise_because(text: &CStr) {
    // SAFETY: the caller's word; `PyException_SetCause` takes the reference.
    unsafe {
        let extensions = &crate::context::extensions::EXTENSIONS;
        let cause = (extensions.err_fetch)(address());
        (api().PyErr_SetString)(object((*address()).h_SystemError), text.as_ptr());
        let error = (extensions.err_fetch)(address());
        if !error.is_null() {
            (api().PyException_SetCause)(object(error), object(cause));
            (extensions.err_restore)(address(), error);
            (api().Py_DecRef)(object(error));
        }
    }
}
