//! The attribute `__class__` on GraalPy.
//!
//! GraalPy would let Python code assign a class whose instances have a different layout, and would deallocate the instance as
//! one of that class. The setter here accepts only a class with the same layout, as CPython does.

use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::handle::object;
use crate::capi::types::{Py_TPFLAGS_HAVE_GC, PyGetSetDef, PyObject};
use crate::instance::creation;
use crate::interp::stack;
use crate::layout::type_check::is_instance;
use crate::layout::type_info;
use crate::layout::type_layout;
use crate::layout::type_tag;

/// The attribute, for types whose base is not one of ours.
pub(crate) const ATTRIBUTE: PyGetSetDef = PyGetSetDef {
    name: c"__class__".as_ptr(),
    get: get as *const c_void,
    set: set as *const c_void,
    doc: c"the object's class".as_ptr(),
    closure: core::ptr::null_mut(),
};

unsafe extern "C" fn get(instance: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: the interpreter's word: a live object.
    unsafe { (api().PyObject_Type)(instance) }
}

unsafe extern "C" fn set(instance: *mut PyObject, class: *mut PyObject, _: *mut c_void) -> c_int {
    // SAFETY: the interpreter's word: live objects, or null to delete the attribute.
    unsafe {
        let ctx = address();
        if class.is_null() || !is_instance(class, (*ctx).h_TypeType) || !has_same_memory(instance, class) {
            let text = c"__class__ assignment: the instances of the class have other memory on GraalPy";
            creation::type_error(ctx, text);
            return -1;
        }
        // As `object` does it.
        if stack::is_low() {
            return stack::refuse();
        }
        let api = api();
        let object = object((*ctx).h_BaseObjectType);
        let dict = (api.PyObject_GetAttrString)(object, c"__dict__".as_ptr());
        let attribute = with(dict, |dict| {
            let name = (api.PyUnicode_FromString)(c"__class__".as_ptr());
            with(name, |name| (api.PyObject_GetItem)(dict, name))
        });
        let set = with(attribute, |attribute| (api.PyObject_GetAttrString)(attribute, c"__set__".as_ptr()));
        let args = [instance, class];
        let done = with(set, |set| (api.PyObject_Vectorcall)(set, args.as_ptr(), args.len(), null_mut()));
        if done.is_null() {
            return -1;
        }
        (api.Py_DecRef)(done);
        0
    }
}

/// Goes on with a new reference, if it is none of a failure, and gives it back.
unsafe fn with(new: *mut PyObject, f: impl FnOnce(*mut PyObject) -> *mut PyObject) -> *mut PyObject {
    if new.is_null() {
        return new;
    }
    let result = f(new);
    // SAFETY: the caller's word: a reference of its own, on a thread that runs Python.
    unsafe { (api().Py_DecRef)(new) };
    result
}

/// Returns whether instances of `class` have the layout of `instance`.
unsafe fn has_same_memory(instance: *mut PyObject, class: *mut PyObject) -> bool {
    // SAFETY: the caller's word: an instance of a type of ours, and a type.
    unsafe {
        let (Some(made_as), Some((new, _))) = (type_tag::of(instance), type_info::nearest(class)) else {
            return false;
        };
        let collected = |ty| type_layout::flags(ty) & Py_TPFLAGS_HAVE_GC;
        core::ptr::eq(made_as, new) && collected(type_layout::type_of(instance)) == collected(class)
    }
}
