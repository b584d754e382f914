//! Checks that the `self` passed to a slot is an instance of its class.

use super::mode::Mode;
use crate::core::exceptions::TypeError;
use crate::core::markers::PythonType;
use crate::core::{Error, Handle, Ref, Result};

/// `self`, which some hosts have checked to be an instance, and others have not.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn this<'a, 'ctx, T: PythonType>(mode: Mode, value: Ref<'a, 'ctx>) -> Result<Ref<'a, 'ctx, T>> {
    if !mode.checks_self() && !T::is_self(&value)? {
        return Err(not_self(&value, T::NAME));
    }
    // SAFETY: invariant 8: just checked, or the host calls the slots of a class with its instances.
    Ok(unsafe { value.cast_unchecked() })
}

#[cold]
#[inline(never)]
pub(crate) fn not_self(value: &Handle<'_>, name: &str) -> Error {
    match crate::core::error::mismatch::type_name(value) {
        Ok(other) => {
            Error::new::<TypeError>(format!("descriptor requires a '{name}' object but received '{other}'"))
        }
        Err(error) => error,
    }
}
