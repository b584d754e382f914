//! `__class__` of GraalPy's instances. GraalPy would let an instance become one of a class whose instances have other
//! memory, and would then end it as one of them; so only a class with the same memory is taken, as CPython has it.

use core::ffi::{c_int, c_void};

use hpy_sys::HPy;

use crate::api;
use crate::capi::types::{Py_TPFLAGS_HAVE_GC, PyGetSetDef, PyObject};
use crate::context::{ctx_Call, ctx_Close, ctx_GetAttr_s, ctx_GetItem_s, handle, is_instance};
use crate::instance::creation;
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
        let ctx = crate::context::address();
        if class.is_null() || !is_instance(class, (*ctx).h_TypeType) || !has_same_memory(instance, class) {
            let text = c"__class__ assignment: the instances of the class have other memory on GraalPy";
            creation::type_error(ctx, text);
            return -1;
        }
        // As `object` does it.
        let dict = ctx_GetAttr_s(ctx, (*ctx).h_BaseObjectType, c"__dict__".as_ptr());
        let attribute = with(dict, |dict| ctx_GetItem_s(ctx, dict, c"__class__".as_ptr()));
        let set = with(attribute, |attribute| ctx_GetAttr_s(ctx, attribute, c"__set__".as_ptr()));
        let args = [handle(instance), handle(class)];
        let done = with(set, |set| ctx_Call(ctx, set, args.as_ptr(), args.len(), HPy::NULL));
        if done.is_null() {
            return -1;
        }
        ctx_Close(ctx, done);
        0
    }
}

/// Goes on with a new handle, if it is none of a failure, and closes it.
unsafe fn with(h: HPy, f: impl FnOnce(HPy) -> HPy) -> HPy {
    if h.is_null() {
        return h;
    }
    let result = f(h);
    // SAFETY: the caller's word: a handle of the embedded context.
    unsafe { ctx_Close(crate::context::address(), h) };
    result
}

/// Do instances of `class` have the memory that `instance` has?
unsafe fn has_same_memory(instance: *mut PyObject, class: *mut PyObject) -> bool {
    // SAFETY: the caller's word: an instance of a type of ours, and a type.
    unsafe {
        let (Some(made_as), Some((new, _))) = (type_tag::made_as(instance), type_info::nearest(class)) else {
            return false;
        };
        let collected = |ty| type_layout::flags(ty) & Py_TPFLAGS_HAVE_GC;
        core::ptr::eq(made_as, new) && collected(type_layout::type_of(instance)) == collected(class)
    }
}
