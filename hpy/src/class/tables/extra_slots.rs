//! [`ExtraDef`]: slots of the C API that HPy does not have.

use core::ffi::{CStr, c_int};

use crate::call::definition::{Definition, Trampolines};
use crate::core::markers::Any;

/// A slot that HPy lacks.
#[derive(Debug)]
#[repr(C)]
pub struct ExtraDef<C: 'static = Any> {
    /// The C API's number.
    pub(crate) slot: c_int,
    /// The functions that fill it on our hosts.
    pub(crate) functions: Trampolines,
    /// The methods that do the same on other hosts, once they are assigned again on the finished type.
    pub(crate) methods: ExtraMethods<C>,
}

// SAFETY: constant data; its pointers are to functions.
unsafe impl<C> Sync for ExtraDef<C> {}

/// Methods by their names, for hosts that lack a slot.
pub type ExtraMethods<C> = &'static [(&'static CStr, &'static Definition<C>)];
