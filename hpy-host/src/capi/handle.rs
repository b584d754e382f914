//! Conversions between handles of the embedded context and object pointers, which are the same.

use hpy_sys::HPy;

use super::types::PyObject;

/// The object behind a handle.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn object(h: HPy) -> *mut PyObject {
    core::ptr::with_exposed_provenance_mut(hpy_sys::cast::unsigned(h._i))
}

/// The handle of an object.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn handle(object: *mut PyObject) -> HPy {
    HPy { _i: object as isize }
}
