//! `PyInit_<module>`: the interpreter loads the file as an extension of its C API.

#![allow(non_upper_case_globals)] // the names are HPy's

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::null_mut;
use std::ffi::CString;
use std::sync::Mutex;

use hpy_sys::{HPy, HPy_mod_exec, HPyContext, HPyModuleDef};

use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::handle::{handle, object};
use crate::capi::import_error::ImportError;
use crate::capi::types::{PyInterpreterState, PyModuleDef, PyObject};
use crate::interp::{Implementation, Interpreter};
use crate::load::module_def::{Hooks, HostModule, translate};
use crate::types::definitions::definitions;

/// A module for the embedded host.
#[derive(Debug)]
pub struct EmbeddedModule {
    /// Its name in Python, without dots.
    pub name: &'static CStr,
    /// Its table. Functions have trampolines that call the Rust code directly: the context is the embedded one.
    pub def: HPyModuleDef,
    /// Whether it relies on the GIL. If not, a free-threaded interpreter leaves it off.
    pub gil_used: bool,
}

// SAFETY: constant data; its pointers are to constant data, to functions, and to globals.
unsafe impl Sync for EmbeddedModule {}

/// Each module's table in the interpreter's form, made at its first import: by the address of its [`EmbeddedModule`].
static MADE: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// The interpreter (of several in one process) that the context belongs to.
static OWNER: Mutex<usize> = Mutex::new(0);

/// What `PyInit_<module>` returns: the module's definition, or null with an `ImportError`.
///
/// # Safety
///
/// Only for the interpreter to call, as that function: this thread runs Python. The module's tables are valid.
pub unsafe fn py_init(module: &'static EmbeddedModule) -> *mut PyObject {
    // SAFETY: the caller's word.
    let def = unsafe { py_init_of_calls(module) };
    if !def.is_null() {
        crate::context::embedded();
    }
    def
}

/// [`py_init`] for a module whose code calls HPy by [`calls`](crate::calls) only, or asks for the whole context itself
/// before it gives it to code that does not.
///
/// # Safety
///
/// As for [`py_init`].
pub unsafe fn py_init_of_calls(module: &'static EmbeddedModule) -> *mut PyObject {
    if crate::interp::interpreter().is_some() {
        if let Some(other) = crate::platform::other() {
            refuse_in(other, module.name);
            return null_mut();
        }
    }
    match init(module) {
        // SAFETY: a complete definition, alive for ever; this thread runs Python, as it imports.
        Ok(def) => unsafe { (api().PyModuleDef_Init)(def) },
        Err(reason) => {
            import_error(module.name, reason.as_str());
            null_mut()
        }
    }
}

fn init(module: &'static EmbeddedModule) -> Result<*mut PyModuleDef, ImportError> {
    let Ok(mut made) = MADE.lock() else { return Err("an import failed before".into()) };
    let key = (&raw const *module).addr();
    if let Some((_, def)) = made.iter().find(|(of, _)| *of == key) {
        return Ok(core::ptr::with_exposed_provenance_mut(*def));
    }
    // SAFETY: an import is under way, so this thread runs Python; the lock keeps others out.
    let def = unsafe {
        let interpreter = start()?;
        let hooks = Hooks { exec, gil_used: module.gil_used };
        translate(interpreter, module.name.as_ptr(), &module.def, module, hooks)?
    };
    made.push((key, def.expose_provenance()));
    Ok(def)
}

/// Gets to know the interpreter, fills the table of the C API and the context: once per file.
///
/// # Safety
///
/// This thread runs Python, and no other is in here.
unsafe fn start() -> Result<&'static Interpreter, ImportError> {
    if let Some(known) = crate::interp::interpreter() {
        return Ok(known);
    }
    // SAFETY: the caller's word; each step only needs the ones before it.
    unsafe {
        crate::platform::bind();
        crate::capi::load_table::load()?;
        let interpreter = crate::interp::probe()?;
        crate::interp::constants::fill(
            (&raw const crate::context::extensions::EXTENSIONS).cast_mut().cast(),
        )?;
        crate::interp::object_layout::probe(interpreter);
        crate::instance::fields::set_kind(interpreter);
        crate::interp::stack::probe(interpreter);
        crate::interp::fetch::probe(interpreter);
        crate::interp::fast_number::probe(interpreter);
        crate::interp::items::probe(interpreter);
        Ok(interpreter)
    }
}

/// `Py_mod_exec` of every module: runs the `HPy_mod_exec` slots of its table.
unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: the interpreter's word: a live module, made from a definition that `translate` gave.
    unsafe {
        let def = (api().PyModule_GetDef)(module);
        if def.is_null() {
            return -1;
        }
        let source = (*def.cast::<HostModule<&'static EmbeddedModule>>()).source;
        if let Err(reason) = only_one_interpreter() {
            import_error(source.name, reason.as_str());
            return -1;
        }
        crate::interp::threads::set_home();
        for definition in definitions(source.def.defines) {
            if definition.kind == hpy_sys::HPyDef_Kind_Slot && definition.value.slot.slot == HPy_mod_exec {
                let run: unsafe extern "C" fn(*mut HPyContext, HPy) -> c_int =
                    core::mem::transmute(definition.value.slot.impl_);
                if run(address(), handle(module)) != 0 {
                    return -1;
                }
            }
        }
    }
    0
}

