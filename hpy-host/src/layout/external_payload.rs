//! Payloads outside the instance: those of classes whose metaclass has a payload, on PyPy.
//!
//! PyPy's C API leaves no room for a payload in a class, but a class never moves, so payloads are stored by its address. The
//! entry also holds the [type tag](crate::layout::type_tag). It is created when the class is first used as an instance of a
//! type of this host, and stays, whatever bases its metaclass is given later.

use core::ffi::c_void;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::capi::types::PyObject;
use crate::layout::type_info::TypeInfo;

/// Sixteen bytes, aligned as payloads are; and one is before the data, as in other instances.
type Unit = u128;

struct Entry {
    tag: &'static TypeInfo,
    data: Box<[Unit]>,
}

/// By the address of the instance.
static ENTRIES: Mutex<Option<HashMap<usize, Entry>>> = Mutex::new(None);

fn with<R>(f: impl FnOnce(&mut HashMap<usize, Entry>) -> R) -> R {
    f(ENTRIES.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

/// As what the instance was made: as `info`, if nobody asked before.
///
/// # Safety
///
/// A live instance, of the type that `info` stands for or of a subclass, if it has no entry yet.
pub(crate) unsafe fn tag(instance: *mut PyObject, info: &'static TypeInfo) -> &'static TypeInfo {
    with(|entries| {
        let entry = entries.entry(instance.addr()).or_insert_with(|| {
            let mut size = 0;
            info.each(|info| size = size.max(info.size)); // 0 in a type that adds nothing to its base
            let data = vec![0; 2 + size.div_ceil(size_of::<Unit>())].into_boxed_slice();
            Entry { tag: info, data }
        });
        entry.tag
    })
}

/// The same, if somebody asked before.
pub(crate) fn known_tag(instance: *mut PyObject) -> Option<&'static TypeInfo> {
    with(|entries| entries.get(&instance.addr()).map(|entry| entry.tag))
}

/// The instance's data; null if nobody asked as what it was made.
pub(crate) fn payload(instance: *mut PyObject) -> *mut c_void {
    with(|entries| {
        entries
            .get_mut(&instance.addr())
            .map_or(core::ptr::null_mut(), |entry| entry.data[1..].as_mut_ptr().cast())
    })
}

/// The instance has ended.
pub(crate) fn remove(instance: *mut PyObject) {
    let _data = with(|entries| entries.remove(&instance.addr()));
}
