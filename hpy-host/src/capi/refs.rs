//! Reference counts: changed in place where the object layout was proven, through `Py_IncRef` and
//! `Py_DecRef` elsewhere.

#![allow(non_snake_case)] // the names are HPy's

use core::sync::atomic::{AtomicU8, Ordering};

use hpy_sys::{HPy, HPyContext};

use super::handle::object;
use super::types::PyObject;
use crate::api;

/// Through `Py_IncRef` and `Py_DecRef`: PyPy, GraalPy, free-threaded and debug builds.
pub(crate) const CALL: u8 = 0;
/// A word that counts: CPython 3.8 to 3.11.
pub(crate) const WORD: u8 = 1;
/// The lower half of the word counts, and immortal objects have its sign bit set: CPython from 3.12 on.
pub(crate) const HALF: u8 = 2;
/// Counts in half a word from here on are those of immortal objects.
pub(crate) const IMMORTAL: u32 = 1 << 31;

/// Written once, before the embedded context is in use.
static KIND: AtomicU8 = AtomicU8::new(CALL);

/// Adds a reference.
///
/// # Safety
///
/// `object` is a live object, and this thread runs Python.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn incref(object: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe { incref_as(KIND.load(Ordering::Relaxed), object) }
}

/// [`incref`] in a way that was chosen before.
///
/// # Safety
///
/// As there; `kind` is what [`kind`] gives.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn incref_as(kind: u8, object: *mut PyObject) {
    // SAFETY: the layout was proven by `object_layout`; the GIL is held, so nobody else counts.
    unsafe {
        match kind {
            HALF => {
                let count = object.cast::<u32>();
                if *count < IMMORTAL {
                    *count += 1;
                }
            }
            WORD => *object.cast::<usize>() += 1,
            _ => (api().Py_IncRef)(object),
        }
    }
}

/// Adds a reference to `None`, which is immortal where the lower half of the word counts.
///
/// # Safety
///
/// `none` is `None`, and this thread runs Python.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn incref_none(none: *mut PyObject) {
    // SAFETY: as in `incref`.
    unsafe {
        match KIND.load(Ordering::Relaxed) {
            HALF => {}
            WORD => *none.cast::<usize>() += 1,
            _ => (api().Py_IncRef)(none),
        }
    }
}

/// Gives a reference back.
///
/// # Safety
///
/// `object` is a live object, this thread runs Python, and the caller owns the reference.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn decref(object: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe { decref_as(KIND.load(Ordering::Relaxed), object) }
}

/// [`decref`] in a way that was chosen before.
///
/// # Safety
///
/// As there; `kind` is what [`kind`] gives.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn decref_as(kind: u8, object: *mut PyObject) {
    // SAFETY: the layout was proven by `object_layout`; the GIL is held, so nobody else counts.
    unsafe {
        match kind {
            HALF => {
                let count = object.cast::<u32>();
                if *count < IMMORTAL {
                    *count -= 1;
                    if *count == 0 {
                        (api()._Py_Dealloc)(object);
                    }
                }
            }
            WORD => {
                let count = object.cast::<usize>();
                *count -= 1;
                if *count == 0 {
                    (api()._Py_Dealloc)(object);
                }
            }
            _ => (api().Py_DecRef)(object),
        }
    }
}

/// The way that was chosen, for functions of which there is one for each.
pub(crate) fn kind() -> u8 {
    KIND.load(Ordering::Relaxed)
}

/// Chooses the way.
///
/// # Safety
///
/// The layout that it needs was proven, and nobody counts references yet.
pub(crate) unsafe fn set_kind(kind: u8) {
    KIND.store(kind, Ordering::Relaxed);
}

/// `HPy_Dup`.
pub(crate) unsafe extern "C" fn ctx_Dup(_: *mut HPyContext, h: HPy) -> HPy {
    if !h.is_null() {
        // SAFETY: HPy's rules.
        unsafe { incref(object(h)) };
    }
    h
}

/// `HPy_Close`.
pub(crate) unsafe extern "C" fn ctx_Close(_: *mut HPyContext, h: HPy) {
    if !h.is_null() {
        // SAFETY: HPy's rules.
        unsafe { decref(object(h)) };
    }
}

/// `HPy_Dup` and `HPy_Close` in the way that was chosen.
pub(crate) fn functions() -> (Function<HPy>, Function<()>) {
    match KIND.load(Ordering::Relaxed) {
        WORD => (dup::<WORD>, close::<WORD>),
        HALF => (dup::<HALF>, close::<HALF>),
        _ => (dup::<CALL>, close::<CALL>),
    }
}

/// A function of the context with one handle.
type Function<R> = unsafe extern "C" fn(*mut HPyContext, HPy) -> R;

unsafe extern "C" fn dup<const KIND: u8>(_: *mut HPyContext, h: HPy) -> HPy {
    if !h.is_null() {
        // SAFETY: HPy's rules: the handle is a pointer to a live object.
        unsafe { incref_as(KIND, object(h)) };
    }
    h
}

unsafe extern "C" fn close<const KIND: u8>(_: *mut HPyContext, h: HPy) {
    if !h.is_null() {
        // SAFETY: HPy's rules: the handle is a pointer to a live object, and owns a reference.
        unsafe { decref_as(KIND, object(h)) };
    }
}
