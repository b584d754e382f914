//! Own data beside the instance: of classes whose metaclass has data, on PyPy. Its C API gives a class no room for that,
//! but never gives a class another address.

use core::ffi::c_void;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{layout, own};
use crate::cpy::PyObject;

/// Sixteen bytes, aligned as own data is; and one is before the data, as in other instances.
type Unit = u128;

/// The data, by the address of the instance.
static DATA: Mutex<Option<HashMap<usize, Box<[Unit]>>>> = Mutex::new(None);

/// The instance's data, zero when it is first asked for.
///
/// # Safety
///
/// An instance of a type of ours.
pub(super) unsafe fn data(instance: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's word.
    let size = unsafe { own::nearest(layout::type_of(instance)) }.map_or(0, |(own, _)| own.size);
    let mut data = DATA.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = data.get_or_insert_default().entry(instance.addr());
    let units = entry.or_insert_with(|| vec![0; 2 + size.div_ceil(size_of::<Unit>())].into_boxed_slice());
    units[1..].as_mut_ptr().cast()
}

/// The instance has ended.
pub(super) fn ended(instance: *mut PyObject) {
    let mut data = DATA.lock().unwrap_or_else(PoisonError::into_inner);
    data.as_mut().and_then(|data| data.remove(&instance.addr()));
}
