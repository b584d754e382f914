//! Functions for objects of any type: attributes, items, comparisons, text, iteration.

use core::ffi::{CStr, c_char, c_int};
use std::collections::BTreeSet;
use std::sync::Mutex;

use hpy_sys::{HPy, HPyContext};

use super::{check_stack, direct, guarded, handle, is_instance, object};
use crate::api;
use crate::capi::types::PyObject;
use crate::interp::shutdown::call_or_park;

direct! {
    ctx_Callable_Check(h: HPy) -> c_int = PyCallable_Check;
    ctx_Type(h: HPy) -> HPy = PyObject_Type;
    ctx_Iter_Check(h: HPy) -> c_int = PyIter_Check;
}

guarded! {
    ctx_IsTrue(h: HPy) -> c_int = PyObject_IsTrue;
    ctx_Length(h: HPy) -> isize = PyObject_Size;
    ctx_GetAttr(h: HPy, name: HPy) -> HPy = PyObject_GetAttr;
    ctx_GetAttr_s(h: HPy, name: ptr<c_char>) -> HPy = PyObject_GetAttrString;
    ctx_GetItem(h: HPy, key: HPy) -> HPy = PyObject_GetItem;
    ctx_SetItem(h: HPy, key: HPy, value: HPy) -> c_int = PyObject_SetItem;
    ctx_DelItem(h: HPy, key: HPy) -> c_int = PyObject_DelItem;
    ctx_Contains(h: HPy, value: HPy) -> c_int = PySequence_Contains;
    ctx_Repr(h: HPy) -> HPy = PyObject_Repr;
    ctx_Str(h: HPy) -> HPy = PyObject_Str;
    ctx_ASCII(h: HPy) -> HPy = PyObject_ASCII;
    ctx_Bytes(h: HPy) -> HPy = PyObject_Bytes;
    ctx_RichCompare(a: HPy, b: HPy, op: c_int) -> HPy = PyObject_RichCompare;
    ctx_RichCompareBool(a: HPy, b: HPy, op: c_int) -> c_int = PyObject_RichCompareBool;
    ctx_Hash(h: HPy) -> isize = PyObject_Hash;
    ctx_GetIter(h: HPy) -> HPy = PyObject_GetIter;
    ctx_GetSlice(h: HPy, start: isize, end: isize) -> HPy = PySequence_GetSlice;
    ctx_SetSlice(h: HPy, start: isize, end: isize, value: HPy) -> c_int = PySequence_SetSlice;
    ctx_DelSlice(h: HPy, start: isize, end: isize) -> c_int = PySequence_DelSlice;
}

pub(crate) unsafe extern "C" fn ctx_Iter_Next(_: *mut HPyContext, iterator: HPy) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe { handle(call_or_park(|| (api().PyIter_Next)(object(iterator)))) }
}

/// A null value deletes the attribute.
pub(crate) unsafe extern "C" fn ctx_SetAttr(_: *mut HPyContext, h: HPy, name: HPy, value: HPy) -> c_int {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        if value.is_null() {
            return (api().PyObject_DelAttr)(object(h), object(name));
        }
        (api().PyObject_SetAttr)(object(h), object(name), object(value))
    }
}

/// A null value deletes the attribute.
pub(crate) unsafe extern "C" fn ctx_SetAttr_s(
    ctx: *mut HPyContext,
    h: HPy,
    name: *const c_char,
    value: HPy,
) -> c_int {
    // SAFETY: HPy's rules.
    unsafe {
        let key = (api().PyUnicode_FromString)(name);
        with_key(key, -1, |key| ctx_SetAttr(ctx, h, handle(key), value))
    }
}

pub(crate) unsafe extern "C" fn ctx_Type_IsSubtype(_: *mut HPyContext, sub: HPy, ty: HPy) -> c_int {
    let (sub, ty) = (object(sub), object(ty));
    // SAFETY: HPy's rules. It is a subclass whose instances have what those of `ty` have.
    unsafe { (api().PyType_IsSubtype)(sub, ty) != 0 && crate::layout::type_layout::fits(sub, ty) }.into()
}

#[inline(never)] // much code, for objects of another type than the one asked for
pub(crate) unsafe extern "C" fn ctx_TypeCheck(_: *mut HPyContext, h: HPy, ty: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { is_instance(object(h), ty) }.into()
}

/// Calls `f` with a temporary key; a null one is a failure with an exception set.
unsafe fn with_key<R>(key: *mut PyObject, failed: R, f: impl FnOnce(*mut PyObject) -> R) -> R {
    if key.is_null() {
        return failed;
    }
    let result = f(key);
    // SAFETY: HPy's rules; the caller made the key.
    unsafe { (api().Py_DecRef)(key) };
    result
}

/// A sequence takes the index as it is, other objects as an `int`.
pub(crate) unsafe extern "C" fn ctx_GetItem_i(_: *mut HPyContext, h: HPy, index: isize) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        let key = (api.PyLong_FromSsize_t)(index);
        with_key(key, HPy::NULL, |key| handle((api.PyObject_GetItem)(object(h), key)))
    }
}

