//! [`ImportedBuffer`]: memory of a Python object, held through the buffer protocol.

use core::ffi::{CStr, c_int};

use hpy_sys::HPy_buffer;

use super::stack;
use crate::api;
use crate::capi::types::PyObject;

/// The strides and the format are wanted; the memory may be read-only, and has no suboffsets.
pub const RECORDS_RO: c_int = 0x1c;
/// As [`RECORDS_RO`], but writable.
pub const RECORDS: c_int = 0x1d;
/// Contiguous bytes, which may be read-only.
pub const SIMPLE: c_int = 0;

/// `Py_buffer` has the members of `HPy_buffer`. PyPy's has more of them, for shape and strides.
#[repr(C)]
struct Memory {
    view: HPy_buffer,
    more: [usize; 256],
}

/// An export that this file asked for. It is released on drop.
#[allow(missing_debug_implementations)]
pub struct ImportedBuffer(Box<Memory>);

impl ImportedBuffer {
    /// `PyObject_GetBuffer`; `None` with an exception.
    ///
    /// # Safety
    ///
    /// A live object; this thread runs Python, and does so when the result is dropped.
    pub unsafe fn get(object: *mut PyObject, flags: c_int) -> Option<Self> {
        if stack::is_low() {
            let _: c_int = stack::refuse();
            return None;
        }
        // SAFETY: integers and pointers, which may be zero.
        let mut memory: Box<Memory> = Box::new(unsafe { core::mem::zeroed() });
        // SAFETY: the caller's word; the memory is large enough, and stays where it is until it is released.
        let failed = unsafe { (api().PyObject_GetBuffer)(object, (&raw mut *memory).cast(), flags) };
        (failed == 0).then(|| ImportedBuffer(memory))
    }

    /// What the exporter said of the memory.
    pub fn view(&self) -> &HPy_buffer {
        &self.0.view
    }

    /// The format of an item: unsigned bytes if the exporter says nothing.
    pub fn format(&self) -> &CStr {
        let format = self.0.view.format;
        // SAFETY: a C string of the exporter, alive as long as the export.
        if format.is_null() { c"B" } else { unsafe { CStr::from_ptr(format) } }
    }
}

impl Drop for ImportedBuffer {
    fn drop(&mut self) {
        // SAFETY: as `get` was told; a buffer that was filled, at the same address.
        unsafe { (api().PyBuffer_Release)((&raw mut *self.0).cast()) }
    }
}
