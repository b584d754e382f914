//! The tag of an instance: as what it was made.
//!
//! Python code can give a class other bases, and an object another class. CPython refuses that where instances have other
//! memory. PyPy and GraalPy don't, so there the word before an instance's own data says which type of ours it was made
//! as. It is 0 in an instance that the interpreter made by itself: one without values. The word before that is for what
//! the instance's fields [hold](crate::instance::pypy_fields). Of classes that PyPy has no room in, [`external_payload`] says what they were made as.

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

/// Bytes that a tag needs, before own data.
const SIZE: usize = size_of::<usize>();

/// All that a tag can be, as numbers.
static KNOWN: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

/// Where an instance has the address of what its fields hold.
///
/// # Safety
///
/// Not on CPython; an instance that was made as `own`, which says that it has own data.
pub(crate) unsafe fn address(instance: *mut PyObject, own: &TypeInfo) -> *mut usize {
    // SAFETY: the caller's word: there is so much room before the own data.
    unsafe { payload_offset::payload_of(instance, own).byte_sub(TAG_ROOM).cast() }
}

/// A type was made: instances may have it as their tag.
///
/// # Safety
///
/// A live type that was made as `own` says.
pub(crate) unsafe fn add(own: &'static TypeInfo, ty: *mut PyTypeObject) {
    if !is_cpython() {
        // SAFETY: the caller's word.
        own.instance_size.store(unsafe { type_layout::instance_size(ty) }, Ordering::Relaxed);
        KNOWN.lock().unwrap_or_else(PoisonError::into_inner).insert(number(own));
    }
}

fn number(own: &'static TypeInfo) -> usize {
    (&raw const *own).expose_provenance()
}

/// Is the data of such instances beside them?
fn is_aside(own: &TypeInfo) -> bool {
    own.shape == HPyType_BuiltinShape_Type && !is_cpython()
}

/// Where an instance has its tag; `None` if such instances have none.
unsafe fn place(instance: *mut PyObject, own: &TypeInfo) -> Option<*mut usize> {
    if own.size == 0 || is_aside(own) {
        return None; // no own data, or not in the instance
    }
    // SAFETY: the caller's word: there is room for a tag before the own data of an instance that was made as such.
    Some(unsafe { payload_offset::payload_of(instance, own).byte_sub(SIZE).cast() })
}

/// Has an instance of `ty` room for what one has that is made as `own`? Python code may have given `ty` other bases since
/// its instances got their size.
///
/// # Safety
///
/// A live type, `own` is the nearest of ours.
#[inline]
pub(crate) unsafe fn has_room(ty: *mut PyTypeObject, own: &TypeInfo) -> bool {
    // SAFETY: the caller's word.
    is_cpython() || unsafe { type_layout::instance_size(ty) } >= own.instance_size.load(Ordering::Relaxed)
}

/// Tags a new instance. Gives `false` if it is one that was made as something else before: a metaclass can give back a class
/// that exists.
///
/// # Safety
///
/// An instance that was made as `own`, with room for that, or one that has a tag.
#[inline]
pub(crate) unsafe fn put(instance: *mut PyObject, own: &'static TypeInfo) -> bool {
    if is_cpython() {
        return true;
    }
    // SAFETY: the caller's word.
    unsafe {
        if is_aside(own) {
            return core::ptr::eq(external_payload::made_as(instance, own), own);
        }
        let Some(place) = place(instance, own) else { return true };
        let tag = place.read();
        if tag == 0 {
            place.write(number(own));
        }
        tag == 0 || tag == number(own)
    }
}

/// As what an instance was made; `None` if it has no memory for what its type says.
///
/// # Safety
///
/// An instance of a type of ours or of a subclass, or what Python code has made look like one.
#[inline]
pub(crate) unsafe fn made_as(instance: *mut PyObject) -> Option<&'static TypeInfo> {
    if type_layout::unreadable(instance) {
        return None; // one of GraalPy's objects without memory
    }
    // SAFETY: the caller's word: an object with a type, which is alive as long as it is.
    unsafe {
        let ty = type_layout::type_of(instance);
        let Some((own, _)) = type_info::nearest(ty) else { return aside_of(instance) };
        if is_cpython() { Some(own) } else { as_tagged(instance, ty, own) }
    }
}

/// Of a class whose metaclass was given bases that are not ours.
#[cold]
fn aside_of(instance: *mut PyObject) -> Option<&'static TypeInfo> {
    if is_cpython() { None } else { external_payload::known(instance) }
}

#[cold]
unsafe fn as_tagged(
    instance: *mut PyObject,
    ty: *mut PyTypeObject,
    own: &'static TypeInfo,
) -> Option<&'static TypeInfo> {
    // SAFETY: the caller's word; the instance is as large as its type says, which no code changes.
    unsafe {
        if is_aside(own) {
            return Some(external_payload::made_as(instance, own));
        }
        let Some(place) = place(instance, own) else { return Some(own) };
        let size = type_layout::instance_size(ty);
        let fits = size >= own.instance_size.load(Ordering::Relaxed);
        // The size does not count items.
        let has_items = matches!(own.shape, HPyType_BuiltinShape_Long | HPyType_BuiltinShape_Tuple);
        if !fits && (has_items || place.addr() + SIZE > instance.addr() + size) {
            return None;
        }
        match place.read() {
            0 if !fits => None,
            0 => Some(own),
            tag if tag == number(own) => Some(own),
            tag if KNOWN.lock().unwrap_or_else(PoisonError::into_inner).contains(&tag) => {
                Some(&*core::ptr::with_exposed_provenance(tag))
            }
            _ => None,
        }
    }
}

/// Has the object what instances of `ty` have, if that is a type of ours?
///
/// # Safety
///
/// A live object and a live type, of which Python says that it is an instance; a type of ours exists.
pub(crate) unsafe fn has_data_of(object: *mut PyObject, ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        match type_info::own(ty) {
            Some(own) if own.size != 0 => made_as(object).is_some_and(|made| made.is_or_extends(own)),
            _ => true, // not one of ours, or they have nothing
        }
    }
}
