//! Conversion of HPy's module table to a `PyModuleDef` with the object header of the running interpreter.

#![allow(non_upper_case_globals)] // the names are HPy's

use core::ffi::{c_char, c_int, c_void};
use core::ptr::null_mut;

use hpy_sys::{HPy_mod_create, HPy_mod_exec, HPyDef_Kind_Meth, HPyDef_Kind_Slot, HPyModuleDef};

use crate::capi::import_error::ImportError;
use crate::capi::types::{PyMethodDef, PyModuleDef, PyModuleDef_Slot, PyObject};
use crate::interp::{Implementation, Interpreter};
use crate::types::definitions::{definitions, method};

const Py_mod_create: c_int = 1;
const Py_mod_exec: c_int = 2;
const Py_mod_multiple_interpreters: c_int = 3;
const Py_mod_gil: c_int = 4;
const NOT_SUPPORTED: *mut c_void = null_mut();
const GIL_NOT_USED: *mut c_void = core::ptr::without_provenance_mut(1);

/// Words of the largest header, of what follows it in `PyModuleDef_Base`, and of the rest of `PyModuleDef`.
const WORDS: usize = 4 + 3 + 8;

/// A module's table in the interpreter's form. Lives for ever, as the interpreter keeps pointers to it.
#[repr(C)]
pub(crate) struct HostModule<T> {
    def: [usize; WORDS],
    /// What it was made of, found again through `PyModule_GetDef`.
    pub(crate) source: T,
    methods: Vec<PyMethodDef>,
    slots: Vec<PyModuleDef_Slot>,
}

/// What runs when a module is made.
pub(crate) struct Hooks {
    pub(crate) exec: unsafe extern "C" fn(*mut PyObject) -> c_int,
    pub(crate) gil_used: bool,
}

/// Makes the interpreter's form of a table.
///
/// # Safety
///
/// `def` is a valid table, alive for ever, whose methods have CPython-signature functions for the host that calls this.
pub(crate) unsafe fn translate<T>(
    interpreter: &Interpreter,
    name: *const c_char,
    def: &HPyModuleDef,
    source: T,
    hooks: Hooks,
) -> Result<*mut PyModuleDef, ImportError> {
    let mut methods = Vec::new();
    let mut slots = Vec::new();
    // SAFETY: the caller's word: each definition's kind says which part of the union is meant.
    unsafe {
        for definition in definitions(def.defines) {
            match definition.kind {
                HPyDef_Kind_Meth => methods.push(method(&definition.value.meth)?),
                HPyDef_Kind_Slot => match definition.value.slot.slot {
                    HPy_mod_exec => {}
                    HPy_mod_create => slots.push(PyModuleDef_Slot {
                        slot: Py_mod_create,
                        value: definition.value.slot.cpy_trampoline.cast_mut(),
                    }),
                    other => return Err(format!("slot {other} is no slot of a module").into()),
                },
                _ => return Err("a module can only define functions and slots".into()),
            }
        }
    }
    if !def.legacy_methods.is_null() {
        return Err("HPyModuleDef.legacy_methods is set: legacy features are not there on this host".into());
    }
    slots.push(PyModuleDef_Slot { slot: Py_mod_exec, value: hooks.exec as *mut c_void });
    let cpython = interpreter.implementation == Implementation::CPython;
    if cpython && interpreter.version >= (3, 12) {
        slots.push(PyModuleDef_Slot { slot: Py_mod_multiple_interpreters, value: NOT_SUPPORTED });
    }
    if cpython && interpreter.version >= (3, 13) && !hooks.gil_used {
        slots.push(PyModuleDef_Slot { slot: Py_mod_gil, value: GIL_NOT_USED });
    }
    slots.push(PyModuleDef_Slot { slot: 0, value: null_mut() });
    methods.push(PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: core::ptr::null(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    });

    let head = interpreter.header / size_of::<usize>();
    if head > 4 {
        return Err(format!("a header of {head} words is not known").into());
    }
    let module = Box::leak(Box::new(HostModule { def: [0; WORDS], source, methods, slots }));
    if interpreter.free_threaded {
        module.def[1] = 0xffff_ffff << 32; // the local count of an immortal object
    } else {
        module.def[0] = 1;
    }
    let rest = &mut module.def[head + 3..];
    rest[0] = name as usize;
    rest[1] = def.doc as usize;
    rest[2] = 0;
    rest[3] = module.methods.as_mut_ptr() as usize;
    rest[4] = module.slots.as_mut_ptr() as usize;
    Ok((&raw mut *module).cast())
}
