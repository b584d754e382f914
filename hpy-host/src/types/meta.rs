//! Types with a metaclass. The C API makes them since CPython 3.12; before, and on PyPy and GraalPy, the finished type is
//! an empty subclass, made by the metaclass as Python code would.

use core::ptr::null_mut;

use super::check::{Fault, Kind, mistake};
use crate::api;
use crate::cpy::{PyObject, PyType_Spec, PyTypeObject};
use crate::ctx::object;
use crate::interp::{Implementation, interpreter};

/// Refuses what can't be a metaclass.
///
/// # Safety
///
/// This thread runs Python; a live object.
pub(super) unsafe fn check(metaclass: *mut PyTypeObject, name: &str) -> Result<(), Fault> {
    let context = crate::context::address();
    // SAFETY: the caller's word.
    unsafe {
        let ty = (*context).h_TypeType;
        if !crate::ctx::is_instance(metaclass, ty) || (api().PyType_IsSubtype)(metaclass, object(ty)) == 0 {
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
/// A valid spec; a tuple of bases or null; a metaclass that [`check`] let pass.
pub(super) unsafe fn make(
    spec: &mut PyType_Spec,
    bases: *mut PyObject,
    metaclass: *mut PyTypeObject,
) -> Result<*mut PyObject, Fault> {
    let known = interpreter();
    // SAFETY: the caller's word.
    unsafe {
        if known
            .is_some_and(|known| known.implementation == Implementation::CPython && known.version >= (3, 12))
        {
            return Ok((api().PyType_FromMetaclass)(metaclass, null_mut(), spec, bases));
        }
        if metaclass == object((*crate::context::address()).h_TypeType) {
            return Ok((api().PyType_FromSpecWithBases)(spec, bases));
        }
        mistake(Kind::System, "metaclasses need CPython 3.12 or later in this host")
    }
}
