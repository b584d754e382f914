//! Buffer slots. CPython 3.8 has none in a type's spec, so there they are set on the finished type.

use core::ffi::c_void;
use core::ptr::NonNull;

use crate::capi::interned;
use crate::capi::types::PyTypeObject;
use crate::interp::{Implementation, Interpreter};
use crate::layout::type_layout;
use crate::types::slots::Parts;

const GET: core::ffi::c_int = hpy_sys::HPy_bf_getbuffer;
const RELEASE: core::ffi::c_int = hpy_sys::HPy_bf_releasebuffer;

/// Returns whether a type's spec can have buffer slots.
pub(crate) fn are_slots(interpreter: &Interpreter) -> bool {
    interpreter.implementation != Implementation::CPython || interpreter.version >= (3, 9)
}

/// Adds the slots.
pub(crate) fn push(parts: &mut Parts) {
    let [get, release] = parts.buffer;
    for (slot, function) in [(GET, get), (RELEASE, release)] {
        if let Some(function) = function {
            parts.push(slot, function.as_ptr());
        }
    }
}

/// Sets the buffer slots of a finished type, on CPython 3.8. The functions live for ever.
///
/// # Safety
///
/// A type of ours that was just made.
pub(crate) unsafe fn set(ty: *mut PyTypeObject, functions: [Option<NonNull<c_void>>; 2]) {
    if functions.iter().all(Option::is_none) {
        return;
    }
    let address = |function: Option<NonNull<c_void>>| function.map_or(0, |function| function.addr().get());
    let words = vec![interned::kind::BUFFER, address(functions[0]), address(functions[1])];
    let procs = interned::once(words, &mut || (&raw mut *Box::leak(Box::new(functions))).expose_provenance());
    // SAFETY: the caller's word: CPython 3.8's layout, which is what was proven for other parts.
    unsafe { type_layout::set_as_buffer(ty, core::ptr::with_exposed_provenance_mut(procs)) }
}
