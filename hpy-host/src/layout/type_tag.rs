//! Type tags: the word before an instance's payload that records which type the instance was allocated as.
//!
//! Python code can reassign `__class__` and `__bases__`. CPython refuses that where the memory of the instances differs. PyPy
//! and GraalPy don't, so their instances carry a tag. It is 0 in an instance that the interpreter allocated by itself, whose
//! payload is empty. The word before the tag belongs to the [fields](crate::instance::pypy_fields). The tags of classes, in
//! which PyPy has no room, are in [`external_payload`].

use core::sync::atomic::Ordering;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use hpy_sys::{HPyType_BuiltinShape_Long, HPyType_BuiltinShape_Tuple, HPyType_BuiltinShape_Type};

use crate::capi::types::{PyObject, PyTypeObject};
use crate::interp::is_cpython;
use crate::interp::payload::TAG_ROOM;
use crate::layout::external_payload;
use crate::layout::payload_offset;
use crate::layout::type_info::{self, TypeInfo};
use crate::layout::type_layout;

/// Bytes of a tag.
const SIZE: usize = size_of::<usize>();

/// All tags.
static KNOWN: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

/// Returns where an instance has the address of its [`FieldValues`](crate::instance::pypy_fields).
///
/// # Safety
///
/// Not on CPython; an instance that was tagged with `info`, which says that it has a payload.
pub(crate) unsafe fn address(instance: *mut PyObject, info: &TypeInfo) -> *mut usize {
    // SAFETY: the caller's word: there is so much room before the payload.
    unsafe { payload_offset::payload_of(instance, info).byte_sub(TAG_ROOM).cast() }
}

/// Registers a type that was made: instances may have it as their tag.
///
/// # Safety
///
/// A live type that has that tag.
pub(crate) unsafe fn add(info: &'static TypeInfo, ty: *mut PyTypeObject) {
    if !is_cpython() {
        // SAFETY: the caller's word.
        info.instance_size.store(unsafe { type_layout::instance_size(ty) }, Ordering::Relaxed);
        KNOWN.lock().unwrap_or_else(PoisonError::into_inner).insert(number(info));
    }
}

fn number(info: &'static TypeInfo) -> usize {
    (&raw const *info).expose_provenance()
}

/// Returns whether the payload of such instances is external.
fn is_external(info: &TypeInfo) -> bool {
    info.shape == HPyType_BuiltinShape_Type && !is_cpython()
}

/// Returns where an instance has its tag; `None` if such instances have none.
unsafe fn place(instance: *mut PyObject, info: &TypeInfo) -> Option<*mut usize> {
    if info.size == 0 || is_external(info) {
        return None; // no payload, or not in the instance
    }
    // SAFETY: the caller's word: there is room for a tag before the payload of such an instance.
    Some(unsafe { payload_offset::payload_of(instance, info).byte_sub(SIZE).cast() })
}

/// Returns whether an instance of `ty` has room for the payload of `info`. Python code may have given `ty` other bases since
/// its instances got their size.
///
/// # Safety
///
/// A live type, `info` is the nearest of ours.
#[inline]
pub(crate) unsafe fn has_room(ty: *mut PyTypeObject, info: &TypeInfo) -> bool {
    // SAFETY: the caller's word.
    is_cpython() || unsafe { type_layout::instance_size(ty) } >= info.instance_size.load(Ordering::Relaxed)
}

/// Tags a new instance. Returns `false` if it already has another tag: a metaclass can return a class
/// that exists.
///
/// # Safety
///
/// An instance that was tagged with `info`, with room for that, or one that has a tag.
#[inline]
pub(crate) unsafe fn put(instance: *mut PyObject, info: &'static TypeInfo) -> bool {
    if is_cpython() {
        return true;
    }
    // SAFETY: the caller's word.
    unsafe {
        if is_external(info) {
            return core::ptr::eq(external_payload::tag(instance, info), info);
        }
        let Some(place) = place(instance, info) else { return true };
        let tag = place.read();
        if tag == 0 {
            place.write(number(info));
        }
        tag == 0 || tag == number(info)
    }
}

/// Returns the type that an instance was allocated as; `None` if it has no memory for what its type says.
///
/// # Safety
///
/// An instance of a type of ours or of a subclass, or what Python code has made look like one.
#[inline]
pub(crate) unsafe fn of(instance: *mut PyObject) -> Option<&'static TypeInfo> {
    if type_layout::unreadable(instance) {
        return None; // one of GraalPy's objects without memory
    }
    // SAFETY: the caller's word: an object with a type, which is alive as long as it is.
    unsafe {
        let ty = type_layout::type_of(instance);
        let Some((info, _)) = type_info::nearest(ty) else { return external_tag(instance) };
        if is_cpython() { Some(info) } else { read_tag(instance, ty, info) }
    }
}

/// The tag of a class whose metaclass was given bases that are not ours.
#[cold]
fn external_tag(instance: *mut PyObject) -> Option<&'static TypeInfo> {
    if is_cpython() { None } else { external_payload::known_tag(instance) }
}

#[cold]
unsafe fn read_tag(
    instance: *mut PyObject,
    ty: *mut PyTypeObject,
    info: &'static TypeInfo,
) -> Option<&'static TypeInfo> {
    // SAFETY: the caller's word; the instance is as large as its type says, which no code changes.
    unsafe {
        if is_external(info) {
            return Some(external_payload::tag(instance, info));
        }
        let Some(place) = place(instance, info) else { return Some(info) };
        let size = type_layout::instance_size(ty);
        let fits = size >= info.instance_size.load(Ordering::Relaxed);
        // The size does not count items.
        let has_items = matches!(info.shape, HPyType_BuiltinShape_Long | HPyType_BuiltinShape_Tuple);
        if !fits && (has_items || place.addr() + SIZE > instance.addr() + size) {
            return None;
        }
        match place.read() {
            0 if !fits => None,
            0 => Some(info),
            tag if tag == number(info) => Some(info),
            tag if KNOWN.lock().unwrap_or_else(PoisonError::into_inner).contains(&tag) => {
                Some(&*core::ptr::with_exposed_provenance(tag))
            }
            _ => None,
        }
    }
}

/// Returns whether the object has the payload of `ty`, if that is a type of ours.
///
/// # Safety
///
/// A live object and a live type, of which Python says that it is an instance; a type of ours exists.
pub(crate) unsafe fn has_data_of(object: *mut PyObject, ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        match type_info::of(ty) {
            Some(info) if info.size != 0 => of(object).is_some_and(|made| made.is_or_extends(info)),
            _ => true, // not one of ours, or they have nothing
        }
    }
}
