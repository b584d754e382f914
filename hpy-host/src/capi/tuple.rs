//! Creation of tuples: items are written in place where the object layout was [proven](crate::interp::object_layout), through
//! `PyTuple_SetItem` elsewhere.

use core::sync::atomic::{AtomicUsize, Ordering};

use hpy_sys::cast::extent;
use hpy_sys::{HPy, HPyContext, HPyTupleBuilder};

use super::handle::object;
use super::refs;
use super::types::PyObject;
use crate::api;

/// Bytes from a tuple's start to its items; 0 where that is not known. Written once, before the context is in use.
static ITEMS: AtomicUsize = AtomicUsize::new(0);

/// Puts a reference into a new tuple.
///
/// # Safety
///
/// A tuple that nobody else has seen, a place in it that is empty, and a reference that the tuple is to own.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn set(tuple: *mut PyObject, index: isize, item: *mut PyObject) {
    let items = ITEMS.load(Ordering::Relaxed);
    // SAFETY: the caller's word; the place of the items was proven by `object_layout`.
    unsafe {
        if items == 0 {
            (api().PyTuple_SetItem)(tuple, index, item);
        } else {
            tuple.byte_add(items).cast::<*mut PyObject>().offset(index).write(item);
        }
    }
}

/// A new tuple of `len` borrowed objects.
pub(crate) unsafe fn pack(items: *const *mut PyObject, len: usize) -> *mut PyObject {
    // SAFETY: the caller's word; `PyTuple_SetItem` takes a reference.
    unsafe {
        let api = api();
        let tuple = (api.PyTuple_New)(extent(len));
        if !tuple.is_null() {
            for i in 0..len {
                refs::incref(*items.add(i));
                set(tuple, extent(i), *items.add(i));
            }
        }
        tuple
    }
}

/// Sets where the items of a tuple are.
///
/// # Safety
///
/// That was proven, and nobody uses it yet.
pub(crate) unsafe fn set_items_offset(offset: usize) {
    ITEMS.store(offset, Ordering::Relaxed);
}

/// Bytes from a tuple's start to its items; 0 where that is not known.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn items_offset() -> usize {
    ITEMS.load(Ordering::Relaxed)
}

/// `HPyTupleBuilder_Set`.
pub(crate) type Set = unsafe extern "C" fn(*mut HPyContext, HPyTupleBuilder, isize, HPy);

/// `HPyTupleBuilder_Set` for an interpreter whose counts and tuples are known, with nothing left to ask.
pub(crate) fn builder_set() -> Option<Set> {
    match refs::kind() {
        _ if ITEMS.load(Ordering::Relaxed) != USUAL_ITEMS => None,
        refs::WORD => Some(set_in_builder::<{ refs::WORD }>),
        refs::HALF => Some(set_in_builder::<{ refs::HALF }>),
        _ => None,
    }
}

/// Where the items are behind a header of two words and the length.
const USUAL_ITEMS: usize = 3 * size_of::<usize>();

unsafe extern "C" fn set_in_builder<const KIND: u8>(
    _: *mut HPyContext,
    builder: HPyTupleBuilder,
    index: isize,
    h: HPy,
) {
    if builder.is_null() {
        return;
    }
    let tuple = object(HPy { _i: builder._tup });
    // SAFETY: HPy's rules: a new tuple of enough items, each set once; it takes a reference. The place of the items was
    // proven by `object_layout`.
    unsafe {
        refs::incref_as(KIND, object(h));
        tuple.byte_add(USUAL_ITEMS).cast::<*mut PyObject>().offset(index).write(object(h));
    }
}
