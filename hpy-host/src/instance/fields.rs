//! Fields: references that an instance holds, visible to the garbage collector. The word of a field is
//!
//! - the object, on CPython with a GIL and on GraalPy;
//! - a [`LockedRef`], on CPython without a GIL. A field is passed by value to be loaded, so it outlives the owner's last reader;
//! - an index, on PyPy. The object is where PyPy's collector sees it: see [`pypy_fields`].

use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use hpy_sys::cast::signed;
use hpy_sys::{HPy, HPyContext, HPyField};

use crate::capi::handle::{handle, object};
use crate::capi::refs;
use crate::capi::types::PyObject;
use crate::instance::pypy_fields;
use crate::interp::locked_ref::{self, LockedRef};
use crate::interp::{Implementation, Interpreter, is_cpython};
use crate::layout::type_layout;

/// A field is the object.
const OBJECT: u8 = 0;
/// A field is a cell.
const CELL: u8 = 1;
/// A field is a number.
const NUMBER: u8 = 2;

static KIND: AtomicU8 = AtomicU8::new(OBJECT);

/// Chooses the representation of fields.
pub(crate) fn set_kind(interpreter: &Interpreter) {
    let kind = match interpreter.implementation {
        Implementation::PyPy => NUMBER,
        _ if interpreter.free_threaded => CELL,
        _ => OBJECT,
    };
    KIND.store(kind, Ordering::Relaxed);
}

/// Returns whether a field is just the object, so the interpreter can access it as a member.
pub(crate) fn is_object() -> bool {
    KIND.load(Ordering::Relaxed) == OBJECT
}

/// Returns whether fields and globals are [`LockedRef`]s, as threads share them without a GIL.
pub(crate) fn are_cells() -> bool {
    KIND.load(Ordering::Relaxed) == CELL
}

/// Returns whether the collector learns of fields by `tp_traverse`.
pub(crate) fn are_traversed() -> bool {
    KIND.load(Ordering::Relaxed) != NUMBER
}

pub(crate) unsafe extern "C" fn ctx_Field_Store(
    ctx: *mut HPyContext,
    owner: HPy,
    field: *mut HPyField,
    h: HPy,
) {
    // SAFETY: HPy's rules. The old object is let go after the field has the new one, as its end may run Python.
    unsafe {
        match KIND.load(Ordering::Relaxed) {
            OBJECT => {
                let old = core::ptr::replace(field, HPyField { _i: refs::ctx_Dup(ctx, h)._i });
                refs::ctx_Close(ctx, HPy { _i: old._i });
            }
            CELL => {
                let old = store_cell(object(owner), field, refs::ctx_Dup(ctx, h));
                refs::ctx_Close(ctx, old);
            }
            _ => pypy_fields::store(object(owner), field, object(h)),
        }
    }
}

pub(crate) unsafe extern "C" fn ctx_Field_Load(ctx: *mut HPyContext, owner: HPy, field: HPyField) -> HPy {
    if field.is_null() {
        return HPy::NULL;
    }
    // SAFETY: HPy's rules.
    unsafe {
        match KIND.load(Ordering::Relaxed) {
            OBJECT => refs::ctx_Dup(ctx, HPy { _i: field._i }),
            CELL => LockedRef::of(field._i).load(),
            _ => handle(pypy_fields::load(object(owner), field)),
        }
    }
}

/// Returns the object that a field holds, borrowed, for the collector; null where it does not ask, or [should not hear of
/// it](collected).
///
/// # Safety
///
/// A field of a live instance.
pub(crate) unsafe fn referent(field: HPyField) -> *mut PyObject {
    // SAFETY: the caller's word; the collector has stopped all other threads.
    unsafe {
        match KIND.load(Ordering::Relaxed) {
            OBJECT => collected(object(HPy { _i: field._i })),
            CELL if !field.is_null() => object(LockedRef::of(field._i).peek()),
            _ => core::ptr::null_mut(),
        }
    }
}

/// Returns what the collector is told of an object that an instance owns: null if it should not hear of it.
///
/// GraalPy's objects without memory are such. When all references to one are from instances that GraalPy is shown, it
/// remembers which instance has it and keeps it in that instance's stead: the next one that holds it, too, is not
/// remembered, and has nothing when the first one is gone.
pub(crate) fn collected(object: *mut PyObject) -> *mut PyObject {
    if is_cpython() || !type_layout::unreadable(object) { object } else { core::ptr::null_mut() }
}

/// Takes the reference out of a field whose owner is deallocated or cleared; null if it holds none.
///
/// # Safety
///
/// A field of an instance that nobody uses.
pub(crate) unsafe fn take(field: *mut HPyField) -> *mut PyObject {
    // SAFETY: the caller's word.
    unsafe {
        let old = core::ptr::replace(field, HPyField::NULL);
        match KIND.load(Ordering::Relaxed) {
            OBJECT => object(HPy { _i: old._i }),
            CELL if !old.is_null() => object(LockedRef::free(old._i)),
            _ => core::ptr::null_mut(), // what is held goes with the owner
        }
    }
}

/// Stores an owned handle; gives back what was there.
unsafe fn store_cell(owner: *mut PyObject, field: *mut HPyField, h: HPy) -> HPy {
    // SAFETY: the caller's word: a field of a live owner, an aligned word.
    unsafe {
        if !h.is_null() {
            return locked_ref::store(&raw mut (*field)._i, h);
        }
        // The field is null from now on. Who has read it before may still load, as long as the owner lives.
        let known = AtomicUsize::from_ptr(field.cast()).swap(0, Ordering::AcqRel);
        if known == 0 {
            return h;
        }
        retire(owner, known);
        LockedRef::of(signed(known)).replace(h)
    }
}

/// Cells that no field points at, by the address of the owner.
static RETIRED: Mutex<Option<HashMap<usize, Vec<usize>>>> = Mutex::new(None);
/// How many owners have such cells.
static RETIRED_OWNERS: AtomicUsize = AtomicUsize::new(0);

fn retire(owner: *mut PyObject, cell: usize) {
    let mut retired = RETIRED.lock().unwrap_or_else(PoisonError::into_inner);
    let cells = retired.get_or_insert_default().entry(owner.addr()).or_insert_with(|| {
        RETIRED_OWNERS.fetch_add(1, Ordering::Relaxed);
        Vec::new()
    });
    cells.push(cell);
}

/// Frees the cells of an owner that no field points at any more. The owner is about to be freed.
pub(crate) fn free_retired(owner: *mut PyObject) {
    if RETIRED_OWNERS.load(Ordering::Relaxed) == 0 {
        return;
    }
    let mut retired = RETIRED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cells) = retired.as_mut().and_then(|retired| retired.remove(&owner.addr())) {
        RETIRED_OWNERS.fetch_sub(1, Ordering::Relaxed);
        // SAFETY: made by `store_cell`; they are empty, and their owner has no user any more.
        cells.into_iter().for_each(|cell| unsafe { _ = LockedRef::free(signed(cell)) });
    }
}
