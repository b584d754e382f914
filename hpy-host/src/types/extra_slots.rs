//! Slots and methods beyond HPy's spec.

use core::ffi::c_int;

use crate::capi::types::PyMethodDef;
use crate::interp::docstring::docstring;
use crate::layout::type_extras::TypeExtras;
use crate::types::slots::Parts;

const METH_COEXIST: c_int = 0x40;

/// Adds the slots and the methods.
///
/// # Safety
///
/// Null, or lists with an end, alive for ever.
pub(crate) unsafe fn add(parts: &mut Parts, extras: &TypeExtras) {
    // SAFETY: the caller's word.
    unsafe {
        let mut slot = extras.slots;
        while !slot.is_null() && (*slot).slot != 0 {
            parts.slots.push(*slot);
            slot = slot.add(1);
        }
        let mut method = extras.methods;
        while !method.is_null() && !(*method).ml_name.is_null() {
            // Elsewhere a method and a slot of one name don't go together.
            if (*method).ml_flags & METH_COEXIST == 0 || crate::interp::is_cpython() {
                let PyMethodDef { ml_name, ml_doc, .. } = *method;
                parts.methods.push(PyMethodDef { ml_doc: docstring(ml_name, ml_doc), ..*method });
            }
            method = method.add(1);
        }
    }
}
