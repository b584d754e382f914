//! Attributes without a getter or without a setter.
//!
//! CPython raises `AttributeError` when the missing one is needed; the C APIs of PyPy and GraalPy call the null pointer. Outside
//! CPython such an attribute gets both functions, one of which raises.

use core::ffi::{CStr, c_int, c_void};
use core::mem::transmute;
use core::ptr::null_mut;
use std::ffi::CString;

use crate::api;
use crate::capi::handle::object;
use crate::capi::interned;
use crate::capi::types::{PyGetSetDef, PyObject};

type Getter = unsafe extern "C" fn(*mut PyObject, *mut c_void) -> *mut PyObject;
type Setter = unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut c_void) -> c_int;

/// The closure of such an attribute.
struct PartialGetSet {
    get: Option<Getter>,
    set: Option<Setter>,
    closure: *mut c_void,
    /// `attribute 'x' of 'T' objects is not`
    message: String,
}

/// The definition with both functions, if this interpreter needs them.
///
/// # Safety
///
/// HPy's rules: a valid definition, alive for ever.
pub(crate) unsafe fn complete(def: PyGetSetDef, ty: &str) -> PyGetSetDef {
    let whole = !def.get.is_null() && !def.set.is_null();
    if whole || def.name.is_null() || crate::interp::is_cpython() {
        return def;
    }
    let ty = ty.rsplit('.').next().unwrap_or(ty);
    // SAFETY: the caller's word: the name is a C string.
    let name = unsafe { CStr::from_ptr(def.name) }.to_string_lossy();
    let message = format!("attribute '{name}' of '{ty}' objects is not");
    let mut words = vec![interned::kind::ONE_SIDED, def.get.addr(), def.set.addr(), def.closure.addr()];
    interned::add_text(message.as_bytes(), &mut words);
    let closure = interned::once(words, &mut || {
        // SAFETY: the caller's word: the functions have these signatures, or are NULL.
        let made = unsafe {
            PartialGetSet {
                get: transmute::<*const c_void, Option<Getter>>(def.get),
                set: transmute::<*const c_void, Option<Setter>>(def.set),
                closure: def.closure,
                message: message.clone(),
            }
        };
        (&raw mut *Box::leak(Box::new(made))).expose_provenance()
    });
    PyGetSetDef {
        get: get as *const c_void,
        set: set as *const c_void,
        closure: core::ptr::with_exposed_provenance_mut(closure),
        ..def
    }
}

impl PartialGetSet {
    #[cold]
    fn refuse(&self, what: &str) {
        let text = CString::new(format!("{} {what}", self.message)).unwrap_or_default();
        // SAFETY: an attribute is used, so this thread runs Python.
        unsafe {
            let error = (*crate::capi::embedded_context::address()).h_AttributeError;
            (api().PyErr_SetString)(object(error), text.as_ptr());
        }
    }
}

unsafe extern "C" fn get(this: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: the interpreter's word: the closure of such an attribute; and it calls the getter with what that expects.
    unsafe {
        let attribute = &*closure.cast::<PartialGetSet>();
        match attribute.get {
            Some(get) => get(this, attribute.closure),
            None => {
                attribute.refuse("readable");
                null_mut()
            }
        }
    }
}

unsafe extern "C" fn set(this: *mut PyObject, value: *mut PyObject, closure: *mut c_void) -> c_int {
    // SAFETY: the interpreter's word, as for `get`.
    unsafe {
        let attribute = &*closure.cast::<PartialGetSet>();
        match attribute.set {
            Some(set) => set(this, value, attribute.closure),
            None => {
                attribute.refuse("writable");
                -1
            }
        }
    }
}
