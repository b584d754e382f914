//! [`Owned`]: an owned reference, released on drop.

use core::ffi::c_long;

use hpy_sys::cast::count;

use crate::api;
use crate::capi::handle::handle;
use crate::capi::import_error::ImportError;
use crate::capi::types::PyObject;

#[cold]
fn lacks(kind: &str, name: &core::ffi::CStr) -> ImportError {
    format!("the interpreter has no {kind} {}", name.to_string_lossy()).into()
}

/// A reference that is given back when it goes out of scope. Failures clear Python's exception.
pub(crate) struct Owned(pub(crate) *mut PyObject);

impl Owned {
    /// # Safety
    ///
    /// `object` is a new reference, or null with an exception; this thread runs Python.
    #[inline(never)]
    pub(crate) unsafe fn new(object: *mut PyObject) -> Result<Self, ImportError> {
        if object.is_null() {
            // SAFETY: the caller's word.
            unsafe { (api().PyErr_Clear)() };
            return Err("the interpreter's C API failed".into());
        }
        Ok(Owned(object))
    }

    /// A reference of one's own to an object.
    ///
    /// # Safety
    ///
    /// A live object; this thread runs Python.
    pub(crate) unsafe fn share(object: *mut PyObject) -> Self {
        // SAFETY: the caller's word.
        unsafe { (api().Py_IncRef)(object) };
        Owned(object)
    }

    /// The reference as a handle of the embedded context.
    pub(crate) fn into_handle(self) -> hpy_sys::HPy {
        handle(core::mem::ManuallyDrop::new(self).0)
    }

    /// # Safety
    ///
    /// This thread runs Python, as for the other methods.
    pub(crate) unsafe fn import(name: &core::ffi::CStr) -> Result<Self, ImportError> {
        // SAFETY: the caller's word.
        unsafe { Owned::new((api().PyImport_ImportModule)(name.as_ptr())) }.map_err(|_| lacks("module", name))
    }

    pub(crate) unsafe fn attribute(&self, name: &core::ffi::CStr) -> Result<Self, ImportError> {
        // SAFETY: the caller's word.
        unsafe { Owned::new((api().PyObject_GetAttrString)(self.0, name.as_ptr())) }
            .map_err(|_| lacks("attribute", name))
    }

    pub(super) unsafe fn text(&self) -> Result<String, ImportError> {
        let mut len = 0;
        // SAFETY: the caller's word; the text is copied while the object lives.
        unsafe {
            let start = (api().PyUnicode_AsUTF8AndSize)(self.0, &mut len);
            if start.is_null() {
                (api().PyErr_Clear)();
                return Err("a text was expected".into());
            }
            let bytes = core::slice::from_raw_parts(start.cast::<u8>(), count(len));
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }

    /// A number of bytes or items.
    pub(crate) unsafe fn size(&self) -> Result<usize, ImportError> {
        // SAFETY: the caller's word.
        let number = unsafe { self.number() }?;
        usize::try_from(number).map_err(|_| format!("a size was expected, not {number}").into())
    }

    pub(crate) unsafe fn number(&self) -> Result<c_long, ImportError> {
        // SAFETY: the caller's word.
        unsafe {
            let number = (api().PyLong_AsLong)(self.0);
            if number == -1 && !(api().PyErr_Occurred)().is_null() {
                (api().PyErr_Clear)();
                return Err("a number was expected".into());
            }
            Ok(number)
        }
    }
}

impl Drop for Owned {
    #[inline(never)]
    fn drop(&mut self) {
        // SAFETY: an owned reference, on a thread that runs Python.
        unsafe { (api().Py_DecRef)(self.0) }
    }
}
