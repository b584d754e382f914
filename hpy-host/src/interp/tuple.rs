//! Filling new tuples: in place where the running interpreter's layout was proven, else by its function.

use core::sync::atomic::{AtomicUsize, Ordering};

use hpy_sys::{HPy, HPyContext, HPyTupleBuilder};

use crate::api;
use crate::capi::types::PyObject;
use crate::context::object;
use crate::interp::refs;
use crate::interp::{Implementation, Interpreter, Owned};

/// Bytes from a tuple's start to its items; 0 where that is not known. Written once, before the context is in use.
static ITEMS: AtomicUsize = AtomicUsize::new(0);

/// Puts a reference into a new tuple.
///
/// # Safety
///
/// A tuple that nobody else has seen, a place in it that is empty, and a reference that the tuple is to own.
#[inline(always)]
pub(crate) unsafe fn set(tuple: *mut PyObject, index: isize, item: *mut PyObject) {
    let items = ITEMS.load(Ordering::Relaxed);
    // SAFETY: the caller's word; the place of the items was proven by `choose`.
    unsafe {
        if items == 0 {
            (api().PyTuple_SetItem)(tuple, index, item);
        } else {
            tuple.byte_add(items).cast::<*mut PyObject>().offset(index).write(item);
        }
    }
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
    // proven by `choose`.
    unsafe {
        refs::incref_as(KIND, object(h));
        tuple.byte_add(USUAL_ITEMS).cast::<*mut PyObject>().offset(index).write(object(h));
    }
}

/// Looks where in a tuple its items are.
///
/// # Safety
///
/// The table of the C API is filled, and this thread runs Python.
pub(crate) unsafe fn choose(interpreter: &Interpreter) {
    if interpreter.implementation != Implementation::CPython {
        return;
    }
    // SAFETY: the caller's word. A tuple of two has the words of its header and two, at least.
    unsafe {
        let (Ok(tuple), Ok(first), Ok(second)) = (
            Owned::new((api().PyTuple_New)(2)),
            Owned::new((api().PyList_New)(0)),
            Owned::new((api().PyList_New)(0)),
        ) else {
            return;
        };
        (api().Py_IncRef)(first.0);
        (api().Py_IncRef)(second.0);
        (api().PyTuple_SetItem)(tuple.0, 0, first.0);
        (api().PyTuple_SetItem)(tuple.0, 1, second.0);
        let words: *const *mut PyObject = tuple.0.cast();
        let header = interpreter.header / size_of::<usize>();
        let found =
            (header..header + 3).find(|at| *words.add(*at) == first.0 && *words.add(at + 1) == second.0);
        if let Some(found) = found {
            ITEMS.store(found * size_of::<usize>(), Ordering::Relaxed);
        }
    }
}