pub(crate) unsafe extern "C" fn ctx_SetItem_i(_: *mut HPyContext, h: HPy, index: isize, value: HPy) -> c_int {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        let key = (api.PyLong_FromSsize_t)(index);
        with_key(key, -1, |key| (api.PyObject_SetItem)(object(h), key, object(value)))
    }
}

pub(crate) unsafe extern "C" fn ctx_DelItem_i(_: *mut HPyContext, h: HPy, index: isize) -> c_int {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        let key = (api.PyLong_FromSsize_t)(index);
        with_key(key, -1, |key| (api.PyObject_DelItem)(object(h), key))
    }
}

pub(crate) unsafe extern "C" fn ctx_GetItem_s(_: *mut HPyContext, h: HPy, key: *const c_char) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        let key = (api.PyUnicode_FromString)(key);
        with_key(key, HPy::NULL, |key| handle((api.PyObject_GetItem)(object(h), key)))
    }
}

pub(crate) unsafe extern "C" fn ctx_SetItem_s(
    _: *mut HPyContext,
    h: HPy,
    key: *const c_char,
    value: HPy,
) -> c_int {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        let key = (api.PyUnicode_FromString)(key);
        with_key(key, -1, |key| (api.PyObject_SetItem)(object(h), key, object(value)))
    }
}

pub(crate) unsafe extern "C" fn ctx_DelItem_s(_: *mut HPyContext, h: HPy, key: *const c_char) -> c_int {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe {
        let api = api();
        let key = (api.PyUnicode_FromString)(key);
        with_key(key, -1, |key| (api.PyObject_DelItem)(object(h), key))
    }
}

/// Names of classes that were asked for: each is kept for ever, as a C string that nobody owns must be.
static NAMES: Mutex<BTreeSet<&'static CStr>> = Mutex::new(BTreeSet::new());

/// The class's `__name__`.
pub(crate) unsafe extern "C" fn ctx_Type_GetName(_: *mut HPyContext, ty: HPy) -> *const c_char {
    // SAFETY: HPy's rules; the name is copied before it is given back.
    let copy = unsafe {
        let name = (api().PyObject_GetAttrString)(object(ty), c"__name__".as_ptr());
        if name.is_null() {
            return core::ptr::null();
        }
        let text = (api().PyUnicode_AsUTF8AndSize)(name, core::ptr::null_mut());
        let copy = if text.is_null() { None } else { Some(CStr::from_ptr(text).to_owned()) };
        (api().Py_DecRef)(name);
        copy
    };
    let (Some(copy), Ok(mut names)) = (copy, NAMES.lock()) else { return core::ptr::null() };
    if let Some(known) = names.get(copy.as_c_str()) {
        return known.as_ptr();
    }
    let kept: &'static CStr = Box::leak(copy.into_boxed_c_str());
    names.insert(kept);
    kept.as_ptr()
}

/// Returns whether there is an attribute. A failure of any kind counts as "no", and is not reported.
unsafe fn found(attribute: *mut PyObject) -> c_int {
    // SAFETY: HPy's rules: a new reference, or null with an exception.
    unsafe {
        if attribute.is_null() {
            (api().PyErr_Clear)();
            return 0;
        }
        (api().Py_DecRef)(attribute);
        1
    }
}

pub(crate) unsafe extern "C" fn ctx_HasAttr(_: *mut HPyContext, h: HPy, name: HPy) -> c_int {
    if crate::interp::stack::is_low() {
        return 0;
    }
    // SAFETY: HPy's rules.
    unsafe { found((api().PyObject_GetAttr)(object(h), object(name))) }
}

pub(crate) unsafe extern "C" fn ctx_HasAttr_s(_: *mut HPyContext, h: HPy, name: *const c_char) -> c_int {
    if crate::interp::stack::is_low() {
        return 0;
    }
    // SAFETY: HPy's rules.
    unsafe { found((api().PyObject_GetAttrString)(object(h), name)) }
}

/// Prints what there is to say of an object, for debugging.
pub(crate) unsafe extern "C" fn ctx_Dump(ctx: *mut HPyContext, h: HPy) {
    // SAFETY: HPy's rules.
    let text = unsafe {
        let repr = ctx_Repr(ctx, h);
        if repr.is_null() {
            (api().PyErr_Clear)();
            "<no repr>".to_owned()
        } else {
            let start = (api().PyUnicode_AsUTF8AndSize)(object(repr), core::ptr::null_mut());
            let text = if start.is_null() {
                (api().PyErr_Clear)();
                "<no text>".to_owned()
            } else {
                CStr::from_ptr(start).to_string_lossy().into_owned()
            };
            super::ctx_Close(ctx, repr);
            text
        }
    };
    eprintln!("object at {:#x}: {text}", h._i);
}
