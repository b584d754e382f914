//! What a type has beyond HPy's spec: slots and methods of the C API's own.

use super::slots::Parts;
use crate::ext::TypeExtras;

/// Adds the slots and the methods.
///
/// # Safety
///
/// Null, or lists with an end, alive for ever.
pub(super) unsafe fn add(parts: &mut Parts, extras: &TypeExtras) {
    // SAFETY: the caller's word.
    unsafe {
        let mut slot = extras.slots;
        while !slot.is_null() && (*slot).slot != 0 {
            parts.slots.push(*slot);
            slot = slot.add(1);
        }
        let mut method = extras.methods;
        while !method.is_null() && !(*method).ml_name.is_null() {
            parts.methods.push(*method);
            method = method.add(1);
        }
    }
}