/// The context and the globals of a file belong to the interpreter that imported it first. Only CPython has several
/// in one process, at the same time or one after the other; GraalPy's emulation does not even survive the question.
fn only_one_interpreter() -> Result<(), ImportError> {
    if crate::interp::interpreter().is_none_or(|known| known.implementation != Implementation::CPython) {
        return Ok(());
    }
    // SAFETY: this thread runs Python.
    let current = unsafe { (api().PyInterpreterState_Get)() };
    let Ok(mut owner) = OWNER.lock() else { return Err("an import failed before".into()) };
    if *owner == 0 {
        *owner = current.addr();
        // SAFETY: as above.
        return unsafe { mark(current) };
    }
    if *owner != current.addr() {
        return Err("it is in use by another interpreter of this process, and works in one only; import it in the main \
                    interpreter, and run sub-interpreters without it"
            .into());
    }
    // An interpreter that was started again may stand where the first one stood.
    // SAFETY: as above.
    if unsafe { is_marked(current) } {
        Ok(())
    } else {
        Err("it was imported before Python was finalized and initialized again, and its objects belong to the \
             interpreter that ended; keep one interpreter for as long as the process lives"
            .into())
    }
}

/// The key of this file in the dict that an interpreter keeps for extensions: a new reference, or null with an exception.
unsafe fn key() -> *mut PyObject {
    let text = format!("hpy-host {:x}\0", address().addr());
    // SAFETY: this thread runs Python; a NUL-terminated text.
    unsafe { (api().PyUnicode_FromString)(text.as_ptr().cast()) }
}

/// Leaves a mark in an interpreter.
///
/// # Safety
///
/// The running interpreter.
unsafe fn mark(interpreter: *mut PyInterpreterState) -> Result<(), ImportError> {
    // SAFETY: the caller's word; the dict is borrowed from the interpreter.
    unsafe {
        let (dict, key) = ((api().PyInterpreterState_GetDict)(interpreter), key());
        let marked = !dict.is_null()
            && !key.is_null()
            && (api().PyDict_SetItem)(dict, key, object((*address()).h_None)) == 0;
        (api().Py_DecRef)(key);
        if marked { Ok(()) } else { Err("the interpreter has no dict for extensions".into()) }
    }
}

/// Returns whether this file left its mark in the interpreter.
///
/// # Safety
///
/// The running interpreter.
unsafe fn is_marked(interpreter: *mut PyInterpreterState) -> bool {
    // SAFETY: the caller's word; both dict and item are borrowed from the interpreter.
    unsafe {
        let (dict, key) = ((api().PyInterpreterState_GetDict)(interpreter), key());
        let marked = !dict.is_null() && !key.is_null() && !(api().PyDict_GetItem)(dict, key).is_null();
        (api().Py_DecRef)(key);
        marked
    }
}

/// Raises `ImportError`: what `PyInit_<module>` returns for a module that can't be imported.
pub fn refuse(module: &CStr, reason: &str) -> *mut PyObject {
    import_error(module, reason);
    null_mut()
}

/// Raises `ImportError`, also where the table could not be filled.
fn import_error(module: &CStr, reason: &str) {
    let text = CString::new(format!("{}: {reason}", module.to_string_lossy())).unwrap_or_default();
    // SAFETY: this thread runs Python; if the context was filled, so was the table.
    unsafe {
        let ty = (*address()).h_ImportError;
        if !ty.is_null() {
            return (api().PyErr_SetString)(object(ty), text.as_ptr());
        }
        let pypy = crate::capi::table::is_pypy();
        set_import_error(
            crate::capi::table::symbol(if pypy { c"PyPyErr_SetString" } else { c"PyErr_SetString" }),
            crate::capi::table::symbol(if pypy { c"PyPyExc_ImportError" } else { c"PyExc_ImportError" }),
            &text,
        );
    }
}

/// Raises `ImportError` in another Python of the process than the one that this file belongs to.
fn refuse_in(other: crate::platform::Other, module: &CStr) {
    let reason = "this file is in use by another Python of this process, and works in one only; load a copy of the file";
    let text = CString::new(format!("{}: {reason}", module.to_string_lossy())).unwrap_or_default();
    // SAFETY: both are of the Python that runs on this thread.
    unsafe {
        set_import_error(other.symbol(c"PyErr_SetString"), other.symbol(c"PyExc_ImportError"), &text);
    }
}

/// Raises the error, unless an interpreter lacks what is needed for it.
///
/// # Safety
///
/// Null, or the addresses of `PyErr_SetString` and `PyExc_ImportError` of the Python that runs on this thread.
unsafe fn set_import_error(set: *mut c_void, ty: *mut c_void, text: &CStr) {
    // SAFETY: the caller's word.
    unsafe {
        if !set.is_null() && !ty.is_null() {
            let set: unsafe extern "C" fn(*mut PyObject, *const c_char) = core::mem::transmute(set);
            set(*ty.cast::<*mut PyObject>(), text.as_ptr());
        }
    }
}
