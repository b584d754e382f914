//! The payload of an instance whose only base is `object`: its offset and alignment.

use core::ffi::c_void;

use crate::capi::types::PyObject;

/// Own data begins at a multiple of this, as what `malloc` gives does.
pub(crate) const ALIGNMENT: usize = 16;

/// `size`, rounded up.
pub(crate) const fn aligned(size: usize) -> usize {
    size.next_multiple_of(ALIGNMENT)
}

/// Bytes that precede a payload where instances have a type tag: the address of what the fields hold, and the tag.
pub(crate) const TAG_ROOM: usize = 2 * size_of::<usize>();

/// The payload of an instance of one of our types whose shape is `object`: it follows the header.
///
/// # Safety
///
/// `object` is a live instance of such a type, made by this host, or of a subclass of it.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn payload(object: *mut PyObject) -> *mut c_void {
    // SAFETY: the header is part of the object; written once, by `probe`.
    unsafe { object.byte_add(HEADER).cast() }
}

/// Where in such an instance the payload begins.
pub fn header() -> usize {
    // SAFETY: written once, by `probe`, before the embedded context is in use.
    unsafe { HEADER }
}

/// Bytes of an object's header and of the tag, rounded up so that the payload is aligned. Written once, before the embedded
/// context is in use.
static mut HEADER: usize = 2 * size_of::<usize>();

/// Sets the bytes that precede a payload: those of the header, and of a tag if there is one.
///
/// # Safety
///
/// Nobody uses instances yet.
pub(super) unsafe fn set_header(bytes: usize) {
    // SAFETY: the caller's word: nobody reads it.
    unsafe { HEADER = aligned(bytes) };
}
