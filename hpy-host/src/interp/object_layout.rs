//! Probes of the object layout: the reference count, and the items of a tuple. [`refs`] and [`tuple`](mod@tuple) rely on what was
//! proven here on new objects.

use super::{Implementation, Interpreter, Owned};
use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::handle::object;
use crate::capi::table::symbol;
use crate::capi::types::PyObject;
use crate::capi::{refs, tuple};

/// Probes this interpreter.
///
/// # Safety
///
/// The table of the C API is filled, the context has its constants, and this thread runs Python.
pub(crate) unsafe fn probe(interpreter: &Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        choose_refs(interpreter);
        find_tuple_items(interpreter);
    }
}

/// Chooses how references are counted.
unsafe fn choose_refs(interpreter: &Interpreter) {
    let known = cfg!(all(target_pointer_width = "64", target_endian = "little"))
        && interpreter.implementation == Implementation::CPython
        && !interpreter.free_threaded
        && !interpreter.debug
        && interpreter.type_offset == Some(8)
        && !symbol(c"_Py_Dealloc").is_null();
    if !known {
        return;
    }
    let kind = if interpreter.version < (3, 12) { refs::WORD } else { refs::HALF };
    // SAFETY: the caller's word; nobody counts references yet.
    unsafe {
        if proven(kind) {
            refs::set_kind(kind);
        }
    }
}

/// Returns whether the interpreter's own functions change the count in the same way.
unsafe fn proven(kind: u8) -> bool {
    // SAFETY: the caller's word; a list begins with the word that counts, or there is no type at offset 8.
    unsafe {
        let Ok(list) = Owned::new((api().PyList_New)(0)) else { return false };
        let read = || match kind {
            refs::WORD => *list.0.cast::<usize>(),
            _ => *list.0.cast::<u32>() as usize,
        };
        let before = read();
        (api().Py_IncRef)(list.0);
        let after = read();
        (api().Py_DecRef)(list.0);
        let none = object((*address()).h_None);
        let immortal = *none.cast::<u32>() >= refs::IMMORTAL;
        before == 1 && after == 2 && read() == 1 && immortal == (kind == refs::HALF)
    }
}

/// Looks where in a tuple its items are.
unsafe fn find_tuple_items(interpreter: &Interpreter) {
    if interpreter.implementation != Implementation::CPython {
        return;
    }
    // SAFETY: the caller's word. A tuple of two has the words of its header and two, at least.
    unsafe {
        let (Ok(new), Ok(first), Ok(second)) = (
            Owned::new((api().PyTuple_New)(2)),
            Owned::new((api().PyList_New)(0)),
            Owned::new((api().PyList_New)(0)),
        ) else {
            return;
        };
        (api().Py_IncRef)(first.0);
        (api().Py_IncRef)(second.0);
        (api().PyTuple_SetItem)(new.0, 0, first.0);
        (api().PyTuple_SetItem)(new.0, 1, second.0);
        let words: *const *mut PyObject = new.0.cast();
        let header = interpreter.header / size_of::<usize>();
        let found =
            (header..header + 3).find(|at| *words.add(*at) == first.0 && *words.add(at + 1) == second.0);
        if let Some(found) = found {
            tuple::set_items_offset(found * size_of::<usize>());
        }
    }
}
