//! Methods that replace slot wrappers, where PyPy's differ from CPython's.
//!
//! PyPy 7.3 does not add the length to the index in `x[-1]` before it calls `sq_item` and `sq_ass_item`, and takes a
//! `tp_hash` of -1 for a failure even if no exception is set. There the finished type gets a method of the same name. The
//! functions of the C API call the slots themselves, as on CPython.

use core::ffi::{c_char, c_int, c_void};
use core::mem::transmute;
use core::ptr::null_mut;

use hpy_sys::{
    HPy_mp_ass_subscript, HPy_mp_subscript, HPy_sq_ass_item, HPy_sq_item, HPy_sq_length, HPy_tp_hash,
};

use crate::api;
use crate::capi::embedded_context::{address, none};
use crate::capi::interned;
use crate::capi::types::{METH_NOARGS, METH_O, METH_VARARGS, PyMethodDef, PyObject, PyType_Slot};
use crate::instance::creation;
use crate::interp::{Implementation, Interpreter, stack};
use crate::layout::type_info::{AssItem, Item, Length, WrappedSlots};
use crate::layout::type_tag;

impl WrappedSlots {
    /// What a type has of it, and the methods that it needs.
    ///
    /// # Safety
    ///
    /// Slots have the functions that their numbers say.
    pub(crate) unsafe fn of(
        known: &Interpreter,
        slots: &[PyType_Slot],
        base: Option<WrappedSlots>,
    ) -> (WrappedSlots, Vec<PyMethodDef>) {
        let mut wrapped = base.unwrap_or_default();
        let mut methods = Vec::new();
        if known.implementation != Implementation::PyPy {
            return (wrapped, methods);
        }
        let slot = |number| slots.iter().find(|slot| slot.slot == number).map(|slot| slot.pfunc);
        let is_mapping = slot(HPy_mp_subscript).is_some();
        let is_mutable_mapping = slot(HPy_mp_ass_subscript).is_some();
        // SAFETY: the caller's word.
        unsafe {
            if let Some(length) = slot(HPy_sq_length) {
                wrapped.length = transmute::<*mut c_void, Option<Length>>(length);
            }
            if let Some(item) = slot(HPy_sq_item).filter(|_| !is_mapping) {
                wrapped.item = transmute::<*mut c_void, Option<Item>>(item);
                methods.push(method(c"__getitem__".as_ptr(), getitem as *const c_void, METH_O));
            }
            if let Some(ass_item) = slot(HPy_sq_ass_item).filter(|_| !is_mutable_mapping) {
                wrapped.ass_item = transmute::<*mut c_void, Option<AssItem>>(ass_item);
                methods.push(method(c"__setitem__".as_ptr(), setitem as *const c_void, METH_VARARGS));
                methods.push(method(c"__delitem__".as_ptr(), delitem as *const c_void, METH_O));
            }
            if let Some(hash) = slot(HPy_tp_hash) {
                wrapped.hash = transmute::<*mut c_void, Option<Length>>(hash);
                methods.push(method(c"__hash__".as_ptr(), self::hash as *const c_void, METH_NOARGS));
            }
        }
        (wrapped, methods)
    }
}

/// Gives the finished type its methods; false with an exception.
///
/// # Safety
///
/// A type of ours that was just made.
pub(crate) unsafe fn assign(ty: *mut PyObject, methods: Vec<PyMethodDef>) -> bool {
    let count = methods.len();
    let kept = interned::list(methods);
    (0..count).all(|at| {
        // SAFETY: the caller's word; the definitions live for ever, and there are so many.
        unsafe {
            let method = kept.add(at);
            let name = (*method).ml_name;
            let descriptor = (api().PyDescr_NewMethod)(ty, method);
            let done = !descriptor.is_null() && set_attribute(ty, name, descriptor);
            (api().Py_DecRef)(descriptor);
            done
        }
    })
}

/// `setattr(ty, name, value)`; false with an exception.
unsafe fn set_attribute(ty: *mut PyObject, name: *const c_char, value: *mut PyObject) -> bool {
    if stack::is_low() {
        stack::raise();
        return false;
    }
    // SAFETY: the caller's word: live objects, and a C string.
    unsafe {
        let name = (api().PyUnicode_FromString)(name);
        let done = !name.is_null() && (api().PyObject_SetAttr)(ty, name, value) == 0;
        (api().Py_DecRef)(name);
        done
    }
}

fn method(name: *const c_char, function: *const c_void, flags: c_int) -> PyMethodDef {
    PyMethodDef { ml_name: name, ml_meth: function, ml_flags: flags, ml_doc: core::ptr::null() }
}

/// What `this` has of it; raises `TypeError` if that is nothing.
unsafe fn wrapped<F>(
    this: *mut PyObject,
    pick: impl Fn(&WrappedSlots) -> Option<F>,
) -> Option<(F, WrappedSlots)> {
    // SAFETY: the caller's word: a live object, and a type of ours exists.
    unsafe {
        let found = type_tag::of(this).map(|info| info.wrapped);
        let picked = found.and_then(|wrapped| pick(&wrapped).map(|function| (function, wrapped)));
        if picked.is_none() {
            let text = c"the object is not an instance of this method's class";
            creation::type_error(address(), text);
        }
        picked
    }
}

/// The index that `key` says, with the length added if it is negative.
unsafe fn index(this: *mut PyObject, key: *mut PyObject, length: Option<Length>) -> Option<isize> {
    // SAFETY: the caller's word: live objects, and the length is that of `this`.
    unsafe {
        let api = api();
        let number = (api.PyNumber_Index)(key);
        if number.is_null() {
            return None;
        }
        let index = (api.PyLong_AsSsize_t)(number);
        (api.Py_DecRef)(number);
        if index == -1 && !(api.PyErr_Occurred)().is_null() {
            return None;
        }
        match length {
            Some(length) if index < 0 => {
                let length = length(this);
                if length < 0 { None } else { Some(index + length) }
            }
            _ => Some(index),
        }
    }
}

unsafe extern "C" fn getitem(this: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter's word: live objects.
    unsafe {
        let Some((item, wrapped)) = wrapped(this, |of| of.item) else { return null_mut() };
        match index(this, key, wrapped.length) {
            Some(index) => item(this, index),
            None => null_mut(),
        }
    }
}

unsafe extern "C" fn setitem(this: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter's word: a live object and a tuple.
    unsafe {
        if (api().PyTuple_Size)(args) != 2 {
            creation::type_error(address(), c"__setitem__() takes exactly 2 arguments");
            return null_mut();
        }
        store(this, (api().PyTuple_GetItem)(args, 0), (api().PyTuple_GetItem)(args, 1))
    }
}

unsafe extern "C" fn delitem(this: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter's word: live objects.
    unsafe { store(this, key, null_mut()) }
}

/// Sets an item, or deletes it if there is no value.
unsafe fn store(this: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's word: live objects, or no value.
    unsafe {
        let Some((ass_item, wrapped)) = wrapped(this, |of| of.ass_item) else { return null_mut() };
        match index(this, key, wrapped.length) {
            Some(index) if ass_item(this, index, value) == 0 => none(),
            _ => null_mut(),
        }
    }
}

unsafe extern "C" fn hash(this: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter's word: a live object.
    unsafe {
        let Some((hash, _)) = wrapped(this, |of| of.hash) else { return null_mut() };
        match hash(this) {
            -1 if !(api().PyErr_Occurred)().is_null() => null_mut(),
            hash => (api().PyLong_FromSsize_t)(hash),
        }
    }
}
