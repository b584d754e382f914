//! Types with a metaclass. The C API makes them since CPython 3.12. Before that, and on PyPy and GraalPy, the finished type
//! is an empty subclass, made by calling the metaclass as Python code would.

use core::ffi::{CStr, c_char};
use core::ptr::null_mut;

use crate::api;
use crate::capi::fault::{Fault, Kind, mistake};
use crate::capi::handle::object;
use crate::capi::types::{Py_TPFLAGS_BASETYPE, PyObject, PyType_Spec, PyTypeObject};
use crate::interp::{Implementation, interpreter};

/// Refuses what can't be a metaclass.
///
/// # Safety
///
/// This thread runs Python; a live object.
pub(crate) unsafe fn check(metaclass: *mut PyTypeObject, name: &str) -> Result<(), Fault> {
    let context = crate::capi::embedded_context::address();
    // SAFETY: the caller's word.
    unsafe {
        let ty = (*context).h_TypeType;
        if !crate::layout::type_check::is_instance(metaclass, ty)
            || (api().PyType_IsSubtype)(metaclass, object(ty)) == 0
        {
            return mistake(Kind::Type, format!("the metaclass of {name} is not a subclass of 'type'"));
        }
        let own = crate::interp::Owned::share(metaclass).attribute(c"__new__");
        let plain = crate::interp::Owned::share(object(ty)).attribute(c"__new__");
        match (own, plain) {
            (Ok(own), Ok(plain)) if own.0 == plain.0 => Ok(()),
            _ => mistake(Kind::Type, "Metaclasses with custom tp_new are not supported."),
        }
    }
}

/// Makes a type with a metaclass: a new reference, or null with an exception.
///
/// # Safety
///
/// A valid spec; `doc` is its docstring or null; a tuple of bases or null; a metaclass that [`check`] let pass.
pub(crate) unsafe fn make(
    spec: &mut PyType_Spec,
    doc: *const c_char,
    bases: *mut PyObject,
    metaclass: *mut PyTypeObject,
) -> *mut PyObject {
    let known = interpreter();
    // SAFETY: the caller's word.
    unsafe {
        if known
            .is_some_and(|known| known.implementation == Implementation::CPython && known.version >= (3, 12))
        {
            return (api().PyType_FromMetaclass)(metaclass, null_mut(), spec, bases);
        }
        let plain = metaclass == object((*crate::capi::embedded_context::address()).h_TypeType);
        let subclassable = spec.flags & Py_TPFLAGS_BASETYPE != 0;
        if !plain {
            spec.flags |= Py_TPFLAGS_BASETYPE;
        }
        let ty = (api().PyType_FromSpecWithBases)(spec, bases);
        if plain || ty.is_null() {
            return ty;
        }
        let made = subclass(spec, doc, ty, metaclass);
        (api().Py_DecRef)(ty);
        if !made.is_null() && !subclassable {
            crate::layout::type_layout::clear_flag(made, Py_TPFLAGS_BASETYPE);
        }
        made
    }
}

/// `type.__new__(metaclass, name, (base,), {...})`: a class that adds nothing to `base` but the metaclass.
unsafe fn subclass(
    spec: &PyType_Spec,
    doc: *const c_char,
    base: *mut PyTypeObject,
    metaclass: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the caller's word. What is null lets the call that is given it fail with the exception that is set.
    unsafe {
        let api = api();
        let whole = CStr::from_ptr(spec.name).to_bytes_with_nul();
        let dot = whole.iter().rposition(|byte| *byte == b'.');
        let name = (api.PyUnicode_FromString)(whole[dot.map_or(0, |dot| dot + 1)..].as_ptr().cast());
        let bases = crate::capi::tuple::pack(&base, 1);
        let namespace = (api.PyDict_New)();
        let slots = (api.PyTuple_New)(0);
        let mut good = [name, bases, namespace, slots].iter().all(|object| !object.is_null());
        let mut set = |key: &CStr, value: *mut PyObject| {
            let key = (api.PyUnicode_FromString)(key.as_ptr());
            good = good
                && !key.is_null()
                && !value.is_null()
                && (api.PyDict_SetItem)(namespace, key, value) == 0;
            (api.Py_DecRef)(key);
            (api.Py_DecRef)(value);
        };
        set(c"__slots__", slots);
        if let Some(dot) = dot {
            set(
                c"__module__",
                (api.PyUnicode_FromStringAndSize)(whole.as_ptr().cast(), hpy_sys::cast::extent(dot)),
            );
        }
        if !doc.is_null() {
            set(c"__doc__", (api.PyUnicode_FromString)(doc));
        }
        let mut made = null_mut();
        if good {
            let new = (api.PyObject_GetAttrString)(
                object((*crate::capi::embedded_context::address()).h_TypeType),
                c"__new__".as_ptr(),
            );
            if !new.is_null() {
                made = (api.PyObject_Vectorcall)(
                    new,
                    [metaclass, name, bases, namespace].as_ptr(),
                    4,
                    null_mut(),
                );
                (api.Py_DecRef)(new);
            }
        }
        for object in [name, bases, namespace] {
            (api.Py_DecRef)(object);
        }
        made
    }
}
